using System.Globalization;
using System.Text;
using Digitizer.Pages.Pdf;
using static Digitizer.Pages.Pdf.PdfCharacters;

namespace Digitizer.Conformance.Syntax;

/// <summary>
/// Reads values as they are written, in objects, drawing instructions and CMaps (ISO 32000-1, 7.2 and 7.3),
/// and notes what ISO 19005-2, 6.1.6 and 6.1.13 say of them.
/// </summary>
/// <param name="data">Where to read.</param>
/// <param name="limits">Of nesting.</param>
/// <param name="findings">Null for what the two clauses do not bind, as CMaps.</param>
/// <param name="where">The place for findings.</param>
internal ref struct CosReader(ReadOnlySpan<byte> data, PdfLimits limits, Findings? findings, string where)
{
    private const int MostItems = 1_000_000;
    private const int LongestString = 32767;
    private const int LongestName = 127;
    private readonly ReadOnlySpan<byte> data = data;
    private readonly PdfLimits limits = limits;
    private readonly Findings? findings = findings;
    private readonly string where = where;

    /// <summary>Where the next value is looked for.</summary>
    public int At { get; set; } = 0;

    public readonly bool IsAtEnd => At >= data.Length;

    /// <summary>The next value; null at the end.</summary>
    /// <exception cref="Failures.DigitizerException">PdfDamaged, PdfTooComplex.</exception>
    public CosValue? Next() => SkipBlanks() ? Value(0) : null;

    /// <summary>Skips white space and comments.</summary>
    /// <returns>False at the end.</returns>
    public bool SkipBlanks()
    {
        for (; At < data.Length; At++)
        {
            if (data[At] == '%')
            {
                var line = data[At..].IndexOfAny((byte)'\r', (byte)'\n');
                At = line < 0 ? data.Length - 1 : At + line;
            }
            else if (!IsBlank(data[At]))
            {
                return true;
            }
        }

        return false;
    }

    private CosValue Value(int depth)
    {
        if (depth > limits.MaxNesting)
        {
            throw PdfRefusal.TooComplex($"has values of more than {limits.MaxNesting} levels");
        }

        switch (data[At])
        {
            case (byte)'/':
                At++;
                return NamedValue();
            case (byte)'(':
                return Literal();
            case (byte)'<' when At + 1 < data.Length && data[At + 1] == '<':
                At += 2;
                return Dictionary(Group(depth, ">>"u8));
            case (byte)'<':
                return Hexadecimal();
            case (byte)'[':
                At++;
                return new CosValue(CosKind.Array) { Items = Group(depth, "]"u8) };
            case (byte)'{' or (byte)'}':
                At++;
                return new CosValue(CosKind.Word, Name: "{}");
            case var b when IsNumberStart(b):
                return Number(Regular());
            case var b when IsRegular(b):
                return new CosValue(CosKind.Word, Name: Encoding.Latin1.GetString(Regular()));
            default:
                throw PdfRefusal.Damaged("a closing bracket has no opening one");
        }
    }

    private List<CosValue> Group(int depth, scoped ReadOnlySpan<byte> end)
    {
        var items = new List<CosValue>();
        while (SkipBlanks())
        {
            if (data[At..].StartsWith(end))
            {
                At += end.Length;
                return items;
            }

            var value = Value(depth + 1);
            if (value.IsWord("R") && items.Count >= 2 && items[^1].Kind == CosKind.Number && items[^2].Kind == CosKind.Number)
            {
                value = new CosValue(CosKind.Reference, items[^2].Number) { Generation = (int)Math.Clamp(items[^1].Number, 0, ushort.MaxValue) };
                items.RemoveRange(items.Count - 2, 2);
            }

            items.Add(value);
            if (items.Count > MostItems)
            {
                throw PdfRefusal.TooComplex("has an array that is longer than is read");
            }
        }

        throw PdfRefusal.Damaged("a value does not end");
    }

    private static CosValue Dictionary(List<CosValue> items)
    {
        var entries = new Dictionary<string, CosValue>();
        for (var i = 0; i < items.Count; i += 2)
        {
            if (items[i].Kind != CosKind.Name || i + 1 == items.Count)
            {
                throw PdfRefusal.Damaged("a dictionary has a value without a key");
            }

            entries[items[i].Name!] = items[i + 1];
        }

        return new CosValue(CosKind.Dictionary) { Entries = entries };
    }

    private CosValue NamedValue()
    {
        var name = Unescape(Regular());
        findings?.Require(name.Length <= LongestName, "6.1.13", $"a name is longer than {LongestName} bytes", where);
        return new CosValue(CosKind.Name, Name: name);
    }

    private CosValue Literal()
    {
        At++;
        var bytes = new List<byte>();
        for (var depth = 1; At < data.Length; At++)
        {
            switch (data[At])
            {
                case (byte)'\\':
                    At++;
                    Escape(bytes);
                    continue;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    At++;
                    return Text([.. bytes]);
                default:
                    break;
            }

            bytes.Add(data[At]);
        }

        throw PdfRefusal.Damaged("a string does not end");
    }

    /// <summary>What follows a backslash; stops at its last byte.</summary>
    private void Escape(List<byte> bytes)
    {
        if (At >= data.Length)
        {
            return;
        }

        switch (data[At])
        {
            case (byte)'n':
                bytes.Add(10);
                break;
            case (byte)'r':
                bytes.Add(13);
                break;
            case (byte)'t':
                bytes.Add(9);
                break;
            case (byte)'b':
                bytes.Add(8);
                break;
            case (byte)'f':
                bytes.Add(12);
                break;
            case 10:
                break;
            case 13:
                At += At + 1 < data.Length && data[At + 1] == 10 ? 1 : 0;
                break;
            case >= (byte)'0' and <= (byte)'7':
                Octal(bytes);
                break;
            default:
                bytes.Add(data[At]);
                break;
        }
    }

    private void Octal(List<byte> bytes)
    {
        var value = data[At] - '0';
        for (var i = 0; i < 2 && At + 1 < data.Length && data[At + 1] is >= (byte)'0' and <= (byte)'7'; i++)
        {
            value = (8 * value) + data[++At] - '0';
        }

        bytes.Add((byte)value);
    }

    private CosValue Hexadecimal()
    {
        var length = data[At..].IndexOf((byte)'>');
        if (length < 0)
        {
            throw PdfRefusal.Damaged("a string does not end");
        }

        var digits = new List<int>(length);
        foreach (var b in data.Slice(At + 1, length - 1))
        {
            if (!IsBlank(b))
            {
                var isDigit = char.IsAsciiHexDigit((char)b);
                findings?.Require(isDigit, "6.1.6", "a hexadecimal string holds what is no hexadecimal digit", where);
                digits.Add(isDigit ? Convert.ToInt32(((char)b).ToString(), 16) : 0);
            }
        }

        At += length + 1;
        findings?.Require(digits.Count % 2 == 0, "6.1.6", "a hexadecimal string has an odd number of digits", where);
        var bytes = new byte[(digits.Count + 1) / 2];
        for (var i = 0; i < digits.Count; i++)
        {
            bytes[i / 2] |= (byte)(digits[i] << (i % 2 == 0 ? 4 : 0));
        }

        return Text(bytes);
    }

    private readonly CosValue Text(byte[] bytes)
    {
        findings?.Require(bytes.Length <= LongestString, "6.1.13", $"a string is longer than {LongestString} bytes", where);
        return new CosValue(CosKind.Text) { Bytes = bytes };
    }

    private readonly CosValue Number(ReadOnlySpan<byte> text)
    {
        if (!double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            throw PdfRefusal.Damaged("a number is none");
        }

        if (findings is not null)
        {
            if (text.Contains((byte)'.'))
            {
                findings.Require(Math.Abs(value) <= 3.403e38, "6.1.13", "a real number is too large", where);
                findings.Require(value == 0 || Math.Abs(value) >= 1.175e-38, "6.1.13", "a real number is too close to zero", where);
            }
            else
            {
                findings.Require(value is >= int.MinValue and <= int.MaxValue, "6.1.13", "an integer is out of range", where);
            }
        }

        return new CosValue(CosKind.Number, double.IsFinite(value) ? value : 0);
    }

    private ReadOnlySpan<byte> Regular()
    {
        var start = At;
        while (At < data.Length && IsRegular(data[At]))
        {
            At++;
        }

        return data[start..At];
    }
}
