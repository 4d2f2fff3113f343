using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Digitizer.Dossiers;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Vault;
using Digitizer.Worker.Service;
using Digitizer.Worker.Terminal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer verify</c>: is everything that was taken in still there, as it was, and in its dossier?</summary>
internal static class VerifyCommand
{
    private const string Description =
        "Reads every original and every result and compares it with its digest, looks for what the journal says and is not there, checks that the account balances, and with a configuration reads every filed document back from its dossier.";

    private const string Examples = """
        Examples:
          digitizer verify --state /var/lib/digitizer
          digitizer verify --config digitizer.json

        What is missing or different is listed, and the exit code is 1. The service may run meanwhile.
        """;

    private static readonly Option<string> State = new("--state")
    {
        Description = "A service's state folder, or the output folder of 'digitizer process'.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./out",
    };

    private static readonly Option<string?> Config = new("--config") { Description = "The service's configuration file: names state and dossiers.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new CommandWithExamples("verify", Description, Examples) { State, Config };
        command.SetAction((parsed, cancellation) => parsed.GetValue(Config) is { } file
            ? RunAsync(ServiceConfiguration.Bind(ServiceConfiguration.Read(file)), cancellation)
            : RunAsync(StatePlace.Of(parsed.GetRequiredValue(State)), null, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ServiceOptions options, CancellationToken cancellation)
    {
        var dossiers = DossierStores.Create(options, TimeProvider.System, NullLoggerFactory.Instance);
        using (dossiers as IDisposable)
        {
            return await RunAsync(StatePlace.Of(options), dossiers, cancellation);
        }
    }

    private static async Task<int> RunAsync(StatePlace place, IDossierStore? dossiers, CancellationToken cancellation)
    {
        await using var journal = await ControlClient.OpenAsync(place, cancellation);
        var balance = (await journal.AskAsync(new JobsRequest("list"), cancellation)).Balance!;
        using var held = await place.OpenVaultsAsync(cancellation);
        var vault = held.Vaults.Kept;
        var faults = new Faults();
        var files = await ReadVaultAsync(vault, faults, cancellation);
        var check = new HoldingsCheck(vault, dossiers, TimeProvider.System);
        var known = await CompareAsync(journal, check, faults, cancellation);
        await FindStrangersAsync(journal, held.Vaults, known, faults, cancellation);
        foreach (var line in balance.Lines.Where(line => !line.Balanced))
        {
            faults.Add($"The account of {line.Things} does not balance: {line.Total} in all, {line.Stray} that nobody works on. Hand the journal to support.");
        }

        var seen = string.Create(CultureInfo.InvariantCulture, $"{files} files, {(dossiers is null ? "dossiers not asked (--config)" : $"{check.Compared} documents read back")}");
        await Console.Out.WriteLineAsync(faults.Count == 0 ? $"{seen}: all is as it was; the account balances." : $"{seen}; {faults.Count} things are wrong.");
        return faults.Count == 0 ? ExitCode.Done : ExitCode.SomeLeft;
    }

    private static async Task<long> ReadVaultAsync(IVault vault, Faults faults, CancellationToken cancellation)
    {
        var files = 0L;
        await foreach (var finding in vault.VerifyAllAsync(() => files++, cancellation))
        {
            // What left meanwhile is missed below, if it is missed at all.
            if (finding.Fault != VaultFault.Missing)
            {
                faults.Add($"{finding.File}: {finding.Fault}. Restore it from the backup; check the disk.");
            }
        }

        return files;
    }

    /// <returns>Units that the journal knows.</returns>
    private static async Task<HashSet<string>> CompareAsync(ControlClient journal, HoldingsCheck check, Faults faults, CancellationToken cancellation)
    {
        UnitId? after = null;
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (await journal.AskAsync(new JobsRequest("holdings", After: after), cancellation) is { Holdings: { Count: > 0 } some })
        {
            await Parallel.ForEachAsync(some, cancellation, async (holding, stop) =>
            {
                // The service goes on meanwhile: what seems wrong is looked at again as the journal has it then.
                if (await check.FaultsAsync(holding, stop) is { Count: > 0 }
                    && await journal.AskAsync(new JobsRequest("holdings", Unit: holding.Unit.Id.ToString()), stop) is { Holdings: [var now] })
                {
                    faults.AddRange(await check.FaultsAsync(now, stop));
                }
            });
            known.UnionWith(some.SelectMany(holding => holding.Unit.Arrival.Originals).Select(file => file.Id.ToString()));
            after = some[^1].Unit.Id;
        }

        if (check.HasGivenUp)
        {
            faults.Add("The dossier system does not answer; the documents that follow were not compared. Run verify again later.");
        }

        return known;
    }

    // From the other side: what lies in the vault, and nobody accounts for.
    private static async Task FindStrangersAsync(ControlClient journal, Vaults vaults, HashSet<string> known, Faults faults, CancellationToken cancellation)
    {
        var onTheirWay = vaults.Spool.OnTheirWay();
        await foreach (var original in vaults.Kept.OriginalsAsync(cancellation))
        {
            // It may have been accepted meanwhile; or another machine has it in hand.
            if (known.Contains(original.Unit) || (!vaults.IsOneDisk && IsYoung(original)) || onTheirWay.Contains(original.Unit) || await journal.AskAsync(new JobsRequest("holdings", Unit: original.Unit), cancellation) is not { Holdings: [] })
            {
                continue;
            }

            if (await OtherTryAsync(journal, vaults.Kept, original, cancellation) is { } unit)
            {
                await Console.Out.WriteLineAsync($"originals/{original} is left of a try that failed; unit {unit} has the same. Nothing is missing.");
            }
            else
            {
                faults.Add($"originals/{original} has no unit: the journal does not know of it. Type: digitizer rebuild-journal --replace");
            }
        }

        if (!journal.IsService && onTheirWay.Count > 0)
        {
            await Console.Out.WriteLineAsync($"{Counted.Of(onTheirWay.Count, "scan")} on the way into the vault: the service goes on with them when it starts.");
        }
    }

    /// <summary>The unit that the same arrival became at another try, if it has the same file; null: none.</summary>
    private static async Task<UnitId?> OtherTryAsync(ControlClient journal, IVault vault, OriginalName original, CancellationToken cancellation)
    {
        try
        {
            return SideCar.Parse(await vault.ReadSideCarAsync(original, cancellation)).Unit is { } arrival
                && (await journal.AskAsync(new JobsRequest("arrival", ArrivalKey: arrival.ArrivalKey), cancellation)).Unit is { } unit
                && (await journal.AskAsync(new JobsRequest("holdings", Unit: unit.ToString()), cancellation)).Holdings is [var holding]
                && holding.Unit.Arrival.Originals.Any(file => file.Sha256 == original.Sha256)
                && await vault.HasAsync(OriginalName.Create(unit.ToString(), original.Sha256), cancellation)
                ? unit
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsYoung(OriginalName original)
        => UnitId.TryParse(original.Unit, out var id) && TimeProvider.System.GetUtcNow() - id.Time < TimeSpan.FromHours(1);

    /// <summary>Lists what is wrong as it is found.</summary>
    private sealed class Faults
    {
        private readonly Lock gate = new();

        public int Count { get; private set; }

        public void Add(string fault) => AddRange([fault]);

        public void AddRange(IReadOnlyList<string> faults)
        {
            lock (gate)
            {
                Count += faults.Count;
                foreach (var fault in faults)
                {
                    Console.Out.WriteLine(fault);
                }
            }
        }
    }
}
