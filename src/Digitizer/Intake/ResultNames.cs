using Digitizer.Failures;

namespace Digitizer.Intake;

/// <summary>Gives every source a place for its results, so that no two meet.</summary>
/// <remarks>
/// 1. Sub-folders are mirrored; <c>x.jpg</c> becomes <c>x</c>. 2. Sources that would meet, or that
/// would take a name kept for something else, get their full names: <c>x.jpg</c>, <c>x.png</c>.
/// 3. Whatever still meets gets <c>~2</c>, <c>~3</c> …, in the order of the scan.
/// </remarks>
internal static class ResultNames
{
    /// <summary>Extensions of the results of one document.</summary>
    public static readonly string[] Extensions = [".pdf", ".txt", ".json"];

    // DIR/dossiers and DIR/exceptions.json are the run's own.
    /// <summary>Folder of the dossiers below the output folder.</summary>
    public const string DossierFolder = "dossiers";

    /// <summary>Name of the list of exceptions below the output folder.</summary>
    public const string ExceptionList = "exceptions.json";

    /// <summary>Assigns names; pure, the same for the same files in the same order.</summary>
    /// <param name="files">In the order of the scan.</param>
    /// <param name="notices">Gets a line for each source whose results are named otherwise than one would expect.</param>
    public static IReadOnlyList<InputFile> Assign(IReadOnlyList<FoundFile> files, List<string> notices)
    {
        // 1.
        var folders = files.Select(f => MirroredFolder(f.SubFolder)).ToList();
        var stems = files.Select((f, i) => Join(folders[i], ResultName.FromStem(f.FullPath))).ToList();
        var shared = stems.CountBy(s => s, StringComparer.Ordinal).Where(c => c.Value > 1).Select(c => c.Key).ToHashSet(StringComparer.Ordinal);

        var claims = new Claims(folders);
        var sources = new List<InputFile>(files.Count);
        for (var i = 0; i < files.Count; i++)
        {
            // 2.
            var full = shared.Contains(stems[i]) || stems[i] + ".json" == ExceptionList || ResultName.LooksLikeAPart(stems[i]);
            var wanted = full ? Join(folders[i], ResultName.FromFullName(files[i].FullPath)) : stems[i];

            // 3.
            var given = claims.Take(wanted);
            sources.Add(new InputFile(files[i].FullPath, files[i].Shown, given));
            AddNotice(files[i], given, notices);
        }

        return sources;
    }

    private static void AddNotice(FoundFile file, string given, List<string> notices)
    {
        var name = Path.GetFileName(given);
        if (!Path.GetFileName(file.FullPath).StartsWith(name, StringComparison.Ordinal))
        {
            notices.Add($"{file.Shown}: its results are named {ShownName.Escape(given)}.");
        }
    }

    private static string MirroredFolder(string subFolder)
    {
        var parts = subFolder.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(ResultName.Clean).ToArray();
        if (parts is [DossierFolder, ..])
        {
            parts[0] = DossierFolder + "~2";
        }

        return string.Join('/', parts);
    }

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    /// <summary>Names given so far. A folder takes its name too: <c>x.pdf/</c> keeps <c>x</c> from having an <c>x.pdf</c>.</summary>
    private sealed class Claims
    {
        private readonly HashSet<string> names = new(StringComparer.Ordinal);
        private readonly HashSet<string> folders = new(StringComparer.Ordinal);

        public Claims(IEnumerable<string> used)
        {
            foreach (var folder in used)
            {
                for (var part = folder; !string.IsNullOrEmpty(part); part = Path.GetDirectoryName(part)!)
                {
                    folders.Add(part);
                }
            }
        }

        public string Take(string wanted)
        {
            var name = wanted;
            for (var n = 2; !IsFree(name); n++)
            {
                name = ResultName.Variant(wanted, n);
            }

            names.Add(name);
            return name;
        }

        private bool IsFree(string name) => !names.Contains(name) && !Extensions.Any(e => folders.Contains(name + e));
    }
}
