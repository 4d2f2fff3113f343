using System.Text;
using Digitizer.Pages.Pdf;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Pages.Pdf;

public sealed class RevisionChainTests : IDisposable
{
    private static readonly byte[] Plain = ScanPdf.Of(ScanPage.Blank);
    private readonly PdfTools tools = new();

    public void Dispose() => tools.Dispose();

    [Theory]
    [InlineData("--linearize")]
    [InlineData("--object-streams=generate")]
    [InlineData("--qdf")]
    public void Files_as_programs_write_them_are_read_in_one_way(string how)
    {
        var file = tools.Rewrite(new PdfDraft().Text("một").Text("hai").ToArray(), how);

        Assert.True(RevisionChain.IsOne(file));
        Assert.True(RevisionChain.IsOne(Revised(file)));
        Assert.True(RevisionChain.IsOne(Revised(Revised(file))));
    }

    [Fact]
    public void Offsets_may_count_from_the_header()
        => Assert.True(RevisionChain.IsOne([.. "junk\n"u8, .. Plain]));

    [Fact]
    public void A_start_that_no_revision_has_and_an_object_defined_too_often_are_told()
    {
        Assert.False(RevisionChain.IsOne([.. "%PDF-1.7\n%startxref 7\n"u8, .. Plain]));
        Assert.False(RevisionChain.IsOne([.. Revised(Plain), .. Encoding.ASCII.GetBytes($"startxref\n{Start(Plain)}\n%%EOF\n")]));
        Assert.False(RevisionChain.IsOne([.. "%PDF-1.7\n3 0 obj\nnull\nendobj\n"u8, .. Plain]));
        Assert.True(RevisionChain.IsOne([.. "%PDF-1.7\n% 3 0 obj\n"u8, .. Plain]));
    }

    [Fact]
    public void Chains_without_end_and_starts_that_lead_nowhere_do_no_harm()
    {
        Assert.False(RevisionChain.IsOne("%PDF-1.7\n1 0 obj\n1 0 obj\n1 0 obj\nxref\ntrailer << /Prev 37 >>\nstartxref\n37\n%%EOF"u8));
        Assert.True(RevisionChain.IsOne("%PDF-1.7\nstartxref\n999999999999\n%%EOF"u8));
        Assert.False(RevisionChain.IsOne("%PDF-1.7\nstartxref\n-5"u8));
        Assert.True(RevisionChain.IsOne(""u8));
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var file = Plain.ToArray();
            file[random.Next(file.Length)] ^= (byte)random.Next(256);
            _ = RevisionChain.IsOne(file.AsSpan(0, random.Next(file.Length)));
        }
    }

    private static byte[] Revised(byte[] file)
    {
        var change = $"{(file[^1] == (byte)'\n' ? "" : "\n")}1 0 obj\n<< /Changed true >>\nendobj\n";
        return [.. file, .. Encoding.ASCII.GetBytes($"{change}xref\n1 1\n{file.Length:0000000000} 00000 n \ntrailer\n<< /Size 99 /Prev {Start(file)} >>\nstartxref\n{file.Length + change.Length}\n%%EOF\n")];
    }

    private static string Start(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        return text[(text.LastIndexOf("startxref", StringComparison.Ordinal) + 9)..].Split('\n', StringSplitOptions.RemoveEmptyEntries)[0].Trim();
    }
}
