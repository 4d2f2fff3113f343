namespace Digitizer.Intake.DropFolders;

/// <summary>What is remembered of a drop folder's entries from look to look; what is gone is forgotten.</summary>
internal sealed class FolderMemory
{
    private Dictionary<string, Sightings> sightings = new(StringComparer.Ordinal);
    private Dictionary<string, (Entry Entry, Exam Exam)> exams = new(StringComparer.Ordinal);
    private HashSet<(ulong, ulong)> temporaries = [];
    private HashSet<string> finished = new(StringComparer.Ordinal);

    /// <summary>Takes a look in.</summary>
    /// <param name="entries">All entries.</param>
    /// <param name="now">Of the monotonic clock.</param>
    public void Take(IReadOnlyList<Entry> entries, TimeSpan now)
    {
        var next = new Dictionary<string, Sightings>(entries.Count, StringComparer.Ordinal);
        var nextFinished = new HashSet<string>(StringComparer.Ordinal);
        var nextExams = new Dictionary<string, (Entry, Exam)>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var key = entry.Key;
            next[key] = Sightings.Next(sightings.GetValueOrDefault(key), entry.Facts, now);
            if (entry.Kind == EntryKind.Candidate && (finished.Contains(key) || temporaries.Contains((entry.Facts.Device, entry.Facts.Inode))))
            {
                nextFinished.Add(key);
            }

            if (exams.TryGetValue(key, out var known) && known.Entry.Facts == entry.Facts)
            {
                nextExams[key] = known;
            }
        }

        (sightings, finished, exams) = (next, nextFinished, nextExams);
        temporaries = [.. entries.Where(e => e.Kind == EntryKind.Temporary).Select(e => (e.Facts.Device, e.Facts.Inode))];
    }

    /// <summary>What the looks have seen of an entry of the last look.</summary>
    public Sightings Of(Entry entry) => sightings[entry.Key];

    /// <summary>True if the file had a temporary name at an earlier look.</summary>
    public bool WasFinished(Entry entry) => finished.Contains(entry.Key);

    /// <summary>The outcome of an exam of the same, unchanged file, or null.</summary>
    public Exam? ExamOf(Entry entry) => exams.TryGetValue(entry.Key, out var known) && known.Entry.Facts == entry.Facts ? known.Exam : null;

    /// <summary>Remembers an outcome that only a change of the file can change.</summary>
    public void Remember(Entry entry, Exam exam) => exams[entry.Key] = (entry, exam);
}
