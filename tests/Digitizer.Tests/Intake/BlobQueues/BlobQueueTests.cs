using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Intake.BlobQueues;
using Digitizer.Intake.DropFolders;
using Digitizer.Jobs;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support.BlobQueues;
using Digitizer.Tests.Support.Servers;
using Digitizer.Vault;

namespace Digitizer.Tests.Intake.BlobQueues;

/// <summary>What becomes of a message, with SQLite; <see cref="PostgresBlobQueueTests"/> has PostgreSQL.</summary>
[Collection(AzuriteTests.Name)]
public sealed class BlobQueueTests(Azurite azurite)
{
    private const string Code = "000.00.01.H29-260310-0420";

    [Fact]
    public async Task A_blob_becomes_a_unit_and_its_message_goes()
    {
        await using var bench = await BlobBench.CreateAsync(azurite, o => { o.Profile = "dat-dai"; o.Priority = 7; o.Dossier.Metadata = "hoso"; });
        var version = await bench.UploadAsync("quầy 1/đơn.png", BlobBench.Page(1), new() { ["HoSo"] = Code });
        await bench.SendAsync(Events.Grid(Azurite.Account, bench.Container.Name, "quầy 1/đơn.png", version));

        await bench.DrainAsync();

        var unit = Assert.Single(await bench.UnitsAsync());
        Assert.Equal(UnitState.Accepted, unit.State);
        Assert.Equal(BlobBench.Page(1), bench.Original(unit));
        Assert.Equal(("hang-doi", "đơn.png", $"{bench.Container.Name}/quầy 1/đơn.png", "dat-dai", 7), (unit.Arrival.Source, unit.Arrival.FileName, unit.Arrival.ShownName, unit.Arrival.Profile, unit.Arrival.Priority));
        Assert.Equal(new DossierClaim(Code, "metadata", true), unit.Arrival.Dossier);
        Assert.Equal($"{bench.Container.Name}/quầy 1/đơn", unit.Arrival.ResultBase);
        Assert.Equal(BlobKey.Of(Azurite.Account, bench.Container.Name, "quầy 1/đơn.png", version), unit.Arrival.ArrivalKey);
        var sideCar = SideCar.Parse(bench.Vault.ReadSideCar(bench.Vault.Originals().Single()));
        Assert.Equal(unit.Id, sideCar.Unit!.Id);
        Assert.Empty(await bench.PoisonedAsync());
        Assert.Equal(0, (await bench.Jobs.TriesAsync(unit.Arrival.ArrivalKey, default)).Count);
    }

