using System.Text;
using Digitizer.Assembly;
using Digitizer.Assembly.Check;
using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Pages.Compact;
using Digitizer.Tests.Pages.Compact;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Assembly;

/// <summary>Pages in layers, as other people's readers show them and as the self-check sees them.</summary>
public sealed class LayeredPageTests : IDisposable
{
    private const int Dpi = 300;

    private static readonly PageGeometry Upright = new()
    {
        Orientation = 0,
        Skew = 0,
        Matrix = Affine.Identity,
        ShownWidth = SomeLayers.Width,
        ShownHeight = SomeLayers.Height,
        Dpi = Dpi,
    };

    private readonly PdfTools tools = new();

    public void Dispose() => tools.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Poppler_shows_what_the_layers_put_together_are(bool isShaded)
    {
        var page = SomeLayers.Create(isShaded);
        Assert.Equal(isShaded, page.Background.Jpeg is not null);

        var shown = tools.Render(Write(SomeLayers.Code(page)), 1, Dpi).Rgb;

        using var composed = Composition.Of(page, SomeLayers.Width, SomeLayers.Height);
        var expected = composed.ToBytes();
        Assert.Equal(expected.Length, shown.Length);

        // Poppler draws every picture up to a pixel larger than it is.
        Assert.InRange(Enumerable.Range(0, shown.Length).Count(i => !IsNear(expected, i, shown[i])), 0, shown.Length / 1000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Qpdf_and_Preflight_find_no_fault(bool isShaded)
    {
        var layers = SomeLayers.Code(SomeLayers.Create(isShaded));

        Assert.Equal("", tools.Check(Write(layers)));
        Assert.Equal("", tools.Preflight(Write(layers, TestPages.Metadata with { Conformance = PdfConformance.PdfA1b })));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_self_check_passes_what_was_meant(bool isShaded)
    {
        var layers = SomeLayers.Code(SomeLayers.Create(isShaded));

        PdfSelfCheck.Check(Write(layers), [layers.Image], PdfConformance.PdfA2u, CancellationToken.None);
    }

    [Fact]
    public void A_stencil_with_another_byte_is_found()
    {
        var (image, bytes) = SomeLayers.Code(SomeLayers.Create(isShaded: true));
        byte[] wrong = [.. bytes];
        wrong[^5] ^= 1;

        Assert.Contains("other bytes", FindingOf(Write((image, wrong)), image), StringComparison.Ordinal);
    }

    [Fact]
    public void JBIG2_that_is_more_than_a_region_of_pixels_is_found_in_a_stencil_too()
    {
        var (image, bytes) = SomeLayers.Code(SomeLayers.Create(isShaded: false));
        bytes[34] = 6;
        var first = image.Layers!.Inks[0];
        var mask = first.Mask with { Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(0, (int)first.Mask.Bytes))) };
        var wrong = image with { Layers = image.Layers with { Inks = [first with { Mask = mask }, .. image.Layers.Inks.Skip(1)] } };

        Assert.Contains("other than one lossless region", FindingOf(Write((wrong, bytes)), wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_layers_than_were_meant_are_found()
    {
        var (image, bytes) = SomeLayers.Code(SomeLayers.Create(isShaded: true));
        var pdf = Write((image, bytes));
        var layers = image.Layers!;

        Assert.Contains("painted", FindingOf(pdf, image with { Layers = layers with { Inks = [.. layers.Inks.Reverse()] } }), StringComparison.Ordinal);
        Assert.Contains("painted", FindingOf(pdf, image with { Layers = layers with { Inks = [.. layers.Inks.Skip(1)] } }), StringComparison.Ordinal);
        Assert.Contains("painted", FindingOf(pdf, image with { Layers = layers with { Background = null } }), StringComparison.Ordinal);
        Assert.Contains("another size", FindingOf(pdf, image with { Layers = layers with { Background = layers.Background! with { Width = 7 } } }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ImageMask true", "/ImageMosk true", "described")]
    [InlineData("/BBox [0 0 1 1]", "/BBox [0 0 2 1]", "have no size")]
    [InlineData("/Subtype /Form", "/Subtype /Farm", "does not show")]
    [InlineData("/Ink1 ", "/Inc1 ", "other layers")]
    public void Each_fault_of_the_layers_is_named(string whole, string damaged, string finding)
    {
        var layers = SomeLayers.Code(SomeLayers.Create(isShaded: true));
        var pdf = Write(layers);
        File.WriteAllText(pdf, File.ReadAllText(pdf, Encoding.Latin1).Replace(whole, damaged, StringComparison.Ordinal), Encoding.Latin1);

        Assert.Contains(finding, FindingOf(pdf, layers.Image), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Paper Do\n0 0 0 rg /Ink1 Do\n", true)]
    [InlineData("1 1 0.5 rg 0 0 1 1 re f\n0 0 0 rg /Ink1 Do\n", true)]
    [InlineData("/Paper Do\n/Ink1 Do\n", false)]
    [InlineData("/Paper Do\n0 0 0 rg /Ink1 Do 1 0 0 1 0 0 cm\n", false)]
    [InlineData("0 0 0 rg /Ink1 Do\n", false)]
    [InlineData("/Paper Do\n1 1 1 rg 0 0 1 1 re f\n", false)]
    [InlineData("", false)]
    public void Only_paper_and_then_stencils_in_their_colours_are_layers(string content, bool expected)
        => Assert.Equal(expected, LayersContent.Parse(content) is not null);

    /// <summary>Whether a level is one of those within a pixel of its place, or lies between them.</summary>
    private static bool IsNear(byte[] expected, int at, byte level)
    {
        const int Tolerance = 4;
        var (x, y) = (at / 3 % SomeLayers.Width, at / 3 / SomeLayers.Width);
        var (least, most) = (byte.MaxValue, byte.MinValue);
        for (var row = Math.Max(0, y - 1); row <= Math.Min(SomeLayers.Height - 1, y + 1); row++)
        {
            for (var column = Math.Max(0, x - 1); column <= Math.Min(SomeLayers.Width - 1, x + 1); column++)
            {
                var other = expected[(3 * ((row * SomeLayers.Width) + column)) + (at % 3)];
                (least, most) = (Math.Min(least, other), Math.Max(most, other));
            }
        }

        return level >= least - Tolerance && level <= most + Tolerance;
    }

    private string Write((PageImage Image, byte[] Bytes) layers, PdfMetadata? metadata = null)
    {
        var file = tools.PathOf("layers.bin");
        File.WriteAllBytes(file, layers.Bytes);
        return TestPages.Write(tools, [new ShownPage(layers.Image, file, Upright, [])], metadata);
    }

    private static string FindingOf(string pdf, PageImage image)
    {
        var failure = Assert.Throws<DigitizerException>(() => PdfSelfCheck.Check(pdf, [image], PdfConformance.PdfA2u, CancellationToken.None));
        Assert.Equal(FailureKind.PdfCheckFailed, failure.Kind);
        return failure.Message;
    }
}
