using System.ComponentModel.DataAnnotations;

namespace Digitizer.Pipeline;

/// <summary>How work is taken from the journal, section <c>Work</c>.</summary>
internal sealed class WorkOptions
{
    /// <summary>How long a claim holds without being renewed; renewed at a third of it.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    // Where there was work a moment ago, other processes may have more.
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait before the journal is asked again, when nothing says that there is work.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait before the journal is asked again: twice as long as before, up to <see cref="Poll"/>.</summary>
    /// <param name="before">The wait before; zero: there was work.</param>
    public TimeSpan Patience(TimeSpan before) => before == TimeSpan.Zero ? Min(ShortestPoll, Poll) : Min(before * 2, Poll);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>First wait after a failure that may pass; doubled each time.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two attempts.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Documents written and proved at the same time.</summary>
    [Range(1, 64)]
    public int Finishing { get; set; } = 2;

    /// <summary>Documents on their way to the dossier store at the same time.</summary>
    [Range(1, 64)]
    public int Delivering { get; set; } = 4;
}