    [Fact]
    public async Task A_message_of_ours_and_a_cloud_event_do_as_well_in_Base64_or_not()
    {
        await using var bench = await BlobBench.CreateAsync(azurite, o => o.Dossier.Tag = "ho so");
        await bench.UploadAsync("a.png", BlobBench.Page(1));
        var version = await bench.UploadAsync("b.png", BlobBench.Page(2), tags: new() { ["ho so"] = Code });
        await bench.SendAsync(Events.Ours(bench.Container.Name, "a.png", dossier: Code));
        await bench.SendAsync(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Events.Cloud(Azurite.Account, bench.Container.Name, "b.png", version))));

        await bench.DrainAsync();

        var units = await bench.UnitsAsync();
        Assert.Equal(["a.png", "b.png"], units.Select(u => u.Arrival.FileName).Order(StringComparer.Ordinal));
        Assert.All(units, unit => Assert.Equal(Code, unit.Arrival.Dossier?.Code));
    }

    [Fact]
    public async Task What_is_no_scan_is_sealed_and_listed_with_its_reason()
    {
        await using var bench = await BlobBench.CreateAsync(azurite);
        await bench.ArriveAsync("text.txt", "hello"u8.ToArray());
        await bench.ArriveAsync("cut.png", BlobBench.Page(1)[..40]);
        await bench.ArriveAsync("empty.png", []);
        await bench.ArriveAsync("good.png", BlobBench.Page(2));

        await bench.DrainAsync();

        var units = (await bench.UnitsAsync()).ToDictionary(u => u.Arrival.FileName, u => u);
        Assert.Equal(FailureKind.FormatUnknown, units["text.txt"].Failure!.Kind);
        Assert.Equal("hello"u8.ToArray(), bench.Original(units["text.txt"]));
        Assert.Equal(FailureKind.FileIncomplete, units["cut.png"].Failure!.Kind);
        Assert.Equal(FailureKind.FileEmpty, units["empty.png"].Failure!.Kind);
        Assert.Null(units["good.png"].Failure);
        Assert.Empty(await bench.PoisonedAsync());
        Assert.Equal(4, bench.Vault.Originals().Count());
    }

    [Fact]
    public async Task What_cannot_be_understood_is_listed_copied_and_deleted()
    {
        await using var bench = await BlobBench.CreateAsync(azurite);
        await bench.SendAsync("hello <&> đơn");
        await bench.SendAsync(Events.Ours("elsewhere", "x"));

        await bench.DrainAsync();

        var units = await bench.UnitsAsync();
        Assert.Equal([FailureKind.MessageInvalid, FailureKind.BlobNotAllowed], units.Select(u => u.Failure!.Kind).Order());
        Assert.All(units, unit => Assert.Equal("", unit.Arrival.Sha256));
        var copies = (await bench.PoisonedAsync()).Select(m => (Message: m, Json: JsonDocument.Parse(m.MessageText).RootElement)).ToList();
        Assert.Equal(units.Select(u => u.Id.ToString()).Order(StringComparer.Ordinal), copies.Select(c => c.Json.GetProperty("unit").GetString()!).Order(StringComparer.Ordinal));
        var copy = copies.Single(c => c.Json.GetProperty("reason").GetString() == "MessageInvalid");
        Assert.Equal("hello <&> đơn", copy.Json.GetProperty("body").GetString());
        Assert.True(copy.Message.ExpiresOn > DateTimeOffset.UnixEpoch.AddYears(1000), $"{copy.Message.ExpiresOn}");
    }

    [Fact]
    public async Task The_largest_message_there_is_is_copied_in_part()
    {
        await using var bench = await BlobBench.CreateAsync(azurite);
        await bench.SendAsync(new string('đ', 32_000));

        await bench.DrainAsync();

        var copy = JsonDocument.Parse(Assert.Single(await bench.PoisonedAsync()).MessageText).RootElement;
        Assert.True(copy.GetProperty("isCut").GetBoolean());
        Assert.StartsWith("đđđ", copy.GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_events_are_deleted_and_nothing_is_listed()
    {
        await using var bench = await BlobBench.CreateAsync(azurite);
        await bench.SendAsync(Events.Grid(Azurite.Account, bench.Container.Name, "x", "0x1", type: "Microsoft.Storage.BlobDeleted"));
        await bench.SendAsync(Events.Grid(Azurite.Account, bench.Container.Name, "x", "0x1", api: "CreateFile", length: 0));

        await bench.DrainAsync();

        Assert.Empty(await bench.UnitsAsync());
        Assert.Empty(await bench.PoisonedAsync());
    }

    [Fact]
    public async Task A_blob_that_is_missing_is_waited_for_and_taken_when_it_comes()
    {
        await using var bench = await BlobBench.CreateAsync(azurite);
        await bench.SendAsync(Events.Ours(bench.Container.Name, "late.png"));
        bench.Start();
        Assert.True(await bench.ComesAsync(async () => bench.Status.InHand == 1 || await IsMissedAsync(bench)));
        await bench.UploadAsync("late.png", BlobBench.Page(1));

        Assert.True(await bench.ComesAsync(bench.IsEmptyAsync));

        Assert.Null(Assert.Single(await bench.UnitsAsync()).Failure);
    }

    [Fact]
    public async Task A_blob_that_does_not_come_is_listed_after_its_time_and_no_try_was_counted()
    {
        await using var bench = await BlobBench.CreateAsync(azurite, o => o.Attempts = 1);
        await bench.SendAsync(Events.Grid(Azurite.Account, bench.Container.Name, "gone.png", "0x8D1"));
        bench.Start();
        Assert.True(await bench.ComesAsync(() => IsMissedAsync(bench)));
        Assert.Empty(await bench.UnitsAsync());
        bench.Clock.Offset = TimeSpan.FromHours(25);

        Assert.True(await bench.ComesAsync(bench.IsEmptyAsync));

        Assert.Equal(FailureKind.BlobMissing, Assert.Single(await bench.UnitsAsync()).Failure!.Kind);
        Assert.Single(await bench.PoisonedAsync());
    }

    [Fact]
    public async Task A_blob_that_is_too_large_is_not_downloaded()
    {
        using var blobs = new FaultProxy(azurite.BlobPort);
        using var queues = new FaultProxy(azurite.QueuePort);
        await using var bench = await BlobBench.CreateAsync(azurite, account: BlobBench.Through(blobs, queues));

        // Five gigabytes of which one block is really there.
        var blob = Azure.Storage.Blobs.Specialized.SpecializedBlobExtensions.GetBlockBlobClient(bench.Container, "giant.tif");
        var id = Convert.ToBase64String("block"u8);
        await blob.StageBlockAsync(id, new MemoryStream(new byte[8 << 20]));
        var version = (await blob.CommitBlockListAsync(Enumerable.Repeat(id, 640))).Value.ETag;
        await bench.SendAsync(Events.Grid(Azurite.Account, bench.Container.Name, "giant.tif", version.ToString()));
        await bench.ArriveAsync("good.png", BlobBench.Page(1));

        await bench.DrainAsync();

        var units = (await bench.UnitsAsync()).ToDictionary(u => u.Arrival.FileName, u => u);
        Assert.Equal((FailureKind.FileTooLarge, 5L << 30), (units["giant.tif"].Failure!.Kind, units["giant.tif"].Arrival.Bytes));
        Assert.Null(units["good.png"].Failure);
        Assert.DoesNotContain(blobs.Seen, seen => seen.Request.Method == "GET" && seen.Request.Target.Contains("giant", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_blob_that_fails_each_time_is_listed_with_what_it_failed_with_and_holds_up_no_other()
    {
        await using var bench = await BlobBench.CreateAsync(azurite, o => o.Attempts = 1);
        bench.Share = (original, _) => new FileInfo(bench.Vault.PathOf(original)).Length == BlobBench.Page(1).Length + 1 ? throw new InvalidOperationException("đứt") : Task.CompletedTask;
        await bench.ArriveAsync("killer.png", [.. BlobBench.Page(1), 0]);
        for (var i = 0; i < 8; i++)
        {
            await bench.ArriveAsync($"{i}.png", BlobBench.Page(i));
        }

        await bench.DrainAsync();

        var units = await bench.UnitsAsync();
        var failed = Assert.Single(units, u => u.Failure is not null);
        Assert.Equal((FailureKind.BlobAbandoned, "killer.png"), (failed.Failure!.Kind, failed.Arrival.FileName));
        Assert.Contains("InvalidOperationException", failed.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(9, units.Count);
        Assert.Single(await bench.PoisonedAsync());
    }

    [Fact]
    public async Task What_failing_tries_left_goes_when_one_succeeds_and_storage_that_fails_counts_none()
    {
        await using var bench = await BlobBench.CreateAsync(azurite, o => o.Attempts = 1);
        var failures = 2;
        bench.Share = (_, _) => Interlocked.Decrement(ref failures) >= 0 ? throw new DigitizerException(FailureKind.StorageUnavailable, "gone") : Task.CompletedTask;
        await bench.ArriveAsync("a.png", BlobBench.Page(1));

        await bench.DrainAsync();

        var unit = Assert.Single(await bench.UnitsAsync());
        Assert.Null(unit.Failure);
        Assert.Equal(unit.Id.ToString(), Assert.Single(bench.Vault.Originals()).Unit);
        Assert.Empty(bench.Vault.UnitsInTrash());
        Assert.True(bench.Alerts.Has(AlertKind.QueueUnreachable));
    }

    [Fact]
    public async Task What_ended_the_process_each_time_is_not_begun_again()
    {
        await using var bench = await BlobBench.CreateAsync(azurite);
        var version = await bench.ArriveAsync("killer.png", BlobBench.Page(1));
        for (var i = 0; i < 5; i++)
        {
            await bench.Jobs.BeginTryAsync(BlobKey.Of(Azurite.Account, bench.Container.Name, "killer.png", version), default);
        }

        await bench.DrainAsync();

        Assert.Equal(FailureKind.BlobAbandoned, Assert.Single(await bench.UnitsAsync()).Failure!.Kind);
        Assert.Empty(bench.Vault.Originals());
    }

    [Fact]
    public async Task While_there_is_no_room_or_too_much_waits_messages_stay()
    {
        await using var bench = await BlobBench.CreateAsync(azurite);
        bench.IsPaused = true;
        await bench.ArriveAsync("a.png", BlobBench.Page(1));
        bench.Start();
        Assert.False(await EndToEndTests.Support.Eventually.ComesAsync(async () => (await bench.Queue.PeekMessagesAsync(1)).Value.Length == 0, TimeSpan.FromSeconds(1.5)));
        bench.IsPaused = false;
        Assert.True(await bench.ComesAsync(bench.IsEmptyAsync));
        await bench.StopAsync();

        bench.MinFreeBytes = long.MaxValue;
        await bench.ArriveAsync("b.png", BlobBench.Page(2));
        bench.Start();
        Assert.True(await bench.ComesAsync(() => Task.FromResult(bench.Alerts.Has(AlertKind.NoRoom))));
        await bench.StopAsync();
        Assert.Single((await bench.Queue.PeekMessagesAsync(2)).Value);
        Assert.Single(await bench.UnitsAsync());
    }

    [Fact]
    public async Task Never_more_messages_are_in_hand_than_may_be()
    {
        await using var bench = await BlobBench.CreateAsync(azurite, o => o.AtATime = 3);
        var (now, most) = (0, 0);
        bench.Share = async (_, cancellation) =>
        {
            lock (bench)
            {
                most = Math.Max(most, ++now);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
            Interlocked.Decrement(ref now);
        };
        for (var i = 0; i < 12; i++)
        {
            await bench.ArriveAsync($"{i}.png", BlobBench.Page(i));
        }

        await bench.DrainAsync();

        Assert.Equal(12, (await bench.UnitsAsync()).Count);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Told_to_stop_it_lets_its_messages_go_at_once()
    {
        await using var bench = await BlobBench.CreateAsync(azurite, o => o.VisibilitySeconds = 600);
        var begun = new TaskCompletionSource();
        bench.Share = async (_, cancellation) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        };
        await bench.ArriveAsync("a.png", BlobBench.Page(1));
        bench.Start();
        await begun.Task.WaitAsync(BlobBench.Patience);

        await bench.StopAsync();

        Assert.Single((await bench.Queue.PeekMessagesAsync(1)).Value);
        bench.Share = (_, _) => Task.CompletedTask;
        await bench.DrainAsync();
        Assert.Single(await bench.UnitsAsync());
    }

    [Fact]
    public async Task What_an_interruption_left_whole_is_accepted_at_the_start_and_its_message_changes_nothing()
    {
        await using var bench = await BlobBench.CreateAsync(azurite);
        await SqlAsync(bench, "CREATE TRIGGER refuse BEFORE INSERT ON unit BEGIN SELECT RAISE(ABORT, 'refused'); END");
        await bench.ArriveAsync("a.png", BlobBench.Page(1));
        bench.Start();
        Assert.True(await bench.ComesAsync(() => Task.FromResult(bench.Vault.Originals().Any(o => bench.Vault.ReadSideCar(o) is not null))));
        await bench.StopAsync();
        await SqlAsync(bench, "DROP TRIGGER refuse");
        await bench.ReopenAsync();
        var halves = bench.Vault.Originals().Count();
        Assert.Empty(await bench.UnitsAsync());

        var recovered = await new SubmissionRecovery(bench.Jobs, Vaults.Local(bench.Vault), hasOthers: false, TimeProvider.System).RunAsync(default);

        Assert.Equal((1, halves - 1), recovered);
        await bench.DrainAsync();
        Assert.Equal(BlobBench.Page(1), bench.Original(Assert.Single(await bench.UnitsAsync())));
        Assert.Single(bench.Vault.Originals());
    }

    private static async Task SqlAsync(BlobBench bench, string text)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={bench["journal.db"]};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task What_an_interruption_left_without_side_car_goes_into_the_trash()
    {
        await using var bench = await BlobBench.CreateAsync(azurite);
        var staged = await bench.Vault.StageAsync(new MemoryStream(BlobBench.Page(1)), default);
        bench.Vault.Adopt(staged, OriginalName.Create(Digitizer.Intake.UnitId.New(bench.Clock).ToString(), staged.Sha256));

        Assert.Equal((0, 1), await new SubmissionRecovery(bench.Jobs, Vaults.Local(bench.Vault), hasOthers: false, TimeProvider.System).RunAsync(default));
        Assert.Empty(bench.Vault.Originals());
    }

    [Fact]
    public async Task A_message_that_waits_for_a_day_is_told()
    {
        await using var bench = await BlobBench.CreateAsync(azurite);
        bench.IsPaused = true;
        await bench.ArriveAsync("a.png", BlobBench.Page(1));
        bench.Clock.Offset = TimeSpan.FromHours(25);
        bench.Start();

        Assert.True(await bench.ComesAsync(() => Task.FromResult(bench.Alerts.Has(AlertKind.OldMessage))));
    }

    private static async Task<bool> IsMissedAsync(BlobBench bench)
        => !await bench.IsEmptyAsync() && (await bench.Queue.PeekMessagesAsync(1)).Value.Length == 0 && bench.Status.InHand == 0;
}

/// <summary>The same way in with the other journal.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresBlobQueueTests(PostgresServer server)
{
    [Fact]
    public async Task Two_processes_share_a_queue_and_take_each_blob_once()
    {
        using var azurite = new Azurite();
        var database = server.NewDatabase();
        await using var one = await BlobBench.CreateAsync(azurite, postgres: database);
        await using var two = await BlobBench.CreateAsync(azurite, o => { o.Queue = one.Queue.Name; o.Containers.Clear(); o.Containers.Add(one.Container.Name); }, postgres: database);
        for (var i = 0; i < 20; i++)
        {
            var version = await one.ArriveAsync($"{i}.png", BlobBench.Page(i));
            await one.SendAsync(Events.Grid(Azurite.Account, one.Container.Name, $"{i}.png", version));
        }

        one.Start();
        two.Start();
        Assert.True(await one.ComesAsync(one.IsEmptyAsync));
        await one.StopAsync();
        await two.StopAsync();

        var units = await one.UnitsAsync();
        Assert.Equal(20, units.Count);
        Assert.All(units, unit => Assert.Null(unit.Failure));
        Assert.Equal(20, one.Vault.Originals().Count() + two.Vault.Originals().Count());
    }
}
