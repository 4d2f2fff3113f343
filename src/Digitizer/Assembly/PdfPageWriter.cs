using System.Globalization;
using System.Text;
using Digitizer.Failures;
using static Digitizer.Pages.Pdf.PdfSyntax;

namespace Digitizer.Assembly;

/// <summary>Writes the objects of one page: its picture, what is drawn, the page itself.</summary>
/// <param name="file">Takes them.</param>
/// <param name="pageTree">Number of the page tree.</param>
/// <param name="forms">Object numbers of pages that are shown as they came, by their file and their place in it.</param>
internal sealed class PdfPageWriter(PdfFileWriter file, int pageTree, IReadOnlyDictionary<(string File, int Index), int> forms)
{
    private readonly CharacterCodes codes = new();
    private int? fontNumber;

    /// <summary>Writes a page.</summary>
    /// <returns>The page's object number.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable; FileUnreadable or Internal if the picture's file is gone or changed.</exception>
    public int Write(ShownPage page, CancellationToken cancellation)
    {
        var frame = new PageFrame(page.Geometry);
        var resources = new StringBuilder();
        var content = new StringBuilder();
        if (page.Image is { } image)
        {
            var picture = image.Form is { } form ? forms[(page.ImageFile!, form.Index)] : WritePicture(page.Rendition ?? new Rendition(image, page.ImageFile!), cancellation);
            resources.Append(CultureInfo.InvariantCulture, $"/XObject << /Im1 {picture} 0 R >> ");
            var drawn = $"q {Matrix(frame.ImageMatrix(image.Width, image.Height))} cm /Im1 Do Q\n";

            // What stands for the text within is nothing (ISO 32000-1, 14.9.4).
            content.Append(image.Form is { HidesText: true } ? $"/Span << /ActualText () >> BDC\n{drawn}EMC\n" : drawn);
        }
        else
        {
            content.Append(CrossedOut(frame));
        }

        var text = TextLayer.Content(frame, [.. page.Lines.Where(line => !line.IsOfPage)], codes);
        if (text.Length > 0)
        {
            var font = fontNumber ??= file.Reserve();
            resources.Append(CultureInfo.InvariantCulture, $"/Font << /F1 {font} 0 R >> ");
            content.Append(text);
        }

        return WritePage(frame, resources.ToString(), content.ToString());
    }

    /// <summary>Writes the font of the words on the pages so far; nothing if there were none.</summary>
    public void WriteFont()
    {
        if (fontNumber is { } font)
        {
            GlyphlessFont.Write(file, font, codes);
        }
    }

    private int WritePicture(Rendition shown, CancellationToken cancellation)
    {
        using var data = Open(shown.File);
        if (shown.Image.Layers is { } layers)
        {
            return LayersForm.Write(file, layers, data, cancellation);
        }

        var number = file.Reserve();
        file.Stream(number, ImageStream.Entries(shown.Image), data, shown.Image.Bytes, cancellation);
        return number;
    }

    private int WritePage(PageFrame frame, string resources, string content)
    {
        var (contents, page) = (file.Reserve(), file.Reserve());
        file.Stream(contents, "/Filter /FlateDecode", Deflate.Compress(Encoding.Latin1.GetBytes(content)));
        file.Object(
            page,
            $"<< /Type /Page /Parent {pageTree} 0 R /MediaBox [0 0 {Number(frame.Width)} {Number(frame.Height)}] /Resources << {resources}>> /Contents {contents} 0 R >>");
        return page;
    }

    // A page whose picture cannot be shown must not look like a blank sheet.
    private static string CrossedOut(PageFrame frame)
    {
        var (width, height) = (Number(frame.Width), Number(frame.Height));
        return $"q 0.8 0 0 RG 0.75 w 0 0 m {width} {height} l S 0 {height} m {width} 0 l S Q\n";
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitizerException(
                FailureKind.FileUnreadable,
                $"The picture of a page can no longer be read: {e.Message} See that it is still there and readable, then run again.",
                e);
        }
    }
}
