using Digitizer.Native;

namespace Digitizer.Pages.Pdf.Forms;

/// <summary>A rendered page → its pixels and its text.</summary>
internal static class FormRendering
{
    /// <summary>A page that is shown by its own instructions.</summary>
    /// <param name="form">The page.</param>
    /// <param name="index">Its place in the file, from 0.</param>
    /// <param name="rendered">Its rendering.</param>
    /// <param name="isSound">Whether all that it draws could be followed.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    /// <param name="sha256">Of the file.</param>
    /// <exception cref="NativeException">The rendering is no picture.</exception>
    public static DecodedPage Decode(PageForm form, int index, RenderedPage rendered, bool isSound, long fileLength, string sha256)
    {
        var pixels = Pixels(form, rendered);
        var image = new PageImage
        {
            Width = pixels.Width,
            Height = pixels.Height,
            Encoding = ImageEncoding.PdfForm,
            Color = ImageColor.Rgb,
            Form = new FormPage(index, HidesText: false, form.Unit),
            IsSourceFile = true,
            Bytes = fileLength,
            Sha256 = sha256,
        };
        return new DecodedPage(pixels, image, null, 1, TaggedResolution.Square(form.Dpi), Damaged: rendered.MetLosses || !isSound)
        {
            Form = new FormText(form, rendered.Text is { } text ? BoxedText.Parse(text, form.RenderingDpi / 72) : []),
        };
    }

    /// <summary>A page that becomes its rendering.</summary>
    /// <param name="form">The page.</param>
    /// <param name="rendered">Its rendering.</param>
    /// <param name="isSound">Whether all that it draws could be followed.</param>
    /// <exception cref="NativeException">The rendering is no picture.</exception>
    public static DecodedPage Picture(PageForm form, RenderedPage rendered, bool isSound)
        => DecodedPage.Lossless(Pixels(form, rendered), 1, TaggedResolution.Square(form.Dpi)) with { Damaged = rendered.MetLosses || !isSound };

    private static Pix Pixels(PageForm form, RenderedPage rendered)
    {
        using var decoded = Pix.FromPnm(rendered.Picture);
        var pixels = decoded.Flatten();
        if (Math.Abs(pixels.Width - form.Width) > 1 || Math.Abs(pixels.Height - form.Height) > 1)
        {
            pixels.Dispose();
            throw new NativeException($"The rendering has another size than the page.");
        }

        return pixels;
    }
}
