using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Pages;

namespace Digitizer.Tests.Support;

/// <summary>Pages drawn for the purpose, black on white.</summary>
internal static class DrawnPage
{
    /// <summary>A page as the clean-up steps get it.</summary>
    /// <param name="gray">What is drawn.</param>
    /// <param name="xHeight">Height of letters without ascender.</param>
    public static WorkingPage Of(Pix gray, double xHeight)
    {
        var (image, bytes) = ImageCodes.Lossless(gray);
        return new WorkingPage(new DecodedPage(gray.Clone(), image, bytes, 1, TaggedResolution.Square(200), false), gray.Clone(), Affine.Identity) { XHeight = xHeight };
    }

    /// <summary>A black frame, white inside.</summary>
    public static void Ring(this Pix page, PixBox box, int stroke)
    {
        page.Fill(box, 0);
        page.Fill(new PixBox(box.X + stroke, box.Y + stroke, box.Width - (2 * stroke), box.Height - (2 * stroke)), 255);
    }

    /// <summary>A black frame without its corners, white inside: a letter as a coarse grid has it.</summary>
    public static void Oval(this Pix page, PixBox box, int stroke)
    {
        page.Ring(box, stroke);
        var corner = stroke - 1;
        foreach (var (x, y) in new[] { (box.X, box.Y), (box.Right - corner, box.Y), (box.X, box.Bottom - corner), (box.Right - corner, box.Bottom - corner) })
        {
            page.Fill(new PixBox(x, y, corner, corner), 255);
        }
    }
}
