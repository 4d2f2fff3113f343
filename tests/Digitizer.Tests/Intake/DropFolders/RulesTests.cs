using Digitizer.Failures;
using Digitizer.Intake.DropFolders;
using Digitizer.Native;

namespace Digitizer.Tests.Intake.DropFolders;

public sealed class RulesTests
{
    private static readonly SettleRule Rule = new(TimeSpan.FromSeconds(3), 3, TimeSpan.FromMinutes(15));
    private static readonly FileFacts Facts = new(1, 2, FileType.Regular, 100, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData(2.9, 9, false, nameof(SettleVerdict.Wait))]
    [InlineData(3.0, 2, false, nameof(SettleVerdict.Wait))]
    [InlineData(3.0, 3, false, nameof(SettleVerdict.Quiet))]
    [InlineData(0.0, 1, true, nameof(SettleVerdict.Quiet))]
    [InlineData(899.9, 9, false, nameof(SettleVerdict.Quiet))]
    [InlineData(900.0, 2, true, nameof(SettleVerdict.Expired))]
    public void A_file_is_quiet_after_time_and_looks_or_by_its_writers_word(double seconds, int looks, bool isAnnounced, string verdict)
        => Assert.Equal(verdict, Rule.Judge(new Sightings(Facts, TimeSpan.Zero, TimeSpan.FromSeconds(100), looks), isAnnounced, TimeSpan.FromSeconds(100 + seconds)).ToString());

