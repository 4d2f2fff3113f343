using System.Globalization;
using System.Text;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Fonts;

/// <summary>A DICT of a CFF font: operators and their numbers (Adobe Technical Note 5176, 4).</summary>
internal static class CffDictionary
{
    public const int Charset = 15;
    public const int Encoding = 16;
    public const int CharStrings = 17;
    public const int Private = 18;
    public const int Subroutines = 19;
    public const int DefaultWidth = 20;
    public const int NominalWidth = 21;
    public const int FontMatrix = 1207;
    public const int RegistryOrdering = 1230;
    public const int FontArray = 1236;
    public const int FontSelect = 1237;

    // Two-byte operators are 12 and another byte.
    private const int Escape = 1200;
    private const int MostNumbers = 513;

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public static Dictionary<int, double[]> Read(SfntReader font, (long At, long Length) place)
    {
        var entries = new Dictionary<int, double[]>();
        var numbers = new List<double>();
        for (var at = place.At; at < place.At + place.Length;)
        {
            var b = font.U8(at++);
            if (b <= 21)
            {
                entries[b == 12 ? Escape + font.U8(at++) : b] = [.. numbers];
                numbers.Clear();
            }
            else
            {
                numbers.Add(b == 30 ? Real(font, ref at) : Integer(font, b, ref at));
            }

            if (numbers.Count > MostNumbers)
            {
                throw PdfRefusal.Damaged("a font program makes no sense");
            }
        }

        return entries;
    }

    private static double Integer(SfntReader font, int b, ref long at)
    {
        switch (b)
        {
            case 28:
                at += 2;
                return font.S16(at - 2);
            case 29:
                at += 4;
                return (int)font.U32(at - 4);
            case >= 32 and <= 246:
                return b - 139;
            case >= 247 and <= 250:
                return ((b - 247) * 256) + font.U8(at++) + 108;
            case >= 251 and <= 254:
                return (-(b - 251) * 256) - font.U8(at++) - 108;
            default:
                throw PdfRefusal.Damaged("a font program makes no sense");
        }
    }

    private static double Real(SfntReader font, ref long at)
    {
        var text = new StringBuilder();
        while (text.Length < 64)
        {
            var b = font.U8(at++);
            foreach (var nibble in (int[])[b >> 4, b & 15])
            {
                if (nibble == 15)
                {
                    return double.TryParse(text.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
                }

                text.Append(nibble switch { < 10 => nibble.ToString(CultureInfo.InvariantCulture), 10 => ".", 11 => "E", 12 => "E-", 14 => "-", _ => "" });
            }
        }

        throw PdfRefusal.Damaged("a font program makes no sense");
    }
}
