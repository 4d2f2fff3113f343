using System.Text;
using Digitizer.Confinement;
using Digitizer.Failures;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.Programs;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Programs;

/// <summary>Renderings by the confined poppler.</summary>
public sealed class PageRendererTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly PdfPrograms programs = new(new Sandbox(allowUnconfined: false), new ProgramLimits(TimeSpan.FromMinutes(1), 1L << 30));

    public void Dispose()
    {
        programs.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task The_page_that_is_asked_for_comes_in_the_size_that_is_asked_for_with_its_words()
    {
        var rendered = await RenderAsync(new PdfDraft().Text("một").Text("hai ba").ToArray(), new RenderRequest(1, 72, 595, 842, WantsText: true));

        Assert.StartsWith("P6\n595 842\n255\n", Encoding.Latin1.GetString(rendered.Picture, 0, 20), StringComparison.Ordinal);
        Assert.Equal(["hai", "ba"], BoxedText.Parse(rendered.Text!, 1).SelectMany(line => line.Words).Select(word => word.Text));
    }

    [Theory]
    [InlineData("Helvetica")]
    [InlineData("Times-Roman")]
    [InlineData("TimesNewRomanPSMT")]
    public async Task Letters_of_a_font_that_the_file_does_not_bring_are_seen(string font)
    {
        var pdf = ScanPdf.Of(ScanPage.Blank with { Content = "BT /F2 40 Tf 20 60 Td (Quyet dinh) Tj ET", Fonts = $"/F2 << /Type /Font /Subtype /TrueType /BaseFont /{font} /Encoding /WinAnsiEncoding >>" });
        var rendered = await RenderAsync(pdf, new RenderRequest(0, 72, 324, 180, WantsText: false));

        Assert.Null(rendered.Text);
        Assert.False(rendered.MetLosses);
        Assert.InRange(rendered.Picture.Skip(15).Average(b => 1 - (b / 255.0)), 0.01, 0.5);
    }

    [Theory]
    [InlineData("q 324 0 0 180 0 0 cm /Nothing Do Q")]
    [InlineData("BT /F9 9 Tf (a) Tj ET")]
    public async Task What_the_renderer_cannot_show_is_heard_of(string content)
        => Assert.True((await RenderAsync(ScanPdf.Of(ScanPage.Blank with { Content = content }), new RenderRequest(0, 72, 324, 180, WantsText: false))).MetLosses);

    [Theory]
    [InlineData("", "Q Q q 324 0 0 180 0 0 cm /Im0 Do Q Q")]
    [InlineData("", "/Nothing gs q 324 0 0 180 0 0 cm /Im0 Do Q")]
    [InlineData("", "q 324 0 0 180 0 0 cm /Im0 Do Q 1 2 odd")]
    [InlineData("/OCProperties << /OCGs [] >>", "q 324 0 0 180 0 0 cm /Im0 Do Q")]
    [InlineData("/AcroForm << /Fields [99 0 R] >> /Names 98 0 R", "q 324 0 0 180 0 0 cm /Im0 Do Q")]
    public async Task What_it_says_of_things_that_make_no_difference_is_not(string catalog, string content)
        => Assert.False((await RenderAsync(ScanPdf.Build(catalog, "", ScanPage.Blank with { Content = content }), new RenderRequest(0, 72, 324, 180, WantsText: false))).MetLosses);

    [Fact]
    public async Task A_page_larger_than_announced_and_a_file_that_is_none_cannot_be_rendered()
    {
        var pdf = new PdfDraft().Text("một").ToArray();
        Assert.Equal(FailureKind.PageUnreadable, (await Assert.ThrowsAsync<DigitizerException>(() => RenderAsync(pdf, new RenderRequest(0, 144, 595, 842, WantsText: false)))).Kind);
        Assert.Equal(FailureKind.PageUnreadable, (await Assert.ThrowsAsync<DigitizerException>(() => RenderAsync("%PDF-1.7 nothing"u8.ToArray(), new RenderRequest(0, 72, 595, 842, WantsText: false)))).Kind);
    }

    private Task<RenderedPage> RenderAsync(byte[] pdf, RenderRequest request)
        => new PageRenderer(programs).RenderAsync(folder.File("page.pdf", pdf), request, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));
}
