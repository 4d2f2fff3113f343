using System.Globalization;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Storage;
using Digitizer.Worker.Commands;
using Digitizer.Worker.Terminal;
using Digitizer.Workspace;
using Spectre.Console;

namespace Digitizer.Worker.Demo;

/// <summary><c>digitizer demo --azure</c>: two workers on one journal take scans out of a container that a queue tells of.</summary>
/// <remarks>
/// <para>1. PostgreSQL and Azurite start, on loopback.</para>
/// <para>2. Containers and queue are made, as somebody does once for an account.</para>
/// <para>3. Two workers start.</para>
/// <para>4. Scans are uploaded, and the queue is told of them.</para>
/// <para>5. What becomes of each is said when it is filed, and shown together in the end.</para>
/// <para>6. Everything stops; only the dossiers stay.</para>
/// </remarks>
/// <param name="pages">Files to send.</param>
/// <param name="console">Standard output.</param>
internal sealed class AzureDemo(IReadOnlyList<string> pages, IAnsiConsole console)
{
    private const string Root = "./out/demo-azure";
    private const int Workers = 2;

    // Of a form that is never issued.
    private static readonly string[] Dossiers = ["000.00.00.H27-260310-0001", "000.00.00.H27-260310-0002"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly TextWriter output = console.Profile.Out.Writer;

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="DigitizerException">Something is missing on this machine, or fails.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        // What is missing is said before anything starts.
        LocalPostgres.Find();
        LocalAzurite.Find();
        output.WriteLine("Blob storage, a queue and two workers, all on this machine. Ctrl-C ends it.");
        output.WriteLine();
        try
        {
            var programs = new LocalPrograms();
            await using (programs)
            {
                return await RunAsync(programs, cancellation);
            }
        }
        finally
        {
            output.WriteLine("Everything that was started has ended, and its temporary files are deleted.");
        }
    }

    private async Task<int> RunAsync(LocalPrograms programs, CancellationToken cancellation)
    {
        var dossiers = NewDossiers();

        // 1.
        var starting = LocalPostgres.StartAsync(programs, cancellation);
        var azurite = await Together(LocalAzurite.StartAsync(programs, cancellation), starting);
        var postgres = await starting;
        Say("PostgreSQL", $"at 127.0.0.1:{postgres.Port}, for the journal that the workers share");
        Say("Azurite", $"at 127.0.0.1:{azurite.BlobPort} and {azurite.QueuePort}, in place of a storage account in Azure");

        // 2.
        var account = new AzureAccountOptions { Name = "demo", ConnectionString = azurite.ConnectionString };
        using var storage = new DemoStorage(account);
        await storage.PrepareAsync(cancellation);
        Say("Containers", $"{DemoStorage.Scans} and {DemoStorage.Results}, and the queue {DemoStorage.Queue}");

        // 3.
        var workers = await DemoWorkers.StartAsync(programs, new SharedPlaces(postgres.Connection, account, dossiers), Workers, cancellation);
        Say("Workers", string.Join(" and ", workers.Processes.Select((process, index) => $"{index + 1} (process {process})")) + ", with their vault in another container");

        // 4.
        var sent = new List<SentScan>();
        foreach (var (index, page) in pages.Index())
        {
            sent.Add(await storage.SendAsync(page, Dossiers[index * Dossiers.Length / pages.Count], byEvent: index % 2 == 1, cancellation));
        }

        Say("Uploads", $"{Counted.Of(sent.Count, "scan")}; the queue is told of {sent.Count(s => !s.IsEvent)} by messages of a program, of {sent.Count(s => s.IsEvent)} by events as Azure sends them");
        output.WriteLine();

        // 5.
        var documents = await FollowAsync(workers, sent.Count, cancellation);
        new AzureReport(console).Write(sent, documents, await storage.ResultsAsync(cancellation));
        output.WriteLine($"Open the PDFs in {Path.GetRelativePath(Directory.GetCurrentDirectory(), dossiers)}/ and select their text.");
        return documents.All(document => document.Problem is null) ? ExitCode.Done : ExitCode.SomeLeft;
    }

    // What the last run left would stand beside what this one files.
    private static string NewDossiers()
    {
        var folder = Path.GetFullPath(Path.Combine(Root, "dossiers"));
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            AtomicFile.CreateFolder(folder);
            return folder;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, folder);
        }
    }

    // Neither may be left alone to start when the other has failed.
    private static async Task<T> Together<T>(Task<T> one, Task other)
    {
        await Task.WhenAll(one, other);
        return await one;
    }

    private async Task<List<DemoDocument>> FollowAsync(DemoWorkers workers, int count, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        var done = new Dictionary<UnitId, DemoDocument>();
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            var list = await workers.AskAsync(new JobsRequest("list"), cancellation);
            foreach (var unit in list.Units!.Where(unit => IsAtItsEnd(unit, list.Waiting!) && !done.ContainsKey(unit.Id)))
            {
                var account = (await workers.AskAsync(new JobsRequest("show", Unit: unit.Id.ToString()), cancellation)).Account!;
                done[unit.Id] = DemoDocument.Of(account, workers);
                Say(done[unit.Id], TimeProvider.System.GetElapsedTime(began));
            }

            if (done.Count == count)
            {
                return [.. done.Values];
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new DigitizerException(FailureKind.Internal, string.Create(CultureInfo.InvariantCulture, $"After {Patience.TotalMinutes:0} minutes only {done.Count} of {count} scans are filed. Run ./digitizer demo, which needs neither server nor queue, and report what it says."));
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private static bool IsAtItsEnd(JobUnit unit, IReadOnlyList<UnitId> waiting)
        => unit.State is UnitState.Closed or UnitState.Exception or UnitState.Cancelled || waiting.Contains(unit.Id);

    private void Say(string what, string how) => output.WriteLine($"{what,-12}{how}");

    private void Say(DemoDocument document, TimeSpan after)
    {
        var how = document.Problem is { } problem
            ? $"waits for a person: {problem}"
            : $"{Counted.Of(document.Pages, "page")} read by worker {string.Join(" and worker ", document.Readers.Distinct().Order())}, filed by worker {document.Filer}";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{after.TotalSeconds,5:0.0} s  {ShownName.Escape(document.Name)}: {how}"));
    }
}
