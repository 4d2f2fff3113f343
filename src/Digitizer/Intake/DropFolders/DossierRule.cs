using System.Text.RegularExpressions;
using Digitizer.Failures;

namespace Digitizer.Intake.DropFolders;

/// <summary>What a folder's rule says about the dossier of one file.</summary>
/// <param name="Dossier">Null if the rule names none, or names what is no code.</param>
/// <param name="Basis">folder or manifest, by whom it is confirmed; none.</param>
/// <param name="Problem">Why a person must decide, if what was named cannot be used.</param>
internal sealed record DossierChoice(DossierKey? Dossier, string Basis, string? Problem)
{
    public static readonly DossierChoice None = new(null, "none", null);
}

/// <summary>Chooses the dossier by what is written down: the folder's rule, the manifest. Where they differ, nobody is believed.</summary>
internal sealed class DossierRule(DossierRuleOptions options)
{
    /// <summary>The group of the name pattern that holds the code.</summary>
    public const string Group = "dossier";

    private readonly Regex? pattern = options.NamePattern is null ? null : Compile(options.NamePattern);

    /// <summary>Without backtracking, so that no file name can make it slow.</summary>
    /// <exception cref="RegexParseException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking: look-around, back references.</exception>
    public static Regex Compile(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>Chooses.</summary>
    /// <param name="folder">The file's sub-folders, as text; empty at the top.</param>
    /// <param name="name">Its name, or null if that is no text.</param>
    /// <param name="manifestCode">The code in its manifest, if there is one.</param>
    /// <param name="today">For the day in codes.</param>
    public DossierChoice Choose(string folder, string? name, string? manifestCode, DateOnly today)
    {
        var byFolder = Read(Named(folder, name), "folder", today);
        if (string.IsNullOrWhiteSpace(manifestCode))
        {
            return byFolder;
        }

        var byManifest = Read(manifestCode, "manifest", today);
        return byFolder is { Dossier: null, Problem: null } || byFolder.Dossier == byManifest.Dossier
            ? byManifest
            : new DossierChoice(null, "none", "The manifest and the folder's rule name different dossiers. Assign the right one.");
    }

    private string? Named(string folder, string? name) => options switch
    {
        { Code: { } code } => code,
        { FromSubFolder: true } => folder.Split('/')[0] is { Length: > 0 } first ? first : null,
        _ when pattern is not null && name is not null => pattern.Match(name).Groups[Group] is { Success: true } group ? group.Value : null,
        _ => null,
    };

    private static DossierChoice Read(string? code, string basis, DateOnly today)
    {
        if (code is null)
        {
            return DossierChoice.None;
        }

        try
        {
            return new DossierChoice(DossierKey.Parse(code, today), basis, null);
        }
        catch (DigitizerException e)
        {
            return new DossierChoice(null, "none", e.Message);
        }
    }
}
