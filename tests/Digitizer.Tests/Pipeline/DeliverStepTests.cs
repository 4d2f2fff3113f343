using System.Text;
using Digitizer.Dossiers;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Pipeline;
using Digitizer.Tests.Jobs;
using Digitizer.Vault;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Tests.Pipeline;

public sealed class DeliverStepTests : IAsyncLifetime
{
    private const string Other = "000.00.01.H29-260310-0421";

    private Journal journal = null!;

    public async Task InitializeAsync() => journal = await Journal.CreateAsync(null);

    public async Task DisposeAsync() => await journal.DisposeAsync();

    [Fact]
    public async Task A_dossier_that_a_person_assigns_while_the_files_are_fetched_is_where_the_document_goes()
    {
        var vault = LocalVault.Open(journal["vault"], journal.Time);
        async Task<StoredResult> Store(string text) => await vault.StoreAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), default);
        var unit = await journal.GroupedAsync(null, Journal.Dossier);
        var (pdf, text, json) = (await Store("pdf"), await Store("text"), await Store("{}"));
        await journal.Store.AssembleDoneAsync(await journal.TakeAsync(WorkKind.Assemble), new AssembledFiles(pdf.Sha256, pdf.Bytes, text.Sha256, []), default);
        await journal.Store.ProveDoneAsync(await journal.TakeAsync(WorkKind.Prove), 1, 0, json.Sha256, default);
        var item = await journal.TakeAsync(WorkKind.Deliver);
        var document = DocumentId.ForPart(unit, 1);

        // The clock is asked when the attachment is put together.
        var clock = new InterruptedTime(journal.Time, () => journal.Store.AssignAsync(document.Value, DossierKey.Parse(Other, new DateOnly(2026, 12, 31)), "an", default).GetAwaiter().GetResult());
        var dossiers = new FolderDossierStore(journal["dossiers"]);
        var deliveries = new Deliveries(journal.Store, new StorePause(journal.Time, new Random(1)), new WorkOptions(), clock, NullLogger.Instance);
        await new DeliverStep(journal.Store, vault, deliveries, new AttachProtocol(dossiers), journal.Time).RunAsync(item, default);

        Assert.Equal((Other, DeliveryState.Attached), (await journal.FirstDeliveryAsync(document.Value)) is var delivery ? (delivery.Dossier, delivery.State) : default);
        Assert.Equal([Path.Combine(journal["dossiers"], Other)], Directory.GetDirectories(journal["dossiers"]).Where(folder => Path.GetFileName(folder)[0] != '.'));
    }

    /// <summary>A clock at whose first look something happens.</summary>
    private sealed class InterruptedTime(TimeProvider time, Action act) : TimeProvider
    {
        private int looks;

        public override DateTimeOffset GetUtcNow()
        {
            if (++looks == 1)
            {
                act();
            }

            return time.GetUtcNow();
        }
    }
}
