namespace Digitizer.Benchmarks.Scale;

/// <summary>Figures of so many workers over a time.</summary>
internal sealed record ScalePoint
{
    public required int Workers { get; init; }

    /// <summary>journal: local vault, small files; vault: container, files as of samples.</summary>
    public required string Kind { get; init; }

    /// <summary>What came in each second; null: as much as went out.</summary>
    public double? Offered { get; init; }

    public required double Seconds { get; init; }

    public required double PagesPerSecond { get; init; }

    public required double ClaimP50 { get; init; }

    public required double ClaimP99 { get; init; }

    /// <summary>Claims a page, and how many of them gave work.</summary>
    public required double Claims { get; init; }

    public required double ClaimsFound { get; init; }

    /// <summary>CPU milliseconds a page of the workers' processes.</summary>
    public required double WorkerCpu { get; init; }

    /// <summary>Of what takes units in.</summary>
    public required double IntakeCpu { get; init; }

    public required double DatabaseCpu { get; init; }

    public required double StorageCpu { get; init; }

    /// <summary>Transactions a page.</summary>
    public required double Commits { get; init; }

    public required double LogBytes { get; init; }

    /// <summary>Bytes that the database grew by, a page.</summary>
    public required double Growth { get; init; }

    /// <summary>Times a page that the write-ahead log was brought to the disk, and milliseconds of one time.</summary>
    public required double Syncs { get; init; }

    public required double SyncMilliseconds { get; init; }

    /// <summary>Requests a page to the storage account, by method; those of the intake not among them.</summary>
    public required IReadOnlyDictionary<string, double> Requests { get; init; }

    /// <summary>Connections within a statement at one moment, by what they waited for.</summary>
    public required IReadOnlyDictionary<string, double> Waits { get; init; }

    /// <summary>Of these, those that waited for a lock of another transaction.</summary>
    public double LockWaits => Waits.Where(w => w.Key.StartsWith("Lock:", StringComparison.Ordinal)).Sum(w => w.Value);

    /// <summary>Cores that others on the machine used.</summary>
    public required double OthersCores { get; init; }

    /// <summary>Cores that all of this used.</summary>
    public required double OwnCores { get; init; }

    /// <summary>CPU milliseconds a page of all of this.</summary>
    public double Cpu => WorkerCpu + IntakeCpu + DatabaseCpu + StorageCpu;

    /// <summary>The mean of all rounds, of each number of workers at full load: the machine's speed changes between them.</summary>
    public static IReadOnlyList<ScalePoint> Means(IEnumerable<ScalePoint> points)
        => [.. points.Where(p => p.Offered is null).GroupBy(p => p.Workers).OrderBy(g => g.Key).Select(g => Mean([.. g]))];

    private static ScalePoint Mean(ScalePoint[] rounds)
    {
        double Of(Func<ScalePoint, double> value) => Math.Round(rounds.Average(value), 3);
        return rounds[0] with
        {
            Seconds = rounds.Sum(p => p.Seconds), PagesPerSecond = Of(p => p.PagesPerSecond), ClaimP50 = Of(p => p.ClaimP50), ClaimP99 = Of(p => p.ClaimP99), Claims = Of(p => p.Claims), ClaimsFound = Of(p => p.ClaimsFound),
            WorkerCpu = Of(p => p.WorkerCpu), IntakeCpu = Of(p => p.IntakeCpu), DatabaseCpu = Of(p => p.DatabaseCpu), StorageCpu = Of(p => p.StorageCpu),
            Commits = Of(p => p.Commits), LogBytes = Of(p => p.LogBytes), Growth = Of(p => p.Growth), Syncs = Of(p => p.Syncs), SyncMilliseconds = Of(p => p.SyncMilliseconds),
            Requests = rounds.SelectMany(p => p.Requests.Keys).Distinct().ToDictionary(key => key, key => Of(p => p.Requests.GetValueOrDefault(key))),
            OthersCores = Of(p => p.OthersCores), OwnCores = Of(p => p.OwnCores),
        };
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Kind,-7} {Workers} workers{(Offered is { } o ? $" at {o:0}/s" : "")}: {PagesPerSecond:0.0} pages/s; claims p50 {ClaimP50:0.0} ms, p99 {ClaimP99:0.0} ms, {Claims:0.0} a page ({ClaimsFound:0.0} gave work); CPU ms a page: workers {WorkerCpu:0.0}, intake {IntakeCpu:0.0}, database {DatabaseCpu:0.0}, storage {StorageCpu:0.0}; {Commits:0.0} commits, {LogBytes / 1024:0.0} kB log, {Syncs:0.0} syncs of {SyncMilliseconds:0.0} ms, {Growth / 1024:0.0} kB rows a page; requests {string.Join(", ", Requests.Select(r => FormattableString.Invariant($"{r.Key} {r.Value:0.0}")))}; waiting for locks {LockWaits:0.00}, others {string.Join(", ", Waits.Where(w => !w.Key.StartsWith("Lock:", StringComparison.Ordinal)).Take(4).Select(w => FormattableString.Invariant($"{w.Key} {w.Value:0.0}")))}; cores: own {OwnCores:0.00}, others' {OthersCores:0.00}");
}
