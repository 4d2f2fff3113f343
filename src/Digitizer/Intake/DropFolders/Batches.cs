using System.Security.Cryptography;
using System.Text;
using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>A batch of which everything is there.</summary>
/// <param name="Source">The manifest's entry.</param>
/// <param name="Manifest">What it says.</param>
/// <param name="Files">Its files in the manifest's order, with the entry of each and its pages.</param>
internal sealed record CompleteBatch(Entry Source, Manifest Manifest, IReadOnlyList<(ManifestFile Wanted, Entry Entry, int? Pages)> Files);

/// <summary>Holds files that belong to batches until their batch is complete: every file there, whole, and of the digest that the manifest says.</summary>
/// <param name="root">The drop folder.</param>
/// <param name="maxBytes">Largest file.</param>
/// <param name="memory">Exams of earlier looks.</param>
internal sealed class Batches(string root, long maxBytes, FolderMemory memory)
{
    private readonly Dictionary<string, (FileFacts Facts, string Sha256)> digests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (FileFacts Facts, Manifest? Manifest, string Problem)> parsed = new(StringComparer.Ordinal);

    /// <summary>Sorts one look.</summary>
    /// <param name="entries">All entries.</param>
    /// <param name="isOnlyBatches">What no manifest names waits too.</param>
    public BatchView Look(IReadOnlyList<Entry> entries, bool isOnlyBatches)
    {
        var manifests = entries.Where(e => e.Kind == EntryKind.Manifest).ToList();
        var view = new BatchView();
        ForgetAllBut(entries);
        if (manifests.Count == 0 && !isOnlyBatches)
        {
            return view;
        }

        var candidates = entries.Where(e => e.Kind == EntryKind.Candidate).ToLookup(e => Text(e.Key));
        foreach (var source in manifests)
        {
            var (manifest, problem) = Read(source);
            if (manifest is null)
            {
                view.Held.Add((source, problem));
                view.HoldAll(candidates.SelectMany(c => c).Where(c => IsBeside(c, source)));
            }
            else
            {
                Sort(source, manifest, candidates, view);
            }
        }

        HoldExtras(manifests, candidates.SelectMany(c => c), view, isOnlyBatches);
        return view;
    }

    private void Sort(Entry source, Manifest manifest, ILookup<string, Entry> candidates, BatchView view)
    {
        var prefix = source.Folder.Length == 0 ? "" : Text(source.Folder) + "/";
        var files = new List<(ManifestFile, Entry, int?)>();
        var problems = new List<string>();
        foreach (var wanted in manifest.Files)
        {
            var found = candidates[prefix + wanted.Path].ToList();
            view.HoldAll(found);
            if (found.Count != 1)
            {
                problems.Add($"{ShownName.Escape(wanted.Path)} is not there");
            }
            else if (ProblemOf(wanted, found[0], out var pages) is { } problem)
            {
                problems.Add($"{ShownName.Escape(wanted.Path)} {problem}");
            }
            else
            {
                files.Add((wanted, found[0], pages));
            }
        }

        if (problems.Count == 0)
        {
            view.Complete.Add(new CompleteBatch(source, manifest, files));
        }
        else
        {
            view.Held.Add((source, string.Join("; ", problems.Take(5)) + (problems.Count > 5 ? $"; and {problems.Count - 5} more" : "")));
        }
    }

    private string? ProblemOf(ManifestFile wanted, Entry entry, out int? pages)
    {
        if (entry.Facts.Links > 1)
        {
            pages = null;
            return "has a second name elsewhere, under which it can still be changed";
        }

        var exam = memory.ExamOf(entry) ?? FileExam.Run(root, entry, maxBytes);
        pages = wanted.Pages ?? exam.Pages;
        if (exam.Result != ExamResult.Whole)
        {
            return exam.Result == ExamResult.WriterHasIt ? "is still written to" : "is not whole";
        }

        if (wanted.Pages is { } said && exam.Pages is { } counted && said != counted)
        {
            return $"has {counted} pages and not {said}";
        }

        memory.Remember(entry, exam);
        return DigestOf(entry) == wanted.Sha256 ? null : "has other content than the manifest says";
    }

