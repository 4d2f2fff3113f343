using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.Tests.Pages.Pdf.Forms;

/// <summary>Where a point of a page lies in its rendering, and in the unit square that its form is drawn in.</summary>
public sealed class PageFormTests
{
    private static readonly PageFacts Nothing = new(HasText: false, HasHiddenText: false, [], [], IsUnclear: false);

    // Of user space: the corner that the turned page shows at its top left, and the one at its bottom right.
    [Theory]
    [InlineData(0, 20, 310, 120, 10)]
    [InlineData(1, 20, 10, 120, 310)]
    [InlineData(2, 120, 10, 20, 310)]
    [InlineData(3, 120, 310, 20, 10)]
    public void The_corners_of_the_crop_box_are_those_of_the_rendering(int rotate, double left, double top, double right, double bottom)
    {
        var form = Form(new PdfBox(20, 10, 120, 310), rotate);

        Near(0, 0, form.ToPixels.Apply(new PagePoint(left, top)));
        Near(form.ShownWidth, form.ShownHeight, form.ToPixels.Apply(new PagePoint(right, bottom)));
        Near(0, 1, form.ToUnitSquare.Apply(new PagePoint(left, top)));
        Near(form.ShownWidth / form.Width, 1 - (form.ShownHeight / form.Height), form.ToUnitSquare.Apply(new PagePoint(right, bottom)));
        Assert.Equal(rotate % 2 == 0 ? (417, 1250) : (1250, 417), (form.Width, form.Height));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_turn_mirrors_the_page(int rotate)
    {
        var form = Form(new PdfBox(0, 0, 100, 200), rotate);

        // y points up in user space and down in pixels.
        Assert.True(form.ToPixels.Determinant < 0);
        Assert.True(form.ToUnitSquare.Determinant > 0);
    }

    [Fact]
    public void A_user_unit_makes_the_page_larger_not_finer()
    {
        var (plain, doubled) = (Form(new PdfBox(0, 0, 100, 200), 0), Form(new PdfBox(0, 0, 100, 200), 0, unit: 2));

        Assert.Equal(300, plain.Dpi, 1e-6);
        Assert.Equal(300, doubled.Dpi, 1e-6);
        Assert.Equal(600, doubled.RenderingDpi, 1e-6);
        Assert.Equal(2 * plain.ShownWidth, doubled.ShownWidth, 1e-6);
    }

    [Theory]
    [InlineData(595, 842, 1)]
    [InlineData(14_400, 14_400, 1)]
    [InlineData(14_400, 14_400, 100)]
    [InlineData(14_400, 10, 1)]
    [InlineData(10, 14_400, 1)]
    [InlineData(14_400, 0.01, 100)]
    [InlineData(0.01, 0.01, 1)]
    [InlineData(3, 3, 100)]
    public void Every_page_that_a_PDF_may_have_can_be_rendered(double width, double height, double unit)
    {
        var limits = PageLimits.Default;
        foreach (var rotate in (int[])[0, 1])
        {
            var form = Form(new PdfBox(0, 0, width, height), rotate, unit);

            Assert.InRange((long)form.Width * form.Height, 1, limits.MaxPixels);
            Assert.InRange(Math.Max(form.Width, form.Height), 1, limits.MaxSide);
            Assert.True(form.RenderingDpi > 0 && double.IsFinite(form.RenderingDpi));
        }
    }

    private static PageForm Form(PdfBox box, int rotate, double unit = 1) => new(1, 0, box, rotate, unit, Nothing);

    private static void Near(double x, double y, PagePoint point)
    {
        Assert.Equal(x, point.X, 1e-6);
        Assert.Equal(y, point.Y, 1e-6);
    }
}
