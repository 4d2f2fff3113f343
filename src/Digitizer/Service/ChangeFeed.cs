using Digitizer.Intake;
using Digitizer.Jobs;

namespace Digitizer.Service;

/// <summary>
/// Tells those who wait for news of units when the journal has some. It asks the journal, whoever wrote to it, and only while somebody waits.
/// </summary>
/// <param name="jobs">The journal.</param>
/// <param name="time">The clock.</param>
internal sealed class ChangeFeed(JobStore jobs, TimeProvider time)
{
    private const int MostAtATime = 5000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly Dictionary<UnitId, List<TaskCompletionSource>> waiting = [];
    private Task looking = Task.CompletedTask;

    // Over when the look knows from which line on it tells.
    private Task begun = Task.CompletedTask;

    /// <summary>Waits until one of the units changes, or for so long.</summary>
    /// <param name="units">Whose news is wanted.</param>
    /// <param name="since">The last change that is known of them: what came after it ends the wait at once.</param>
    /// <param name="most">The longest wait.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task WaitAsync(IReadOnlyList<UnitId> units, long since, TimeSpan most, CancellationToken cancellation)
    {
        var news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var look = Join(units, news);
        try
        {
            // Asked only now: what is written from here on is seen by the look.
            await look.WaitAsync(cancellation).ConfigureAwait(false);
            foreach (var unit in units)
            {
                if (await jobs.LastChangeOfAsync(unit, cancellation).ConfigureAwait(false) > since)
                {
                    return;
                }
            }

            await news.Task.WaitAsync(most, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // No news is an answer too.
        }
        finally
        {
            Leave(units, news);
        }
    }

    private Task Join(IReadOnlyList<UnitId> units, TaskCompletionSource news)
    {
        lock (gate)
        {
            foreach (var unit in units)
            {
                (waiting.TryGetValue(unit, out var others) ? others : waiting[unit] = []).Add(news);
            }

            if (looking.IsCompleted)
            {
                var begins = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                begun = begins.Task;
                looking = Task.Run(() => LookAsync(begins));
            }

            return begun;
        }
    }

    private void Leave(IReadOnlyList<UnitId> units, TaskCompletionSource news)
    {
        lock (gate)
        {
            foreach (var unit in units)
            {
                if (waiting.TryGetValue(unit, out var others) && others.Remove(news) && others.Count == 0)
                {
                    waiting.Remove(unit);
                }
            }
        }
    }

    private async Task LookAsync(TaskCompletionSource begins)
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            var last = await jobs.NewestChangeAsync(CancellationToken.None).ConfigureAwait(false);
            begins.TrySetResult();
            while (!IsOver())
            {
                var changes = await jobs.ChangesAsync(last, MostAtATime, CancellationToken.None).ConfigureAwait(false);
                last = changes.Count == 0 ? last : changes[^1].Id;
                Tell(changes.Select(c => c.Unit));
                if (changes.Count < MostAtATime)
                {
                    await timer.WaitForNextTickAsync().ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is Failures.DigitizerException or ObjectDisposedException)
        {
            // Those who wait look for themselves when their time is over, and are told what is wrong with the journal.
            begins.TrySetResult();
        }
    }

    // Under the lock: who joins after it starts the next look.
    private bool IsOver()
    {
        lock (gate)
        {
            if (waiting.Count > 0)
            {
                return false;
            }

            looking = Task.CompletedTask;
            return true;
        }
    }

    private void Tell(IEnumerable<UnitId> units)
    {
        lock (gate)
        {
            foreach (var unit in units)
            {
                waiting.GetValueOrDefault(unit)?.ForEach(news => news.TrySetResult());
            }
        }
    }
}
