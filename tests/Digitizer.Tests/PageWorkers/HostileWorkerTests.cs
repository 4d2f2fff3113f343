using System.Text;
using Digitizer.Failures;
using Digitizer.PageWorkers;
using Digitizer.PageWorkers.Confinement;

namespace Digitizer.Tests.PageWorkers;

/// <summary>
/// What the host does when a file has taken over its worker: the worker is a shell that says hello
/// and then answers as it likes, behind the same confinement.
/// </summary>
public sealed class HostileWorkerTests
{
    private const string Engine = """{"Name":"tesseract","Version":"5","Model":"vie","ModelSha256":"0"}""";
    private const string Image = """{"Width":10,"Height":10,"Encoding":"Flate","Color":"Gray","IsSourceFile":false,"Bytes":4,"Sha256":"{SHA}"}""";
    private const string SmallCopy = """{"Width":10,"Height":10,"Bytes":113,"Sha256":"cf8533981238feb29fde1bf7bc8d2657279f341d26686858dba825008ed3c5c6"}""";
    private const string Geometry = """{"Orientation":0,"Skew":0,"Matrix":{"A":1,"B":0,"C":0,"D":1,"E":0,"F":0},"ShownWidth":10,"ShownHeight":10,"Dpi":300}""";
    private const string Page = """{"Index":0,"Image":{IMAGE},"Thumbnail":{THUMBNAIL},"Geometry":{GEOMETRY},"Outcome":"Read","Quality":{},"Text":{"Lines":[],"Confidence":0},"Steps":[],"Warnings":[],"Timings":{}}""";
    private const string Digest = "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589"; // of "abcd"

    private static readonly string Ink = $$"""{"Colour":{"R":1,"G":2,"B":3},"Mask":{{Part(20, 20, "Jbig2", "Bitonal", 3)}}}""";

    private const int Payload = 4 + 113; // "abcd" and the thumbnail

    // As the shell's printf takes it.
    private static readonly string Thumbnail = "P5\\n10 10\\n255\\n" + new string('w', 100);

