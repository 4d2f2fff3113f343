using System.Globalization;
using Digitizer.Assembly;
using Digitizer.Assembly.Check;
using Digitizer.Cleanup;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.PageWorkers;
using Digitizer.Tests.Assembly;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Pdf.Forms;

/// <summary>A PDF whose pages went over into one of ours, and the readers that judge both.</summary>
internal sealed class ExportedPdf : IDisposable
{
    private const double Dpi = 60;

    /// <summary>The readers.</summary>
    public PdfTools Tools { get; } = new();

    /// <summary>Where the source lies.</summary>
    public string Source => Tools.PathOf("source.pdf");

    /// <summary>Where ours lies.</summary>
    public string Target => Tools.PathOf("target.pdf");

    /// <summary>What the export brought.</summary>
    public FormBundle Bundle { get; private set; } = null!;

    /// <summary>Takes all pages over, each of which must be a form, and has the file checked by our own check and by qpdf.</summary>
    public void Take(byte[] source, PdfPolicy? policy = null)
    {
        File.WriteAllBytes(Source, source);
        using var pdf = PdfPages.Open(source, PageLimits.Default, policy ?? PdfPolicy.Default);
        var pages = pdf.Frames.Select(frame => Shown(pdf, frame.Index)).ToList();
        Bundle = Export(pdf);
        using (var output = File.Create(Target))
        {
            PdfAssembler.Write(pages, TestPages.Metadata, output, CancellationToken.None, new Dictionary<string, FormBundle> { [Source] = Bundle });
        }

        PdfSelfCheck.Check(Target, [.. pages.Select(page => page.Image)], PdfConformance.PdfA2u, CancellationToken.None);
        Assert.Equal("", Tools.Check(Target));
    }

    /// <summary>Sees that another reader finds the same words in both, and shows the same pages.</summary>
    /// <param name="unit">Points a unit of the source's pages: poppler does not know of it.</param>
    public void IsTheSame(double unit = 1)
    {
        var words = Tools.Words(Source);
        Assert.Equal(Joined(words), Joined(Tools.Words(Target)));
        for (var page = 1; page <= words.Count; page++)
        {
            var (expected, actual) = (Tools.Render(Source, page, Dpi * unit), Tools.Render(Target, page, Dpi));
            Assert.InRange(actual.Width, expected.Width - 1, expected.Width + 1);
            Assert.InRange(actual.Height, expected.Height - 1, expected.Height + 1);
            Assert.InRange(InkOf(expected), 0.0005, 1);
            Assert.InRange(Difference(expected, actual), 0, 0.6 * InkOf(expected));
        }
    }

    private static string Joined(IEnumerable<string[]> pages) => string.Join(" | ", pages.Select(words => string.Join(' ', words)));

    public void Dispose() => Tools.Dispose();

    /// <summary>Share of black in a page.</summary>
    public static double InkOf(PdfRendering page) => page.Rgb.Average(b => 1 - (b / 255.0));

    /// <summary>Mean difference, 0–1. Half a pixel's shift of letters costs part of their ink; another page costs twice as much as it has.</summary>
    private static double Difference(PdfRendering a, PdfRendering b)
    {
        var (sum, count) = (0L, 0);
        for (var y = 0; y < Math.Min(a.Height, b.Height); y++)
        {
            for (var x = 0; x < Math.Min(a.Width, b.Width); x++)
            {
                var (p, q) = (a.At(x, y), b.At(x, y));
                sum += Math.Abs(p.R - q.R) + Math.Abs(p.G - q.G) + Math.Abs(p.B - q.B);
                count += 3;
            }
        }

        return sum / 255.0 / count;
    }

    private FormBundle Export(PdfPages pdf)
    {
        var request = new ExportRequest([.. Enumerable.Range(0, pdf.Frames.Count)], 1);
        var account = new FormBundleWriter(request);
        var file = Tools.PathOf("forms.bin");
        using var sink = File.Create(file);
        var exported = pdf.Export(request.Pages, request.FirstNumber, (number, bytes) =>
        {
            Assert.True(account.Add(number, bytes.Length), number.ToString(CultureInfo.InvariantCulture));
            sink.Write(bytes);
        });
        return account.Finish(file, exported) ?? throw new InvalidOperationException("The export is not whole.");
    }

    private ShownPage Shown(PdfPages pdf, int index)
    {
        using var decoded = pdf.Decode(index, TakenPage.White);
        var form = decoded.Form!.Page;
        var geometry = new PageGeometry { Orientation = 0, Skew = 0, Matrix = Affine.Identity, ShownWidth = form.ShownWidth, ShownHeight = form.ShownHeight, Dpi = form.Dpi };
        return new ShownPage(decoded.Image, Source, geometry, []);
    }
}
