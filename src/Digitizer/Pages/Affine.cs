using System.Text.Json.Serialization;

namespace Digitizer.Pages;

/// <summary>
/// A plane transform: x' = A·x + C·y + E, y' = B·x + D·y + F, the order of a PDF matrix
/// (ISO 32000-1, 8.3.4). Pixel coordinates: origin at the top left, y downwards, pixel edges at
/// whole numbers.
/// </summary>
internal readonly record struct Affine(double A, double B, double C, double D, double E, double F)
{
    public static readonly Affine Identity = new(1, 0, 0, 1, 0, 0);

    [JsonIgnore]
    public double Determinant => (A * D) - (B * C);

    public static Affine Scale(double x, double y) => new(x, 0, 0, y, 0, 0);

    public static Affine Translate(double x, double y) => new(1, 0, 0, 1, x, y);

    /// <summary>Turns by <paramref name="degrees"/> clockwise as seen (y points down), about a point.</summary>
    public static Affine RotateClockwise(double degrees, double aboutX, double aboutY)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return Translate(-aboutX, -aboutY).Then(new Affine(cos, sin, -sin, cos, 0, 0)).Then(Translate(aboutX, aboutY));
    }

    /// <summary>First this transform, then <paramref name="next"/>.</summary>
    public Affine Then(Affine next) => new(
        (A * next.A) + (B * next.C),
        (A * next.B) + (B * next.D),
        (C * next.A) + (D * next.C),
        (C * next.B) + (D * next.D),
        (E * next.A) + (F * next.C) + next.E,
        (E * next.B) + (F * next.D) + next.F);

    public Affine Inverse()
    {
        var det = Determinant;
        if (Math.Abs(det) < 1e-12)
        {
            throw new InvalidOperationException("A transform without area has no inverse.");
        }

        return new Affine(
            D / det, -B / det, -C / det, A / det,
            ((C * F) - (D * E)) / det, ((B * E) - (A * F)) / det);
    }

    public PagePoint Apply(PagePoint p) => new((A * p.X) + (C * p.Y) + E, (B * p.X) + (D * p.Y) + F);

    public Quad Apply(Quad q) => new(Apply(q.TopLeft), Apply(q.TopRight), Apply(q.BottomRight), Apply(q.BottomLeft));
}
