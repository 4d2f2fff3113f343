using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Intake.DropFolders;
using Digitizer.Intake.Submissions;
using Digitizer.Jobs;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.DropFolders;
using Digitizer.Tests.Intake.BlobQueues;
using Digitizer.Tests.Support.Servers;
using Digitizer.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Tests.Intake;

/// <summary>What every way into the house promises; the classes below run it on each.</summary>
public abstract class SourceContract
{
    private protected const string Code = "000.00.01.H29-260310-0420";

    [Fact]
    public async Task What_is_offered_becomes_one_unit_with_its_original_bit_for_bit_and_its_side_car()
    {
        await using var source = await OpenAsync();
        var content = BlobBench.Page(1);
        await source.OfferAsync("giấy tờ.png", content, Code);

        var unit = Assert.Single(await source.UnitsAsync());
        Assert.Equal((UnitState.Accepted, "giấy tờ.png", 1), (unit.State, unit.Arrival.FileName, unit.Arrival.ExpectedPages));
        Assert.Equal((Code, true), (unit.Arrival.Dossier!.Code, unit.Arrival.Dossier.Confirmed));
        var original = OriginalName.Create(unit.Id.ToString(), unit.Arrival.Sha256);
        Assert.Equal(content, File.ReadAllBytes(source.Vault.PathOf(original)));
        var told = SideCar.Parse(source.Vault.ReadSideCar(original)).Unit!;
        Assert.Equal((unit.Id, unit.Arrival.ArrivalKey, Code), (told.Id, told.ArrivalKey, told.Dossier!.Code));
    }

    [Fact]
    public async Task The_same_arrival_once_more_is_known_and_nothing_is_doubled()
    {
        await using var source = await OpenAsync();
        await source.OfferAsync("a.png", BlobBench.Page(1), Code);
        await source.AgainAsync();
        Assert.Single(await source.UnitsAsync());
        Assert.Single(source.Vault.Originals());
    }