    public static TheoryData<string, string> Lies => new()
    {
        { "no frame at all", "Segmentation fault, or so" },
        { "an unknown kind", Frame(99, "{}", 0) },
        { "a header beyond all bounds", Start(18, int.MaxValue, 0) },
        { "a header of negative length", Start(18, -1, 0) },
        { "a picture beyond all bounds", Frame(18, Result(), long.MaxValue) },
        { "another answer than was asked for", Frame(16, Engine, 0) },
        { "no JSON", Frame(18, "<html>", 0) },
        { "JSON of nothing", Frame(18, "null", 0) },
        { "JSON without the page", Frame(18, "{}", 0) },
        { "null where something must be", Frame(18, Result().Replace("\"Lines\":[]", "\"Lines\":[null]", StringComparison.Ordinal), Payload) },
        { "half a character", Frame(18, Result().Replace("\"Confidence\":0", "\"Confidence\":0,\"x\":\"\\\\ud800\"", StringComparison.Ordinal).Replace("\"Read\"", "\"\\\\ud800\"", StringComparison.Ordinal), Payload) },
        { "a page without its lists", Frame(18, Result().Replace(",\"Steps\":[]", "", StringComparison.Ordinal), Payload) },
        { "another page", Frame(18, Result().Replace("\"Index\":0", "\"Index\":1", StringComparison.Ordinal), Payload) },
        { "an outcome that does not exist", Frame(18, Result().Replace("\"Read\"", "77", StringComparison.Ordinal), Payload) },
        { "a page without size", Frame(18, Result().Replace("\"Width\":10", "\"Width\":0", StringComparison.Ordinal), Payload) },
        { "a coding for black and white in grey", Frame(18, Result().Replace("\"Flate\"", "\"Jbig2\"", StringComparison.Ordinal), Payload) + "abcd" + Thumbnail },
        { "endless numbers", Frame(18, Result().Replace("\"Skew\":0", "\"Skew\":1e999", StringComparison.Ordinal), Payload) },
        { "a warning that there is not", Frame(18, Result().Replace("\"Warnings\":[]", "\"Warnings\":[\"Call 0900\"]", StringComparison.Ordinal), Payload) },
        { "a warning twice", Frame(18, Result().Replace("\"Warnings\":[]", "\"Warnings\":[\"SCAN-SKEW\",\"SCAN-SKEW\"]", StringComparison.Ordinal), Payload) },
        { "a share of more than all", Frame(18, Result().Replace("\"Quality\":{}", "\"Quality\":{\"Border\":1.01}", StringComparison.Ordinal), Payload) },
        { "an endless measure", Frame(18, Result().Replace("\"Quality\":{}", "\"Quality\":{\"Specks\":1e999}", StringComparison.Ordinal), Payload) },
        { "a picture of another length", Frame(18, Result(), 5) },
        { "a picture that is not its digest's", Frame(18, Result(), Payload) + "abcX" + Thumbnail },
        { "a thumbnail of another size", Frame(18, Result().Replace("\"Width\":10,\"Height\":10,\"Bytes\"", "\"Width\":10,\"Height\":12,\"Bytes\"", StringComparison.Ordinal), Payload) },
        { "a thumbnail that is not its digest's", Frame(18, Result(), Payload) + "abcd" + Thumbnail.Replace('w', 'x') },
        { "a reason that is a sentence", Frame(18, Result().Replace("\"Outcome\"", "\"TextRefused\":\"Call 0900\",\"Outcome\"", StringComparison.Ordinal), Payload) },
        { "a form where the file is a picture", Frame(18, Result().Replace("\"Flate\"", "\"PdfForm\"", StringComparison.Ordinal), Payload) },
        { "the form of another page", Frame(18, FormOf(page: 1), 113) },
        { "nothing as a signature", Frame(18, Result().Replace("\"Outcome\"", "\"Origin\":{\"Signatures\":[null]},\"Outcome\"", StringComparison.Ordinal), Payload) },
        { "a rendering of another page", Frame(20, """{"Index":1,"Dpi":300,"Width":10,"Height":10,"WantsText":true}""", 0) },
        { "a rendering beyond all bounds", Frame(20, """{"Index":0,"Dpi":300,"Width":32000,"Height":32000,"WantsText":true}""", 0) },
        { "an object where a page was due", Frame(21, """{"Number":1}""", 0) },
        { "a failure only the host can know", Frame(19, """{"Kind":"ConfinementUnavailable","Message":"x"}""", 0) },
        { "a failure that would end the run for all files", Frame(19, """{"Kind":"OutputNotWritable","Message":"x"}""", 0) },
        { "an engine that has gone missing since hello", Frame(19, """{"Kind":"EngineMissing","Message":"x"}""", 0) },
        { "a failure of no kind", Frame(19, """{"Kind":4711,"Message":"x"}""", 0) },
    };

    public static TheoryData<string, string> LayerLies => new()
    {
        { "layers of fewer bytes than the picture", Layered("\"Bytes\":3", "\"Bytes\":2") },
        { "layers of more bytes than there are numbers for", Layered("\"Bytes\":3", "\"Bytes\":9223372036854775807") },
        { "a stencil of another size", Layered("\"Height\":20", "\"Height\":10") },
        { "a stencil that is a photograph", Layered("\"Jbig2\",\"Color\":\"Bitonal\"", "\"Jpeg\",\"Color\":\"Gray\"") },
        { "paper that is no photograph", Layered("\"Jpeg\",\"Color\":\"Rgb\"", "\"Flate\",\"Color\":\"Rgb\"") },
        { "paper larger than the page", Layered("\"Width\":5", "\"Width\":500") },
        { "a layer without a digest", Layered("\"Sha256\":\"" + Digest + "\"}}]", "\"Sha256\":\"\"}}]") },
        { "nothing as an ink", Layered("\"Inks\":[", "\"Inks\":[null,") },
        { "nothing as a stencil", Layered("\"Mask\":{", "\"Mask\":null,\"Mosk\":{") },
        { "more inks than a page can have", Layered("\"Inks\":[", "\"Inks\":[" + string.Concat(Enumerable.Repeat(Ink + ",", 8))) },
        { "layers that came as they are", Layered("\"IsCompact\":true", "\"IsCompact\":false") },
        { "layers beside a picture", Layered("\"Encoding\":\"Layers\"", "\"Encoding\":\"Jpeg\"") },
        { "no layers", Layered("\"Layers\":{", "\"Lairs\":{") },
    };

