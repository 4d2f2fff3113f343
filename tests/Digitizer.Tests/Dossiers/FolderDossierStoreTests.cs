using Digitizer.Dossiers;
using Digitizer.Intake;
using Digitizer.Results;
using Digitizer.Tests.Support;
using Digitizer.Workspace;

namespace Digitizer.Tests.Dossiers;

public sealed class FolderDossierStoreTests : IDisposable
{
    private static readonly DossierKey Key = DossierKey.Parse("000.00.01.H29-260310-0420", new DateOnly(2026, 10, 1));

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_document_is_a_folder_of_its_own_in_its_dossier()
    {
        var filed = Attach(Store(), Document("x", seed: 1));
        Assert.False(filed.WasThere);
        Assert.Equal(["x/x.json", "x/x.pdf", "x/x.txt"], folder.Files("dossiers/" + Key));
        Assert.Equal("pdf of x 1", File.ReadAllText(Path.Combine(filed.Folder, "x.pdf")));
    }

    [Fact]
    public void The_same_document_is_there_already_whatever_it_is_called_now()
    {
        var first = Attach(Store(), Document("x", seed: 1));
        var again = Attach(Store(), Document("x.jpg", seed: 1, content: "pdf of x 1"));
        Assert.True(again.WasThere);
        Assert.Equal(first.Folder, again.Folder);
        Assert.Equal(3, folder.Files("dossiers/" + Key).Length);
    }

    [Fact]
    public void The_same_document_with_other_content_is_a_conflict_and_changes_nothing()
    {
        Attach(Store(), Document("x", seed: 1));
        Assert.IsType<AttachReply.Conflict>(Reply(Store(), Document("x", seed: 1, content: "other")));
        Assert.Equal("pdf of x 1", File.ReadAllText(folder[$"dossiers/{Key}/x/x.pdf"]));
        Assert.Equal(3, folder.Files("dossiers/" + Key).Length);
    }

    [Fact]
    public void A_filed_document_that_was_changed_by_hand_is_a_conflict()
    {
        Attach(Store(), Document("x", seed: 1));
        File.AppendAllText(folder[$"dossiers/{Key}/x/x.pdf"], "!");
        Assert.IsType<AttachReply.Conflict>(Reply(Store(), Document("x", seed: 1)));
    }

    [Fact]
    public void Another_document_of_the_same_name_stands_beside_the_first()
    {
        var store = Store();
        Attach(store, Document("x", seed: 1));
        Attach(store, Document("x", seed: 2));
        Assert.Equal("pdf of x 1", File.ReadAllText(folder[$"dossiers/{Key}/x/x.pdf"]));
        Assert.Equal("pdf of x 2", File.ReadAllText(folder[$"dossiers/{Key}/x~2/x.pdf"]));
    }

