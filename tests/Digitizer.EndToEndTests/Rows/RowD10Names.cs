using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.EndToEndTests.Trials;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>
/// Rows D10 and D11: names of files that reach for other places or speak to programs, by the API and by folder. Each document is filed,
/// nothing is written outside the house, no program that is started gets a name as an argument, and what people read has no control characters.
/// </summary>
[Trait("Row", "D10")]
[Trait("Row", "D11")]
public sealed class RowD10Names
{
    private static readonly string[] Bases =
    [
        "../../../../tmp/DGZ-out.png", "..\\..\\DGZ-out.png", "/etc/DGZ-out.png", "C:\\DGZ-out.png", "\\\\server\\share\\DGZ.png", "file:///etc/DGZ.png", "DGZ%2e%2e%2fx.png", "....//DGZ.png",
        "-x DGZ", "--version DGZ", "-o/tmp/DGZ-out", "@/etc/DGZ", "DGZ'; touch /tmp/DGZ-out; '", "$(touch /tmp/DGZ-out)", "`touch /tmp/DGZ-out`", "| touch /tmp/DGZ-out", "DGZ\"quoted\".png", "DGZ && x.png",
        "DGZ\nsecond line.png", "DGZ\rx.png", "DGZ\tx.png", "DGZ\0x.png", "DGZ\u001b[31mred.png", "DGZ\u202egnp.exe", "DGZ\u200bx.png", "DGZ\ufeff.png",
        "CON", "NUL.png", "aux.DGZ", "DGZ .png ", "DGZ...", ".DGZ", ".DGZ.png", "~DGZ.png", "DGZ~", "#DGZ#", "DGZ:stream", "DGZ*?.png", "DGZ<script>alert(1)</script>.png", "%s%n%x DGZ",
        "DGZ.png.done", "DGZ.manifest.json", "DGZ.tmp", "DGZ.accepted", "đơn đăng ký DGZ.png", "đơn DGZ (NFD).png".Normalize(NormalizationForm.FormD), "漢字 DGZ.png", "😀 DGZ.png", new string('D', 255) + ".png", new string('đ', 300) + ".png",
    ];

    private static readonly string[] Meaning = [".done", ".json", ".tmp", ".accepted"];

    [Fact]
    public async Task No_name_leads_outside_and_none_is_an_argument()
    {
        var row = new Row("D10", 20, 200, 1000);
        if (Mount.Hindrance() is { } why)
        {
            row.NotRun(why);
            return;
        }

        using var house = TrialHouse.WithApi(change: TrialHouse.AsDelivered);
        using var caller = house.Caller();
        var calls = Path.Combine(house.Root, "calls");
        await house.StartAsync(inside: ["strace", "-D", "-f", "-qq", "-s", "4096", "-o", calls, "-e", "trace=execve"]);
        var before = Outside();
        var reasons = new List<string>();
        foreach (var i in Enumerable.Range(0, row.Count))
        {
            var name = Bases[i % Bases.Length].Insert(Bases[i % Bases.Length].StartsWith('-') ? 2 : 0, i < Bases.Length ? "" : $"{i}");
            if (i % 3 == 2 && IsNameOfFile(name))
            {
                house.ScanAs(name, 1);
            }
            else if (!await IsAcceptedAsync(house, caller, name))
            {
                reasons.Add($"{Escaped(name)} was not accepted");
            }

            row.Trial(reasons.Count == 0);
        }

        if (!await house.SettledAsync())
        {
            reasons.Add("the service ended");
        }

        reasons.AddRange(await TrialCheck.FaultsAsync(house.All, house.FiledDocuments(), house));
        reasons.AddRange(Outside().Except(before).Select(path => $"written outside: {path}"));
        reasons.AddRange((await house.ListAsync()).Units!.Select(u => u.Arrival.ShownName).Where(n => n.Any(char.IsControl) || n.Any(c => c is '\u202e' or '\u200b')).Select(n => $"shown as it is: {Escaped(n)}"));
        Assert.Equal(0, await house.StopAsync());
        reasons.AddRange(File.ReadLines(calls).Where(l => l.Contains("DGZ", StringComparison.Ordinal)).Select(l => $"an argument: {l}"));
        Assert.NotEmpty(File.ReadLines(calls));
        row.Trial(reasons.Count == 0);
        row.Report([.. reasons, .. reasons.Count > 0 ? [house.Log] : Array.Empty<string>()]);
    }

    private static async Task<bool> IsAcceptedAsync(TrialHouse house, ApiCaller caller, string name)
    {
        var submittal = house.Draw(1);
        return (await TrialHouse.TryAsync(caller, submittal with { Files = [(name, submittal.Files[0].Content)] }))?.Status == HttpStatusCode.Accepted;
    }

    // What a folder can hold, and does not mean something else there.
    private static bool IsNameOfFile(string name)
        => Encoding.UTF8.GetByteCount(name) <= 200 && !name.Contains('/', StringComparison.Ordinal) && !name.Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format) && !name.StartsWith('.') && !name.StartsWith('~') && !name.EndsWith('~')
            && !name.StartsWith('#') && !Meaning.Any(e => name.EndsWith(e, StringComparison.Ordinal));

    private static HashSet<string> Outside()
        => [.. new[] { "/tmp", "/", "/etc", Environment.CurrentDirectory }.SelectMany(Directory.GetFileSystemEntries).Where(p => p.Contains("DGZ", StringComparison.Ordinal))];

    private static string Escaped(string name) => JsonSerializer.Serialize(name);
}