    [Fact]
    public void Any_change_starts_the_time_anew_but_not_the_first_sight()
    {
        var first = Sightings.Next(null, Facts, TimeSpan.FromSeconds(1));
        var second = Sightings.Next(first, Facts, TimeSpan.FromSeconds(2));
        Assert.Equal((2, TimeSpan.FromSeconds(1)), (second.Looks, second.LastChange));
        foreach (var other in new[] { Facts with { Inode = 9 }, Facts with { Bytes = 9 }, Facts with { Modified = DateTimeOffset.MaxValue }, Facts with { Changed = DateTimeOffset.MaxValue }, Facts with { Device = 9 } })
        {
            var third = Sightings.Next(second, other, TimeSpan.FromSeconds(3));
            Assert.Equal((1, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)), (third.Looks, third.LastChange, third.FirstSeen));
        }
    }

    [Theory]
    [InlineData("a.jpg", nameof(EntryKind.Candidate))]
    [InlineData("a.jpg.done", nameof(EntryKind.Marker))]
    [InlineData("a.READY", nameof(EntryKind.Marker))]
    [InlineData("a.manifest.json", nameof(EntryKind.Manifest))]
    [InlineData("a.manifest.csv", nameof(EntryKind.Manifest))]
    [InlineData("a.jpg.accepted", nameof(EntryKind.Litter))]
    [InlineData("Thumbs.db", nameof(EntryKind.Litter))]
    [InlineData(".hidden", nameof(EntryKind.Temporary))]
    [InlineData("a.filepart", nameof(EntryKind.Temporary))]
    [InlineData("a.docx", nameof(EntryKind.Candidate))]
    public void Names_tell_what_an_entry_may_be(string name, string kind) => Assert.Equal(kind, EntryRule.Sort(FileName.FromText(name), FileType.Regular).ToString());

    [Fact]
    public void A_name_beside_a_taken_one_never_grows_too_long()
    {
        Assert.Equal("a~2.jpg", EntryRule.Variant(FileName.FromText("a.jpg"), 2).Raw);
        Assert.Equal(255, EntryRule.Variant(new FileName(new string('n', 251) + ".jpg"), 12).Raw.Length);
    }

    [Fact]
    public void A_manifest_and_a_rule_that_differ_leave_the_dossier_to_a_person()
    {
        var today = new DateOnly(2026, 11, 25);
        var rule = new DossierRule(new DossierRuleOptions { Code = "000.00.01.H29-260310-0420" });
        Assert.Equal("manifest", rule.Choose("", "a.jpg", "000.00.01.H29-260310-0420", today).Basis);
        var choice = rule.Choose("", "a.jpg", "000.00.01.H29-260310-0421", today);
        Assert.Null(choice.Dossier);
        Assert.NotNull(choice.Problem);
    }

    [Fact]
    public void A_csv_manifest_reads_as_its_json_twin()
    {
        var digest = new string('a', 64);
        var csv = Manifest.Parse("x.manifest.csv", System.Text.Encoding.UTF8.GetBytes($"batchId,seq,path,sha256,pages,maHoSo\r\nlo-1,1,\"trang, 1.tif\",{digest},2,G09.20-20260609-0092637\r\n"));
        var json = Manifest.Parse("x.manifest.json", System.Text.Encoding.UTF8.GetBytes(
            $$"""{"manifestVersion":1,"batchId":"lo-1","maHoSo":"G09.20-20260609-0092637","unknown":[1],"documents":[{"seq":1,"files":[{"path":"trang, 1.tif","sha256":"{{digest}}","pages":2}]}]}"""));
        Assert.Equal(csv.Files, json.Files);
        Assert.Equal("lo-1", csv.Batch);
        Assert.Contains("\"unknown\":[1]", json.Details["1"], StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_a_spreadsheet_left_empty_say_nothing()
    {
        var manifest = Manifest.Parse("x.manifest.csv", System.Text.Encoding.UTF8.GetBytes($"path,sha256,,\na.jpg,{new string('0', 64)},,\n"));
        Assert.Equal("a.jpg", Assert.Single(manifest.Files).Path);
    }

    [Fact]
    public void Files_of_one_number_are_one_document_and_what_is_said_of_it_is_kept_with_it()
    {
        var digest = new string('a', 64);
        var json = Manifest.Parse("x.manifest.json", System.Text.Encoding.UTF8.GetBytes(
            $$"""
            {"manifestVersion":1,"profile":"dat-dai","stationId":"quay-1","documents":[
              {"tenGiayTo":"Đơn đăng ký","loaiBan":1,"files":[{"path":"a.jpg","sha256":"{{digest}}"},{"path":"b.jpg","sha256":"{{digest}}"}]},
              {"seq":7,"stationId":"quay-2","files":[{"path":"c.jpg","sha256":"{{digest}}"}]}]}
            """));
        Assert.Equal(["1", "1", "7"], json.Files.Select(f => f.Document));
        Assert.Equal("dat-dai", json.Profile);
        Assert.Equal("""{"stationId":"quay-1","tenGiayTo":"Đơn đăng ký","loaiBan":1}""", json.Details["1"]);
        Assert.Equal("""{"stationId":"quay-2"}""", json.Details["7"]);

        var csv = Manifest.Parse("x.manifest.csv", System.Text.Encoding.UTF8.GetBytes($"seq,path,sha256,tenGiayTo,profile\n1,a.jpg,{digest},Đơn,dat-dai\n2,c.jpg,{digest},,\n1,b.jpg,{digest},,\n"));
        Assert.Equal(["1", "2", "1"], csv.Files.Select(f => f.Document));
        Assert.Equal("dat-dai", csv.Profile);
        Assert.Equal("""{"tenGiayTo":"Đơn"}""", csv.Details["1"]);
    }

    [Theory]
    [InlineData("seq,path,sha256\n1,a.jpg,{0}\n,b.jpg,{0}\n")]
    [InlineData("seq,path,sha256,maHoSo\n1,a.jpg,{0},G09.20-20260609-0092637\n1,b.jpg,{0},G09.20-20260609-0092638\n")]
    public void Lines_of_which_it_is_not_clear_what_belongs_together_are_refused(string csv)
        => Assert.Equal(FailureKind.ManifestInvalid, Assert.Throws<DigitizerException>(
            () => Manifest.Parse("x.manifest.csv", System.Text.Encoding.UTF8.GetBytes(csv.Replace("{0}", new string('a', 64), StringComparison.Ordinal)))).Kind);

    [Theory]
    [InlineData("""{"manifestVersion":2,"documents":[]}""")]
    [InlineData("""{"manifestVersion":1,"documents":[]}""")]
    [InlineData("""{"manifestVersion":1,"documents":[{"files":[{"path":"../a.jpg","sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]}]}""")]
    [InlineData("""{"manifestVersion":1,"documents":[{"files":[{"path":"/a.jpg","sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]}]}""")]
    [InlineData("""{"manifestVersion":1,"documents":[{"files":[{"path":"a.jpg"}]}]}""")]
    [InlineData("""{"manifestVersion":1,"fileCount":2,"documents":[{"files":[{"path":"a.jpg","sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]}]}""")]
    [InlineData("""{"manifestVersion":1,"documents":[{"seq":2,"files":[{"path":"a.jpg","sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]},{"files":[{"path":"b.jpg","sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]}]}""")]
    [InlineData("""{"manifestVersion":1,"documents":[{"fil""")]
    [InlineData("""{"manifestVersion":1,"documents":[{"files":[{"path":"a.jpg","pages":99999999999,"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]}]}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void A_manifest_that_cannot_be_followed_is_refused(string json)
        => Assert.Equal(FailureKind.ManifestInvalid, Assert.Throws<DigitizerException>(() => Manifest.Parse("x.manifest.json", System.Text.Encoding.UTF8.GetBytes(json))).Kind);

    [Fact]
    public void All_problems_of_a_configuration_are_said_at_once()
    {
        using var folder = new Support.TempFolder();
        Directory.CreateDirectory(folder["a/b"]);
        File.CreateSymbolicLink(folder["link"], folder["a"]);
        var options = new DropFoldersOptions
        {
            Folders =
            {
                new DropFolderOptions { Name = "A B", Path = folder["a"], Exceptions = "loi" },
                new DropFolderOptions { Name = "b", Path = folder["a/b"], Dossier = new DossierRuleOptions { Code = "x", FromSubFolder = true } },
                new DropFolderOptions { Name = "b", Path = "relative", Dossier = new DossierRuleOptions { NamePattern = "(" } },
                new DropFolderOptions { Name = "c", Path = folder["link"], Dossier = new DossierRuleOptions { NamePattern = "a(.)" }, Priority = -1 },
                new DropFolderOptions { Name = "d", Path = folder["vault"] + "/in" },
            },
        };
        var problems = DropFoldersCheck.Problems(options, [folder["vault"]], new DateOnly(2026, 11, 25));
        foreach (var expected in new[]
        {
            "Name must be", "must start with a full stop", "more than one of Code", "is not of the form", "must be absolute", "NamePattern:", "no group named dossier",
            "given to 2 folders", "A B and b overlap", "A B and c overlap", "field Priority", "d overlaps a folder of Digitizer's own",
        })
        {
            Assert.Contains(problems, p => p.Contains(expected, StringComparison.Ordinal));
        }
    }
}
