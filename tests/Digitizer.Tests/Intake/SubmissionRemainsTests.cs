using Digitizer.Dossiers;
using Digitizer.Failures;
using Digitizer.Intake.Submissions;
using Digitizer.Tests.Jobs;
using Digitizer.Tests.Support;
using Digitizer.Vault;
using Microsoft.Data.Sqlite;

namespace Digitizer.Tests.Intake;

public sealed class SubmissionRemainsTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Page = PlainPng.Create(8, 8, 1);
    private readonly TempFolder folder = new();
    private Journal journal = null!;
    private LocalVault vault = null!;
    private SubmissionIntake intake = null!;

    public async Task InitializeAsync()
    {
        journal = await Journal.CreateAsync(null);
        vault = LocalVault.Open(folder["vault"], journal.Time);
        intake = new SubmissionIntake(journal.Store, Vaults.Local(vault), new DossierCheck(null, journal.Time), journal.Time, () => { });
    }

    public async Task DisposeAsync() => await journal.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_a_failed_acceptance_left_is_gone_when_the_same_is_accepted()
    {
        await FailAsync("a");
        await FailAsync("a");
        Assert.Equal(2, vault.Originals().Count());

        var unit = Assert.Single((await SubmitAsync("a")).Submission.Units);

        Assert.Equal([unit.Id.ToString()], vault.Originals().Select(o => o.Unit));
        Assert.True((await SubmitAsync("a")).WasKnown);
        Assert.Single(vault.Originals());
    }

    [Fact]
    public async Task What_nobody_sends_again_is_gone_after_an_hour()
    {
        await FailAsync("a");
        await SubmitAsync("b");
        Assert.Equal(2, vault.Originals().Count());

        journal.Time.Advance(TimeSpan.FromHours(1));
        await SubmitAsync("c");

        Assert.Equal(2, vault.Originals().Count());
        Assert.Equal(2, (await journal.Store.UnitsAsync(new Digitizer.Jobs.UnitFilter(), new Digitizer.Jobs.Slice(), default)).Count);
    }

    [Fact]
    public async Task What_a_failed_acceptance_left_hours_before_the_end_is_found_by_the_next_start()
    {
        await FailAsync("a");
        journal.Time.Advance(TimeSpan.FromHours(5));
        await journal.AcceptAsync();

        Assert.Equal((1, 0), await new SubmissionRecovery(journal.Store, Vaults.Local(vault), hasOthers: false, journal.Time).RunAsync(default));

        Assert.True((await SubmitAsync("a")).WasKnown);
        Assert.Single(vault.Originals());
    }

    private async Task FailAsync(string key)
    {
        await SqlAsync("CREATE TRIGGER refuse BEFORE INSERT ON unit BEGIN SELECT RAISE(ABORT, 'refused'); END");
        await Assert.ThrowsAsync<DigitizerException>(() => SubmitAsync(key));
        await SqlAsync("DROP TRIGGER refuse");
    }

    private async Task<SubmissionAnswer> SubmitAsync(string key)
    {
        var file = await intake.StageAsync("a.png", new MemoryStream(Page), default);
        return await intake.AcceptAsync(new SubmissionRequest { Source = "portal", Caller = "caller", Key = key, SourceProfile = "tthc", Priority = 100 }, [file], default);
    }

    private async Task SqlAsync(string text)
    {
        await using var connection = new SqliteConnection($"Data Source={journal.Options.File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }
}
