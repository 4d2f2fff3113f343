using Digitizer.Assembly.Copies;

namespace Digitizer.Tests.Assembly;

public sealed class CopyBudgetTests
{
    [Theory]
    [InlineData(100, long.MaxValue, 10, 20, 30)]
    [InlineData(60, long.MaxValue, 10, 20, 30)]
    [InlineData(59, 29, 10, 20, 30)]
    [InlineData(45, 17, 30, 10, 20)]
    [InlineData(30, 10, 30, 10, 20)]
    [InlineData(29, 9, 30, 10, 20)]
    [InlineData(0, 0, 30, 10, 20)]
    [InlineData(-7, 0, 30, 10, 20)]
    public void Small_pages_stay_as_they_are_and_large_ones_share_what_is_left(long total, long level, long first, long second, long third)
    {
        long[] sizes = [first, second, third];
        Assert.Equal(level, CopyBudget.Level(sizes, total));
        Assert.Equal(long.MaxValue, CopyBudget.Level([], total));
        Assert.True(level == long.MaxValue || sizes.Sum(size => Math.Min(size, level)) <= Math.Max(0, total));
    }
}
