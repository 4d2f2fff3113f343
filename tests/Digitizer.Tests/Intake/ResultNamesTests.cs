using System.Text;
using Digitizer.Intake;

namespace Digitizer.Tests.Intake;

public sealed class ResultNamesTests
{
    [Fact]
    public void A_file_gives_its_name_without_the_extension()
        => Assert.Equal(["x"], Names(("", "/in/x.jpg")));

    [Fact]
    public void Sub_folders_are_mirrored()
        => Assert.Equal(["a/b/x", "x"], Names(("a/b", "/in/a/b/x.jpg"), ("", "/in/x.jpg")));

    [Fact]
    public void Sources_that_would_meet_get_their_full_names()
        => Assert.Equal(["x.jpg", "x.png", "y"], Names(("", "/in/x.jpg"), ("", "/in/x.png"), ("", "/in/y.png")));

    [Fact]
    public void Equal_names_from_different_folders_stay_apart()
        => Assert.Equal(["x.jpg", "x.jpg~2", "x.jpg~3"], Names(("", "/a/x.jpg"), ("", "/b/x.jpg"), ("", "/c/x.jpg")));

    [Fact]
    public void A_full_name_that_another_source_has_as_its_short_one_is_not_taken_twice()
    {
        var names = Names(("", "/in/x.jpg"), ("", "/in/x.jpg.png"), ("", "/in/x.png"));
        Assert.Equal(3, names.Distinct().Count());
    }

    [Fact]
    public void A_folder_called_like_a_result_keeps_its_name()
        => Assert.Equal(["x~2", "x.pdf/y"], Names(("", "/in/x.jpg"), ("x.pdf", "/in/x.pdf/y.jpg")));

    [Fact]
    public void Names_that_belong_to_later_parts_and_to_the_run_are_not_given_away()
        => Assert.Equal(
            ["x.part2.jpg", "exceptions.jpg", "dossiers~2/x", "a/dossiers/x"],
            Names(("", "/in/x.part2.jpg"), ("", "/in/exceptions.jpg"), ("dossiers", "/in/dossiers/x.jpg"), ("a/dossiers", "/in/a/dossiers/x.jpg")));

    [Fact]
    public void Control_characters_and_a_leading_stop_do_not_get_into_result_names()
        => Assert.Equal(["a_b", "_scan"], Names(("", "/in/a\nb.jpg"), ("", "/in/.scan.jpg")));

    [Fact]
    public void A_name_of_255_bytes_is_cut_between_letters_so_that_all_its_results_can_be_written()
    {
        var letters = string.Concat(Enumerable.Repeat("ệ", 83));
        var (first, second) = ($"/in/{letters}a.jp", $"/in/{letters}b.jp");
        Assert.Equal(253, Encoding.UTF8.GetByteCount(Path.GetFileName(first)));

        var names = Names(("", first), ("", second));
        Assert.Equal(2, names.Distinct().Count());
        Assert.All(names, n => Assert.True(Encoding.UTF8.GetByteCount(n + "~999.part999.json") <= 255));
        Assert.All(names, n => Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(n))));
        Assert.Equal(names, Names(("", first), ("", second)));
    }

    [Fact]
    public void A_source_whose_results_are_named_otherwise_is_said()
    {
        var notices = new List<string>();
        ResultNames.Assign([new FoundFile("/in/x.jpg", "in/x.jpg", ""), new FoundFile("/b/x.jpg", "b/x.jpg", "")], notices);
        Assert.Equal(["b/x.jpg: its results are named x.jpg~2."], notices);
    }

    private static string[] Names(params (string SubFolder, string Path)[] files)
        => [.. ResultNames.Assign([.. files.Select(f => new FoundFile(f.Path, f.Path, f.SubFolder))], []).Select(s => s.ResultBase)];
}
