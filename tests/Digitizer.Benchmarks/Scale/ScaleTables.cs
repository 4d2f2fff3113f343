namespace Digitizer.Benchmarks.Scale;

/// <summary>The figures as docs/scale.md shows them.</summary>
internal static class ScaleTables
{
    public static IEnumerable<string> Of(ScaleFigures figures)
    {
        yield return FormattableString.Invariant($"Measured {figures.Measured:yyyy-MM-dd HH:mm} UTC, {figures.Cores} cores, of which others used {figures.Journal.Concat(figures.Vault.Points).Average(p => p.OthersCores):0.00}.");
        yield return "";
        yield return "| series | workers | pages/s | claim p50, p99 | at half of it: p50, p99 | claims a page | CPU ms a page: worker, intake, database, storage | commits, syncs a page | ms a sync | waiting for locks |";
        yield return "|---|---|---|---|---|---|---|---|---|---|";
        foreach (var points in new[] { figures.Journal, figures.Vault.Points })
        {
            foreach (var full in ScalePoint.Means(points))
            {
                var all = points.Where(p => p.Offered is null && p.Workers == full.Workers).Select(p => p.PagesPerSecond).Order().ToList();
                yield return Row(full, all, points.FirstOrDefault(p => p.Offered is not null && p.Workers == full.Workers));
            }
        }

        yield return "";
        yield return FormattableString.Invariant($"Bare puts and gets of the same files by as many processes: {Ratios.Of(figures.Vault.Bare)} pages/s, {Ratios.Of(figures.Vault.BareCpu)} ms CPU a page; the vault reaches {figures.Vault.Ratio} of their rate.");
        yield return FormattableString.Invariant($"Real reader, CPU s a page: one process on SQLite {Ratios.Of(figures.Real.Embedded)}, two on PostgreSQL {Ratios.Of(figures.Real.Shared)}: {figures.Real.Ratio}; with the database's own {Ratios.Of(figures.Real.Database).Median:0.000} s {figures.Real.WithDatabase}.");
        var two = ScalePoint.Means(figures.Journal).First(p => p.Workers == 2);
        yield return FormattableString.Invariant($"Of two workers: {two.LogBytes / 1000:0} kB of log and {two.Growth / 1000:0} kB of rows a page; {figures.Pages.Average(p => p.Files.Sum()) / 1e6:0.00} MB of files.");
    }

    private static string Row(ScalePoint full, List<double> rates, ScalePoint? half) => FormattableString.Invariant(
        $"| {full.Kind} | {full.Workers} | {full.PagesPerSecond:0} ({rates[0]:0} – {rates[^1]:0}) | {full.ClaimP50:0.0}, {full.ClaimP99:0} ms | {(half is null ? "" : FormattableString.Invariant($"{half.ClaimP50:0.0}, {half.ClaimP99:0} ms"))} | {full.Claims:0.0} | {full.WorkerCpu:0.0}, {full.IntakeCpu:0.0}, {full.DatabaseCpu:0.0}, {full.StorageCpu:0.0} | {full.Commits:0.0}, {full.Syncs:0.0} | {full.SyncMilliseconds:0.0} | {full.LockWaits:0.00} |");
}
