using System.Buffers;
using System.Globalization;
using System.Text;
using static Digitizer.Pages.Pdf.PdfCharacters;

namespace Digitizer.Pages.Pdf;

/// <summary>What an operand is, as far as it matters for what is seen.</summary>
internal enum OperandKind
{
    Number,
    Name,

    /// <summary>A string, or an array with one, that would show something.</summary>
    Text,

    /// <summary>Anything else: empty strings, arrays of numbers, dictionaries.</summary>
    Other,
}

/// <summary>An operand of a drawing instruction.</summary>
internal readonly record struct Operand(OperandKind Kind, double Number = 0, string? Name = null);

/// <summary>Splits a content stream into instructions (ISO 32000-1, 7.8.2 and 7.2).</summary>
internal ref struct ContentReader(ReadOnlySpan<byte> data, PdfLimits limits)
{
    private const int MaxOperands = 4096;
    private const int LooksAhead = 10;
    private static readonly SearchValues<byte> Printable = SearchValues.Create([.. " \t\r\n\f"u8, .. Enumerable.Range(0x21, 0x5E).Select(b => (byte)b)]);
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\f\0"u8);
    private readonly ReadOnlySpan<byte> data = data;
    private readonly PdfLimits limits = limits;
    private int at = 0;

    /// <summary>Operands of the instruction read last.</summary>
    public List<Operand> Operands { get; } = [];

    /// <summary>The next operator, or null at the end.</summary>
    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public string? Next()
    {
        Operands.Clear();
        while (SkipBlanks())
        {
            if (IsRegular(data[at]) && !IsNumberStart(data[at]))
            {
                var word = Encoding.Latin1.GetString(Regular());
                if (word is not ("true" or "false" or "null"))
                {
                    return word;
                }

                Operands.Add(new Operand(OperandKind.Other));
            }
            else
            {
                Operands.Add(Value(0));
            }

            if (Operands.Count > MaxOperands)
            {
                throw PdfRefusal.Damaged("a page's drawing instructions make no sense");
            }
        }

        return null;
    }

    /// <summary>Passes over the data of a picture among the instructions; called when <c>ID</c> was read.</summary>
    /// <remarks>The data may hold anything: its end is the first <c>EI</c> between blanks that only printable text follows (ISO 32000-1, 8.9.7).</remarks>
    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public void SkipInlinePicture()
    {
        while (data[at..].IndexOf("EI"u8) is >= 0 and var step)
        {
            at += step + 2;
            if (IsBlank(data[at - 3]) && (at == data.Length || IsBlank(data[at])) && IsText(data[at..Math.Min(data.Length, at + LooksAhead)]))
            {
                return;
            }
        }

        throw PdfRefusal.Damaged("a page's drawing instructions are cut");
    }

    private static bool IsText(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(Printable) < 0;

    private Operand Value(int depth)
    {
        if (depth > limits.MaxNesting)
        {
            throw PdfRefusal.TooComplex($"has values of more than {limits.MaxNesting} levels");
        }

        switch (data[at])
        {
            case (byte)'/':
                at++;
                return new Operand(OperandKind.Name, Name: Unescape(Regular()));
            case (byte)'(':
                return Literal();
            case (byte)'<' when at + 1 < data.Length && data[at + 1] == '<':
                at += 2;
                return Group(depth, ">>"u8);
            case (byte)'<':
                return Hex();
            case (byte)'[':
                at++;
                return Group(depth, "]"u8);
            case var b when IsNumberStart(b):
                return new Operand(OperandKind.Number, Number(Regular()));
            case var b when IsRegular(b):
                Regular();
                return new Operand(OperandKind.Other);
            default:
                throw PdfRefusal.Damaged("a page's drawing instructions make no sense");
        }
    }

    private Operand Group(int depth, scoped ReadOnlySpan<byte> end)
    {
        var shows = false;
        while (SkipBlanks())
        {
            if (data[at..].StartsWith(end))
            {
                at += end.Length;
                return new Operand(shows ? OperandKind.Text : OperandKind.Other);
            }

            shows |= Value(depth + 1).Kind == OperandKind.Text;
        }

        throw PdfRefusal.Damaged("a page's drawing instructions are cut");
    }

    private Operand Literal()
    {
        var start = ++at;
        for (var depth = 1; at < data.Length; at++)
        {
            switch (data[at])
            {
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    return new Operand(at++ > start ? OperandKind.Text : OperandKind.Other);
                default:
                    break;
            }
        }

        throw PdfRefusal.Damaged("a page's drawing instructions are cut");
    }

    private Operand Hex()
    {
        var end = data[at..].IndexOf((byte)'>');
        if (end < 0)
        {
            throw PdfRefusal.Damaged("a page's drawing instructions are cut");
        }

        var shows = data.Slice(at + 1, end - 1).IndexOfAnyExcept(Blanks) >= 0;
        at += end + 1;
        return new Operand(shows ? OperandKind.Text : OperandKind.Other);
    }

    private ReadOnlySpan<byte> Regular()
    {
        var start = at;
        while (at < data.Length && IsRegular(data[at]))
        {
            at++;
        }

        return data[start..at];
    }

    /// <returns>False at the end.</returns>
    private bool SkipBlanks()
    {
        for (; at < data.Length; at++)
        {
            if (data[at] == '%')
            {
                var line = data[at..].IndexOfAny((byte)'\r', (byte)'\n');
                at = line < 0 ? data.Length - 1 : at + line;
            }
            else if (!IsBlank(data[at]))
            {
                return true;
            }
        }

        return false;
    }

    private static double Number(ReadOnlySpan<byte> text)
        => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw PdfRefusal.Damaged("a page's drawing instructions have a number that is none");
}
