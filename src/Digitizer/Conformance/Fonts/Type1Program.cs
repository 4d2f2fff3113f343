using System.Globalization;
using System.Text;
using Digitizer.Conformance.Syntax;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Fonts;

/// <summary>A Type 1 font program (Adobe Type 1 Font Format, 1990), as far as glyphs are found and measured.</summary>
internal sealed class Type1Program
{
    private const int MostGlyphs = 100_000;
    private const ushort EexecKey = 55665;
    private const ushort CharStringKey = 4330;
    private readonly Dictionary<string, byte[]> charStrings = [];
    private readonly Dictionary<int, byte[]> routines = [];
    private readonly string[] builtIn = new string[256];
    private double scale = 0.001;
    private int skipped = 4;

    private Type1Program()
    {
    }

    public IReadOnlyCollection<string> Names => charStrings.Keys;

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public static Type1Program Read(byte[] data, PdfLimits limits)
    {
        var program = new Type1Program();
        var end = data.AsSpan().IndexOf("eexec"u8);
        if (end < 0)
        {
            throw PdfRefusal.Damaged("a font program has no encrypted part");
        }

        program.ReadClear(Encoding.Latin1.GetString(data, 0, end), limits);
        program.ReadPrivate(Eexec(data.AsSpan(end + 5)));
        return program.charStrings.Count > 0 ? program : throw PdfRefusal.Damaged("a font program has no glyphs");
    }

    public bool Has(string name) => charStrings.ContainsKey(name);

    /// <summary>The name that the font's own encoding gives a code.</summary>
    public string BuiltIn(int code) => code < 256 ? builtIn[code] ?? GlyphNames.NotDefined : GlyphNames.NotDefined;

    /// <summary>Thousandths of the font size; null if there is no such glyph, or it does not say.</summary>
    public double? Width(string name)
        => charStrings.TryGetValue(name, out var charString) && Find(charString, [], 0) is { } width ? width * scale * 1000 : null;

    private void ReadClear(string text, PdfLimits limits)
    {
        var matrix = text.IndexOf("/FontMatrix", StringComparison.Ordinal);
        if (matrix >= 0)
        {
            var reader = new CosReader(Encoding.Latin1.GetBytes(text[(matrix + 11)..]), limits, null, "");
            scale = reader.Next() is { Items: [{ Kind: CosKind.Number, Number: not 0 } first, ..] } ? first.Number : scale;
        }

        var encoding = text.IndexOf("/Encoding", StringComparison.Ordinal);
        if (encoding < 0)
        {
            return;
        }

        var words = text[(encoding + 9)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0 && words[0] == "StandardEncoding")
        {
            GlyphNames.Encoding("standard").ToArray().CopyTo(builtIn, 0);
            return;
        }

        for (var i = 0; i + 3 < words.Length && words[i] != "def" && words[i] != "readonly"; i++)
        {
            // dup 65 /A put; the slash may stand at the number.
            if (words[i] == "dup" && int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code < 256 && words[i + 2].StartsWith('/'))
            {
                builtIn[code] = words[i + 2][1..];
            }
        }
    }

    private static byte[] Eexec(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0 && PdfCharacters.IsBlank(data[0]))
        {
            data = data[1..];
        }

