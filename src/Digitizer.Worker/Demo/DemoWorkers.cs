using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Service;
using Digitizer.Storage;
using Digitizer.Worker.Service;
using Digitizer.Workspace;

namespace Digitizer.Worker.Demo;

/// <summary>What the workers of a demonstration share.</summary>
/// <param name="Journal">Connection string of PostgreSQL.</param>
/// <param name="Account">The storage account of scans, vault and results.</param>
/// <param name="Dossiers">Folder of the dossiers, absolute.</param>
internal sealed record SharedPlaces(string Journal, AzureAccountOptions Account, string Dossiers);

/// <summary>Workers that do all there is to do, each a process of its own, as on machines of their own.</summary>
internal sealed class DemoWorkers
{
    private readonly List<LocalProgram> programs = [];
    private readonly List<string> states = [];

    private DemoWorkers()
    {
    }

    public IReadOnlyList<int> Processes => [.. programs.Select(program => program.Id)];

    /// <summary>Starts them; they are ready when this returns.</summary>
    /// <exception cref="DigitizerException">EngineMissing, with what they said.</exception>
    public static async Task<DemoWorkers> StartAsync(LocalPrograms beside, SharedPlaces places, int count, CancellationToken cancellation)
    {
        var workers = new DemoWorkers();
        var self = WorkerLaunch.Default();
        for (var number = 1; number <= count; number++)
        {
            var folder = beside.NewFolder($"worker-{number}");
            var (configuration, state) = (Path.Combine(folder, "digitizer.json"), Path.Combine(folder, "state"));
            AtomicFile.Write(configuration, Existing.Replace, stream => stream.Write(Configuration(places, state)));
            string[] words = [self.Program, self.Arguments[0], "serve", "--config", configuration];
            workers.programs.Add(await beside.StartAsync(new LocalStart($"Worker {number}", words, Path.Combine(folder, "log"))));
            workers.states.Add(state);
        }

        await Task.WhenAll(workers.programs.Zip(workers.states, (program, state) => program.ReadyAsync(stop => AnswersAsync(state, stop), cancellation)));
        return workers;
    }

    /// <summary>Asks the journal, through the first of them.</summary>
    /// <exception cref="DigitizerException">One of them has ended.</exception>
    public async Task<JobsReply> AskAsync(JobsRequest request, CancellationToken cancellation)
    {
        programs.ForEach(program => program.ThrowIfEnded());
        try
        {
            return await ControlClient.AskAsync(StatePlace.In(states[0]), request, cancellation);
        }
        catch (DigitizerException)
        {
            // Why it is going tells more than that it does not answer.
            await programs[0].ThrowIfEndingAsync(cancellation);
            throw;
        }
    }

    /// <summary>Which of them did what a line of the history tells of, from 1; null: none of them.</summary>
    public int? WhoDid(HistoryLine line)
    {
        // The owner of a claim is MACHINE/PROCESS/….
        var index = programs.FindIndex(program => line.Who?.Contains($"/{program.Id}/", StringComparison.Ordinal) == true);
        return index < 0 ? null : index + 1;
    }

    private static async Task<bool> AnswersAsync(string state, CancellationToken cancellation)
    {
        try
        {
            return File.Exists(StatePlace.In(state).Socket) && await ControlClient.AskAsync(StatePlace.In(state), new JobsRequest("list"), cancellation) is not null;
        }
        catch (DigitizerException)
        {
            // It has its socket before it listens on it.
            return false;
        }
    }

    private static byte[] Configuration(SharedPlaces places, string state) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        Service = new
        {
            State = state,
            PostgreSql = places.Journal,
            Azure = new { Accounts = new[] { new { places.Account.Name, places.Account.ConnectionString } } },
            Vault = new { Blob = new { Account = places.Account.Name } },
            BlobQueues = new[]
            {
                new
                {
                    Name = DemoStorage.Queue,
                    Account = places.Account.Name,
                    DemoStorage.Queue,
                    Containers = new[] { DemoStorage.Scans },
                    Dossier = new { Metadata = DemoStorage.DossierKey },
                    Results = new { Container = DemoStorage.Results },
                },
            },
            places.Dossiers,
            Health = (string?)null,
            Grace = TimeSpan.FromSeconds(1),
        },

        // Two workers on two cores.
        PageWorkers = new { Workers = 1 },
        Work = new { Poll = TimeSpan.FromMilliseconds(200) },
    });
}