    private string? DigestOf(Entry entry)
    {
        if (digests.TryGetValue(entry.Key, out var known) && known.Facts == entry.Facts)
        {
            return known.Sha256;
        }

        try
        {
            using var folder = FolderPlace.Open(root, entry.Folder);
            using var file = folder.OpenFile(entry.Name);
            if (file is null)
            {
                return null;
            }

            using var stream = new FileStream(file, FileAccess.Read, bufferSize: 1);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
            digests[entry.Key] = (entry.Facts, sha256);
            return sha256;
        }
        catch (IOException)
        {
            return null;
        }
    }

    // In a folder of its own, a batch is everything that is there; at the top, a file may belong to nobody.
    private static void HoldExtras(List<Entry> manifests, IEnumerable<Entry> candidates, BatchView view, bool isOnlyBatches)
    {
        foreach (var extra in candidates.Where(c => !view.IsHeld(c)).ToList())
        {
            if (manifests.Find(m => m.Folder.Length > 0 && IsBeside(extra, m)) is { } beside)
            {
                view.HoldAll([extra]);
                view.Complete.RemoveAll(b => b.Source == beside);
                view.Held.RemoveAll(h => h.Source == beside);
                view.Held.Add((beside, $"{ShownName.Escape(extra.Name.ToString())} is there, and the manifest does not name it"));
            }
            else if (isOnlyBatches)
            {
                view.HoldAll([extra]);
                view.Unlisted.Add(extra);
            }
        }
    }

    private static bool IsBeside(Entry entry, Entry manifest)
        => entry.Folder == manifest.Folder || entry.Folder.StartsWith(manifest.Folder + "/", StringComparison.Ordinal);

    private (Manifest? Manifest, string Problem) Read(Entry source)
    {
        if (parsed.TryGetValue(source.Key, out var known) && known.Facts == source.Facts)
        {
            return (known.Manifest, known.Problem);
        }

        var (manifest, problem) = Parse(source);
        parsed[source.Key] = (source.Facts, manifest, problem);
        return (manifest, problem);
    }

    private (Manifest? Manifest, string Problem) Parse(Entry source)
    {
        try
        {
            using var folder = FolderPlace.Open(root, source.Folder);
            using var file = folder.OpenFile(source.Name);
            if (file is null || RandomAccess.GetLength(file) is var length && length > Manifest.MaxBytes)
            {
                return (null, "The manifest is gone, or too large.");
            }

            var bytes = new byte[length];
            var read = RandomAccess.Read(file, bytes, 0);
            return (Manifest.Parse(source.Name.ToString(), bytes[..read]), "");
        }
        catch (Exception e) when (e is DigitizerException or IOException)
        {
            return (null, e.Message);
        }
    }

    private void ForgetAllBut(IReadOnlyList<Entry> entries)
    {
        if (digests.Count + parsed.Count > 0)
        {
            var present = entries.Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in digests.Keys.Concat(parsed.Keys).Where(key => !present.Contains(key)).ToList())
            {
                digests.Remove(gone);
                parsed.Remove(gone);
            }
        }
    }

    // Names are compared as NFC text: manifests and file systems differ in how they write accents.
    private static string Text(string raw) => new FileName(raw).ToString().Normalize(NormalizationForm.FormC);
}

/// <summary>Batches at one look.</summary>
internal sealed class BatchView
{
    private readonly HashSet<string> held = new(StringComparer.Ordinal);

    /// <summary>To be taken.</summary>
    public List<CompleteBatch> Complete { get; } = [];

    /// <summary>Not to be taken, and why.</summary>
    public List<(Entry Source, string Why)> Held { get; } = [];

    /// <summary>Files that no manifest names, in a folder that takes batches only.</summary>
    public List<Entry> Unlisted { get; } = [];

    public void HoldAll(IEnumerable<Entry> entries) => held.UnionWith(entries.Select(e => e.Key));

    /// <summary>True if the file is not taken by itself.</summary>
    public bool IsHeld(Entry entry) => held.Contains(entry.Key);
}
