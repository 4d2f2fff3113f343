using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>An entry of a drop folder at one look.</summary>
/// <param name="Folder">Sub-folders on the way, with / between; bytes as characters.</param>
/// <param name="Name">Its name.</param>
/// <param name="Facts">What it was at the look.</param>
/// <param name="Kind">What it is by its name.</param>
internal sealed record Entry(string Folder, FileName Name, FileFacts Facts, EntryKind Kind)
{
    /// <summary>Folder and name in one.</summary>
    public string Key => Folder.Length == 0 ? Name.Raw : $"{Folder}/{Name.Raw}";

    /// <summary>For people, on one line.</summary>
    public string Shown => Failures.ShownName.Escape(new FileName(Key).ToString());
}

/// <summary>Ways into a drop folder that follow no link.</summary>
internal static class FolderPlace
{
    /// <summary>Opens a sub-folder; each part of the way is opened in the one before.</summary>
    /// <exception cref="PosixException">It is not there, or no folder any more.</exception>
    public static PosixFolder Open(string root, string folder)
    {
        var opened = PosixFolder.Open(root);
        try
        {
            foreach (var part in folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                var next = opened.OpenFolder(new FileName(part));
                opened.Dispose();
                opened = next;
            }

            return opened;
        }
        catch (PosixException)
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Opens a folder below another, created where it is missing.</summary>
    /// <exception cref="PosixException">It cannot be created or opened.</exception>
    public static PosixFolder Make(PosixFolder parent, string name)
    {
        var made = FileName.FromText(name);
        parent.CreateFolder(made, 0b111_111_000);
        return parent.OpenFolder(made);
    }
}
