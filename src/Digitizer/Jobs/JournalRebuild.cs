using Digitizer.Failures;

namespace Digitizer.Jobs;

/// <summary>What a rebuild made.</summary>
/// <param name="Units">All.</param>
/// <param name="Closed">Restored as closed; the others are read again from their originals.</param>
/// <param name="Deliveries">Known deliveries that will not be done twice.</param>
/// <param name="LeftOut">Tries of an arrival that another try has brought in.</param>
internal sealed record Rebuilt(int Units, int Closed, int Deliveries, int LeftOut = 0);

/// <summary>
/// Makes a lost journal anew from what lies outside it: the side-car beside each original, and the audit files. Closed units
/// come back as they were. All others are accepted again and read again, but what was attached, or may have been,
/// is known and not sent blindly. A person's decision that was not carried out yet is asked for again.
/// </summary>
internal static class JournalRebuild
{
    /// <summary>Reads everything first, then opens the new journal; its audit file may be one of those that are read.</summary>
    /// <exception cref="DigitizerException">ActNotPossible: the journal holds units already.</exception>
    public static async Task<Rebuilt> RunAsync(JobOptions options, IEnumerable<SideCar> sideCars, IEnumerable<string> auditFiles, TimeProvider time, CancellationToken cancellation)
    {
        var (units, leftOut) = Fold(sideCars, auditFiles);
        options.IsRebuilt = true;
        await using var store = await JobStore.OpenAsync(options, time, cancellation).ConfigureAwait(false);
        if ((await store.UnitsAsync(new UnitFilter(), new Slice(1), cancellation).ConfigureAwait(false)).Count > 0)
        {
            throw new DigitizerException(FailureKind.ActNotPossible, "The journal holds units already. Move it away first; only an empty one is rebuilt.");
        }

        foreach (var unit in units)
        {
            await store.RestoreAsync(unit, cancellation).ConfigureAwait(false);
        }

        return new Rebuilt(units.Count, units.Count(u => u.IsWholeAndClosed), units.Sum(u => u.Deliveries.Values.Count(d => DeliveryRule.MayBeThere(d.State))), leftOut);
    }

    // A file's own order holds, whatever the clock did meanwhile.
    private static IEnumerable<(DateTimeOffset At, AuditLine Line)> InOrder(string auditFile)
    {
        var latest = DateTimeOffset.MinValue;
        foreach (var line in AuditFile.Read(auditFile))
        {
            latest = line.At > latest ? line.At : latest;
            yield return (latest, line);
        }
    }

    private static (List<KnownUnit> Units, int LeftOut) Fold(IEnumerable<SideCar> sideCars, IEnumerable<string> auditFiles)
    {
        var units = sideCars.Select(s => s.Unit).OfType<NewUnit>().Select(u => new KnownUnit(u) { IsInVault = true }).ToDictionary(u => u.Arrival.Id.ToString(), StringComparer.Ordinal);
        // Several processes may have worked on one unit.
        foreach (var line in auditFiles.SelectMany(InOrder).OrderBy(line => line.At).Select(line => line.Line))
        {
            if (line.Arrival is { } arrival && !units.ContainsKey(line.Unit))
            {
                units.Add(line.Unit, new KnownUnit(arrival.Unit!));
            }

            if (units.TryGetValue(line.Unit, out var unit))
            {
                unit.Learn(line);
            }
        }

        // A try that ended before the journal heard of it, or was about to, leaves its traces, and the next try of the same arrival was accepted: they are one unit.
        var tries = units.Values.GroupBy(unit => unit.Arrival.ArrivalKey, StringComparer.Ordinal).ToList();
        var kept = tries.Select(same => same.OrderByDescending(u => u.IsCertain).ThenByDescending(u => u.IsInVault).ThenByDescending(u => u.IsAccepted).ThenByDescending(u => u.Arrival.Id.Value).First());
        return ([.. kept.OrderBy(u => u.Arrival.ReceivedAt).ThenBy(u => u.Arrival.Id.Value)], units.Count - tries.Count);
    }
}
