using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.Jobs;

/// <summary>A journal of one test, and the steps that bring units through it.</summary>
internal sealed class Journal : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    public static readonly DossierClaim Dossier = new("000.00.01.H29-260310-0420", "argument", true);

    private readonly TempFolder folder = new();
    private int units;

    private Journal(string? connection)
        => Options = new JobOptions
        {
            Engine = connection is null ? JournalEngine.Sqlite : JournalEngine.PostgreSql,
            File = folder["journal.db"],
            Connection = connection,
            AuditFile = folder["audit.jsonl"],
            MaxAttempts = 3,
        };

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 10, 8, 0, 0, TimeSpan.Zero));

    public JobOptions Options { get; }

    public JobStore Store { get; private set; } = null!;

    public string this[string name] => folder[name];

    public static async Task<Journal> CreateAsync(string? connection)
    {
        var journal = new Journal(connection);
        await journal.OpenAsync();
        return journal;
    }

    public async Task OpenAsync() => Store = await JobStore.OpenAsync(Options, Time, default);

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        await OpenAsync();
    }

    public NewUnit NewUnit(Func<NewUnit, NewUnit>? with = null)
    {
        var n = ++units;
        var unit = new NewUnit
        {
            Id = UnitId.New(Time),
            Source = "desk",
            ArrivalKey = $"desk/{n}",
            Name = [0x61, 0xFF, (byte)n],
            ShownName = $"scan{n:0000}.pdf",
            Bytes = 1000 + n,
            Sha256 = Digest(n),
            ReceivedAt = Time.GetUtcNow(),
            Dossier = Dossier,
            ResultBase = $"scan{n:0000}",
        };
        return with is null ? unit : with(unit);
    }

    /// <summary>A document of a batch, of so many files.</summary>
    public NewUnit NewUnit(int files) => NewUnit(u => u with
    {
        Batch = new BatchOrigin("lo-1", "2", """{"tenGiayTo":"Đơn"}"""),
        Files = [.. Enumerable.Range(0, files).Select(i => new UnitFile(i == 0 ? u.Id : UnitId.New(Time), [0x61, (byte)i], $"a{i}.jpg", 500 + i, Digest(1000 + i), null))],
    });

    public async Task<UnitId> AcceptAsync(Func<NewUnit, NewUnit>? with = null) => (await Store.AcceptAsync(NewUnit(with), default)).UnitId;

    public static string Digest(int n) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(n)));

    public async Task<WorkItem?> TryTakeAsync(params WorkKind[] kinds) => (await Store.ClaimAsync(kinds, "test", Lease, 1, default)).SingleOrDefault();

    public async Task<WorkItem> TakeAsync(WorkKind kind) => Assert.IsType<WorkItem>(await TryTakeAsync(kind));

    public async Task<UnitId> SplitAsync(int pages, Func<NewUnit, NewUnit>? with = null)
    {
        var unit = await AcceptAsync(with);
        await Store.SplitDoneAsync(await TakeAsync(WorkKind.Split), "tiff", pages, default);
        return unit;
    }

    public Task ReadAsync(WorkItem page, PageState state = PageState.Read) => Store.PageDoneAsync(page, new PageEnd(state, Digest(page.Page!.Value), Confidence: 0.9), default);

    public async Task<UnitId> GroupedAsync(Func<NewUnit, NewUnit>? with = null, DossierClaim? dossier = null, params string[] reasons)
    {
        var unit = await SplitAsync(1, with);
        await ReadAsync(await TakeAsync(WorkKind.Page));
        await Store.GroupDoneAsync(await TakeAsync(WorkKind.Group), [new NewDocument(1, [1], dossier, reasons)], default);
        return unit;
    }

    /// <summary>A one-page unit whose document is proved.</summary>
    public async Task<(UnitId Unit, Guid Document)> ProvedAsync(DossierClaim? dossier = null, params string[] reasons)
    {
        var unit = await GroupedAsync(null, dossier, reasons);
        await Store.AssembleDoneAsync(await TakeAsync(WorkKind.Assemble), Files(unit), default);
        await Store.ProveDoneAsync(await TakeAsync(WorkKind.Prove), 1, 0.01, Journal.Digest(99), default);
        return (unit, DocumentId.ForPart(unit, 1).Value);
    }

    public static AssembledFiles Files(UnitId unit, params string[] reasons)
        => new(Digest((int)(ulong)unit.Value), 5000, Digest(2), reasons);

    public async Task<UnitAccount> AccountAsync(UnitId unit) => Assert.IsType<UnitAccount>(await Store.UnitAsync(unit, default));

    public async Task<DeliveryState> DeliveryAsync(Guid document) => (await FirstDeliveryAsync(document)).State;

    /// <summary>Of a document's first revision.</summary>
    public async Task<JobDelivery> FirstDeliveryAsync(Guid document)
        => Assert.Single((await AccountAsync((await Store.DocumentAsync(document, 1, default))!.Unit)).Deliveries, delivery => (delivery.Document, delivery.Revision) == (document, 1));

    public async Task AssertBalancedAsync()
    {
        var balance = await Store.BalanceAsync(default);
        Assert.True(balance.Balanced, string.Join(Environment.NewLine, balance.Lines.Select(l => $"{l.Things}: {l.Total}, stray {l.Stray}, {string.Join(", ", l.ByState)}")));
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>What tests of other things need not say.</summary>
internal static class JobStoreSteps
{
    /// <summary>A page is done, and grouping is work of its own.</summary>
    public static Task PageDoneAsync(this JobStore jobs, WorkItem item, PageEnd end, CancellationToken cancellation) => jobs.PageDoneAsync(item, end, (_, _) => null, cancellation);
}
