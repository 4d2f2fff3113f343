using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>The part of the graphics state that decides what is seen of a picture and of text (ISO 32000-1, 8.4).</summary>
internal sealed record DrawingState
{
    /// <summary>User space of the instruction → user space of the page.</summary>
    public Affine Matrix { get; init; } = Affine.Identity;

    /// <summary>In user space of the page.</summary>
    public PdfBox Clip { get; init; } = PdfBox.Everything;

    public int TextMode { get; init; }

    /// <summary>The font, as far as known.</summary>
    public QpdfObject Font { get; init; }

    /// <summary>What stencil pictures are painted with.</summary>
    public bool FillIsBlack { get; init; } = true;
}

/// <summary>The path under construction, as far as a rectangle needs: corners in user space of the page.</summary>
internal sealed class DrawingPath
{
    private const int CornersOfRectangle = 5;
    private const double Tolerance = 0.01;
    private readonly List<PagePoint> corners = [];
    private bool isOther;

    public bool IsEmpty => corners.Count == 0 && !isOther;

    /// <summary>Set by W and W*: the path becomes part of the clip when it ends.</summary>
    public bool Clips { get; set; }

    public void Add(PagePoint corner)
    {
        if (corners.Count < CornersOfRectangle)
        {
            corners.Add(corner);
        }
        else
        {
            isOther = true;
        }
    }

    public void AddCurve() => isOther = true;

    public void Clear()
    {
        corners.Clear();
        isOther = Clips = false;
    }

    /// <summary>The path if it is one upright rectangle; else null.</summary>
    public PdfBox? Rectangle()
    {
        if (isOther || corners.Count < CornersOfRectangle - 1)
        {
            return null;
        }

        var box = new PdfBox(corners.Min(p => p.X), corners.Min(p => p.Y), corners.Max(p => p.X), corners.Max(p => p.Y));
        return corners.TrueForAll(p => (Near(p.X, box.Left) || Near(p.X, box.Right)) && (Near(p.Y, box.Bottom) || Near(p.Y, box.Top))) ? box : null;
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= Tolerance;
}
