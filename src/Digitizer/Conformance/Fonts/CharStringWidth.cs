namespace Digitizer.Conformance.Fonts;

/// <summary>The width that a Type 2 charstring begins with (Adobe Technical Note 5177, 3.1 and 4).</summary>
/// <param name="font">The whole font.</param>
/// <param name="global">Global subroutines.</param>
/// <param name="local">Those of its font; null if it has none.</param>
internal ref struct CharStringWidth(SfntReader font, CffIndex global, CffIndex? local)
{
    private const int MostLevels = 10;
    private const int MostSteps = 10_000;
    private readonly SfntReader font = font;
    private readonly CffIndex global = global;
    private readonly CffIndex? local = local;
    private readonly List<double> stack = [];
    private int steps = 0;

    /// <summary>Difference to the nominal width; null if the glyph has the default width.</summary>
    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public double? Find((long At, long Length) charString) => Run(charString, 0, out var width) ? width : null;

    /// <returns>True once it is settled whether there is a width.</returns>
    private bool Run((long At, long Length) place, int depth, out double? width)
    {
        width = null;
        for (var at = place.At; at < place.At + place.Length && steps++ < MostSteps && stack.Count < 513;)
        {
            var b = font.U8(at++);
            if (b is 28 or >= 32)
            {
                stack.Add(Number(b, ref at));
                continue;
            }

            switch (b)
            {
                case 10 or 29 when stack.Count > 0 && depth < MostLevels:
                    if (Call(b == 10 ? local : global, depth, out width))
                    {
                        return true;
                    }

                    break;
                case 11:
                    return false;
                case 12 when font.U8(at) == 12 && stack.Count >= 2:
                    at++;
                    stack[^2] /= stack[^1];
                    stack.RemoveAt(stack.Count - 1);
                    break;
                default:
                    width = stack.Count > Expected(b) ? stack[0] : null;
                    return true;
            }
        }

        return depth == 0;
    }

    private bool Call(CffIndex? routines, int depth, out double? width)
    {
        width = null;
        if (routines is null)
        {
            return true;
        }

        var bias = routines.Count < 1240 ? 107 : routines.Count < 33900 ? 1131 : 32768;
        var number = (int)stack[^1] + bias;
        stack.RemoveAt(stack.Count - 1);
        return Run(routines[number], depth + 1, out width);
    }

    /// <summary>Numbers that the first operator takes for itself.</summary>
    private readonly int Expected(int operation) => operation switch
    {
        // Stems come in pairs.
        1 or 3 or 18 or 23 or 19 or 20 => stack.Count - (stack.Count % 2),
        21 => 2,
        4 or 22 => 1,

        // endchar alone, or with an accented character.
        14 => stack.Count is 4 or 5 ? 4 : 0,
        _ => int.MaxValue,
    };

    private readonly double Number(int b, ref long at)
    {
        switch (b)
        {
            case 28:
                at += 2;
                return font.S16(at - 2);
            case <= 246:
                return b - 139;
            case <= 250:
                return ((b - 247) * 256) + font.U8(at++) + 108;
            case <= 254:
                return (-(b - 251) * 256) - font.U8(at++) - 108;
            default:
                at += 4;
                return (int)font.U32(at - 4) / 65536.0;
        }
    }
}
