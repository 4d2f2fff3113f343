using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>Everything in a drop folder and below, at one look.</summary>
internal sealed class FolderListing
{
    // Deeper than any scanner goes; a bind mount into itself would go on for ever.
    private const int MaxDepth = 8;

    private readonly List<Entry> entries = [];
    private readonly List<(string Folder, string Why)> unreadable = [];
    private readonly List<(string Folder, FileFacts Facts)> folders = [];

    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>Sub-folders and entries that could not be looked at.</summary>
    public IReadOnlyList<(string Folder, string Why)> Unreadable => unreadable;

    /// <summary>Sub-folders.</summary>
    public IReadOnlyList<(string Folder, FileFacts Facts)> Folders => folders;

    /// <summary>Looks once.</summary>
    /// <exception cref="PosixException">The folder itself cannot be read.</exception>
    public static FolderListing Read(PosixFolder root)
    {
        var listing = new FolderListing();
        listing.Add(root, "", 0, root.Facts.Device);
        return listing;
    }

    private void Add(PosixFolder folder, string path, int depth, ulong device)
    {
        foreach (var name in folder.List())
        {
            var key = path.Length == 0 ? name.Raw : $"{path}/{name.Raw}";
            try
            {
                // Gone since it was listed: nothing to say.
                if (folder.Look(name) is { } facts)
                {
                    AddEntry(folder, path, name, facts, key, depth, device);
                }
            }
            catch (PosixException e)
            {
                unreadable.Add((key, e.Message));
            }
        }
    }

    private void AddEntry(PosixFolder folder, string path, FileName name, FileFacts facts, string key, int depth, ulong device)
    {
        if (facts.Type != FileType.Folder)
        {
            entries.Add(new Entry(path, name, facts, EntryRule.Sort(name, facts.Type)));
        }
        else if (!EntryRule.IsSkippedFolder(name))
        {
            folders.Add((key, facts));
            if (depth + 1 < MaxDepth && facts.Device == device)
            {
                using var below = folder.OpenFolder(name);
                Add(below, key, depth + 1, device);
            }
            else
            {
                unreadable.Add((key, "it is a mount of its own, or too deep"));
            }
        }
    }
}
