using Digitizer.Dossiers;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Dossiers;

/// <summary>What every store promises (<see cref="IDossierStore"/>), run by each of them.</summary>
public abstract class DossierStoreContract : IAsyncLifetime
{
    private DossierAttachments attachments = null!;
    private IDossierStore store = null!;

    private protected TempFolder Folder { get; } = new();

    public async Task InitializeAsync()
    {
        attachments = new DossierAttachments(Folder);
        store = await StartAsync();
    }

    public virtual Task DisposeAsync()
    {
        Folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_document_is_attached_with_a_receipt_found_and_read_back()
    {
        var document = Document(1);
        Assert.IsType<FindReply.Absent>(await FindAsync(document));

        var receipt = Assert.IsType<AttachReply.Attached>(await AttachAsync(document)).Receipt;
        Assert.Equal(document.Files.Pdf.Sha256, receipt.Sha256);
        Assert.NotEmpty(receipt.Id);

        var found = Assert.IsType<FindReply.Found>(await FindAsync(document));
        Assert.Equal(receipt, found.Receipt);
        Assert.Equal(1, found.Revision);
        Assert.IsType<ReadBackReply.Same>(await store.ReadBackAsync(document, receipt, CancellationToken.None));
    }

    [Fact]
    public async Task The_same_delivery_again_was_there_and_adds_nothing()
    {
        var document = Document(1);
        var first = Assert.IsType<AttachReply.Attached>(await AttachAsync(document)).Receipt;
        Assert.Equal(first, Assert.IsType<AttachReply.WasThere>(await AttachAsync(document)).Receipt);
        Assert.Equal(1, Copies(document));
    }

    [Fact]
    public async Task The_same_delivery_with_other_bytes_is_a_conflict_and_changes_nothing()
    {
        var document = Document(1);
        await AttachAsync(document);
        var other = Document(1, content: "other bytes");
        Assert.IsType<AttachReply.Conflict>(await AttachAsync(other));
        Assert.Equal(document.Files.Pdf.Sha256, Assert.IsType<FindReply.Found>(await FindAsync(other)).Receipt.Sha256);
        var read = await store.ReadBackAsync(other, new Receipt("x", "x", null), CancellationToken.None);
        Assert.Equal(document.Files.Pdf.Sha256, Assert.IsType<ReadBackReply.Different>(read).Sha256);
    }

    [Fact]
    public async Task Of_many_tries_at_the_same_time_one_attaches()
    {
        var document = Document(1);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AttachAsync(document))));
        Assert.Single(replies, r => r is AttachReply.Attached);
        Assert.Equal(7, replies.Count(r => r is AttachReply.WasThere));
        Assert.Equal(1, Copies(document));
    }

    [Fact]
    public async Task Different_documents_do_not_touch_each_other()
    {
        var documents = Enumerable.Range(1, 10).Select(i => Document(i)).ToList();
        var replies = await Task.WhenAll(documents.Select(d => Task.Run(() => AttachAsync(d))));
        Assert.All(replies, r => Assert.IsType<AttachReply.Attached>(r));
        foreach (var document in documents)
        {
            Assert.Equal(document.Files.Pdf.Sha256, Assert.IsType<FindReply.Found>(await FindAsync(document)).Receipt.Sha256);
        }
    }

    [Fact]
    public async Task The_same_document_in_another_dossier_is_another_matter()
    {
        var document = Document(1);
        await AttachAsync(document);
        Assert.IsType<FindReply.Absent>(await store.FindAsync(DossierAttachments.OtherDossier, document.Key, CancellationToken.None));
    }

    [Fact]
    public async Task A_revision_replaces_exactly_the_digest_that_it_names()
    {
        var first = Document(1);
        await AttachAsync(first);
        var second = Document(1, revision: 2, supersedes: first);
        Assert.IsType<AttachReply.Attached>(await AttachAsync(second));
        var found = Assert.IsType<FindReply.Found>(await FindAsync(second));
        Assert.Equal((second.Files.Pdf.Sha256, 2), (found.Receipt.Sha256, found.Revision));
        Assert.IsType<AttachReply.WasThere>(await AttachAsync(second));

        Assert.IsType<AttachReply.Conflict>(await AttachAsync(Document(1, revision: 3, supersedes: first)));
        Assert.Equal(second.Files.Pdf.Sha256, Assert.IsType<FindReply.Found>(await FindAsync(second)).Receipt.Sha256);
    }

    [Fact]
    public async Task A_revision_of_nothing_is_a_conflict()
    {
        Assert.IsType<AttachReply.Conflict>(await AttachAsync(Document(1, revision: 2, supersedes: Document(1))));
        Assert.IsType<FindReply.Absent>(await FindAsync(Document(1)));
    }

    [Fact]
    public async Task A_late_first_revision_does_not_replace_the_second()
    {
        var first = Document(1);
        await AttachAsync(first);
        var second = Document(1, revision: 2, supersedes: first);
        await AttachAsync(second);
        Assert.IsType<AttachReply.Conflict>(await AttachAsync(first));
        Assert.Equal(second.Files.Pdf.Sha256, Assert.IsType<FindReply.Found>(await FindAsync(second)).Receipt.Sha256);
    }

    [Fact]
    public async Task What_is_gone_is_missing()
    {
        var document = Document(1);
        var receipt = Assert.IsType<AttachReply.Attached>(await AttachAsync(document)).Receipt;
        Lose(document);
        Assert.IsType<ReadBackReply.Missing>(await store.ReadBackAsync(document, receipt, CancellationToken.None));
    }

    /// <summary>A store that holds nothing yet.</summary>
    private protected abstract Task<IDossierStore> StartAsync();

    /// <summary>Copies of a delivery in the dossier, counted without the store.</summary>
    private protected abstract int Copies(Attachment attachment);

    /// <summary>Takes a document away behind the store's back.</summary>
    private protected abstract void Lose(Attachment attachment);

    /// <summary>Before a document is attached.</summary>
    private protected virtual void Prepare(Attachment attachment)
    {
    }

    private Attachment Document(int seed, int revision = 1, string? content = null, Attachment? supersedes = null)
        => attachments.Create(seed, revision, content, supersedes);

    private Task<AttachReply> AttachAsync(Attachment attachment)
    {
        Prepare(attachment);
        return store.AttachAsync(attachment, CancellationToken.None);
    }

    private Task<FindReply> FindAsync(Attachment attachment) => store.FindAsync(attachment.Dossier, attachment.Key, CancellationToken.None);
}

