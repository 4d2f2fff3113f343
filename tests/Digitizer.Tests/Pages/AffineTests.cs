using Digitizer.Pages;

namespace Digitizer.Tests.Pages;

public sealed class AffineTests
{
    [Fact]
    public void A_clockwise_quarter_turn_moves_the_right_end_down()
    {
        var turned = Affine.RotateClockwise(90, 0, 0).Apply(new PagePoint(10, 0));

        Assert.Equal(0, turned.X, 9);
        Assert.Equal(10, turned.Y, 9);
    }

    [Fact]
    public void Transforms_apply_in_the_order_they_are_chained()
    {
        var point = Affine.Translate(5, 0).Then(Affine.Scale(2, 3)).Apply(new PagePoint(1, 1));

        Assert.Equal(new PagePoint(12, 3), point);
    }

    [Fact]
    public void The_inverse_brings_every_point_back()
    {
        var transform = Affine.RotateClockwise(13.7, 40, 90).Then(Affine.Scale(0.4, 2.1)).Then(Affine.Translate(-7, 12));
        var there = transform.Apply(new PagePoint(123, 456));
        var back = transform.Inverse().Apply(there);

        Assert.Equal(123, back.X, 9);
        Assert.Equal(456, back.Y, 9);
    }

    [Fact]
    public void A_transform_that_flattens_the_plane_has_no_inverse()
        => Assert.Throws<InvalidOperationException>(() => Affine.Scale(0, 1).Inverse());
}
