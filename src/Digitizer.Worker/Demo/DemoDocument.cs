using Digitizer.Dossiers;
using Digitizer.Jobs;
using Digitizer.Worker.Terminal;

namespace Digitizer.Worker.Demo;

/// <summary>What became of a scan.</summary>
/// <param name="Name">The blob's.</param>
/// <param name="Pages">How many it has.</param>
/// <param name="Begins">How its text begins; null: there is none.</param>
/// <param name="Readers">Who read each page, by the journal.</param>
/// <param name="Filer">Who filed it.</param>
/// <param name="Pdf">Where it is filed; null: nowhere.</param>
/// <param name="Problem">Why a person must look; null: nobody must.</param>
internal sealed record DemoDocument(string Name, int Pages, string? Begins, IReadOnlyList<int> Readers, int? Filer, string? Pdf, string? Problem)
{
    /// <summary>The dossier that it is filed in; null: none.</summary>
    public string? Dossier => Pdf is null ? null : Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(Pdf)));

    /// <summary>Reads it out of the journal's account of its unit.</summary>
    public static DemoDocument Of(UnitAccount account, DemoWorkers workers)
    {
        var pdf = account.Deliveries.Select(delivery => delivery.Receipt).FirstOrDefault(receipt => receipt is not null) is { } line ? PdfOf(Receipt.FromLine(line)) : null;
        return new DemoDocument(
            account.Unit.Arrival.FileName,
            account.Unit.Pages ?? 0,
            pdf is null ? null : FoundReport.Beginning(Path.ChangeExtension(pdf, ".txt")),
            [.. account.History.Where(h => h.What is "read" or "blank").OrderBy(h => h.Page).Select(workers.WhoDid).OfType<int>()],
            account.History.Where(h => h.What == "attached").Select(workers.WhoDid).FirstOrDefault(),
            pdf,
            ProblemOf(account));
    }

    private static string? PdfOf(Receipt receipt) => receipt.Location is { } folder ? Path.Combine(folder, Path.GetFileName(folder) + ".pdf") : null;

    private static string? ProblemOf(UnitAccount account)
        => account.Unit.Failure?.Message
            ?? account.Deliveries.Select(delivery => delivery.Failure?.Message).FirstOrDefault(message => message is not null)
            ?? (account.Documents.SelectMany(document => document.Reasons).ToList() is { Count: > 0 } reasons ? string.Join(", ", reasons) : null);
}