        var isHex = data.Length >= 4 && !data[..4].ContainsAnyExcept(System.Buffers.SearchValues.Create("0123456789abcdefABCDEF"u8));
        return Decrypt(isHex ? Digits(data) : data, EexecKey, 4);
    }

    private static byte[] Digits(ReadOnlySpan<byte> data)
    {
        var bytes = new List<byte>(data.Length / 2);
        var high = -1;
        foreach (var b in data)
        {
            if (char.IsAsciiHexDigit((char)b))
            {
                var digit = Convert.ToInt32(((char)b).ToString(), 16);
                if (high >= 0)
                {
                    bytes.Add((byte)((high << 4) | digit));
                }

                high = high >= 0 ? -1 : digit;
            }
        }

        return [.. bytes];
    }

    /// <summary>The cipher of Type 1 fonts (Adobe Type 1 Font Format, 7.1).</summary>
    private static byte[] Decrypt(ReadOnlySpan<byte> cipher, ushort key, int skip)
    {
        var plain = new byte[cipher.Length];
        for (var i = 0; i < cipher.Length; i++)
        {
            plain[i] = (byte)(cipher[i] ^ (key >> 8));
            key = unchecked((ushort)(((cipher[i] + key) * 52845) + 22719));
        }

        return plain[Math.Min(skip, plain.Length)..];
    }

    private void ReadPrivate(byte[] data)
    {
        var text = data.AsSpan();
        var random = text.IndexOf("/lenIV"u8);
        if (random >= 0)
        {
            var at = random + 6;
            skipped = Math.Clamp(Integer(text, ref at) ?? 4, 0, 64);
        }

        var glyphs = text.IndexOf("/CharStrings"u8);
        if (glyphs < 0)
        {
            return;
        }

        var routine = text.IndexOf("/Subrs"u8);
        if (routine >= 0 && routine < glyphs)
        {
            Routines(text[..glyphs], routine + 6);
        }

        Glyphs(text, glyphs + 12);
    }

    private void Routines(ReadOnlySpan<byte> text, int at)
    {
        while (text[at..].IndexOf("dup "u8) is var next && next >= 0 && routines.Count < MostGlyphs)
        {
            at += next + 4;
            if (Integer(text, ref at) is { } number && Binary(text, ref at) is { } code)
            {
                routines[number] = code;
            }
        }
    }

    private void Glyphs(ReadOnlySpan<byte> text, int at)
    {
        while (text[at..].IndexOf((byte)'/') is var next && next >= 0 && charStrings.Count < MostGlyphs)
        {
            at += next + 1;
            var length = text[at..].IndexOfAny(" \t\r\n"u8);
            if (length < 0)
            {
                return;
            }

            var name = Encoding.Latin1.GetString(text.Slice(at, length));
            at += length;
            if (Binary(text, ref at) is not { } code)
            {
                return;
            }

            charStrings.TryAdd(name, code);
        }
    }

    /// <summary><c>n RD bytes</c>, whatever the word for RD is.</summary>
    private byte[]? Binary(ReadOnlySpan<byte> text, ref int at)
    {
        if (Integer(text, ref at) is not { } length)
        {
            return null;
        }

        while (at < text.Length && PdfCharacters.IsBlank(text[at]))
        {
            at++;
        }

        while (at < text.Length && !PdfCharacters.IsBlank(text[at]))
        {
            at++;
        }

        at = Math.Min(at + 1, text.Length);
        if (at + (long)length > text.Length)
        {
            return null;
        }

        var code = Decrypt(text.Slice(at, length), CharStringKey, skipped);
        at += length;
        return code;
    }

    private static int? Integer(ReadOnlySpan<byte> text, ref int at)
    {
        while (at < text.Length && PdfCharacters.IsBlank(text[at]))
        {
            at++;
        }

        if (at >= text.Length || !System.Buffers.Text.Utf8Parser.TryParse(text[at..], out int value, out var used) || value < 0)
        {
            return null;
        }

        at += used;
        return value;
    }

    /// <summary>The width that hsbw or sbw sets, in units of the font.</summary>
    private double? Find(byte[] code, List<double> stack, int depth)
    {
        for (var at = 0; at < code.Length && stack.Count < 64;)
        {
            var b = code[at++];
            switch (b)
            {
                case >= 32:
                    stack.Add(Number(code, b, ref at));
                    break;
                case 13:
                    return stack.Count >= 2 ? stack[^1] : null;
                case 12 when at < code.Length && code[at] == 7:
                    return stack.Count >= 4 ? stack[^2] : null;
                case 12 when at < code.Length && code[at] == 12 && stack.Count >= 2:
                    at++;
                    stack[^2] /= stack[^1];
                    stack.RemoveAt(stack.Count - 1);
                    break;
                case 10 when stack.Count > 0 && depth < 10 && routines.TryGetValue((int)stack[^1], out var routine):
                    stack.RemoveAt(stack.Count - 1);
                    if (Find(routine, stack, depth + 1) is { } width)
                    {
                        return width;
                    }

                    break;
                case 11:
                    return null;
                default:
                    return null;
            }
        }

        return null;
    }

    private static double Number(byte[] code, int b, ref int at)
    {
        var (next, after) = (at < code.Length ? code[at] : 0, at);
        switch (b)
        {
            case <= 246:
                return b - 139;
            case <= 250:
                at++;
                return ((b - 247) * 256) + next + 108;
            case <= 254:
                at++;
                return (-(b - 251) * 256) - next - 108;
            default:
                at += 4;
                return after + 4 <= code.Length ? System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(code.AsSpan(after)) : 0;
        }
    }
}