    [Fact]
    public async Task Equal_bytes_that_come_twice_are_two_units_and_the_second_says_so()
    {
        await using var source = await OpenAsync();
        await source.OfferAsync("a.png", BlobBench.Page(1), Code);
        await source.OfferAsync("b.png", BlobBench.Page(1), Code);
        var units = await source.UnitsAsync();
        Assert.Equal(2, units.Count);
        var accounts = await Task.WhenAll(units.Select(unit => source.Jobs.UnitAsync(unit.Id, default)));
        Assert.Single(accounts, account => account!.History.Any(line => line.Detail?.StartsWith("same content", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task What_cannot_be_a_scan_is_told_with_its_reason_and_takes_nothing_along()
    {
        await using var source = await OpenAsync();
        var why = await source.OfferBadAsync("bad.png", "no picture at all"u8.ToArray());
        await source.OfferAsync("good.png", BlobBench.Page(1), Code);
        Assert.Equal(FailureKind.FormatUnknown, why);
        Assert.Single(await source.UnitsAsync(), unit => unit.State == UnitState.Accepted);
    }

    [Fact]
    public async Task A_commit_that_fails_after_the_seal_loses_and_doubles_nothing()
    {
        await using var source = await OpenAsync();
        await source.SqlAsync("CREATE TRIGGER refuse BEFORE INSERT ON unit BEGIN SELECT RAISE(ABORT, 'refused'); END");
        await source.TryAsync("a.png", BlobBench.Page(1), Code);
        Assert.Empty(await source.UnitsAsync());
        await source.SqlAsync("DROP TRIGGER refuse");
        await source.AgainAsync();

        var unit = Assert.Single(await source.UnitsAsync());
        Assert.Equal([unit.Id.ToString()], source.Vault.Originals().Select(original => original.Unit));
    }

    private protected abstract Task<Source> OpenAsync();

    /// <summary>A way in, with a journal and a vault of its own.</summary>
    private protected abstract class Source : IAsyncDisposable
    {
        public abstract JobStore Jobs { get; }

        public abstract LocalVault Vault { get; }

        /// <summary>The journal's file.</summary>
        protected abstract string Journal { get; }

        /// <summary>Offers a scan, and waits for the answer, whatever it is.</summary>
        public abstract Task TryAsync(string name, byte[] content, string dossier);

        /// <summary>Offers what cannot be taken.</summary>
        /// <returns>Why it is not.</returns>
        public abstract Task<FailureKind?> OfferBadAsync(string name, byte[] content);

        /// <summary>Does once more what this source, or who sends to it, does when there was no answer.</summary>
        public abstract Task AgainAsync();

        public abstract ValueTask DisposeAsync();

        /// <summary>Offers a scan that must be accepted.</summary>
        public async Task OfferAsync(string name, byte[] content, string dossier)
        {
            var before = (await UnitsAsync()).Count;
            await TryAsync(name, content, dossier);
            Assert.Equal(before + 1, (await UnitsAsync()).Count);
        }

        public async Task<IReadOnlyList<JobUnit>> UnitsAsync() => await Jobs.UnitsAsync(new UnitFilter(), new Slice(100), default);

        public async Task SqlAsync(string text)
        {
            await using var connection = new SqliteConnection($"Data Source={Journal};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = text;
            await command.ExecuteNonQueryAsync();
        }
    }
}

public sealed class DropFolderSourceContract : SourceContract
{
    private protected override async Task<Source> OpenAsync() => new Folder(await Tests.Jobs.Journal.CreateAsync(null));

    private sealed class Folder : Source
    {
        private readonly TempFolder folder = new();
        private readonly Journal journal;
        private readonly ClaimFolder claims;
        private readonly DropFolder drop;

        public Folder(Journal journal)
        {
            this.journal = journal;
            Vault = LocalVault.Open(folder["vault"], journal.Time);
            claims = ClaimFolder.Open(Vault, journal.Time);
            Directory.CreateDirectory(folder["drop"]);
            var options = new DropFolderOptions { Name = "quay-1", Path = folder["drop"], Watch = false };
            options.Dossier.FromSubFolder = true;
            var receiver = new Receiver(journal.Store, () => { }, () => false);
            drop = new DropFolder(options, new DropFolderContext(Vaults.Local(Vault), claims, receiver, new RecordedAlerts(), new AdmissionOptions(), 0), journal.Time, NullLogger.Instance);
        }

        public override JobStore Jobs => journal.Store;

        public override LocalVault Vault { get; }

        protected override string Journal => journal.Options.File!;

        public override async Task TryAsync(string name, byte[] content, string dossier)
        {
            Directory.CreateDirectory(folder[$"drop/{dossier}"]);
            await File.WriteAllBytesAsync(folder[$"drop/{dossier}/{name}"], content);
            await AgainAsync();
        }

        public override async Task<FailureKind?> OfferBadAsync(string name, byte[] content)
        {
            await File.WriteAllBytesAsync(folder[$"drop/{name}"], content);
            await drop.LookAsync(default);
            journal.Time.Advance(TimeSpan.FromMinutes(16));
            await AgainAsync();
            return Assert.Single(await UnitsAsync(), unit => unit.State == UnitState.Exception).Failure?.Kind;
        }

        // It looks again and again.
        public override async Task AgainAsync()
        {
            for (var look = 0; look < 5; look++)
            {
                await drop.LookAsync(default);
                journal.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        public override async ValueTask DisposeAsync()
        {
            drop.Dispose();
            claims.Dispose();
            await journal.DisposeAsync();
            folder.Dispose();
        }
    }
}

public sealed class SubmissionSourceContract : SourceContract
{
    private protected override async Task<Source> OpenAsync() => new Submissions(await Tests.Jobs.Journal.CreateAsync(null));

    private sealed class Submissions : Source
    {
        private readonly TempFolder folder = new();
        private readonly Journal journal;
        private readonly SubmissionIntake intake;
        private int keys;
        private Func<Task> last = () => Task.CompletedTask;

        public Submissions(Journal journal)
        {
            this.journal = journal;
            Vault = LocalVault.Open(folder["vault"], journal.Time);
            intake = new SubmissionIntake(journal.Store, Vaults.Local(Vault), new DossierCheck(null, journal.Time), journal.Time, () => { });
        }

        public override JobStore Jobs => journal.Store;

        public override LocalVault Vault { get; }

        protected override string Journal => journal.Options.File!;

        public override async Task TryAsync(string name, byte[] content, string dossier)
        {
            var key = $"key-{++keys}";
            last = () => SubmitAsync(key, name, content, dossier);
            await Record.ExceptionAsync(last);
        }

        public override async Task<FailureKind?> OfferBadAsync(string name, byte[] content)
            => (await Assert.ThrowsAsync<DigitizerException>(() => SubmitAsync("bad", name, content, Code))).Kind;

        // A client without an answer sends the same under the same key.
        public override Task AgainAsync() => last();

        public override async ValueTask DisposeAsync()
        {
            await journal.DisposeAsync();
            folder.Dispose();
        }

        private async Task SubmitAsync(string key, string name, byte[] content, string dossier)
        {
            var file = await intake.StageAsync(name, new MemoryStream(content), default);
            var request = new SubmissionRequest
            {
                Source = "portal", Caller = "caller", Key = key, SourceProfile = "tthc", Priority = 100, Dossier = DossierKey.Parse(dossier, DateOnly.FromDateTime(journal.Time.GetUtcNow().Date)),
            };
            await intake.AcceptAsync(request, [file], default);
        }
    }
}

[Collection(AzuriteTests.Name)]
public sealed class BlobQueueSourceContract(Azurite azurite) : SourceContract
{
    private protected override async Task<Source> OpenAsync()
        => new Queue(await BlobBench.CreateAsync(azurite, options => (options.Dossier.Metadata, options.VisibilitySeconds) = ("dossier", 1)));

    private sealed class Queue(BlobBench bench) : Source
    {
        private string last = "";

        public override JobStore Jobs => bench.Jobs;

        public override LocalVault Vault => bench.Vault;

        protected override string Journal => bench["journal.db"];

        public override async Task TryAsync(string name, byte[] content, string dossier)
        {
            var version = await bench.UploadAsync(name, content, new() { ["dossier"] = dossier });
            last = Events.Grid(Azurite.Account, bench.Container.Name, name, version);
            await bench.SendAsync(last);
            bench.Start();
            await bench.ComesAsync(async () => await bench.IsEmptyAsync() || !bench.Alerts.All.IsEmpty);
            await bench.StopAsync();
        }

        public override async Task<FailureKind?> OfferBadAsync(string name, byte[] content)
        {
            await bench.ArriveAsync(name, content);
            await bench.DrainAsync();
            return Assert.Single(await UnitsAsync(), unit => unit.State == UnitState.Exception).Failure?.Kind;
        }

        // A service starts again; a queue delivers at least once, and what was not deleted comes back.
        public override async Task AgainAsync()
        {
            await new SubmissionRecovery(bench.Jobs, Vaults.Local(bench.Vault), hasOthers: false, TimeProvider.System).RunAsync(default);
            await bench.SendAsync(last);
            await bench.DrainAsync();
        }

        public override ValueTask DisposeAsync() => bench.DisposeAsync();
    }
}
