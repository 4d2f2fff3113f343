namespace Digitizer.Proof;

/// <summary>Limits the time of one page after the other, and tells its end from the caller's.</summary>
internal sealed class PageClock : IDisposable
{
    private readonly TimeSpan pageTimeout;
    private readonly CancellationToken cancellation;
    private readonly CancellationTokenSource limit;
    private readonly CancellationTokenSource either;

    public PageClock(TimeSpan pageTimeout, TimeProvider time, CancellationToken cancellation)
    {
        this.pageTimeout = pageTimeout;
        this.cancellation = cancellation;
        limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
    }

    /// <summary>Waits for something that belongs to a page.</summary>
    /// <param name="number">The page, from 1.</param>
    /// <param name="wait">The wait.</param>
    /// <exception cref="Failures.DigitizerException">ProofFailed: it took too long, or the reader wrote what it must not.</exception>
    public async Task<T> ForPageAsync<T>(int number, Func<CancellationToken, Task<T>> wait)
    {
        limit.CancelAfter(pageTimeout);
        try
        {
            return await wait(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw ProofFailure.Page(number, FormattableString.Invariant($"it was not read within {pageTimeout}"));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw ProofFailure.Page(number, e is EndOfStreamException ? "its rendering breaks off" : $"its rendering is not as it should be: {e.Message}");
        }
    }

    public void Dispose()
    {
        either.Dispose();
        limit.Dispose();
    }
}
