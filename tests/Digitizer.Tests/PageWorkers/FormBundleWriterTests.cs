using Digitizer.Pages.Pdf.Forms;
using Digitizer.PageWorkers;

namespace Digitizer.Tests.PageWorkers;

/// <summary>What a worker may hand over as exported pages: anything that cannot be true is refused.</summary>
public sealed class FormBundleWriterTests
{
    private static readonly ExportRequest Request = new([0, 2], FirstNumber: 10);

    public static TheoryData<string, object> Lies => new()
    {
        { "a page too few", new ExportedForms([new(0, 10)], [], 13) },
        { "a page too many", new ExportedForms([new(0, 10), new(2, 11), new(3, 12)], [], 13) },
        { "another page", new ExportedForms([new(0, 10), new(1, 11)], [], 13) },
        { "the pages in another order", new ExportedForms([new(2, 11), new(0, 10)], [], 13) },
        { "a page twice", new ExportedForms([new(0, 10), new(0, 11)], [], 13) },
        { "no page", new ExportedForms([null!, new(2, 11)], [], 13) },
        { "no pages", new ExportedForms(null!, [], 13) },
        { "an object that is not there", new ExportedForms([new(0, 10), new(2, 13)], [], 13) },
        { "an object of another file", new ExportedForms([new(0, 1), new(2, 11)], [], 13) },
        { "a layer that is not there", new ExportedForms([new(0, 10), new(2, 11)], [new(99, IsOff: true)], 13) },
        { "no layer", new ExportedForms([new(0, 10), new(2, 11)], [null!], 13) },
        { "no layers", new ExportedForms([new(0, 10), new(2, 11)], null!, 13) },
        { "more numbers than objects", new ExportedForms([new(0, 10), new(2, 11)], [], 14) },
        { "fewer numbers than objects", new ExportedForms([new(0, 10), new(2, 11)], [], 12) },
    };

    [Fact]
    public void What_is_whole_is_taken_in_the_order_of_numbers()
    {
        var writer = new FormBundleWriter(Request);
        Assert.True(writer.Add(12, 5) && writer.Add(10, 7) && writer.Add(11, 1));

        var bundle = writer.Finish("file", new ExportedForms([new(0, 10), new(2, 12)], [new(11, IsOff: true)], 13))!;

        Assert.Equal([(5, 7), (12, 1), (0, 5)], bundle.Objects);
        Assert.Equal((10, 13), (bundle.FirstNumber, bundle.Next));
        Assert.Equal((10, 12), (bundle.Forms[0], bundle.Forms[2]));
        Assert.Equal([new ExportedLayer(11, IsOff: true)], bundle.Layers);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public void What_cannot_be_true_is_refused(string lie, object told)
    {
        var writer = new FormBundleWriter(Request);
        Assert.True(writer.Add(10, 1) && writer.Add(11, 1) && writer.Add(12, 1));
        Assert.True(writer.Finish("file", (ExportedForms)told) is null, lie);
    }

    [Fact]
    public void A_gap_between_the_numbers_is_refused()
    {
        var writer = new FormBundleWriter(Request);
        Assert.True(writer.Add(10, 1) && writer.Add(12, 1));
        Assert.Null(writer.Finish("file", new ExportedForms([new(0, 10), new(2, 12)], [], 12)));
        Assert.Null(writer.Finish("file", new ExportedForms([new(0, 10), new(2, 12)], [], 13)));
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(-1, 1)]
    [InlineData(10, 0)]
    [InlineData(10, -1)]
    [InlineData(1_000_010, 1)]
    [InlineData(int.MaxValue, 1)]
    public void An_object_that_cannot_be_is_refused(int number, long length) => Assert.False(new FormBundleWriter(Request).Add(number, length));

    [Fact]
    public void An_object_twice_is_refused()
    {
        var writer = new FormBundleWriter(Request);
        Assert.True(writer.Add(10, 1));
        Assert.False(writer.Add(10, 1));
    }
}
