using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row D6: PDFs that would do something when they are opened. None of it is in any output, and of each file it is said.</summary>
[Trait("Row", "D6")]
public sealed partial class RowD6ActivePdfs : IDisposable
{
    private const string Script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
    private const string Start = "<< /S /Launch /F (cmd.exe) /Win << /F (cmd.exe) >> >>";
    private const string Address = "<< /S /URI /URI (http://example.invalid/) >>";
    private const string Send = "<< /S /SubmitForm /F (http://example.invalid/) >>";
    private const string A4 = "/MediaBox [0 0 595 842]";

    private static readonly string[] Lines = ["Đơn đề nghị cấp giấy phép xây dựng", "Kính gửi: Ủy ban nhân dân phường Đông Hòa"];

    private readonly TestProgram program = new();
    private readonly PdfTools tools = new();

    /// <summary>Name, entries of the catalog, entries of the page; {0} is an attached file, {1} its specification.</summary>
    private static readonly (string Name, string Catalog, string Page)[] All =
    [
        ("js-open", $"/OpenAction {Script}", ""),
        ("launch-open", $"/OpenAction {Start}", ""),
        ("uri-open", $"/OpenAction {Address}", ""),
        ("submit-open", $"/OpenAction {Send}", ""),
        ("js-behind-a-jump", $"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next {Script} >>", ""),
        ("js-behind-many", $"/OpenAction << /S /Named /N /NextPage /Next [<< /S /GoTo /D (x) >> << /S /GoTo /D (x) /Next {Script} >>] >>", ""),
        ("remote-jump", "/OpenAction << /S /GoToR /F (other.pdf) /D [0 /Fit] >>", ""),
        ("embedded-jump", "/OpenAction << /S /GoToE /D [0 /Fit] /T << /R /C /N (x) >> >>", ""),
        ("import-data", "/OpenAction << /S /ImportData /F (x.fdf) >>", ""),
        ("sound", "/OpenAction << /S /Sound /Sound {0} >>", ""),
        ("js-will-close", $"/AA << /WC {Script} >>", ""),
        ("js-will-print", $"/AA << /WP {Script} >>", ""),
        ("js-named", $"/Names << /JavaScript << /Names [(a) {Script}] >> >>", ""),
        ("js-named-in-kids", $"/Names << /JavaScript << /Kids [<< /Limits [(a) (a)] /Names [(a) {Script}] >>] >> >>", ""),
        ("embedded-named", "/Names << /EmbeddedFiles << /Names [(a.exe) {1}] >> >>", ""),
        ("associated", "/AF [{1}]", ""),
        ("xfa", "/AcroForm << /Fields [] /XFA {0} >>", ""),
        ("xfa-in-parts", "/AcroForm << /Fields [] /XFA [(config) {0} (template) {0}] >>", ""),
        ("js-of-a-field", $"/AcroForm << /Fields [<< /FT /Tx /T (a) /AA << /K {Script} /C {Script} >> >>] >>", ""),
        ("js-in-outline", $"/Outlines << /Type /Outlines /Count 1 /First << /Title (x) /A {Script} >> >>", ""),
        ("uri-in-outline", $"/Outlines << /Type /Outlines /Count 1 /First << /Title (x) /First << /Title (y) /A {Address} >> >> >>", ""),
        ("js-page-open", "", $"/AA << /O {Script} /C {Start} >>"),
        ("uri-link", "", $"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 99 99] /Border [0 0 0] /A {Address} >>]"),
        ("launch-link", "", $"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 99 99] /Border [0 0 0] /A {Start} >>]"),
        ("submit-button", "", $"/Annots [<< /Type /Annot /Subtype /Widget /FT /Btn /Rect [0 0 99 99] /A {Send} /AA << /E {Script} >> >>]"),
        ("rich-media", "", "/Annots [<< /Type /Annot /Subtype /RichMedia /Rect [0 0 99 99] /RichMediaContent << /Assets << /Names [(a.swf) {1}] >> >> >>]"),
        ("attached-to-page", "", "/Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 20 20] /FS {1} >>]"),
        ("film", "", "/Annots [<< /Type /Annot /Subtype /Screen /Rect [0 0 99 99] /A << /S /Rendition /OP 0 /R << /S /MR /C << /S /MCD /D {1} >> >> >> >>]"),
        ("portfolio", "/Collection << /View /D >> /Names << /EmbeddedFiles << /Names [(a.pdf) {1}] >> >>", ""),
        ("made-by-a-program", "/NeedsRendering true /AcroForm << /Fields [] /XFA {0} >>", ""),
    ];

