using System.Text.Json;

namespace Digitizer.Benchmarks.Scale;

/// <summary>All figures of <c>scale</c>, as docs/evidence/scale.json has them.</summary>
/// <param name="Measured">When.</param>
/// <param name="Cores">Of the machine.</param>
/// <param name="Pages">Sizes of files.</param>
/// <param name="Journal">Everything replaced but journal and loop.</param>
/// <param name="Vault">With the container.</param>
/// <param name="Real">With the real reader.</param>
internal sealed record ScaleFigures(DateTimeOffset Measured, int Cores, IReadOnlyList<PageBytes> Pages, IReadOnlyList<ScalePoint> Journal, VaultFigures Vault, RealFigures Real)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public static ScaleFigures Load(string file) => JsonSerializer.Deserialize<ScaleFigures>(File.ReadAllText(file))!;

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, Format) + "\n");
}

/// <summary>Figures of <c>scale vault</c>.</summary>
/// <param name="Points">By number of workers.</param>
/// <param name="Bare">Pages a second of bare puts and gets, in the order of the runs that they stood beside.</param>
/// <param name="BareCpu">CPU milliseconds that a page of them cost, the account's and the clients'.</param>
/// <param name="Ratio">The house's pages by those of bare puts and gets.</param>
internal sealed record VaultFigures(IReadOnlyList<ScalePoint> Points, IReadOnlyList<double> Bare, IReadOnlyList<double> BareCpu, Ratios Ratio);

/// <summary>Figures of <c>scale real</c>: CPU seconds a page.</summary>
/// <param name="Embedded">One service with two page-workers on SQLite.</param>
/// <param name="Shared">Two services with one page-worker each on PostgreSQL and one vault folder.</param>
/// <param name="Database">What PostgreSQL used besides, a page.</param>
/// <param name="Ratio">Shared by embedded.</param>
/// <param name="WithDatabase">Shared and database by embedded.</param>
internal sealed record RealFigures(IReadOnlyList<double> Embedded, IReadOnlyList<double> Shared, IReadOnlyList<double> Database, Ratios Ratio, Ratios WithDatabase);
