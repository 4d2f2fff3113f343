namespace Digitizer.Pages;

/// <summary>Pixels an inch as a file says, 0 where it does not: a hint only.</summary>
/// <param name="X">Of a row of stored pixels.</param>
/// <param name="Y">Of a column.</param>
internal readonly record struct TaggedResolution(double X, double Y)
{
    // Fax pages have half or a quarter of the lines; anything beyond is no picture of paper.
    private const double MostUnequal = 4.5;

    public static readonly TaggedResolution None = new(0, 0);

    public static TaggedResolution Square(double dpi) => new(dpi, dpi);

    /// <summary>Of the page once its pixels are square: the finer of the two.</summary>
    public double Dpi => HasUnequalSides ? Math.Max(X, Y) : X;

    /// <summary>By how much rows and columns are stretched to make pixels square; 1 where they are.</summary>
    public (double X, double Y) Stretch => HasUnequalSides ? (Math.Max(1, Y / X), Math.Max(1, X / Y)) : (1, 1);

    /// <summary>True where both are said, can be true, and differ by more than rounding does.</summary>
    private bool HasUnequalSides => X >= 25 && Y >= 25 && Math.Max(X, Y) / Math.Min(X, Y) is > 1.05 and < MostUnequal;
}
