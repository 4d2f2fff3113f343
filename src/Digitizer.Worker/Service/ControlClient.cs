using System.Net.Http.Json;
using System.Net.Sockets;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Vault;
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
    public static Task<JobsReply> AskAsync(string folder, JobsRequest request, CancellationToken cancellation)
        => AskAsync(StatePlace.Of(folder), request, cancellation);

    /// <inheritdoc cref="AskAsync(string, JobsRequest, CancellationToken)"/>
    public static async Task<JobsReply> AskAsync(StatePlace place, JobsRequest request, CancellationToken cancellation)
    {
        var reply = File.Exists(place.Socket) && await AskServiceAsync(place.Socket, request, cancellation) is { } answer
            ? answer
            : await AskJournalAsync(place, request, cancellation);
        return reply.Kind is { } kind ? throw new DigitizerException(kind, reply.Done ?? "") : reply;
    }

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
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://digitizer/"), Timeout = Timeout.InfiniteTimeSpan };
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

    private static async Task<JobsReply> AskJournalAsync(StatePlace place, JobsRequest request, CancellationToken cancellation)
    {
        if (!place.HasJournal)
        {
            throw place.Missing();
        }

        using var held = StateFolder.Open(place.State);
        await using var jobs = await JobStore.OpenAsync(place.Journal, TimeProvider.System, cancellation);
        using var retention = new Retention(jobs, LocalVault.Open(Path.Combine(place.State, "vault"), TimeProvider.System), place.Retention, TimeProvider.System);
        return await new JobsDesk(jobs, () => { }, TimeProvider.System, retention).AnswerAsync(request, cancellation);
    }
}