    [Fact]
    public void Somebody_s_own_folder_in_the_dossier_is_left_alone()
    {
        folder.File($"dossiers/{Key}/x/note.txt", "mine");
        var filed = Attach(Store(), Document("x", seed: 1));
        Assert.EndsWith("/x~2", filed.Folder, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder[$"dossiers/{Key}/x/note.txt"]));
    }

    [Fact]
    public void What_a_killed_run_was_copying_is_cleared_and_never_taken_for_a_document()
    {
        var (files, result) = Document("x", seed: 1);
        var half = $"dossiers/{Key}/{AtomicFile.TemporaryPrefix}half.tmp/x.json";
        folder.File(half, File.ReadAllBytes(files.Json));
        Assert.False(Attach(Store(), (files, result)).WasThere);
        Assert.Equal(["x/x.json", "x/x.pdf", "x/x.txt"], folder.Files("dossiers/" + Key));
    }

    [Fact]
    public void Of_two_stores_that_file_one_document_at_the_same_time_one_adds_it()
    {
        for (var round = 1; round <= 20; round++)
        {
            var document = Document("x", (byte)round);
            var filed = new FiledDocument[4];
            Parallel.For(0, filed.Length, i => filed[i] = Attach(Store(), document));
            Assert.Single(filed, f => !f.WasThere);
            Assert.Single(filed.Select(f => f.Folder).Distinct());
        }

        Assert.Equal(20 * 3, folder.Files("dossiers/" + Key).Length);
    }

    [Fact]
    public void Stores_that_file_different_documents_of_one_name_at_the_same_time_keep_all()
    {
        var documents = Enumerable.Range(1, 12).Select(i => Document("x", (byte)i)).ToList();
        Parallel.ForEach(documents, d => Attach(Store(), d));
        Assert.Equal(12 * 3, folder.Files("dossiers/" + Key).Length);
        Assert.Equal(12, Directory.GetDirectories(folder["dossiers/" + Key]).Select(d => File.ReadAllText(Path.Combine(d, "x.pdf"))).Distinct().Count());
    }

    [Fact]
    public async Task A_replaced_revision_is_kept_with_all_its_files()
    {
        var attachments = new DossierAttachments(folder);
        var first = attachments.Create(1);
        await Store().AttachAsync(first, CancellationToken.None);
        await Store().AttachAsync(attachments.Create(1, revision: 2, supersedes: first), CancellationToken.None);
        Assert.Equal("pdf 1.2", File.ReadAllText(folder[$"dossiers/{Key}/{first.Name}/{first.Name}.pdf"]));
        Assert.Equal("pdf 1.1", File.ReadAllText(folder[$"dossiers/{Key}/{FolderDossierStore.SupersededFolder}/{first.Key}/{first.Name}.pdf"]));
        Assert.Equal(6, folder.Files("dossiers/" + Key).Length);
    }

    [Fact]
    public async Task A_revision_whose_store_was_killed_between_changing_places_and_putting_away_is_kept_too()
    {
        var attachments = new DossierAttachments(folder);
        var first = attachments.Create(1);
        await Store().AttachAsync(first, CancellationToken.None);
        await Store().AttachAsync(attachments.Create(1, revision: 2, supersedes: first), CancellationToken.None);
        var away = folder[$"dossiers/{Key}/{FolderDossierStore.SupersededFolder}/{first.Key}"];
        Directory.Move(away, folder[$"dossiers/{Key}/{AtomicFile.TemporaryPrefix}killed.tmp"]);

        await Store().AttachAsync(attachments.Create(2), CancellationToken.None);
        Assert.Equal("pdf 1.1", File.ReadAllText(Path.Combine(away, first.Name + ".pdf")));
        Assert.Equal(9, folder.Files("dossiers/" + Key).Length);
    }

    [Fact]
    public async Task A_store_that_has_seen_the_first_revision_sees_that_another_process_has_replaced_it()
    {
        var attachments = new DossierAttachments(folder);
        var store = Store();
        var first = attachments.Create(1);
        await store.AttachAsync(first, CancellationToken.None);
        await Store().AttachAsync(attachments.Create(1, revision: 2, supersedes: first), CancellationToken.None);
        Assert.Equal(2, Assert.IsType<FindReply.Found>(await store.FindAsync(Key, first.Key, CancellationToken.None)).Revision);
    }

    [Fact]
    public async Task A_file_that_is_not_the_one_that_was_proved_is_refused_and_leaves_nothing()
    {
        var document = new DossierAttachments(folder).Create(1);
        File.AppendAllText(document.Files.Pdf.Path, "!");
        Assert.IsType<AttachReply.Refused>(await Store().AttachAsync(document, CancellationToken.None));
        Assert.Empty(Directory.GetFileSystemEntries(folder["dossiers/" + Key]));
    }

    private FolderDossierStore Store() => new(folder["dossiers"]);

    private static FiledDocument Attach(FolderDossierStore store, (ResultFiles Files, DocumentResult Result) document) => Reply(store, document) switch
    {
        AttachReply.Attached done => new FiledDocument(done.Receipt.Location!, WasThere: false),
        AttachReply.WasThere there => new FiledDocument(there.Receipt.Location!, WasThere: true),
        var other => throw new InvalidOperationException(other.ToString()),
    };

    // The folder store answers before it returns.
    private static AttachReply Reply(FolderDossierStore store, (ResultFiles Files, DocumentResult Result) document)
        => store.AttachAsync(AttachmentOf(document.Files, document.Result), CancellationToken.None).Result;

    private static Attachment AttachmentOf(ResultFiles files, DocumentResult result) => new()
    {
        Dossier = Key,
        Key = new DeliveryKey(new DocumentId(Guid.ParseExact(result.Document, "D")), result.Revision),
        Name = Path.GetFileNameWithoutExtension(files.Pdf),
        Files = new AttachedFiles(new AttachedFile(files.Pdf, result.Pdf.Sha256, result.Pdf.Bytes), Digested(files.Text), Digested(files.Json)),
        Decided = DateTimeOffset.UnixEpoch,
    };

    private static AttachedFile Digested(string path) => new(path, FileDigest.OfFile(path), new FileInfo(path).Length);

    private (ResultFiles Files, DocumentResult Result) Document(string name, byte seed, string? content = null)
    {
        var at = $"results/{Guid.NewGuid():N}/{name}";
        var pdf = folder.File(at + ".pdf", content ?? $"pdf of {name} {seed}");
        var result = SomeDocument.Of(seed, FileDigest.OfFile(pdf), SomeDocument.Page(0, "a"));
        var files = new ResultFiles(pdf, folder.File(at + ".txt", "a"), folder[at + ".json"]);
        File.WriteAllBytes(files.Json, ResultJson.ToBytes(result));
        return (files, result);
    }
}
