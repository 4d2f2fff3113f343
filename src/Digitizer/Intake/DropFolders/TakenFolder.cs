using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>Where sources go that were copied, and manifests whose batch was taken: <c>.taken/&lt;ulid&gt;-NAME</c>.</summary>
internal static class TakenFolder
{
    public const string Name = ".taken";

    /// <summary>Puts a file aside; a name that would be too long is cut, the journal has all of it.</summary>
    /// <exception cref="IOException">It is still where it was.</exception>
    public static void PutAside(PosixFolder root, PosixFolder folder, FileName name, string unit)
    {
        using var taken = FolderPlace.Make(root, Name);
        var aside = $"{unit}-{name.Raw}";
        _ = folder.Move(name, taken, new FileName(aside[..Math.Min(aside.Length, 255)]));
        taken.Flush();
        folder.Flush();
    }
}
