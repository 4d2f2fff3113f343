using System.Diagnostics;
using Digitizer.Dossiers;
using Digitizer.EndToEndTests.Support;
using Digitizer.Jobs;
using Digitizer.Tests.Support;
using Digitizer.Vault;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row E10: <c>digitizer verify</c> balances, finds what is damaged, gone or changed in vault and dossiers, and takes a minute per 100,000 units at most.</summary>
[Trait("Row", "E10")]
public sealed class RowE10Ledger : IDisposable
{
    private static readonly TimeSpan AMinute = TimeSpan.FromSeconds(60);

    // Starting the program, and one file system cache that is cold.
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(10);

    // In memory: making the units costs ten commits each, and is not what is tried.
    private readonly string memory = Path.Combine("/dev/shm", $"digitizer-{Guid.NewGuid():N}");
    private readonly ServiceUnderTest bench = new();

    public RowE10Ledger() => bench.Configure(new() { ["State"] = State, ["Dossiers"] = Path.Combine(memory, "dossiers") });

    public void Dispose()
    {
        bench.Dispose();
        Directory.Delete(memory, recursive: true);
    }

    private string State => Path.Combine(memory, "state");

    private LocalVault Vault => LocalVault.Open(Path.Combine(State, "vault"), TimeProvider.System);

    [Fact]
    public async Task What_is_wrong_is_found_and_what_is_not_is_not()
    {
        var row = new Row("E10", 300, 10_000, 100_000);
        var units = await FillAsync(row.Count);
        var reasons = new List<string>();

        void Check(bool passed, string reason)
        {
            row.Trial(passed);
            reasons.Add(reason);
        }

        var (clean, took) = await VerifyAsync();
        units.ForEach(_ => row.Trial(clean.Code == 0));
        Check(clean.Output.Contains("the account balances", StringComparison.Ordinal), $"clean: {clean}");
        Check(clean.Output.Contains($"{units.Count} documents read back", StringComparison.Ordinal), clean.Output);
        Check(took < Start + (AMinute * (units.Count / 100_000.0)), $"{units.Count} units took {took}");

        var wrong = Spoil(units);
        var (spoilt, _) = await VerifyAsync();
        Check(spoilt.Code == 1, spoilt.ToString());
        Check(spoilt.Output.Contains($"{wrong.Count} things are wrong", StringComparison.Ordinal), spoilt.Output);
        foreach (var (subject, said) in wrong)
        {
            Check(spoilt.Output.Split('\n').Any(line => line.Contains(subject, StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal)), $"{subject}: {said} is not in: {spoilt}");
        }

        row.Report([.. reasons, $"{units.Count} units, {took.TotalSeconds:0.0} s"]);
    }

    private async Task<List<KeptUnit>> FillAsync(int count)
    {
        await using var jobs = await JobStore.OpenAsync(new JobOptions { File = Path.Combine(State, "journal.db"), AuditFile = Path.Combine(State, "audit.jsonl") }, TimeProvider.System, default);
        var maker = new KeptUnits(jobs, Vault, new FolderDossierStore(Path.Combine(memory, "dossiers")), TimeProvider.System);
        var units = new List<KeptUnit>();
        for (var i = 0; i < count; i++)
        {
            units.Add(await maker.AddAsync(i));
        }

        return units;
    }

    private Dictionary<string, string> Spoil(List<KeptUnit> units)
    {
        var vault = Vault;
        Append(vault.PathOf(units[0].Original));
        File.Delete(vault.PathOf(units[1].Original));
        Append(vault.ResultPath(units[2].Results[0]));
        File.Delete(vault.ResultPath(units[3].Results[1]));
        Directory.Delete(units[4].Folder, recursive: true);
        Append(Directory.GetFiles(units[5].Folder, "*.pdf").Single());
        return new Dictionary<string, string>
        {
            [units[0].Original.ToString()] = "Changed",
            [units[1].Original.ToString()] = "Missing",
            [units[2].Results[0]] = "Changed",
            [units[3].Results[1]] = "Missing",
            [units[4].Document.ToString()] = "holds it no longer",
            [units[5].Document.ToString()] = "other bytes",
        };
    }

    private static void Append(string path)
    {
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.AppendAllText(path, "x");
    }

    private async Task<(Ended Ended, TimeSpan Took)> VerifyAsync()
    {
        var watch = Stopwatch.StartNew();
        return (await bench.Program.RunAsync("verify", "--config", "serve.json"), watch.Elapsed);
    }
}
