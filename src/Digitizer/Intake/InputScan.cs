using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Intake;

/// <summary>Finds the files to be read among the inputs of a batch.</summary>
/// <remarks>
/// Folders are walked in ordinal order, without following links: a link may lead out of the folder,
/// or round in a circle, and a file inside is found anyway. A file or folder that is named itself is
/// taken whatever it is called.
/// </remarks>
internal sealed class InputScan
{
    private readonly FileFacts? output;
    private readonly string outputPath;
    private readonly string outputShown;
    private readonly List<FoundFile> found = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly List<Refusal> refusals = [];
    private readonly Dictionary<IgnoreReason, int> ignored = [];
    private readonly List<string> notices = [];
    private readonly List<string> usageErrors = [];

    private InputScan(string outputFolder)
    {
        output = Identify(outputFolder);
        outputPath = Path.GetFullPath(outputFolder);
        outputShown = ShownName.Escape(outputFolder);
    }

    /// <summary>Walks the inputs once.</summary>
    /// <param name="inputs">Files and folders, absolute or relative to the current folder.</param>
    /// <param name="outputFolder">Left out where it lies inside an input folder; need not exist.</param>
    public static ScanResult Run(IReadOnlyList<string> inputs, string outputFolder)
    {
        var scan = new InputScan(outputFolder);
        foreach (var input in inputs)
        {
            scan.Take(input);
        }

        return new ScanResult
        {
            Sources = ResultNames.Assign(scan.found, scan.notices),
            Refusals = scan.refusals,
            Ignored = scan.ignored,
            Notices = scan.notices,
            UsageErrors = scan.usageErrors,
        };
    }

    private static FileFacts? Identify(string folder)
    {
        try
        {
            return PosixFiles.Look(folder, followLinks: true);
        }
        catch (PosixException)
        {
            // What cannot be looked at is not among the inputs either; opening it for writing says why.
            return null;
        }
    }

    private void Take(string input)
    {
        var shown = ShownName.Escape(input);
        Guarded(shown, () =>
        {
            var facts = PosixFiles.Look(input, followLinks: true) ?? throw new FileNotFoundException(shown);
            if (facts.Type != FileType.Folder)
            {
                Add(new FoundFile(Path.GetFullPath(input), shown, ""));
            }
            else if (output is not null && facts.IsSameFile(output))
            {
                usageErrors.Add($"The output folder {outputShown} is also an input. Choose another folder with --out.");
            }
            else
            {
                var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(input));
                if (output is null && outputPath.StartsWith(folder + "/", StringComparison.Ordinal))
                {
                    // It will be there when the command runs again.
                    AddOutputNotice(outputShown);
                }

                Walk(folder, shown.TrimEnd('/'), "");
            }
        });
    }

    private void Walk(string folder, string shownFolder, string subFolder)
    {
        foreach (var name in Directory.GetFileSystemEntries(folder).Select(e => Path.GetFileName(e)!).Order(StringComparer.Ordinal))
        {
            var shown = $"{shownFolder}/{ShownName.Escape(name)}";
            if (IgnoreRule.ByName(name) is { } reason)
            {
                Ignore(reason);
                continue;
            }

            Guarded(shown, () => TakeEntry(Path.Combine(folder, name), name, shown, subFolder));
        }
    }

    private void TakeEntry(string path, string name, string shown, string subFolder)
    {
        // Names that are not UTF-8 cannot be opened by the name that the base library made of them.
        var facts = PosixFiles.Look(path, followLinks: false) ?? throw new DigitizerException(
            FailureKind.NameUnusable, "The name is not valid UTF-8, or the file is gone. Rename it, then run again.");
        switch (facts.Type)
        {
            case FileType.Link:
                Ignore(IgnoreReason.Link);
                break;
            case FileType.Other:
                Ignore(IgnoreReason.NotAFile);
                break;
            case FileType.Folder when output is not null && facts.IsSameFile(output):
                AddOutputNotice(shown);
                break;
            case FileType.Folder:
                Walk(path, shown, subFolder.Length == 0 ? name : $"{subFolder}/{name}");
                break;
            case FileType.Regular when IgnoreRule.MayBeSideCar(name) && !LooksLikeAScan(path):
                Ignore(IgnoreReason.SideCar);
                break;
            default:
                Add(new FoundFile(path, shown, subFolder));
                break;
        }
    }

    private void AddOutputNotice(string shown)
        => notices.Add($"{shown} is the output folder, inside an input folder: what is in it is not read.");

    private void Add(FoundFile file)
    {
        if (taken.Add(file.FullPath))
        {
            found.Add(file);
        }
        else
        {
            Ignore(IgnoreReason.Duplicate);
        }
    }

    private void Ignore(IgnoreReason reason) => ignored[reason] = ignored.GetValueOrDefault(reason) + 1;

    /// <summary>One input or entry that cannot be read is a refusal; the others go on.</summary>
    private void Guarded(string shown, Action take)
    {
        try
        {
            take();
        }
        catch (DigitizerException e)
        {
            refusals.Add(Refusal.From(shown, e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            refusals.Add(Refusal.From(shown, ReadFailure.Create(e)));
        }
    }

    private static bool LooksLikeAScan(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var start = new byte[SourceFormats.Length];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return SourceFormats.IsKnown(start.AsSpan(0, length));
    }
}
