using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Digitizer.EndToEndTests.Support;
using Digitizer.Trials;
using Digitizer.Worker.Api.Access;

namespace Digitizer.EndToEndTests.Trials;

/// <summary>What a trial submits over HTTP: a document, and the key that all its tries have.</summary>
/// <param name="Document">As the trial's own list has it.</param>
/// <param name="Key">Idempotency-Key.</param>
/// <param name="Files">In order.</param>
internal sealed record Submittal(Dropped Document, string Key, (string Name, byte[] Content)[] Files);

/// <summary>The HTTP API of a trial's service.</summary>
internal sealed partial class TrialHouse
{
    /// <summary>The source that trials submit to.</summary>
    public const string ApiSource = "portal";

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    /// <summary>Where the API of this house listens.</summary>
    public string ApiAddress { get; private init; } = ServiceUnderTest.FreeAddress();

    /// <summary>Adds the API to a configuration.</summary>
    public static void WithApi(JsonNode configuration, string address)
        => configuration[nameof(Service)]!["Api"] = JsonSerializer.SerializeToNode(new { Listen = address, Sources = new[] { new { Name = ApiSource } } });

    /// <summary>A house with an API.</summary>
    /// <param name="root">Where it lives; null: a temporary folder.</param>
    /// <param name="change">Further changes to its configuration.</param>
    /// <param name="proofEvery">One document in so many is proved by poppler; null: each.</param>
    public static TrialHouse WithApi(string? root = null, Action<JsonNode>? change = null, int? proofEvery = null)
    {
        var address = ServiceUnderTest.FreeAddress();
        return new TrialHouse(root, c =>
        {
            WithApi(c, address);
            change?.Invoke(c);
        })
        {
            ApiAddress = address,
            ProofEvery = proofEvery,
        };
    }

    /// <summary>A caller who may do everything, as fast as it can.</summary>
    public ApiCaller Caller() => new(ApiAddress, GiveKey(State));

    /// <summary>Adds such a key to a service's keys.</summary>
    /// <param name="state">Its state folder.</param>
    public static string GiveKey(string state)
    {
        Directory.CreateDirectory(state);
        var text = KeyText.Create();
        var grant = new Grant(Right.Submit | Right.Read | Right.Act, [Grant.All], [Grant.All], new CallerLimits(1_000_000, 512L << 20, 1000));
        ApiKeyFile.In(state).Change(keys => [.. keys, new ApiKey(text.Id, "trial", TimeProvider.System.GetUtcNow(), null, null, text.Sha256, grant)]);
        return text.Reveal();
    }

    /// <summary>Draws a document that is to be submitted, and notes it: from the first try on it may be anywhere.</summary>
    /// <param name="dossier">Number of the dossier.</param>
    /// <param name="files">Of the document; the last of several has two pages.</param>
    /// <param name="bytes">The least that the first file has.</param>
    public Submittal Draw(uint dossier, int files = 1, int bytes = 0)
    {
        lock (dropped)
        {
            var pictures = Draw(++units, files, dossier);
            pictures[0] = pictures[0] with { Content = Padded(pictures[0].Content, bytes) };
            var document = new Dropped(units, dossier, pictures.Sum(p => p.Pages), Digest(pictures[0].Content), "")
            {
                Further = [.. pictures.Skip(1).Select(p => new DroppedFile(Digest(p.Content), ""))],
            };
            dropped.Add(document);
            return new Submittal(document, $"{Path.GetFileName(Root)}-{units}", [.. pictures.Select(p => (p.Name, p.Content))]);
        }
    }

    /// <summary>Submits a document once.</summary>
    /// <returns>Null: no answer came.</returns>
    public static async Task<Answer?> TryAsync(ApiCaller caller, Submittal submittal)
    {
        try
        {
            return await caller.SubmitAsync(submittal.Key, [("dossier", PrintedIdentity.CodeOf(submittal.Document.Dossier))], submittal.Files);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Submits a document until it is accepted, as a good client does.</summary>
    /// <param name="caller">Who submits.</param>
    /// <param name="submittal">What.</param>
    /// <param name="between">Done before each further try; null: nothing.</param>
    public static async Task<Answer> SubmitAsync(ApiCaller caller, Submittal submittal, Func<Task>? between = null)
    {
        using var patience = new CancellationTokenSource(TestProgram.Patience);
        while (true)
        {
            var answer = await TryAsync(caller, submittal);
            if (answer?.Status == HttpStatusCode.Accepted)
            {
                return answer;
            }

            Assert.True(answer is null || answer.Problem == "IdempotencyKeyInUse" || (int)answer.Status is 429 or 503 or 507, answer?.ToString());
            await Task.Delay(BetweenTries, TimeProvider.System, patience.Token);
            await (between?.Invoke() ?? Task.CompletedTask);
        }
    }

    // A private chunk (ISO/IEC 15948, 4.7.2), before the last one, that readers pass over. Random, as photographs are.
    private static byte[] Padded(byte[] png, int bytes)
    {
        const int End = 12;
        if (png.Length >= bytes)
        {
            return png;
        }

        var filling = new byte[bytes - png.Length];
        Random.Shared.NextBytes(filling);
        return [.. png.AsSpan(..^End), .. Pictures.PngChunk("fiLl", filling), .. png.AsSpan(^End..)];
    }
}
