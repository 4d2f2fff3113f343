namespace Digitizer.Jobs;

/// <summary>
/// Which SQLite may hold the journal. Versions 3.7.0–3.51.2 lose commits when one connection brings the log into the
/// file while another writes (fixed in 3.51.3, and in 3.50.7 and 3.44.6; sqlite.org/wal.html).
/// </summary>
/// <param name="Value">As <c>sqlite_version()</c> says.</param>
internal sealed record SqliteVersion(Version Value)
{
    /// <summary>STRICT tables came with 3.37.</summary>
    private static readonly Version Oldest = new(3, 37, 0);

    /// <summary>True: it may be used only where nothing else writes or checkpoints, which the one owner process makes sure of.</summary>
    public bool NeedsExclusion => Value >= new Version(3, 7, 0) && Value < new Version(3, 51, 3) && !IsRepaired;

    public bool IsTooOld => Value < Oldest;

    private bool IsRepaired => (Value.Minor == 50 && Value.Build >= 7) || (Value.Minor == 44 && Value.Build >= 6);
}
