using System.Text.RegularExpressions;
using Digitizer.Native;

namespace Digitizer.Vault;

/// <summary>The name of a kept original: its unit's ULID and the SHA-256 of its bytes, so that a file says itself what it must hold.</summary>
internal sealed partial record OriginalName
{
    private OriginalName(string unit, string sha256)
    {
        Unit = unit;
        Sha256 = sha256;
    }

    /// <summary>26 letters and digits of a ULID.</summary>
    public string Unit { get; }

    /// <summary>64 lower-case hex digits.</summary>
    public string Sha256 { get; }

    /// <summary>Puts a name together.</summary>
    /// <exception cref="ArgumentException">One of the two is malformed.</exception>
    public static OriginalName Create(string unit, string sha256)
        => TryParse($"{unit}-{sha256}") ?? throw new ArgumentException($"Not a unit and its digest: {unit}-{sha256}", nameof(unit));

    /// <summary>Null for any name that is not of an original: side-cars, files of others.</summary>
    public static OriginalName? TryParse(string name)
        => Pattern().Match(name) is { Success: true } match ? new OriginalName(match.Groups[1].Value, match.Groups[2].Value) : null;

    /// <summary>The file's name.</summary>
    public override string ToString() => $"{Unit}-{Sha256}";

    internal FileName File => FileName.FromText(ToString());

    [GeneratedRegex(@"^([0-7][0-9A-HJKMNP-TV-Z]{25})-([0-9a-f]{64})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
