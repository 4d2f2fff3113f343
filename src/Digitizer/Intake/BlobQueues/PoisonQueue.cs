using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Digitizer.Failures;

namespace Digitizer.Intake.BlobQueues;

/// <summary>A message that was refused, as its copy in the poison queue has it.</summary>
/// <param name="Version">1.</param>
/// <param name="Unit">Under which the refusal is listed.</param>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Message">What happened, and what to do.</param>
/// <param name="Queue">Where it came from.</param>
/// <param name="MessageId">Its id there.</param>
/// <param name="Body">Its body, or the beginning of it.</param>
/// <param name="IsCut">True: only the beginning.</param>
internal sealed record PoisonMessage(int Version, string Unit, string Reason, string Message, string Queue, string MessageId, string Body, bool IsCut);

/// <summary>Copies of refused messages, for those who wrote them. The exceptions list is the record; this is a copy, and one may come twice.</summary>
internal sealed class PoisonQueue(QueueServiceClient queues, string name)
{
    // A message of a queue has at most 64 KiB; one that is escaped throughout has six bytes a character.
    private const int MaxBytes = 60 << 10;
    private const int CutLength = 8_000;

    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly QueueClient queue = queues.GetQueueClient(name);

    /// <exception cref="RequestFailedException">It is not there.</exception>
    public async Task SendAsync(QueueMessage message, string queueName, UnitId unit, DigitizerException refusal, CancellationToken cancellation)
    {
        var copy = new PoisonMessage(1, unit.ToString(), refusal.Kind.ToString(), refusal.Message, queueName, message.MessageId, message.MessageText, IsCut: false);
        var json = ToJson(copy);
        json = json.Length <= MaxBytes ? json : ToJson(copy with { Body = copy.Body[..Math.Min(CutLength, copy.Body.Length)], IsCut = true });
        try
        {
            await queue.SendMessageAsync(json, timeToLive: Forever, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellation).ConfigureAwait(false);
            await queue.SendMessageAsync(json, timeToLive: Forever, cancellationToken: cancellation).ConfigureAwait(false);
        }
    }

    // All else than ASCII is escaped, so that it fits into XML and has as many bytes as characters.
    private static string ToJson(PoisonMessage message) => JsonSerializer.Serialize(message, PoisonJsonContext.Default.PoisonMessage);
}

/// <summary>Generated serializers.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PoisonMessage))]
internal sealed partial class PoisonJsonContext : JsonSerializerContext;
