namespace Digitizer.Jobs;

/// <summary>
/// Reads the history for somebody who must miss no line of it. On PostgreSQL a line may be committed after one with a higher number; at a
/// missing number the walk stops until every transaction that was writing when it was first missed is over: then its line is there, or was undone.
/// </summary>
/// <param name="jobs">The journal.</param>
internal sealed class HistoryWalk(JobStore jobs)
{
    private long complete;
    private (long Line, long Writer)? awaited;

    /// <summary>The lines after one of them, in order and without a gap that may still be filled.</summary>
    /// <param name="after">The last line that is known.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    public async Task<IReadOnlyList<HistoryLine>> ReadAsync(long after, int count, CancellationToken cancellation)
    {
        var slice = await jobs.HistoryAsync(after, count, cancellation).ConfigureAwait(false);
        if (awaited is { } mark && slice.OldestWriter >= mark.Writer)
        {
            (complete, awaited) = (mark.Line, null);
        }

        var last = after;
        List<HistoryLine> lines = [.. slice.Lines.TakeWhile(line =>
        {
            var follows = line.Id <= complete || line.Id == last + 1;
            last = line.Id;
            return follows;
        })];
        if (lines.Count < slice.Lines.Count && awaited is null)
        {
            // Every transaction writes or locks a row, and so has its number, before a line of the history gets its own.
            awaited = (slice.Lines[^1].Id, await jobs.NextWriterAsync(cancellation).ConfigureAwait(false));
        }

        return lines;
    }
}
