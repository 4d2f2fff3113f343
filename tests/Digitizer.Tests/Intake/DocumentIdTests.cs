using Digitizer.Intake;

namespace Digitizer.Tests.Intake;

public sealed class DocumentIdTests
{
    private static readonly UnitId Unit = UnitId.Create(DateTimeOffset.UnixEpoch, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

    [Fact]
    public void The_vector_of_RFC_9562_comes_out()
    {
        // RFC 9562, appendix A.4: name space DNS, name www.example.com.
        var dns = Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        Assert.Equal("2ed6657d-e927-568b-95e1-2665a8aea6a2", DocumentId.FromName(dns, "www.example.com").ToString());
    }

    [Fact]
    public void A_unit_s_parts_have_ids_of_their_own_that_stay()
    {
        var first = DocumentId.ForPart(Unit, 1);
        Assert.Equal(first, DocumentId.ForPart(Unit, 1));
        Assert.NotEqual(first, DocumentId.ForPart(Unit, 2));
    }
}
