using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Vault;
using Digitizer.Worker.Service;
using Digitizer.Worker.Terminal;
using Digitizer.Workspace;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer rebuild-journal</c>: makes a lost journal anew from the vault and the audit file.</summary>
internal static class RebuildJournalCommand
{
    private const string Description =
        "Makes a lost or damaged journal anew from the side-cars in the vault and the audit file. What was attached is known and not sent again; what was not finished is read again.";

    private const string Examples = """
        Examples:
          digitizer rebuild-journal --state /var/lib/digitizer
          digitizer rebuild-journal --state /var/lib/digitizer --replace
          digitizer rebuild-journal --config digitizer.json --audit /mnt/worker2/audit.jsonl --audit /mnt/worker3/audit.jsonl
        """;

    private static readonly Option<string> State = new("--state")
    {
        Description = "A service's state folder, or the output folder of 'digitizer process'. No service may be running on it.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./out",
    };

    private static readonly Option<bool> Replace = new("--replace")
    {
        Description = "Puts the journal that is there aside; without it, only a journal that is gone is made anew.",
    };

    private static readonly Option<string?> Config = new("--config")
    {
        Description = "The service's configuration file, where its vault is shared: says where that is, and which state folder is meant. The journal is made on SQLite; move-journal takes it to PostgreSQL.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Audit = new("--audit")
    {
        Description = "An audit file of another worker, where several share the vault: name those of all. Without them, what only they filed is read and sent again, and the dossier system must know it.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    public static Command Create()
    {
        var command = new CommandWithExamples("rebuild-journal", Description, Examples) { State, Config, Audit, Replace };
        command.SetAction((parsed, cancellation) => RunAsync(
            PlaceOf(parsed.GetRequiredValue(State), parsed.GetValue(Config)), parsed.GetRequiredValue(Audit), parsed.GetValue(Replace), cancellation));
        return command;
    }

    private static StatePlace PlaceOf(string folder, string? config)
    {
        if (config is null)
        {
            return StatePlace.In(folder);
        }

        var options = ServiceConfiguration.Bind(ServiceConfiguration.Read(config));
        return StatePlace.In(options.State) with { Vault = options.Vault, Azure = options.Azure };
    }

    private static async Task<int> RunAsync(StatePlace place, string[] further, bool replace, CancellationToken cancellation)
    {
        var path = place.State;
        if (Array.Find(further, file => !File.Exists(file)) is { } missing)
        {
            throw new DigitizerException(FailureKind.ActNotPossible, $"There is no audit file {ShownName.Escape(missing)}. It lies as audit.jsonl in the state folder of each worker.");
        }

        if (!place.Vault.IsShared && !Directory.Exists(Path.Combine(path, "vault")))
        {
            throw new DigitizerException(FailureKind.JournalMissing, $"There is no vault in {ShownName.Escape(path)} to make a journal from. Name the state folder of a service, or the output folder of 'digitizer process', with --state.");
        }

        using var held = StateFolder.Open(path);
        if (replace)
        {
            await PutAsideAsync(place.Journal.File!);
        }

        else if (File.Exists(place.Journal.File))
        {
            throw new DigitizerException(FailureKind.ActNotPossible, $"There is a journal in {ShownName.Escape(path)}. Is it damaged or too old, add --replace: it is kept beside the new one.");
        }

        using var vaults = await place.OpenVaultsAsync(cancellation);
        var (sideCars, unreadable) = await ReadAsync(vaults.Vaults, cancellation);
        var rebuilt = await RebuildAsync(place.Journal, sideCars, further, cancellation);
        JournalGuard.Unmark(path);
        await Console.Out.WriteLineAsync(
            $"{Counted.Of(rebuilt.Units, "unit")}: {rebuilt.Closed} finished, {rebuilt.Units - rebuilt.Closed} to go on with; {rebuilt.Deliveries} known to be filed. Start the service, or run the batch again.");
        if (rebuilt.LeftOut > 0)
        {
            await Console.Out.WriteLineAsync($"Failed tries of scans that came in at another try, left out: {rebuilt.LeftOut}. digitizer verify names what is left of them.");
        }

        foreach (var original in unreadable)
        {
            await Console.Out.WriteLineAsync($"{original} has no side-car that can be read: it is in the vault and in no account. Give it in again.");
        }

        return unreadable.Count == 0 ? ExitCode.Done : ExitCode.SomeLeft;
    }

    // Under another name until it is whole: half of a journal would be taken for all of it.
    private static async Task<Rebuilt> RebuildAsync(JobOptions journal, List<SideCar> sideCars, string[] further, CancellationToken cancellation)
    {
        var unfinished = journal.File + ".unfinished";
        foreach (var leftover in Directory.GetFiles(Path.GetDirectoryName(unfinished)!, Path.GetFileName(unfinished) + "*"))
        {
            File.Delete(leftover);
        }

        string[] told = [.. new[] { journal.AuditFile }.Where(File.Exists), .. further];
        var rebuilt = await JournalRebuild.RunAsync(new JobOptions { File = unfinished, AuditFile = journal.AuditFile }, sideCars, told, TimeProvider.System, cancellation);
        AtomicFile.MoveInto(unfinished, journal.File!, Existing.Keep);
        File.Delete(unfinished + ".owner");
        return rebuilt;
    }

    // A log without its file, or the other way round, says nothing: they go together.
    private static async Task PutAsideAsync(string journal)
    {
        var mark = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        foreach (var file in new[] { journal, journal + "-wal", journal + "-shm" }.Where(File.Exists))
        {
            var aside = file.Replace(journal, $"{journal}.replaced-{mark}", StringComparison.Ordinal);
            AtomicFile.MoveInto(file, aside, Existing.Keep);
            await Console.Out.WriteLineAsync($"{ShownName.Escape(Path.GetFileName(file))} is kept as {ShownName.Escape(Path.GetFileName(aside))}.");
        }
    }

    private static async Task<(List<SideCar> SideCars, List<OriginalName> Unreadable)> ReadAsync(Vaults vaults, CancellationToken cancellation)
    {
        var (sideCars, unreadable) = (new List<SideCar>(), new List<OriginalName>());
        // What is on its way has no side-car yet, and a note: the service goes on with it.
        var onTheirWay = vaults.Spool.OnTheirWay();
        var further = new List<(OriginalName Original, UnitId Unit)>();
        await foreach (var original in vaults.Kept.OriginalsAsync(cancellation))
        {
            var json = await vaults.Kept.ReadSideCarAsync(original, cancellation);
            if (json is null && onTheirWay.Contains(original.Unit))
            {
                continue;
            }

            try
            {
                var sideCar = SideCar.Parse(json);
                sideCars.Add(sideCar);
                if (sideCar.PartOf is { } unit)
                {
                    further.Add((original, unit));
                }
            }
            catch (JsonException)
            {
                unreadable.Add(original);
            }
        }

        var told = sideCars.Select(s => s.Unit?.Id).ToHashSet();
        return (sideCars, [.. unreadable, .. further.Where(f => !told.Contains(f.Unit)).Select(f => f.Original)]);
    }
}
