using System.Collections.Concurrent;
using System.Diagnostics;
using Digitizer.Proof;
using Digitizer.Trials;

namespace Digitizer.EndToEndTests.Trials;

/// <summary>
/// Compares what was dropped with what lies in the dossiers, by what is printed on the pages there: nothing that the product
/// says of itself is believed (reliability: lost, doubled, misfiled, page loss, order).
/// </summary>
internal static class TrialCheck
{
    private const string Dpi = "36";

    /// <summary>All that is wrong, a line each.</summary>
    /// <param name="dropped">The trial's own list.</param>
    /// <param name="filed">What the dossiers hold.</param>
    /// <param name="house">The service, running or not.</param>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IReadOnlyList<Dropped> dropped, IReadOnlyList<Filed> filed, TrialHouse house)
    {
        var faults = new ConcurrentBag<string>();
        var pages = new ConcurrentBag<(Filed Document, IReadOnlyList<PrintedIdentity?> Marks)>();
        await Parallel.ForEachAsync(filed, async (document, _) => pages.Add((document, await MarksAsync(document.Pdf))));
        var byUnit = pages.ToLookup(p => p.Marks.OfType<PrintedIdentity>().FirstOrDefault()?.Unit);
        var excepted = await ExceptedAsync(house);
        foreach (var one in dropped)
        {
            Judge(one, [.. byUnit[one.Unit]], excepted.Contains(one.Sha256), faults.Add);
        }

        var known = dropped.Select(d => (uint?)d.Unit).ToHashSet();
        foreach (var stranger in byUnit.Where(g => !known.Contains(g.Key)).SelectMany(g => g))
        {
            faults.Add($"unexpected: {stranger.Document.Dossier} {Path.GetFileName(stranger.Document.Pdf)}");
        }

        await CheckVaultAsync(dropped, house, faults.Add);
        foreach (var line in (await house.ListAsync()).Balance!.Lines.Where(line => !line.Balanced))
        {
            faults.Add($"the account of {line.Things} does not balance");
        }

        return [.. faults];
    }

    private static void Judge(Dropped one, IReadOnlyList<(Filed Document, IReadOnlyList<PrintedIdentity?> Marks)> found, bool isExcepted, Action<string> fault)
    {
        if (!one.IsGood)
        {
            if (found.Count > 0 || !isExcepted)
            {
                fault($"damaged unit {one.Unit}: {found.Count} copies filed, among the exceptions: {isExcepted}");
            }

            return;
        }

        if (found.Count != 1)
        {
            fault($"{(found.Count == 0 ? "lost" : "doubled")}: unit {one.Unit}, among the exceptions: {isExcepted}");
            return;
        }

        var (document, marks) = found[0];
        if (document.Dossier != PrintedIdentity.CodeOf(one.Dossier) || marks.Any(m => m is null || m.Dossier != one.Dossier))
        {
            fault($"misfiled: unit {one.Unit} in {document.Dossier}");
        }

        if (!marks.SequenceEqual(IdentityPages.Of(one.Unit, one.Pages, one.Dossier)))
        {
            fault($"pages of unit {one.Unit}: {string.Join(", ", marks)}");
        }
    }

    /// <summary>What is printed on the pages of a PDF, as poppler shows them.</summary>
    public static async Task<IReadOnlyList<PrintedIdentity?>> MarksAsync(string pdf)
    {
        using var poppler = Process.Start(new ProcessStartInfo("pdftoppm", ["-gray", "-r", Dpi, pdf]) { RedirectStandardOutput = true })!;
        var reader = new PgmReader(poppler.StandardOutput.BaseStream);
        var marks = new List<PrintedIdentity?>();
        while (await reader.ReadAsync(2000, 2000, CancellationToken.None) is { } picture)
        {
            marks.Add(IdentityMark.Read(picture.Pixels, picture.Width, picture.Height));
        }

        await poppler.WaitForExitAsync();
        return marks;
    }

    private static async Task<HashSet<string>> ExceptedAsync(TrialHouse house)
        => [.. (await house.ListAsync()).Units!.Where(u => u.State == Jobs.UnitState.Exception).SelectMany(u => u.Arrival.Originals).Select(f => f.Sha256)];

    // Each dropped file is kept bit for bit.
    private static async Task CheckVaultAsync(IReadOnlyList<Dropped> dropped, TrialHouse house, Action<string> fault)
    {
        var vault = house.Vault;
        var kept = (await vault.OriginalsAsync(CancellationToken.None).ToListAsync()).ToLookup(o => o.Sha256);
        foreach (var one in dropped)
        {
            foreach (var lost in one.Files.Where(f => !kept.Contains(f.Sha256)))
            {
                fault($"the original of unit {one.Unit}, {Path.GetFileName(lost.Path)}, is not in the vault");
            }

        }

        await foreach (var finding in vault.VerifyAllAsync(() => { }, CancellationToken.None))
        {
            fault($"{finding.File}: {finding.Fault}");
        }
    }
}
