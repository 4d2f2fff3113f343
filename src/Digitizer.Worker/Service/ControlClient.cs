using System.Net.Http.Json;
using System.Net.Sockets;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Workspace;

namespace Digitizer.Worker.Service;

/// <summary>Asks the journal of a folder: through the service that has it open, or by opening it.</summary>
internal static class ControlClient
{
    /// <summary>Asks.</summary>
    /// <param name="folder">A service's state folder, or the output folder of batches.</param>
    /// <param name="request">What.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DigitizerException">Why there is no answer, or a refusal.</exception>
    public static async Task<JobsReply> AskAsync(string folder, JobsRequest request, CancellationToken cancellation)
    {
        var state = StateOf(folder);
        var socket = Path.Combine(state, ServiceHost.Socket);
        var reply = File.Exists(socket) && await AskServiceAsync(socket, request, cancellation) is { } answer ? answer : await AskJournalAsync(state, request, cancellation);
        return reply.Kind is { } kind ? throw new DigitizerException(kind, reply.Done ?? "") : reply;
    }

    /// <summary>The state folder that a person means.</summary>
    /// <exception cref="DigitizerException">JournalMissing.</exception>
    public static string StateOf(string folder)
    {
        var state = StateIn(folder);
        return File.Exists(Path.Combine(state, "journal.db")) || File.Exists(Path.Combine(state, ServiceHost.Socket))
            ? state
            : throw new DigitizerException(FailureKind.JournalMissing, $"There is no journal in {ShownName.Escape(folder)}. Name the state folder of a service, or the output folder of 'digitizer process', with --state.");
    }

    /// <summary>As <see cref="StateOf"/>, whether or not there is a journal.</summary>
    public static string StateIn(string folder)
    {
        var inOutput = Path.Combine(folder, StateFolder.NameInOutput);
        return Path.GetFullPath(Directory.Exists(inOutput) ? inOutput : folder);
    }

    /// <summary>Where the SQLite journal of a state folder lies.</summary>
    public static JobOptions JournalIn(string state) => new() { File = Path.Combine(state, "journal.db"), AuditFile = Path.Combine(state, "audit.jsonl") };

    private static async Task<JobsReply?> AskServiceAsync(string socket, JobsRequest request, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), stop);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://digitizer/") };
        try
        {
            using var response = await client.PostAsJsonAsync("jobs", request, ControlJson.Options, cancellation);
            return await response.Content.ReadFromJsonAsync<JobsReply>(ControlJson.Options, cancellation);
        }
        catch (HttpRequestException)
        {
            // A service that was killed leaves its socket behind.
            return null;
        }
    }

    private static async Task<JobsReply> AskJournalAsync(string state, JobsRequest request, CancellationToken cancellation)
    {
        using var held = StateFolder.Open(state);
        await using var jobs = await JobStore.OpenAsync(JournalIn(state), TimeProvider.System, cancellation);
        return await new JobsDesk(jobs, () => { }, TimeProvider.System).AnswerAsync(request, cancellation);
    }
}
