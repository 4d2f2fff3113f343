using System.Diagnostics;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Intake;

public sealed class InputScanTests : IDisposable
{
    private static readonly byte[] JpegStart = [0xFF, 0xD8, 0xFF, 0xE0];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_is_read_with_its_sub_folders_in_ordinal_order()
    {
        folder.File("in/b.jpg");
        folder.File("in/a/z.jpg");
        folder.File("in/B.jpg");
        Assert.Equal(["B", "a/z", "b"], Scan("in").Sources.Select(s => s.ResultBase));
    }

    [Fact]
    public void What_is_no_scan_is_left_out_but_counted()
    {
        folder.File("in/x.jpg");
        foreach (var name in new[] { ".hidden", "a.tmp", "b.part", "~$c.jpg", "d.jpg~", "Thumbs.db", ".DS_Store", "x.json", "README.md" })
        {
            folder.File("in/" + name);
        }

        var scan = Scan("in");
        Assert.Single(scan.Sources);
        Assert.Equal(1, scan.Ignored[IgnoreReason.Hidden]);
        Assert.Equal(4, scan.Ignored[IgnoreReason.Temporary]);
        Assert.Equal(2, scan.Ignored[IgnoreReason.System]);
        Assert.Equal(2, scan.Ignored[IgnoreReason.SideCar]);
    }

    [Fact]
    public void A_scan_that_is_called_like_a_side_car_is_taken()
    {
        folder.File("in/x.txt", JpegStart);
        Assert.Equal(["x"], Scan("in").Sources.Select(s => s.ResultBase));
    }

    [Fact]
    public void A_file_of_unknown_type_is_taken_so_that_it_is_refused_aloud()
    {
        folder.File("in/letter.docx");
        Assert.Equal(["letter"], Scan("in").Sources.Select(s => s.ResultBase));
    }

    [Fact]
    public void A_file_that_is_named_itself_is_taken_whatever_it_is_called()
    {
        var file = folder.File(".hidden.tmp");
        Assert.Equal([file], Scan(".hidden.tmp").Sources.Select(s => s.FullPath));
    }

    [Fact]
    public void Links_in_a_folder_are_not_followed()
    {
        folder.File("outside/secret.jpg");
        folder.File("in/x.jpg");
        File.CreateSymbolicLink(folder["in/link.jpg"], folder["outside/secret.jpg"]);
        Directory.CreateSymbolicLink(folder["in/out"], folder["outside"]);
        Directory.CreateSymbolicLink(folder["in/round"], folder["in"]);
        var scan = Scan("in");
        Assert.Equal(["x"], scan.Sources.Select(s => s.ResultBase));
        Assert.Equal(3, scan.Ignored[IgnoreReason.Link]);
    }

    [Fact]
    public void A_pipe_is_left_out_instead_of_waited_for()
    {
        folder.File("in/x.jpg");
        Run("mkfifo", folder["in/pipe.txt"]);
        var scan = Scan("in");
        Assert.Single(scan.Sources);
        Assert.Equal(1, scan.Ignored[IgnoreReason.NotAFile]);
    }

    [Fact]
    public void A_file_that_is_named_twice_is_read_once()
    {
        folder.File("in/x.jpg");
        var scan = Scan("in", "in/x.jpg", "in/../in/x.jpg");
        Assert.Single(scan.Sources);
        Assert.Equal(2, scan.Ignored[IgnoreReason.Duplicate]);
    }

    [Fact]
    public void The_output_folder_inside_an_input_folder_is_left_out_and_said()
    {
        folder.File("in/x.jpg");
        folder.File("in/out/old.jpg");
        var scan = InputScan.Run([folder["in"]], folder["in/out"]);
        Assert.Equal(["x"], scan.Sources.Select(s => s.ResultBase));
        Assert.Contains("output folder", Assert.Single(scan.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_folder_that_is_an_input_by_another_name_is_wrong_usage()
    {
        folder.File("in/x.jpg");
        Directory.CreateSymbolicLink(folder["same"], folder["in"]);
        var scan = InputScan.Run([folder["in"]], folder["same"]);
        Assert.Contains("Choose another folder with --out", Assert.Single(scan.UsageErrors), StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_is_not_there_is_a_refusal_and_the_others_go_on()
    {
        folder.File("x.jpg");
        var scan = Scan("x.jpg", "nothing.jpg");
        Assert.Single(scan.Sources);
        Assert.Equal(FailureKind.FileUnreadable, Assert.Single(scan.Refusals).Kind);
    }

    [Fact]
    public void A_name_of_255_Vietnamese_letters_is_refused_because_of_its_length()
    {
        var scan = Scan(new string('ệ', 255) + ".jpg");
        var refusal = Assert.Single(scan.Refusals);
        Assert.Equal(FailureKind.NameUnusable, refusal.Kind);
        Assert.Contains("255 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_newline_is_shown_on_one_line()
    {
        folder.File("in/a\nb\u202Egpj.jpg");
        var source = Assert.Single(Scan("in").Sources);
        Assert.EndsWith("/a\\nb\\u202Egpj.jpg", source.Shown, StringComparison.Ordinal);
        Assert.Equal("a\nb\u202Egpj.jpg", source.Name);
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_refused_and_the_others_go_on()
    {
        folder.File("in/x.jpg");
        Run("sh", "-c", "printf x > \"$1/$(printf 'c\\344.jpg')\"", "sh", folder["in"]);
        var scan = Scan("in");
        Run("sh", "-c", "rm \"$1\"/c*", "sh", folder["in"]);
        Assert.Single(scan.Sources);
        Assert.Equal(FailureKind.NameUnusable, Assert.Single(scan.Refusals).Kind);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private ScanResult Scan(params string[] inputs) => InputScan.Run([.. inputs.Select(i => folder[i])], folder["out"]);
}