    public void Dispose()
    {
        program.Dispose();
        tools.Dispose();
    }

    [Fact]
    public async Task Nothing_that_acts_is_handed_on_and_of_every_file_it_is_said()
    {
        var files = Row.Some(All, oneIn: 2);
        var row = new Row("D6", files.Count, files.Count, files.Count);
        foreach (var (name, catalog, page) in files)
        {
            program.Write($"in/{name}.pdf", Draft(catalog, page));
        }

        var run = await program.RunAsync("process", "in");

        var refused = Exceptions.Of(program["out"]);
        var reasons = new List<string>();
        foreach (var (name, _, _) in files)
        {
            var fault = refused.TryGetValue(name + ".pdf", out var kind) ? (kind == "PdfActiveContent" ? null : kind) : FaultOf(name);
            row.Trial(fault is null);
            if (fault is not null)
            {
                reasons.Add($"{name}: {fault}");
            }
        }

        row.Report([.. reasons, .. reasons.Count > 0 ? [run.ToString()] : Array.Empty<string>()]);
        Assert.InRange(refused.Count, 1, 5);
    }

    private static byte[] Draft(string catalog, string page)
    {
        var pdf = new PdfDraft();
        var file = pdf.Builder.Add("/Type /EmbeddedFile", "MZ"u8.ToArray());
        var specification = pdf.Builder.Add($"<< /Type /Filespec /F (a.exe) /EF << /F {file} 0 R >> >>");
        string Filled(string text) => text.Replace("{0}", $"{file} 0 R", StringComparison.Ordinal).Replace("{1}", $"{specification} 0 R", StringComparison.Ordinal);
        return pdf.Page($"{A4} {Filled(page)}", pdf.Lines(Lines)).ToArray(Filled(catalog));
    }

    private string? FaultOf(string name)
    {
        if (!File.Exists(program[$"out/{name}.pdf"]))
        {
            return "no result";
        }

        var plain = Encoding.Latin1.GetString(tools.Rewrite(File.ReadAllBytes(program[$"out/{name}.pdf"]), "--qdf", "--object-streams=disable"));
        if (Acting().Match(plain) is { Success: true } found)
        {
            return $"the output has {found.Value}";
        }

        using var json = JsonDocument.Parse(File.ReadAllText(program[$"out/{name}.json"]));
        return !json.RootElement.TryGetProperty("received", out var received) || received[0].GetProperty("leftOut").GetArrayLength() == 0 ? "it is not said what was left out"
            : !json.RootElement.GetProperty("rules").EnumerateArray().Any(rule => rule.GetProperty("id").GetString() == "PDF-STRIPPED") ? "the clerk is not told"
            : !File.ReadAllText(program[$"out/{name}.txt"]).Contains(Lines[0], StringComparison.Ordinal) ? "its text is another"
            : null;
    }

    [GeneratedRegex(@"/(JS|JavaScript|Launch|EmbeddedFiles?|URI|XFA|RichMedia\w*|SubmitForm|ImportData|GoTo[RE]|OpenAction|AA|EF|Filespec|Sound|Movie|Rendition|FileAttachment|Collection)\b")]
    private static partial Regex Acting();
}
