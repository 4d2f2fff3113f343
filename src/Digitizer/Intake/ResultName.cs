using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Digitizer.Failures;

namespace Digitizer.Intake;

/// <summary>How one result is called after its source.</summary>
internal static partial class ResultName
{
    /// <summary>Longest name in bytes on the file systems in use (NAME_MAX of linux/limits.h).</summary>
    private const int MaxNameBytes = 255;

    /// <summary>Room for <c>~999</c> and for <c>.part999.json</c>.</summary>
    private const int Reserve = 4 + 13;

    private const int HashLength = 9;

    /// <summary>From the name without its extension.</summary>
    public static string FromStem(string path)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        return Usable(stem.Length == 0 ? Path.GetFileName(path) : stem);
    }

    /// <summary>From the name with its extension.</summary>
    public static string FromFullName(string path) => Usable(Path.GetFileName(path));

    /// <summary>The n-th name of those that would otherwise be equal.</summary>
    public static string Variant(string name, int n) => string.Create(CultureInfo.InvariantCulture, $"{name}~{n}");

    /// <summary>The name of a document's files, without extension.</summary>
    /// <param name="resultBase">Of the source.</param>
    /// <param name="part">From 1.</param>
    public static string ForPart(string resultBase, int part)
        => part == 1 ? resultBase : string.Create(CultureInfo.InvariantCulture, $"{resultBase}.part{part}");

    /// <summary>True for <c>x.part2</c>: such a name belongs to the second document of <c>x</c>.</summary>
    public static bool LooksLikeAPart(string name) => Part().IsMatch(name);

    /// <summary>Replaces characters that no shell or viewer shows; their source keeps its name in the result file.</summary>
    public static string Clean(string name)
        => name.Any(ShownName.NeedsEscape) ? string.Concat(name.Select(c => ShownName.NeedsEscape(c) ? '_' : c)) : name;

    // Names of 255 bytes are legal, but leave no room for an extension: cut between letters, and tell apart by a hash.
    private static string Usable(string name)
    {
        var clean = Clean(name);
        if (clean.StartsWith('.'))
        {
            clean = "_" + clean[1..];
        }

        if (Encoding.UTF8.GetByteCount(clean) <= MaxNameBytes - Reserve)
        {
            return clean;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, (HashLength - 1) / 2));
        return $"{Cut(clean, MaxNameBytes - Reserve - HashLength)}~{hash}";
    }

    private static string Cut(string name, int bytes)
    {
        var kept = new StringBuilder();
        var letters = StringInfo.GetTextElementEnumerator(name);
        while (letters.MoveNext())
        {
            var letter = letters.GetTextElement();
            bytes -= Encoding.UTF8.GetByteCount(letter);
            if (bytes < 0)
            {
                break;
            }

            kept.Append(letter);
        }

        return kept.ToString();
    }

    [GeneratedRegex(@"\.part[0-9]+(~[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
