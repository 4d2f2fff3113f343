using Digitizer.Intake.BlobQueues;
using Digitizer.Storage;
using Digitizer.Tests.Architecture;
using Microsoft.Extensions.Configuration;

namespace Digitizer.Tests.Intake.BlobQueues;

public sealed class BlobRulesTests
{
    private const string Code = "000.00.01.H29-260310-0420";
    private const string Other = "000.00.01.H29-260310-0421";
    private static readonly DateOnly Today = new(2026, 3, 11);
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void A_good_configuration_has_no_problems() => Assert.Empty(BlobQueuesCheck.Problems([Queue()], ["main"], ["mot-cua"]));

    [Fact]
    public void The_sample_has_none_either()
    {
        var section = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "samples", "blob-queue.json")).Build().GetSection("Service");
        var (queues, azure) = (new List<BlobQueueOptions>(), new AzureOptions());
        section.GetSection("BlobQueues").Bind(queues, binder => binder.ErrorOnUnknownConfiguration = true);
        section.GetSection("Azure").Bind(azure, binder => binder.ErrorOnUnknownConfiguration = true);

        Assert.Empty(AzureAccountsCheck.Problems(azure));
        Assert.Empty(BlobQueuesCheck.Problems(queues, [.. azure.Accounts.Select(a => a.Name)], []));
        Assert.Equal(["scans"], Assert.Single(queues).Containers);
    }

    [Fact]
    public void Every_option_is_in_the_documents()
        => Assert.All(typeof(BlobQueueOptions).GetProperties(), option => Assert.Contains($"`{option.Name}`", Repository.Read("docs", "blob-queues.md"), StringComparison.Ordinal));

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var bad = Queue(q =>
        {
            q.Name = "Bad Name";
            q.Account = "nobody";
            q.Queue = "X";
            q.AtATime = 0;
            q.Dossier = new BlobDossierOptions { PathPattern = "(", Metadata = "a-b", Tag = "" };
            q.Results = new BlobResultOptions { Container = "_" };
        });
        bad.Containers.Clear();
        var looped = Queue(q => q.Results = new BlobResultOptions { Container = "scans" });

        var problems = string.Join("\n", BlobQueuesCheck.Problems([bad, looped, Queue()], ["main"], ["quay"]));

        foreach (var part in new[] { "small letters", "no account nobody", "X is no name of a queue", "AtATime", "PathPattern", "Dossier:Metadata", "Dossier:Tag", "_ is no name of a container", "names no container", "given to 3 sources", "2 entries read the queue", "writes its results into scans" })
        {
            Assert.Contains(part, problems, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_pattern_needs_its_group()
        => Assert.Contains("(?<dossier>…)", Assert.Single(BlobQueuesCheck.Problems([Queue(q => q.Dossier.PathPattern = "x")], ["main"], [])), StringComparison.Ordinal);

    [Fact]
    public void The_dossier_is_known_by_message_metadata_tag_or_path()
    {
        Assert.Equal((null, "none"), Chosen(new BlobDossierOptions(), "x", null));
        Assert.Equal((Code, "metadata"), Chosen(new BlobDossierOptions(), "x", Code));
        Assert.Equal((Code, "metadata"), Chosen(new BlobDossierOptions { Metadata = "hoso" }, "x", null, new() { ["HoSo"] = Code }));
        Assert.Equal((Code, "metadata"), Chosen(new BlobDossierOptions { Tag = "hồ sơ" }, "x", null, tags: new() { ["hồ sơ"] = Code }));
        Assert.Equal((Code, "folder"), Chosen(new BlobDossierOptions { PathPattern = "^scans/(?<dossier>[^/]+)/" }, $"{Code}/1.pdf", null));
    }

    [Fact]
    public void Where_two_differ_or_one_is_no_code_a_person_decides()
    {
        Assert.Equal((null, "none"), Chosen(new BlobDossierOptions { Metadata = "hoso" }, "x", Code, new() { ["hoso"] = Other }));
        Assert.Equal((null, "none"), Chosen(new BlobDossierOptions { Metadata = "hoso" }, "x", Code, new() { ["hoso"] = "rubbish" }));
        Assert.Equal((Code, "metadata"), Chosen(new BlobDossierOptions { Metadata = "hoso" }, "x", Code, new() { ["hoso"] = Code }));
        Assert.Equal((null, "none"), Chosen(new BlobDossierOptions(), "x", "rubbish"));
    }

    [Theory]
    [InlineData("a/b.pdf", "scans/a/b")]
    [InlineData("b", "scans/b")]
    [InlineData("../../etc/passwd", "scans/_./_./etc/passwd")]
    [InlineData("..", "scans/_")]
    [InlineData("/a//b.pdf", "scans/a/b")]
    [InlineData("a\n\u202E.pdf", "scans/a__")]
    [InlineData("///", "scans/blob")]
    public void Results_go_where_no_name_leads_out_of(string blob, string expected) => Assert.Equal(expected, BlobKey.ResultBase("scans", blob));

    [Fact]
    public void A_name_of_the_greatest_length_leaves_room()
    {
        Assert.InRange(BlobKey.ResultBase("scans", new string('a', 1024)).Length, 1, 900);
        Assert.InRange(BlobKey.ResultBase("scans", string.Concat(Enumerable.Repeat("ab/", 341))).Length, 1, 900);
    }

    [Fact]
    public void Keys_tell_versions_apart_and_never_run_together()
    {
        string[] keys = [BlobKey.Of("quay", "scans", "a", "1"), BlobKey.Of("quay", "scans", "a", "2"), BlobKey.Of("quay", "scans", "b", "1"), BlobKey.Of("quay", "more", "a", "1"), BlobKey.Of("other", "scans", "a", "1"), BlobKey.OfMessage("quay", "scans", "a")];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal([true, true, true, true, true, false], keys.Select(BlobKey.IsOfBlob));
    }

    private static (string?, string) Chosen(BlobDossierOptions options, string blob, string? message, Dictionary<string, string>? metadata = null, Dictionary<string, string>? tags = null)
    {
        var choice = new BlobDossierRule(options).Choose(new WantedBlob("scans", blob, null, message), metadata ?? Nothing, tags ?? Nothing, Today);
        return (choice.Dossier?.Code, choice.Basis);
    }

    private static BlobQueueOptions Queue(Action<BlobQueueOptions>? with = null)
    {
        var queue = new BlobQueueOptions { Name = "quay", Account = "main", Queue = "new-scans" };
        queue.Containers.Add("scans");
        with?.Invoke(queue);
        return queue;
    }
}
