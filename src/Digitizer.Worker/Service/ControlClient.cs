using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Workspace;

namespace Digitizer.Worker.Service;

/// <summary>Asks the journal of a folder: through the service that has it open, or by opening it.</summary>
internal sealed class ControlClient : IAsyncDisposable
{
    private readonly HttpClient? service;
    private readonly OpenJournal? journal;

    private ControlClient(HttpClient? service, OpenJournal? journal) => (this.service, this.journal) = (service, journal);

    /// <summary>True if it is a running service that is asked.</summary>
    public bool IsService => service is not null;

    /// <summary>Finds the service, or opens the journal until it is disposed.</summary>
    /// <exception cref="DigitizerException">JournalMissing, OutputInUse, or the journal's own.</exception>
    public static async Task<ControlClient> OpenAsync(StatePlace place, CancellationToken cancellation)
    {
        if (await ConnectAsync(place.Socket, cancellation) is { } connected)
        {
            await connected.DisposeAsync();
            return new ControlClient(CreateClient(place.Socket), null);
        }

        return place.HasJournal ? new ControlClient(null, await OpenJournal.OpenAsync(place, cancellation)) : throw place.Missing();
    }

    /// <summary>Asks one question.</summary>
    /// <param name="folder">A service's state folder, or the output folder of batches.</param>
    /// <param name="request">What.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DigitizerException">Why there is no answer, or a refusal.</exception>
    public static Task<JobsReply> AskAsync(string folder, JobsRequest request, CancellationToken cancellation)
        => AskAsync(StatePlace.Of(folder), request, cancellation);

    /// <inheritdoc cref="AskAsync(string, JobsRequest, CancellationToken)"/>
    public static async Task<JobsReply> AskAsync(StatePlace place, JobsRequest request, CancellationToken cancellation)
    {
        await using var client = await OpenAsync(place, cancellation);
        return await client.AskAsync(request, cancellation);
    }

    /// <summary>Asks; several questions may be asked at the same time.</summary>
    /// <exception cref="DigitizerException">Why there is no answer, or a refusal.</exception>
    public async Task<JobsReply> AskAsync(JobsRequest request, CancellationToken cancellation)
    {
        var reply = journal is null ? await AskServiceAsync(request, cancellation) : await journal.Desk.AnswerAsync(request, cancellation);
        return reply.Kind is { } kind ? throw new DigitizerException(kind, reply.Done ?? "") : reply;
    }

    public async ValueTask DisposeAsync()
    {
        service?.Dispose();
        if (journal is not null)
        {
            await journal.DisposeAsync();
        }
    }

    private async Task<JobsReply> AskServiceAsync(JobsRequest request, CancellationToken cancellation)
    {
        try
        {
            using var response = await service!.PostAsJsonAsync("jobs", request, ControlJson.Options, cancellation);
            return (await response.Content.ReadFromJsonAsync<JobsReply>(ControlJson.Options, cancellation))!;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            // It ended before, or in the middle of its answer.
            throw new DigitizerException(FailureKind.JournalUnavailable, $"The service has ended meanwhile: {e.Message} Ask again.", e);
        }
    }

    // A backup takes as long as it takes.
    private static HttpClient CreateClient(string socket) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, stop) => await ConnectAsync(socket, stop) ?? throw new HttpRequestException("its socket is gone."),
    })
    {
        BaseAddress = new Uri("http://digitizer/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    // Null where nobody listens: a service that was killed leaves its socket behind.
    private static async Task<NetworkStream?> ConnectAsync(string socket, CancellationToken cancellation)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
            return new NetworkStream(connection, ownsSocket: true);
        }
        catch (SocketException)
        {
            connection.Dispose();
            return null;
        }
    }

    /// <summary>A journal that no service has open.</summary>
    private sealed class OpenJournal(StateFolder held, HeldVaults vaults, JobStore jobs, Retention retention) : IAsyncDisposable
    {
        public JobsDesk Desk { get; } = new(jobs, () => { }, TimeProvider.System, retention);

        public static async Task<OpenJournal> OpenAsync(StatePlace place, CancellationToken cancellation)
        {
            var held = StateFolder.Open(place.State);
            HeldVaults? vaults = null;
            JobStore? jobs = null;
            try
            {
                vaults = await place.OpenVaultsAsync(cancellation);
                jobs = await JobStore.OpenAsync(place.Journal, TimeProvider.System, cancellation);
                if (jobs.MayComeBack)
                {
                    await WorkerBeat.ThrowIfOtherVaultAsync(jobs, vaults.Vaults.Kept, cancellation);
                }

                return new OpenJournal(held, vaults, jobs, new Retention(jobs, vaults.Vaults.Kept, place.Retention, TimeProvider.System));
            }
            catch
            {
                await (jobs?.DisposeAsync() ?? ValueTask.CompletedTask);
                vaults?.Dispose();
                held.Dispose();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            retention.Dispose();
            await jobs.DisposeAsync();
            vaults.Dispose();
            held.Dispose();
        }
    }
}
