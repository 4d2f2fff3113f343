using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;

namespace Digitizer.Tests.Jobs;

public abstract partial class JobStoreContract
{
    private static readonly WorkKind[] AllKinds = Enum.GetValues<WorkKind>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_in_whatever_order_the_account_balances(int seed)
    {
        var random = new Random(seed);
        var units = new List<UnitId>();
        for (var step = 0; step < 150; step++)
        {
            if (units.Count < 12 && random.Next(5) == 0)
            {
                units.Add(await journal.AcceptAsync(u => u with { Priority = random.Next(3), Refusal = random.Next(8) == 0 ? Why : null }));
            }
            else if (random.Next(12) == 0 && units.Count > 0)
            {
                await InterfereAsync(random, units[random.Next(units.Count)]);
            }
            else if (await journal.TryTakeAsync(AllKinds) is { } item)
            {
                await WorkAsync(random, item);
            }

            if (step % 10 == 0)
            {
                await journal.AssertBalancedAsync();
            }
        }

        await FinishAsync();
        await journal.AssertBalancedAsync();
        var balance = await Store.BalanceAsync(default);
        Assert.Equal(units.Count, balance.Lines[0].Total);
        // What is neither finished nor worked on waits for a person, and the list of those shows it.
        var waiting = await Store.UnitsAsync(new UnitFilter(NeedsPerson: true), new Slice(), default);
        Assert.Equal(balance.Lines[0].ByState.Where(s => s.Key is not ("closed" or "cancelled")).Sum(s => s.Value), waiting.Count);
    }

    private async Task FinishAsync()
    {
        journal.Time.Advance(TimeSpan.FromHours(1));
        await Store.RescueAsync(default);
        while (await journal.TryTakeAsync(AllKinds) is { } item)
        {
            await SucceedAsync(new Random(0), item);
        }
    }

    private async Task InterfereAsync(Random random, UnitId unit)
    {
        try
        {
            await (random.Next(4) switch
            {
                0 => Store.CancelAsync(unit, "an", default),
                1 => Store.RestartAsync(unit, "x", Profiles.Default, null, "an", default),
                2 => Store.AssignAsync(DocumentId.ForPart(unit, 1).Value, DossierKey.Parse(Journal.Dossier.Code, new DateOnly(2026, 3, 10)), "an", default),
                _ => Store.RetryAsync(unit, "an", default),
            });
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.ActNotPossible)
        {
            // Refused acts change nothing.
        }
    }

    private async Task WorkAsync(Random random, WorkItem item)
    {
        switch (random.Next(8))
        {
            case 0:
                await Store.FailAsync(item, FailureKind.Internal, "…", null, default);
                break;
            case 1:
                await Store.FailAsync(item, FailureKind.Internal, "…", journal.Time.GetUtcNow().AddSeconds(random.Next(60)), default);
                break;
            case 2:
                journal.Time.Advance(Journal.Lease * 2);
                await Store.RescueAsync(default);
                break;
            case 3:
                await Store.GiveBackAsync(item, default);
                break;
            default:
                await SucceedAsync(random, item);
                break;
        }
    }

    private async Task SucceedAsync(Random random, WorkItem item)
    {
        switch (item.Kind)
        {
            case WorkKind.Split:
                await Store.SplitDoneAsync(item, "tiff", (await journal.AccountAsync(item.Unit)).Unit.Pages ?? random.Next(1, 5), default);
                break;
            case WorkKind.Page:
                await journal.ReadAsync(item, random.Next(5) == 0 ? PageState.Blank : PageState.Read);
                break;
            case WorkKind.Group:
                var pages = await Store.PagesOfUnitAsync(item.Unit, default);
                await Store.GroupDoneAsync(item, [.. pages.Chunk(2).Select((c, i) => new NewDocument(i + 1, [.. c.Select(p => p.Number)], random.Next(3) == 0 ? null : Journal.Dossier, []))], default);
                break;
            case WorkKind.Assemble:
                await Store.AssembleDoneAsync(item, Journal.Files(item.Unit), default);
                break;
            case WorkKind.Prove:
                await Store.ProveDoneAsync(item, 1, 0, Journal.Digest(99), default);
                break;
            case WorkKind.Deliver:
                await Store.AttachStartedAsync(item, default);
                await (random.Next(4) == 0 ? Store.UncertainAsync(item, Why, default) : Store.AttachedAsync(item, "r", default));
                break;
            default:
                await Store.VerifiedAsync(item, default);
                break;
        }
    }
}
