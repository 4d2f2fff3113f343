using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>Checks the configuration of drop folders and says everything that is wrong with it at once.</summary>
internal static class DropFoldersCheck
{
    /// <summary>Finds problems.</summary>
    /// <param name="options">What was configured.</param>
    /// <param name="ownFolders">Folders of ours that no drop folder may hold or lie in: vault, results, program.</param>
    /// <param name="today">For the day in dossier codes.</param>
    /// <returns>One line a problem; empty if all is well.</returns>
    public static IReadOnlyList<string> Problems(DropFoldersOptions options, IEnumerable<string> ownFolders, DateOnly today)
    {
        var problems = new List<string>();
        Annotations(options, "", problems);
        foreach (var folder in options.Folders)
        {
            var name = folder.Name.Length == 0 ? "a folder without name" : folder.Name;
            Annotations(folder, name + ": ", problems);
            problems.AddRange(PathProblems(folder).Concat(RuleProblems(folder.Dossier, today)).Select(p => $"{name}: {p}"));
        }

        problems.AddRange(options.Folders.GroupBy(f => f.Name).Where(g => g.Count() > 1).Select(g => $"{g.Key}: the name is given to {g.Count()} folders."));
        problems.AddRange(Overlaps(options, ownFolders));
        return problems;
    }

    /// <exception cref="DigitizerException">DropFolderUnusable, with all problems.</exception>
    public static void ThrowOnProblems(DropFoldersOptions options, IEnumerable<string> ownFolders, DateOnly today)
    {
        if (Problems(options, ownFolders, today) is { Count: > 0 } problems)
        {
            throw new DigitizerException(FailureKind.DropFolderUnusable, "Mend the configuration of drop folders: " + string.Join(" ", problems));
        }
    }

    /// <summary>The absolute path of a folder's exceptions.</summary>
    public static string ExceptionsOf(DropFolderOptions folder) => Path.GetFullPath(folder.Exceptions, folder.Path);

    private static void Annotations(object options, string prefix, List<string> problems)
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
        {
            problems.AddRange(results.Select(r => prefix + r.ErrorMessage));
        }
    }

    private static IEnumerable<string> PathProblems(DropFolderOptions folder)
    {
        if (!Path.IsPathRooted(folder.Path))
        {
            yield return $"Path {ShownName.Escape(folder.Path)} must be absolute.";
        }
        else if (Inside(ExceptionsOf(folder), Path.GetFullPath(folder.Path)) && !Path.GetRelativePath(folder.Path, ExceptionsOf(folder)).StartsWith('.'))
        {
            yield return "Exceptions lies inside the folder, so its first part must start with a full stop: .exceptions for instance.";
        }
        else if (Directory.Exists(folder.Path) && DeviceOf(folder.Path) != DeviceOf(ExceptionsOf(folder)))
        {
            yield return $"Exceptions {ShownName.Escape(ExceptionsOf(folder))} lies on another file system than the folder, so that files cannot be put aside there unread. Choose a place on the same one.";
        }
    }

    private static IEnumerable<string> RuleProblems(DossierRuleOptions rule, DateOnly today)
    {
        if ((rule.Code is null ? 0 : 1) + (rule.FromSubFolder ? 1 : 0) + (rule.NamePattern is null ? 0 : 1) > 1)
        {
            yield return "Dossier has more than one of Code, FromSubFolder and NamePattern. Keep one.";
        }

        if (rule.Code is not null && Try(() => DossierKey.Parse(rule.Code, today)) is { } badCode)
        {
            yield return badCode;
        }

        if (rule.NamePattern is not null && Try(() => DossierRule.Compile(rule.NamePattern)) is { } badPattern)
        {
            yield return $"NamePattern: {badPattern}";
        }
        else if (rule.NamePattern is not null && !DossierRule.Compile(rule.NamePattern).GetGroupNames().Contains(DossierRule.Group))
        {
            yield return $"NamePattern has no group named {DossierRule.Group}: write (?<{DossierRule.Group}>…).";
        }
    }

    private static string? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e) when (e is DigitizerException or RegexParseException or NotSupportedException)
        {
            return e.Message;
        }
    }

    private static IEnumerable<string> Overlaps(DropFoldersOptions options, IEnumerable<string> ownFolders)
    {
        var all = options.Folders.Where(f => Path.IsPathRooted(f.Path)).Select(f => (f.Name, Path: Real(f.Path))).ToList();
        foreach (var (first, second) in from a in all.Index() from b in all.Index() where a.Index < b.Index select (a.Item, b.Item))
        {
            if (Inside(first.Path, second.Path) || Inside(second.Path, first.Path))
            {
                yield return $"{first.Name} and {second.Name} overlap: {ShownName.Escape(first.Path)}, {ShownName.Escape(second.Path)}.";
            }
        }

        foreach (var (folder, own) in from f in all from o in ownFolders.Select(Real) where Inside(f.Path, o) || Inside(o, f.Path) select (f, o))
        {
            yield return $"{folder.Name} overlaps a folder of Digitizer's own: {ShownName.Escape(own)}.";
        }
    }

    // Two paths of one folder, by a link or a second mount, are found by what they lead to.
    private static string Real(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            return Directory.Exists(full) ? new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full : full;
        }
        catch (IOException)
        {
            return full;
        }
    }

    private static bool Inside(string inner, string outer)
        => inner == outer || inner.StartsWith(outer.TrimEnd('/') + "/", StringComparison.Ordinal) || SameFolder(inner, outer);

    // Of the path, or of the first folder above it that is there; null if that may not be looked at.
    private static ulong? DeviceOf(string path)
    {
        try
        {
            for (var at = path; at is not null; at = Path.GetDirectoryName(at))
            {
                if (PosixFiles.Look(at, followLinks: true) is { } facts)
                {
                    return facts.Device;
                }
            }
        }
        catch (PosixException)
        {
        }

        return null;
    }

    private static bool SameFolder(string one, string other)
    {
        try
        {
            return PosixFiles.Look(one, followLinks: true) is { } a && PosixFiles.Look(other, followLinks: true) is { } b && a.IsSameFile(b);
        }
        catch (PosixException)
        {
            return false;
        }
    }
}