public sealed class FolderDossierStoreContract : DossierStoreContract
{
    private protected override Task<IDossierStore> StartAsync() => Task.FromResult<IDossierStore>(new FolderDossierStore(Folder["dossiers"]));

    private protected override int Copies(Attachment attachment)
        => Directory.GetFiles(Folder["dossiers"], "*.json", SearchOption.AllDirectories).Count(f => File.ReadAllText(f).Contains(attachment.Key.Document.ToString(), StringComparison.Ordinal));

    private protected override void Lose(Attachment attachment) => Directory.Delete(Folder[$"dossiers/{attachment.Dossier}/{attachment.Name}"], recursive: true);
}

public sealed class UploadDossierStoreContract : DossierStoreContract
{
    private DossierSystem system = null!;

    public override async Task DisposeAsync()
    {
        await system.DisposeAsync();
        await base.DisposeAsync();
    }

    private protected override async Task<IDossierStore> StartAsync() => (system = await DossierSystem.StartAsync(Folder["system"])).Store();

    private protected override int Copies(Attachment attachment) => system.Archive.Applied.Count(d => d.Key == attachment.Key.ToString());

    private protected override void Lose(Attachment attachment) => system.Archive.Lose(attachment.Dossier.Code, attachment.Key.Document.ToString());
}

public sealed class LinkDossierStoreContract : DossierStoreContract
{
    private DossierSystem system = null!;
    private DossierLinkHost host = null!;

    public override async Task DisposeAsync()
    {
        await system.DisposeAsync();
        await base.DisposeAsync();
    }

    private protected override async Task<IDossierStore> StartAsync()
    {
        system = await DossierSystem.StartAsync(Folder["system"]);
        (var store, host) = await system.LinkStoreAsync();
        return store;
    }

    private protected override void Prepare(Attachment attachment) => host.Offer(attachment);

    private protected override int Copies(Attachment attachment) => system.Archive.Applied.Count(d => d.Key == attachment.Key.ToString());

    private protected override void Lose(Attachment attachment) => system.Archive.Lose(attachment.Dossier.Code, attachment.Key.Document.ToString());
}
