using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>What the looks at one entry have seen so far. Times are of our monotonic clock; a file's own times are compared only with each other.</summary>
/// <param name="Facts">At the last look.</param>
/// <param name="FirstSeen">When any file was first seen under this name.</param>
/// <param name="LastChange">When the facts were first seen as they are.</param>
/// <param name="Looks">How many looks in a row saw these facts.</param>
internal sealed record Sightings(FileFacts Facts, TimeSpan FirstSeen, TimeSpan LastChange, int Looks)
{
    public static Sightings Next(Sightings? before, FileFacts facts, TimeSpan now) => before switch
    {
        null => new Sightings(facts, now, now, 1),
        _ when before.Facts == facts => before with { Looks = before.Looks + 1 },
        _ => new Sightings(facts, before.FirstSeen, now, 1),
    };
}

/// <summary>What to do about an entry.</summary>
internal enum SettleVerdict
{
    /// <summary>Look again.</summary>
    Wait,

    /// <summary>Nothing has changed for long enough: take it if it is whole.</summary>
    Quiet,

    /// <summary>Nothing has changed for so long that it will not become whole any more.</summary>
    Expired,
}

/// <summary>An entry that has settled, and is to be judged by what it holds.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Seen">What the looks have seen.</param>
/// <param name="Verdict">Quiet or expired.</param>
/// <param name="IsEarly">Its writer said that it is finished; it has not been quiet yet.</param>
/// <param name="Marker">The side-car that announced it.</param>
internal sealed record SettledFile(Entry Entry, Sightings Seen, SettleVerdict Verdict, bool IsEarly, FileName? Marker);

/// <summary>When a file counts as finished.</summary>
/// <param name="Quiet">Nothing changed for so long,</param>
/// <param name="Looks">and so many looks in a row saw the same.</param>
/// <param name="MaxSettle">After so long without a change nobody will finish it.</param>
internal sealed record SettleRule(TimeSpan Quiet, int Looks, TimeSpan MaxSettle)
{
    /// <summary>Judges.</summary>
    /// <param name="seen">What looks have seen.</param>
    /// <param name="isAnnounced">The writer said that it is finished: by a side-car, a manifest, or the rename from a temporary name.</param>
    /// <param name="now">Of the same clock as <paramref name="seen"/>.</param>
    public SettleVerdict Judge(Sightings seen, bool isAnnounced, TimeSpan now)
    {
        return now - seen.LastChange >= MaxSettle ? SettleVerdict.Expired
            : isAnnounced || IsQuiet(seen, now) ? SettleVerdict.Quiet
            : SettleVerdict.Wait;
    }

    /// <summary>True if nothing changed for long enough and over enough looks.</summary>
    public bool IsQuiet(Sightings seen, TimeSpan now) => now - seen.LastChange >= Quiet && seen.Looks >= Looks;
}
