using Digitizer.Pages;

namespace Digitizer.Tests.Pages;

public sealed class TaggedResolutionTests
{
    [Theory]
    [InlineData(204, 98, 204, 1, 2.0816)]
    [InlineData(98, 196, 196, 2, 1)]
    [InlineData(300, 300, 300, 1, 1)]
    [InlineData(300, 299, 300, 1, 1)]
    [InlineData(300, 0, 300, 1, 1)]
    [InlineData(0, 0, 0, 1, 1)]
    [InlineData(300, 30, 300, 1, 1)]
    public void Unequal_resolution_is_made_equal_by_the_finer_one_where_it_can_be_true(double x, double y, double dpi, double across, double down)
    {
        var resolution = new TaggedResolution(x, y);

        Assert.Equal(dpi, resolution.Dpi);
        Assert.Equal(across, resolution.Stretch.X, 3);
        Assert.Equal(down, resolution.Stretch.Y, 3);
    }
}
