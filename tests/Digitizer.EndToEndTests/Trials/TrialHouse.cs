using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Digitizer.Service;
using Digitizer.Tests.Support;
using Digitizer.Trials;
using Digitizer.Vault;
using Digitizer.Worker.Service;
using Digitizer.Workspace;

namespace Digitizer.EndToEndTests.Trials;

/// <summary>A service in a folder of its own, that trials start, kill, feed and look into.</summary>
/// <remarks>
/// It is the real program but for the recognizer (tests/Digitizer.Trials). It has two drop folders, each with a sub-folder
/// for a dossier: <c>drop</c> beside its state, and <c>other</c> on another file system. Work may be begun a hundred times,
/// so that a trial that kills all the time leaves nothing to a person.
/// </remarks>
internal sealed partial class TrialHouse : IDisposable
{
    /// <summary>The product with a recognizer that reads marks.</summary>
    public const string StubbedProgram = "Digitizer.Trials.dll";

    /// <summary>The product.</summary>
    public const string RealProgram = "Digitizer.Worker.dll";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string program;
    private readonly DossierSystem? system;
    private readonly bool isOwn;
    private readonly List<Dropped> dropped = [];
    private readonly List<string> log = [];
    private readonly HashSet<string> acknowledged = [];
    private Process? service;
    private uint units;
    private long pagesLeft;

    /// <param name="root">Where it lives; null: a temporary folder.</param>
    /// <param name="change">Changes to its configuration.</param>
    /// <param name="program">The program's dll.</param>
    /// <param name="dossiers">A dossier system that documents go to; null: a folder.</param>
    public TrialHouse(string? root = null, Action<JsonNode>? change = null, string program = StubbedProgram, DossierSystem? dossiers = null)
    {
        this.program = program;
        system = dossiers;
        isOwn = root is null;
        Root = root ?? Directory.CreateTempSubdirectory("digitizer-trial-").FullName;
        Other = Directory.CreateDirectory($"/dev/shm/{Path.GetFileName(Root)}-{Guid.NewGuid():N}").FullName;
        Directory.CreateDirectory(Drop);
        var configuration = JsonSerializer.SerializeToNode(new
        {
            Service = new
            {
                State,
                Dossiers,
                Health = (string?)null,
                Grace = "00:00:20",
                Attempts = 100,
                Drop = new
                {
                    MinFreeBytes = 1,
                    Folders = new[]
                    {
                        new { Name = "quay", Path = Drop, Dossier = new { FromSubFolder = true }, QuietSeconds = 0.3, BusyLookSeconds = 0.1, IdleLookSeconds = 1.0, MaxSettleMinutes = 0.02 },
                        new { Name = "khac", Path = Other, Dossier = new { FromSubFolder = true }, QuietSeconds = 0.3, BusyLookSeconds = 0.1, IdleLookSeconds = 1.0, MaxSettleMinutes = 0.02 },
                    },
                },
            },
            PageWorkers = new { Workers = 1, RecycleAfterPages = 100_000 },
            Work = new { Lease = "00:00:02", Poll = "00:00:00.2", RetryAfter = "00:00:00.2", LongestRetry = "00:00:01" },
        })!;
        if (dossiers is not null)
        {
            var options = configuration[nameof(Service)]!.AsObject();
            options.Remove(nameof(Dossiers));
            options.Add("DossierSystem", JsonSerializer.SerializeToNode(new { dossiers.Address, RepeatDelay = "00:00:00.05" }));
        }

        change?.Invoke(configuration);
        File.WriteAllText(Configuration, configuration.ToJsonString());
    }

    /// <summary>Takes back what makes trials quick: times and widths are the product's own.</summary>
    public static void AsDelivered(JsonNode configuration)
    {
        var options = configuration.AsObject();
        options.Remove("Work");
        options.Remove("PageWorkers");
        foreach (var folder in options[nameof(Service)]![nameof(Drop)]!["Folders"]!.AsArray())
        {
            foreach (var name in new[] { "QuietSeconds", "BusyLookSeconds", "IdleLookSeconds", "MaxSettleMinutes" })
            {
                folder!.AsObject().Remove(name);
            }
        }
    }

    public string Root { get; }

    /// <summary>Opens the vault that it shares with others; null: its own is in its state folder.</summary>
    public Func<IVault>? SharedVault { get; init; }

