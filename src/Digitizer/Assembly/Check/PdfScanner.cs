using System.Globalization;
using System.Text;
using Digitizer.Failures;

namespace Digitizer.Assembly.Check;

/// <summary>Reads PDF syntax (ISO 32000-1, 7.2 and 7.3) from any place of a file, forwards, through one small buffer.</summary>
internal sealed class PdfScanner(Stream file)
{
    // Deeper nesting than our writer has means that the file is not ours.
    private const int DeepestNesting = 16;
    private const int LongestToken = 1 << 20;

    private readonly byte[] buffer = new byte[8 * 1024];
    private long bufferAt;
    private int count;
    private int next;

    public long Length => file.Length;

    public long Position
    {
        get => bufferAt + next;
        set
        {
            file.Position = bufferAt = value;
            count = next = 0;
        }
    }

    /// <summary>Reads up to the end of the line; the line's end is not part of what is returned.</summary>
    public string Line()
    {
        var line = new StringBuilder();
        for (int b; (b = Next()) >= 0 && b != '\n' && line.Length < LongestToken;)
        {
            line.Append((char)b);
        }

        return line.ToString();
    }

    /// <summary>Fills <paramref name="bytes"/> as far as the file goes.</summary>
    public int Read(Span<byte> bytes)
    {
        var filled = 0;
        for (; filled < bytes.Length && Peek() >= 0; next++)
        {
            bytes[filled++] = buffer[next];
        }

        return filled;
    }

    /// <summary>Reads one value.</summary>
    /// <exception cref="DigitizerException">PdfCheckFailed: this is no PDF syntax.</exception>
    public PdfValue Value(int depth = 0)
    {
        SkipSpace();
        return depth > DeepestNesting ? throw Broken("values nested too deep") : Peek() switch
        {
            '<' => Hexadecimal(depth),
            '(' => Literal(),
            '/' => Name(),
            '[' => Array(depth),
            (>= '0' and <= '9') or '+' or '-' or '.' => NumberOrReference(),
            >= 'A' and <= 'z' => new PdfKeyword(Token()),
            _ => throw Broken("no value"),
        };
    }

    public void SkipSpace()
    {
        while (Peek() is 0 or '\t' or '\n' or '\f' or '\r' or ' ')
        {
            next++;
        }
    }

    private PdfValue Hexadecimal(int depth)
    {
        Next();
        if (Peek() == '<')
        {
            Next();
            return Dictionary(depth);
        }

        var digits = new StringBuilder();
        for (int b; (b = Next()) != '>';)
        {
            digits.Append(b >= 0 && Uri.IsHexDigit((char)b) ? (char)b : throw Broken("a string that does not end"));
        }

        return new PdfBytes(Convert.FromHexString(digits.ToString()));
    }

    private PdfDictionary Dictionary(int depth)
    {
        var entries = new Dictionary<string, PdfValue>();
        for (SkipSpace(); Peek() != '>'; SkipSpace())
        {
            var key = Name();
            if (!entries.TryAdd(key.Text, Value(depth + 1)))
            {
                throw Broken($"two entries /{key.Text} in one dictionary");
            }
        }

        Next();
        return Next() == '>' ? new PdfDictionary(entries) : throw Broken("a dictionary that does not end");
    }

    private PdfBytes Literal()
    {
        Next();
        var bytes = new List<byte>();
        for (int b; (b = Next()) != ')';)
        {
            // Our writer has no literal string that needs an escape or a parenthesis.
            bytes.Add(b is < 0 or '\\' or '(' ? throw Broken("a string that does not end") : (byte)b);
        }

        return new PdfBytes([.. bytes]);
    }

    private PdfName Name() => Next() == '/' ? new PdfName(Token()) : throw Broken("no name where one is due");

    private PdfArray Array(int depth)
    {
        Next();
        var items = new List<PdfValue>();
        for (SkipSpace(); Peek() != ']'; SkipSpace())
        {
            items.Add(Value(depth + 1));
        }

        Next();
        return new PdfArray(items);
    }

    // "12 0 R" is one value, "12 0" are two.
    private PdfValue NumberOrReference()
    {
        var number = Number(Token());
        var after = Position;
        SkipSpace();
        if (Peek() == '0')
        {
            var generation = Token();
            SkipSpace();
            if (generation == "0" && Peek() == 'R' && Token() == "R")
            {
                return new PdfReference((int)number.Value);
            }
        }

        Position = after;
        return number;
    }

    private PdfNumber Number(string token) => double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? new PdfNumber(value)
        : throw Broken("a number that is none");

    private string Token()
    {
        var token = new StringBuilder();
        for (var b = Peek(); b > ' ' && "()<>[]{}/%".IndexOf((char)b, StringComparison.Ordinal) < 0 && token.Length < LongestToken; b = Peek())
        {
            token.Append((char)b);
            next++;
        }

        return token.ToString();
    }

    private int Next()
    {
        var b = Peek();
        next++;
        return b;
    }

    private int Peek()
    {
        if (next < count)
        {
            return buffer[next];
        }

        bufferAt += next;
        file.Position = bufferAt;
        next = 0;
        count = file.Read(buffer);
        return count > 0 ? buffer[0] : -1;
    }

    private DigitizerException Broken(string what) => PdfFinding.At(Position, what);
}
