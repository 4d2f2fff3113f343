using Digitizer.Pages.Pdf;
using Digitizer.Results;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Results;

/// <summary>What the result file and the clerk are told of the PDFs that pages came from.</summary>
public sealed class ReceivedPdfsTests
{
    private static readonly SourceOfPage First = new("a.pdf", "1");
    private static readonly SourceOfPage Second = new("b.pdf", "2");

    private static readonly PdfOrigin News = new() { IsSealed = true, Signatures = [new("Ky", CoversAll: false)], WasEncrypted = true, WasRepaired = true, IsAmbiguous = true, LeftOut = ["scripts", "links to addresses"] };

    [Fact]
    public void A_file_of_which_there_is_something_to_say_is_named_once_and_others_are_not()
    {
        var received = ReceivedPdfs.Of([Page(News), Page(PdfOrigin.Plain), Page(News), Page(null)], [First, Second, First, Second]);

        var pdf = Assert.Single(received);
        Assert.Equal(("a.pdf", true, true), (pdf.File, pdf.WasEncrypted, pdf.WasRepaired));
        Assert.Equal(News.LeftOut, pdf.LeftOut);
        Assert.Equal(News.Signatures, pdf.Signatures);
    }

    [Fact]
    public void Every_kind_of_news_is_a_rule_that_names_the_file()
    {
        var rules = ReceivedPdfs.Of([Page(News)], [First]).SelectMany(ReceivedPdfs.Rules).ToList();

        Assert.Equal([ReceivedPdfs.Repaired, ReceivedPdfs.Ambiguous, ReceivedPdfs.Stripped, ReceivedPdfs.SignedInPart], rules.Select(rule => rule.Id));
        Assert.All(rules, rule => Assert.StartsWith("a.pdf: ", rule.Message, StringComparison.Ordinal));
        Assert.All(rules, rule => Assert.Null(rule.Page));
        Assert.Contains("mã lệnh, liên kết ra ngoài", rules[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_encrypted_and_is_written_anew_is_said_to_be_so_no_more()
        => Assert.Equal([ReceivedPdfs.Decrypted], ReceivedPdfs.Of([Page(new PdfOrigin { WasEncrypted = true })], [First]).SelectMany(ReceivedPdfs.Rules).Select(rule => rule.Id));

    [Fact]
    public void A_signature_over_the_whole_file_needs_no_word()
    {
        var sound = new PdfOrigin { IsSealed = true, Signatures = [new("Ky", CoversAll: false), new("Dau", CoversAll: true)] };
        Assert.Empty(ReceivedPdfs.Of([Page(sound)], [First]).SelectMany(ReceivedPdfs.Rules));
        Assert.Single(ReceivedPdfs.Of([Page(sound)], [First]));
    }

    private static ReadPage Page(PdfOrigin? origin)
    {
        var page = SomeDocument.Page(0, "a");
        return page with { Frame = page.Frame with { Origin = origin } };
    }
}
