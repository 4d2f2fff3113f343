using System.Text;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Fonts;

/// <summary>What codes of a font mean: CIDs, or text (ISO 32000-1, 9.7.5 and 9.10.3).</summary>
internal sealed class CMap
{
    // A range of three bytes, as Unicode has planes, and some.
    private const int MostMappings = 1_300_000;
    private readonly List<(int Length, uint Low, uint High)> codeSpaces = [];
    private readonly Dictionary<int, int> cids = [];
    private readonly Dictionary<int, string> texts = [];
    private readonly bool isIdentity;
    private int mappings;

    public CMap(bool isIdentity = false) => this.isIdentity = isIdentity;

    /// <summary>Two bytes a code, each its own CID.</summary>
    public static CMap Identity { get; } = new(isIdentity: true);

    public string? Name { get; set; }

    /// <summary>0 horizontal, 1 vertical; null if it does not say.</summary>
    public int? WritingMode { get; set; }

    /// <summary>Names of CMaps that it builds on.</summary>
    public List<string> Used { get; } = [];

    public int LargestCid { get; private set; }

    public bool HasCodeSpaces => isIdentity || codeSpaces.Count > 0;

    public void AddCodeSpace(int length, uint low, uint high)
    {
        if (length is >= 1 and <= 4 && codeSpaces.Count < 1000)
        {
            codeSpaces.Add((length, low, high));
        }
    }

    /// <exception cref="Failures.DigitizerException">PdfTooComplex.</exception>
    public void AddCids(uint low, uint high, int cid)
    {
        Spend(low, high);
        for (var code = low; code <= high && code >= low; code++)
        {
            var its = (int)Math.Min(int.MaxValue, cid + (long)(code - low));
            cids[unchecked((int)code)] = its;
            LargestCid = Math.Max(LargestCid, its);
        }
    }

    /// <param name="low">First code.</param>
    /// <param name="high">Last code.</param>
    /// <param name="text">UTF-16BE of the first; its last unit counts up.</param>
    /// <exception cref="Failures.DigitizerException">PdfTooComplex.</exception>
    public void AddTexts(uint low, uint high, byte[] text)
    {
        Spend(low, high);
        var first = Encoding.BigEndianUnicode.GetString(text.Length == 1 ? [0, text[0]] : text);
        for (var code = low; code <= high && code >= low; code++)
        {
            texts[unchecked((int)code)] = first.Length == 0 ? "" : first[..^1] + (char)(first[^1] + (code - low));
        }
    }

    /// <summary>Takes over what another one has and this has not.</summary>
    public void AddAll(CMap other)
    {
        codeSpaces.AddRange(other.codeSpaces);
        foreach (var (code, cid) in other.cids)
        {
            cids.TryAdd(code, cid);
            LargestCid = Math.Max(LargestCid, cid);
        }

        foreach (var (code, text) in other.texts)
        {
            texts.TryAdd(code, text);
        }
    }

    /// <summary>The next code of a string, which moves on behind it.</summary>
    public int Read(ReadOnlySpan<byte> text, ref int at)
    {
        if (isIdentity)
        {
            var pair = at + 1 < text.Length ? (text[at] << 8) | text[at + 1] : text[at];
            at = Math.Min(text.Length, at + 2);
            return pair;
        }

        var code = 0u;
        for (var length = 1; length <= 4 && at + length <= text.Length; length++)
        {
            code = (code << 8) | text[at + length - 1];
            if (codeSpaces.Exists(space => space.Length == length && IsWithin(code, space, length)))
            {
                at += length;
                return unchecked((int)code);
            }
        }

        var shortest = codeSpaces.Count == 0 ? 1 : codeSpaces.Min(space => space.Length);
        var wrong = 0;
        for (var i = 0; i < shortest && at < text.Length; i++)
        {
            wrong = (wrong << 8) | text[at++];
        }

        return wrong;
    }

    /// <returns>Null if nothing is said of the code.</returns>
    public int? Cid(int code) => isIdentity ? code : cids.TryGetValue(code, out var cid) ? cid : null;

    /// <returns>Null if nothing is said of the code.</returns>
    public string? Text(int code) => isIdentity ? ((char)code).ToString() : texts.GetValueOrDefault(code);

    // Each byte lies within its own bounds (Adobe Technical Note 5014, 1.2).
    private static bool IsWithin(uint code, (int Length, uint Low, uint High) space, int length)
    {
        for (var i = 0; i < length; i++)
        {
            var (b, low, high) = ((code >> (8 * i)) & 255, (space.Low >> (8 * i)) & 255, (space.High >> (8 * i)) & 255);
            if (b < low || b > high)
            {
                return false;
            }
        }

        return true;
    }

    private void Spend(uint low, uint high)
    {
        var count = high >= low ? (long)high - low + 1 : 0;
        if (count > MostMappings || (mappings += (int)count) > MostMappings)
        {
            throw PdfRefusal.TooComplex("has a font with more codes than are looked at");
        }
    }
}