    [Theory]
    [MemberData(nameof(LayerLies))]
    public async Task Layers_that_cannot_be_are_refused(string lie, string answer)
    {
        await using var test = Pool(answer);

        var read = await test.ReadCompactAsync(test.Folder.File("page.jpg")).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.True(read.Failure is { Kind: FailureKind.PageWorkerFailed }, $"{lie}: {read.Failure}");
        Assert.Equal(["page.jpg"], test.Folder.Files());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Layers_are_taken_where_they_were_asked_for_and_nowhere_else(bool isCompact)
    {
        await using var test = Pool(Layered("\"Index\":0", "\"Index\":0"));

        var page = test.Folder.File("page.jpg");
        var read = await (isCompact ? test.ReadCompactAsync(page) : test.ReadAsync(page)).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(isCompact, read.Failure is null);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_worker_that_lies_is_ended_and_the_page_fails(string lie, string answer)
    {
        await using var test = Pool(answer);

        var read = await test.ReadAsync(test.Folder.File("page.jpg")).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.True(read.Failure is { Kind: FailureKind.PageWorkerFailed }, $"{lie}: {read.Failure}");
        Assert.Equal(2, read.Attempts);
        Assert.Empty(test.Pool.ProcessIds);
        Assert.Equal(["page.jpg"], test.Folder.Files());
    }

    [Fact]
    public async Task A_worker_cannot_end_the_run_by_what_it_says_of_a_file()
    {
        await using var test = Pool(Frame(19, """{"Kind":"OutputNotWritable","Message":"x"}""", 0));

        var refused = await Assert.ThrowsAsync<DigitizerException>(() => test.Pool.InspectAsync(test.Folder.File("page.jpg"), default).WaitAsync(TimeSpan.FromMinutes(1)));

        Assert.Equal(FailureKind.PageWorkerFailed, refused.Kind);
    }

    [Fact]
    public async Task The_same_answer_without_a_lie_is_taken()
    {
        await using var test = Pool(Frame(18, Result(), Payload) + "abcd" + Thumbnail);

        var read = await test.ReadAsync(test.Folder.File("page.jpg")).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Null(read.Failure);
        Assert.Equal("abcd", await File.ReadAllTextAsync(test.ImageFile));
        Assert.Equal(Thumbnail.Replace("\\n", "\n", StringComparison.Ordinal), await File.ReadAllTextAsync(PictureFile.Thumbnail(test.ImageFile)));
    }

    [Fact]
    public async Task A_page_that_is_shown_as_it_came_is_taken_if_it_is_the_one_that_was_asked_for()
    {
        await using var test = Pool(Frame(18, FormOf(page: 0), 113) + Thumbnail);

        var read = await test.ReadAsync(test.Folder.File("page.pdf")).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Null(read.Failure);
    }

    [Fact]
    public async Task A_worker_that_closes_its_output_and_lives_on_is_waited_for_no_longer_than_a_page_may_take()
    {
        await using var test = Pool("", then: "exec 1>&-");
        test.Options.PageTimeout = TimeSpan.FromSeconds(1);

        var read = await test.ReadAsync(test.Folder.File("page.jpg")).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(FailureKind.PageTimedOut, read.Failure!.Kind);
    }

    [Fact]
    public async Task A_picture_cut_short_leaves_no_file()
    {
        await using var test = Pool(Frame(18, Result(), Payload) + "ab");
        test.OnNextPages(process => PoolUnderTest.Signal("KILL", process), pages: 2);

        var read = await test.ReadAsync(test.Folder.File("page.jpg")).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(FailureKind.PageWorkerCrashed, read.Failure!.Kind);
        Assert.Equal(["page.jpg"], test.Folder.Files());
    }

    [Fact]
    public async Task What_a_worker_shouts_is_kept_short_and_printable()
    {
        const string Shout = "i=0; while [ $i -lt 20000 ]; do printf '\\033[31m0123456789012345678901234567890123456789' >&2; i=$((i+1)); done";
        await using var test = Pool("", Shout);
        test.OnNextPages(process => PoolUnderTest.Signal("KILL", process), pages: 2);

        var read = await test.ReadAsync(test.Folder.File("page.jpg")).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(FailureKind.PageWorkerCrashed, read.Failure!.Kind);
        Assert.InRange(read.Failure.Message.Length, 50, 500);
        Assert.DoesNotContain(read.Failure.Message, char.IsControl);
    }

    /// <param name="answer">What it says after hello, as the shell's printf takes it.</param>
    /// <param name="first">What it does before.</param>
    /// <param name="then">What it does after it, before it goes round in circles.</param>
    private static PoolUnderTest Pool(string answer, string first = ":", string then = ":")
    {
        var script = $"{first}; printf '{Frame(16, Engine, 0)}{answer}'; {then}; while :; do :; done";
        return new PoolUnderTest(launch: new WorkerLaunch("/usr/bin/sh", ["-c", script], ["/usr/bin"]));
    }

    /// <summary>A page that is shown as it came, of the one-byte file that is handed over.</summary>
    private static string FormOf(int page) => Result()
        .Replace("\"Encoding\":\"Flate\"", $"\"Encoding\":\"PdfForm\",\"Form\":{{\"Index\":{page},\"HidesText\":false}}", StringComparison.Ordinal)
        .Replace("\"IsSourceFile\":false,\"Bytes\":4", "\"IsSourceFile\":true,\"Bytes\":1", StringComparison.Ordinal);

    /// <summary>An answer with one byte of paper and three of a stencil, changed in one place.</summary>
    private static string Layered(string whole, string changed)
    {
        var result = Result().Replace(
            "\"Encoding\":\"Flate\",\"Color\":\"Gray\",",
            $"\"Encoding\":\"Layers\",\"Color\":\"Rgb\",\"IsCompact\":true,\"Layers\":{{\"Paper\":{{\"R\":1,\"G\":2,\"B\":3}},\"Background\":{Part(5, 5, "Jpeg", "Rgb", 1)},\"Inks\":[{Ink}]}},",
            StringComparison.Ordinal);
        Assert.Contains(whole, result, StringComparison.Ordinal);
        return Frame(18, result.Replace(whole, changed, StringComparison.Ordinal), Payload) + "abcd" + Thumbnail;
    }

    private static string Part(int width, int height, string encoding, string color, int bytes)
        => $$"""{"Width":{{width}},"Height":{{height}},"Encoding":"{{encoding}}","Color":"{{color}}","IsSourceFile":false,"Bytes":{{bytes}},"Sha256":"{{Digest}}"}""";

    private static string Result() => Page
        .Replace("{THUMBNAIL}", SmallCopy, StringComparison.Ordinal)
        .Replace("{IMAGE}", Image.Replace("{SHA}", Digest, StringComparison.Ordinal), StringComparison.Ordinal)
        .Replace("{GEOMETRY}", Geometry, StringComparison.Ordinal);

    private static string Frame(byte kind, string header, long payload)
        => Start(kind, Encoding.UTF8.GetByteCount(header.Replace("\\\\", "\\", StringComparison.Ordinal)), payload) + header;

    // Octal, as the shell's printf takes any byte.
    private static string Start(byte kind, int header, long payload)
    {
        var bytes = new WorkerFrame((FrameKind)kind, header, payload).ToBytes();
        return string.Concat(bytes.Select(b => "\\" + Convert.ToString(b, 8).PadLeft(3, '0')));
    }
}