    /// <summary>What it is started with besides its configuration.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Where its documents are filed, if that is not its own folder.</summary>
    public string? SharedDossiers { get; init; }

    /// <summary>What it works with.</summary>
    public IVault Vault => SharedVault?.Invoke() ?? LocalVault.Open(Path.Combine(State, "vault"), TimeProvider.System);

    /// <summary>The drop folder on another file system.</summary>
    public string Other { get; }

    public string Drop => Path.Combine(Root, "drop");

    public string State => Path.Combine(Root, "state");

    public string Dossiers => SharedDossiers ?? Path.Combine(Root, "dossiers");

    public string FailpointLog => Path.Combine(Root, "failpoints");

    public IReadOnlyList<Dropped> All => dropped;

    /// <summary>One document in so many is proved by poppler; null: each.</summary>
    public int? ProofEvery { get; init; }

    /// <summary>Units that the service said it had accepted: from then on they are its own.</summary>
    public IReadOnlyCollection<string> Acknowledged
    {
        get
        {
            lock (log)
            {
                return [.. acknowledged];
            }
        }
    }

    /// <summary>The service's process; it may have ended.</summary>
    public Process Service => service!;

    /// <summary>All that the service said, of all its lives.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (log)
            {
                return [.. log];
            }
        }
    }

    /// <summary>What the service said, the last lines.</summary>
    public string Log
    {
        get
        {
            lock (log)
            {
                return string.Join('\n', log.TakeLast(60));
            }
        }
    }

    private string Configuration => Path.Combine(Root, "serve.json");

    /// <summary>Starts the service and waits until it is ready, or has ended.</summary>
    /// <param name="failpoints">What is to fail, or null.</param>
    /// <param name="inside">A program that becomes it, with its arguments; a tracer stands beside it (strace -D).</param>
    public async Task StartAsync(string? failpoints = null, IReadOnlyList<string>? inside = null)
    {
        string[] command = [.. inside ?? [], "env", "--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, program), "serve", "--config", Configuration, .. Arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Root,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DIGITIZER_FAILPOINTS"] = failpoints;
        start.Environment["DIGITIZER_FAILPOINTS_LOG"] = FailpointLog;
        start.Environment["DIGITIZER_TRIALS_PROOF_EVERY"] = ProofEvery?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        service?.Dispose();
        service = Process.Start(start)!;
        var ready = new TaskCompletionSource();
        service.OutputDataReceived += (_, line) => Hear(line.Data, ready);
        service.ErrorDataReceived += (_, line) => Hear(line.Data, ready);
        service.BeginOutputReadLine();
        service.BeginErrorReadLine();
        await Task.WhenAny(ready.Task, service.WaitForExitAsync()).WaitAsync(Patience);
    }

    /// <summary>Drops something of every kind: pages of one and of several, a damaged file, a file of another file system, a batch on each.</summary>
    public void Feed(uint dossier)
    {
        Scan(dossier, pages: 2);
        Damaged(dossier);
        Scan(dossier, folder: Other);
        Batch(dossier, Drop, 1, 3);
        Batch(dossier, Other, 2);
    }

    /// <summary>Ends the service at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        service!.Kill();
        await service.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Asks the service to end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        Support.TestProgram.Signal(service!, "TERM");
        await service!.WaitForExitAsync().WaitAsync(Patience);
        return service.ExitCode;
    }

    /// <summary>Drops a scan as a scanner does that renames when it has finished; name and place of each are its own.</summary>
    /// <param name="dossier">Number of the dossier.</param>
    /// <param name="pages">1: a PNG, more: a TIFF.</param>
    /// <param name="folder"><see cref="Drop"/> or <see cref="Other"/>; null: the first.</param>
    public Dropped Scan(uint dossier, int pages = 1, string? folder = null)
    {
        var unit = ++units;
        var (content, extension) = pages == 1
            ? (IdentityPages.Png(new PrintedIdentity(unit, 1, 1, dossier)), ".png")
            : (IdentityPages.Tiff(IdentityPages.Of(unit, pages, dossier)), ".tif");
        return Put(folder ?? Drop, unit, dossier, pages, content, extension, isGood: true);
    }

    /// <summary>Drops a scan of one page under a name that the trial chooses.</summary>
    public void ScanAs(string name, uint dossier)
    {
        var content = IdentityPages.Png(new PrintedIdentity(++units, 1, 1, dossier));
        var path = Path.Combine(Drop, PrintedIdentity.CodeOf(dossier), name);
        Note(path, units, dossier, 1, content, isGood: true);
        Place(path, content);
    }

    /// <summary>Drops a PNG whose data is damaged, and says that it is complete.</summary>
    public Dropped Damaged(uint dossier)
    {
        var unit = ++units;
        var content = IdentityPages.Png(new PrintedIdentity(unit, 1, 1, dossier));
        content[content.Length / 2] ^= 0x55;
        var put = Put(Drop, unit, dossier, 1, content, ".png", isGood: false);
        File.WriteAllBytes(put.Path + ".done", []);
        return put;
    }

    /// <summary>Drops a scan that belongs to no dossier as far as its place tells; it is not among <see cref="All"/>.</summary>
    public void Loose() => Place(Path.Combine(Drop, "loose.png"), IdentityPages.Png(new PrintedIdentity(++units, 1, 1, 1)));

    /// <summary>Takes over what another house has dropped.</summary>
    public void Adopt(IEnumerable<Dropped> others)
    {
        dropped.AddRange(others.Select(d => d.At(path => Path.Combine(Root, path))));
        units = dropped.Max(d => d.Unit) + 1;
    }

    /// <summary>Drops a batch with its manifest, the manifest first: a document for each number, of so many files.</summary>
    /// <remarks>Each file is a page, but the last of several, which is two: pages are counted through the document.</remarks>
    /// <param name="dossier">Number of the dossier.</param>
    /// <param name="drop"><see cref="Drop"/> or <see cref="Other"/>.</param>
    /// <param name="files">Of each document.</param>
    public void Batch(uint dossier, string drop, params int[] files)
    {
        var documents = files.Select(count => (Unit: ++units, Files: Draw(units, count, dossier))).ToList();
        var folder = Path.Combine(drop, PrintedIdentity.CodeOf(dossier), $"lo-{documents[0].Unit}");
        Directory.CreateDirectory(folder);
        Place(Path.Combine(folder, "x.manifest.json"), JsonSerializer.SerializeToUtf8Bytes(new
        {
            manifestVersion = 1,
            batchId = $"lo-{documents[0].Unit}",
            fileCount = files.Sum(),
            documents = documents.Select((d, i) => new { seq = i + 1, files = d.Files.Select(f => new { path = f.Name, sha256 = Digest(f.Content), pages = f.Pages }) }),
        }));
        documents.ForEach(d => dropped.Add(new Dropped(d.Unit, dossier, d.Files.Sum(f => f.Pages), Digest(d.Files[0].Content), Path.Combine(folder, d.Files[0].Name))
        {
            Further = [.. d.Files.Skip(1).Select(f => new DroppedFile(Digest(f.Content), Path.Combine(folder, f.Name)))],
        }));
        documents.ForEach(d => d.Files.ForEach(f => Place(Path.Combine(folder, f.Name), f.Content)));
    }

    /// <summary>Waits until all that was dropped is settled.</summary>
    /// <returns>False if the service has ended before that.</returns>
    /// <exception cref="TimeoutException">Nothing gets on any more.</exception>
    /// <param name="patience">How long nothing may get on; null: a minute. The proof of a book is one step.</param>
    public async Task<bool> SettledAsync(TimeSpan? patience = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var (last, since) = ((0L, 0L), TimeProvider.System.GetTimestamp());
        var wasSettled = false;
        while (!service!.HasExited)
        {
            var left = dropped.Count(d => File.Exists(d.Path));
            var unfinished = await UnfinishedAsync();
            if (left == 0 && unfinished == 0)
            {
                // A file that was claimed a moment ago is neither in its folder nor in the journal: only the next look tells.
                if (wasSettled)
                {
                    return true;
                }

                wasSettled = true;
                await timer.WaitForNextTickAsync();
                continue;
            }

            wasSettled = false;

            var progress = ((left * 1000L) + Math.Min(unfinished, int.MaxValue), pagesLeft);
            if (progress != last)
            {
                (last, since) = (progress, TimeProvider.System.GetTimestamp());
            }
            else if (TimeProvider.System.GetElapsedTime(since) > (patience ?? Patience))
            {
                throw new TimeoutException(await StandingAsync());
            }

            await timer.WaitForNextTickAsync();
        }

        return false;
    }

    /// <summary>How things stand, for people who look at a trial that does not end.</summary>
    public async Task<string> StandingAsync()
    {
        var list = await ListAsync();
        var units = list.Units!.Where(u => u.FinishedAt is null).Take(5).ToList();
        var accounts = await Task.WhenAll(units.Select(u => ControlClient.AskAsync(State, new JobsRequest("show", u.Id.ToString()), CancellationToken.None)));
        return string.Join('\n', [
            .. list.Balance!.Lines.Select(l => $"{l.Things}: {l.Total} {string.Join(' ', l.ByState)} stray {l.Stray}"),
            .. dropped.SelectMany(d => d.Files).Where(f => File.Exists(f.Path)).Select(f => $"left: {f.Path}"),
            .. accounts.Select(ControlJson.Of), Log]);
    }

    /// <summary>What people see of the journal.</summary>
    public Task<JobsReply> ListAsync() => ControlClient.AskAsync(State, new JobsRequest("list"), CancellationToken.None);

    /// <summary>Documents in the dossiers; doubles among them.</summary>
    public IReadOnlyList<Filed> FiledDocuments()
        => system is not null ? [.. system.Archive.Applied.Select(d => new Filed(d.Dossier, d.PdfPath))]
        : !Directory.Exists(Dossiers) ? [] :
    [
        .. Directory.EnumerateFiles(Dossiers, "*.pdf", SearchOption.AllDirectories)
            .Select(pdf => new Filed(Path.GetRelativePath(Dossiers, pdf).Split('/')[0], pdf)),
    ];

    public void Dispose()
    {
        if (service is { HasExited: false })
        {
            service.Kill();
            service.WaitForExit();
        }

        service?.Dispose();
        Directory.Delete(Other, recursive: true);
        if (isOwn)
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private async Task<long> UnfinishedAsync()
    {
        try
        {
            var list = await ListAsync();
            var units = list.Balance!.Lines.Single(line => line.Things == "units");
            pagesLeft = list.Balance!.Lines.Single(line => line.Things == "pages").ByState.GetValueOrDefault("waiting");
            var waiting = list.Units!.Count(u => u.FinishedAt is null && list.Waiting!.Contains(u.Id));
            var onTheirWay = Math.Max(0, dropped.Count - units.Total);
            return onTheirWay + units.Total - waiting - units.ByState.Where(s => s.Key is "closed" or "exception" or "cancelled").Sum(s => s.Value);
        }
        catch (Failures.DigitizerException)
        {
            // The service has just ended, or not begun.
            return long.MaxValue;
        }
    }

    private Dropped Put(string folder, uint unit, uint dossier, int pages, byte[] content, string extension, bool isGood)
    {
        var path = Path.Combine(folder, PrintedIdentity.CodeOf(dossier), unit + extension);
        var noted = Note(path, unit, dossier, pages, content, isGood);
        Place(path, content);
        return noted;
    }

    // Before the file is there: from then on it may be anywhere.
    private Dropped Note(string path, uint unit, uint dossier, int pages, byte[] content, bool isGood)
    {
        dropped.Add(new Dropped(unit, dossier, pages, Digest(content), path, isGood));
        return dropped[^1];
    }

    private static List<(string Name, byte[] Content, int Pages)> Draw(uint unit, int files, uint dossier)
    {
        var pages = IdentityPages.Of(unit, files == 1 ? 1 : files + 1, dossier).ToList();
        return [.. Enumerable.Range(0, files).Select(i => files > 1 && i == files - 1
            ? ($"{unit} {i}.tif", IdentityPages.Tiff(pages[i..]), 2)
            : ($"{unit} {i}.png", IdentityPages.Png(pages[i]), 1))];
    }

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static void Place(string path, byte[] content)
    {
        AtomicFile.CreateFolder(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, Existing.Keep, stream => stream.Write(content));
    }

    private void Hear(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            return;
        }

        lock (log)
        {
            log.Add(line);
            if (Accepted().Match(line) is { Success: true } accepted)
            {
                acknowledged.Add(accepted.Groups[1].Value);
            }
        }

        if (line.Contains("Ready:", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }

    [GeneratedRegex(": unit ([0-9A-Z]{26}) accepted")]
    private static partial Regex Accepted();
}
