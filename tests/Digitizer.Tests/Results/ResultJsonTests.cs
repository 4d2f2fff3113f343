using System.Text;
using System.Text.Json;
using Digitizer.Results;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Results;

public sealed class ResultJsonTests
{
    [Fact]
    public void The_result_file_is_of_version_1_to_the_letter()
    {
        var expected = """
            {"version":1,"unit":"01ARYZ6S41040G2081040G2081","document":"fea810b8-91af-5516-9d15-cf6aea2b615a","revision":1,"state":"ready","reasons":[],
            "dossier":{"code":null,"basis":"none","state":"none"},"type":null,"fields":{},
            "pages":[{"number":1,"source":{"file":"Công văn.tif","frame":0,"sha256":"SOURCE"},"width":2480,"height":3508,"dpi":300,
            "orientation":90,"skew":-1.4,"matrix":[0,1,-1,0,3508,0],"rendition":"as-scanned","outcome":"read","confidence":0.9432,"plausibility":1,
            "quality":{"xHeight":21,"ink":0.0512,"background":240,"backgroundSpread":0,"contrast":0,"color":0,"noise":0,"specks":0,"strokeWidth":4.1,"skew":-1.4,"bleedThrough":0,"border":0.0123},"warnings":["SCAN-DPI-OCR"],"barcodes":[],
            "lines":[{"quad":[10,20,300,20,300,60,10,60],"baseline":[10,50,300,50],"words":[
            {"text":"Quyết","quad":[10,20,90,20,90,60,10,60],"confidence":0.9679,"raw":"Quyết'"},
            {"text":"định","quad":[110,20,190,20,190,60,110,60],"confidence":0.9679}]}],"tables":[],"regions":[],
            "steps":[{"step":"orient","applied":true,"detail":"90°"}],"attempts":1}],"dropped":[],
            "pdf":{"file":"Công văn.pdf","sha256":"PDF","bytes":3,"conformance":"PDF/A-2u","proof":null},"copies":[],
            "engine":{"name":"tesseract","version":"5.3.0","model":"vie","modelSha256":"MODEL"},
            "rules":[{"id":"SCAN-DPI-OCR","severity":"W","page":1,"message":"Chữ quá nhỏ, thân chữ chỉ cao 21,0 điểm ảnh, dễ mất dấu; hãy quét ở 300 dpi trở lên."}]}

            """;
        var result = SomeDocument.Of(1, new string('d', 64), SomeDocument.Page(0, "Quyết", "định"));
        expected = expected.Replace("\n", "", StringComparison.Ordinal)
            .Replace("SOURCE", new string('b', 64), StringComparison.Ordinal)
            .Replace("\"PDF\"", $"\"{new string('d', 64)}\"", StringComparison.Ordinal)
            .Replace("MODEL", new string('a', 64), StringComparison.Ordinal);
        Assert.Equal(expected + "\n", Written(result));
    }

    [Fact]
    public void An_unreadable_page_is_shown_as_stored_with_the_reason_and_asks_for_a_person()
    {
        var result = SomeDocument.Of(1, "", SomeDocument.Page(0, "a"), SomeDocument.Unreadable(1));
        Assert.Equal("needs-review", result.State);
        Assert.Equal(["PageUnreadable"], result.Reasons);

        var page = result.Pages[1];
        Assert.Equal(("unreadable", 2, 300.0), (page.Outcome, page.Attempts, page.Dpi));
        Assert.Equal(["PageTimedOut"], page.Warnings);
        Assert.Equal([1, 0, 0, 1, 0, 0], page.Matrix);
        Assert.Null(page.Quality);
        Assert.Equal([1], result.Rules.Select(rule => rule.Page));
    }

    [Fact]
    public void The_unit_and_the_document_are_told_from_the_first_bytes()
    {
        var result = SomeDocument.Of(1, "", SomeDocument.Page(0, "a"));
        var start = Encoding.UTF8.GetBytes(Written(result)).AsSpan(0, 256);
        Assert.Equal(result.Unit, ResultHead.Unit(start));
        Assert.Equal(result.Document, ResultHead.Document(start));
        Assert.Null(ResultHead.Unit("not JSON"u8));
        Assert.Null(ResultHead.Unit("{\"pages\":{\"unit\":\"x\"}}"u8));
    }

    [Fact]
    public void What_is_written_is_JSON_that_others_read()
    {
        var page = SomeDocument.Page(0, "\"\\", "<&>", "😀", "\u0001");
        using var json = JsonDocument.Parse(Written(SomeDocument.Of(1, "", page)));
        var words = json.RootElement.GetProperty("pages")[0].GetProperty("lines")[0].GetProperty("words");
        Assert.Equal(["\"\\", "<&>", "😀", "\u0001"], words.EnumerateArray().Select(w => w.GetProperty("text").GetString()));
    }

    private static string Written(DocumentResult result) => Encoding.UTF8.GetString(ResultJson.ToBytes(result));
}
