namespace Digitizer.Intake.BlobQueues;

/// <summary>Runs what belongs together: what one does not expect ends all of them at once, so that nobody takes a dead one for a quiet one.</summary>
internal static class Together
{
    public static async Task RunAsync(IEnumerable<Func<CancellationToken, Task>> all, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(all.Select(one => Task.Run(() => RunAsync(one, stop), CancellationToken.None))).ConfigureAwait(false);
    }

    private static async Task RunAsync(Func<CancellationToken, Task> one, CancellationTokenSource stop)
    {
        try
        {
            await one(stop.Token).ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
