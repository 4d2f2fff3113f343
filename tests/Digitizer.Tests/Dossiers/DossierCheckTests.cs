using Digitizer.Dossiers;
using Digitizer.Dossiers.Rest;
using Digitizer.EndToEndTests.Support;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Tests.Support;
using DossierServer;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.Dossiers;

public sealed class DossierCheckTests : IAsyncLifetime, IDisposable
{
    private const string There = "000.00.01.H29-260310-0420";
    private static readonly DossierKey Known = DossierKey.Parse(There, new DateOnly(2026, 11, 1));
    private static readonly DossierKey Unknown = DossierKey.Parse("000.00.01.H29-260310-9999", new DateOnly(2026, 11, 1));

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
    private DossierSystem system = null!;

    public async Task InitializeAsync() => system = await DossierSystem.StartAsync(folder["system"], o => o.Dossiers = $"{There},000.00.01.H29-260310-0001");

    public async Task DisposeAsync() => await system.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_dossier_that_nobody_knows_is_refused_by_name()
    {
        var check = new DossierCheck(system.Store(Asking), time);
        await check.ThrowIfUnknownAsync([Known, Known], CancellationToken.None);
        Assert.Equal(1, system.Faults.Calls["dossier"]);

        var failure = await Assert.ThrowsAsync<DigitizerException>(() => check.ThrowIfUnknownAsync([Known, Unknown], CancellationToken.None));
        Assert.Equal(FailureKind.DossierUnknown, failure.Kind);
        Assert.Contains(Unknown.Code, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_told_how_to_ask_does_not()
    {
        await new DossierCheck(system.Store(), time).ThrowIfUnknownAsync([Unknown], CancellationToken.None);
        await new DossierCheck(null, time).ThrowIfUnknownAsync([Unknown], CancellationToken.None);
        await new DossierCheck(new FolderDossierStore(folder["dossiers"]), time).ThrowIfUnknownAsync([Unknown], CancellationToken.None);
        Assert.False(system.Faults.Calls.ContainsKey("dossier"));
    }

    [Theory]
    [InlineData("ErrorBefore")]
    [InlineData("ResetBefore")]
    [InlineData("Page")]
    [InlineData("Busy")]
    [InlineData("Forbidden")]
    [InlineData("Redirect")]
    public async Task A_system_without_a_clear_answer_keeps_nothing_out_and_is_left_alone_for_a_while(string fault)
    {
        var check = new DossierCheck(system.Store(Asking), time);
        system.Order(Enum.Parse<FaultKind>(fault), on: "dossier");
        await check.ThrowIfUnknownAsync([Unknown], CancellationToken.None);
        await check.ThrowIfUnknownAsync([Unknown], CancellationToken.None);
        Assert.Equal(1, system.Faults.Calls["dossier"]);

        time.Advance(DossierCheck.Rest);
        await Assert.ThrowsAsync<DigitizerException>(() => check.ThrowIfUnknownAsync([Unknown], CancellationToken.None));
    }

    [Fact]
    public async Task A_slow_system_is_not_waited_for()
    {
        var check = new DossierCheck(system.Store(Asking), time);
        system.Order(FaultKind.Slow, on: "dossier", milliseconds: 3000);
        var asking = check.ThrowIfUnknownAsync([Unknown], CancellationToken.None);
        Assert.True(await Eventually.ComesAsync(() => system.Faults.Calls.ContainsKey("dossier"), TimeSpan.FromSeconds(10)));
        time.Advance(DossierCheck.Patience);
        await asking;
    }

    [Fact]
    public async Task A_caller_who_goes_is_not_answered()
    {
        var check = new DossierCheck(system.Store(Asking), time);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check.ThrowIfUnknownAsync([Unknown], gone.Token));
    }

    private static void Asking(RestDossierOptions options) => options.Dossier.Path = "dossiers/{dossier}";
}
