namespace Digitizer.Pages.Compact;

/// <summary>
/// What colour an ink has, told from what it takes of the paper's light: where a stroke's edge lets paper through, all three parts shrink alike,
/// so that edges have the hue of their stroke.
/// </summary>
internal static class InkHue
{
    /// <summary>Hues are told in so many steps.</summary>
    public const int Bins = 24;

    /// <summary>Black and grey: inks that take much the same of red, green and blue.</summary>
    public const int Neutral = -1;

    // Of what is taken most, so much less is taken of another colour: below, JPEG's smeared colours make black look tinted.
    private const float LeastDifference = 0.3f;

    /// <summary>The hue of an ink.</summary>
    /// <param name="red">Taken of red light, in any unit.</param>
    /// <param name="green">Of green.</param>
    /// <param name="blue">Of blue.</param>
    /// <returns>A bin, 0 = red, or <see cref="Neutral"/>.</returns>
    public static int Of(float red, float green, float blue)
    {
        var (most, least) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
        if (most <= 0 || most - least < LeastDifference * most)
        {
            return Neutral;
        }

        // The hue of the light that is left (HSV).
        var sixth = least == red ? (blue - green) / (most - least) : least == green ? 2 + ((red - blue) / (most - least)) : 4 + ((green - red) / (most - least));
        return ((int)Math.Round(sixth * Bins / 6) + Bins) % Bins;
    }

    /// <summary>Steps between two hues, either way round.</summary>
    public static int Distance(int a, int b)
    {
        var steps = Math.Abs(a - b);
        return Math.Min(steps, Bins - steps);
    }
}
