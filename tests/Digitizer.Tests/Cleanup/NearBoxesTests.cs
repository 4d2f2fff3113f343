using Digitizer.Cleanup;
using Digitizer.Native;

namespace Digitizer.Tests.Cleanup;

public sealed class NearBoxesTests
{
    private const int Reach = 10;
    private static readonly PixBox Box = new(100, 100, 20, 20);

    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(130, 100, true)]
    [InlineData(131, 100, false)]
    [InlineData(86, 100, true)]
    [InlineData(85, 100, false)]
    [InlineData(100, 130, true)]
    [InlineData(100, 131, false)]
    [InlineData(86, 86, true)]
    [InlineData(130, 131, false)]
    public void What_is_within_reach_is_near(int x, int y, bool isNear)
        => Assert.Equal(isNear, new NearBoxes([Box], Reach).Near(new PixBox(x, y, 4, 4)).Contains(Box));

    [Theory]
    [InlineData(0, 0, 300, 300)]
    [InlineData(5, 5, 1, 1)]
    [InlineData(45, 0, 10, 300)]
    public void A_box_of_many_cells_comes_once(int x, int y, int width, int height)
    {
        var large = new PixBox(3, 3, 95, 47);

        Assert.Equal([large], new NearBoxes([large], Reach).Near(new PixBox(x, y, width, height)));
    }

    [Fact]
    public void Only_near_boxes_come()
    {
        var boxes = Enumerable.Range(0, 50).Select(i => new PixBox(i * 20, 0, 5, 5)).ToList();

        Assert.Equal([boxes[9], boxes[10], boxes[11]], new NearBoxes(boxes, 16).Near(boxes[10]).OrderBy(b => b.X));
    }
}
