namespace Digitizer.Intake.BlobQueues;

/// <summary>Lets those who want the same thing have it one after the other.</summary>
internal sealed class Turns
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task> last = new(StringComparer.Ordinal);

    /// <summary>Waits for everybody who came before.</summary>
    /// <returns>To be disposed when the turn is over.</returns>
    public async Task<IDisposable> EnterAsync(string thing)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (gate)
        {
            before = last.GetValueOrDefault(thing, Task.CompletedTask);
            last[thing] = mine.Task;
        }

        await before.ConfigureAwait(false);
        return new Turn(() => End(thing, mine));
    }

    private void End(string thing, TaskCompletionSource mine)
    {
        lock (gate)
        {
            if (last[thing] == mine.Task)
            {
                last.Remove(thing);
            }
        }

        mine.SetResult();
    }

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
