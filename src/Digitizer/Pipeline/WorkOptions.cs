using System.ComponentModel.DataAnnotations;

namespace Digitizer.Pipeline;

/// <summary>How work is taken from the journal, section <c>Work</c>.</summary>
internal sealed class WorkOptions
{
    /// <summary>How long a claim holds without being renewed; renewed at a third of it.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest wait before the journal is asked again, when nothing says that there is work.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

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
