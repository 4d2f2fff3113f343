using Digitizer.Failures;
using Digitizer.Pipeline;

namespace Digitizer.Tests.Pipeline;

public sealed class RetryRuleTests
{
    private static readonly WorkOptions Options = new() { RetryAfter = TimeSpan.FromSeconds(4), LongestRetry = TimeSpan.FromSeconds(10) };

    [Theory]
    [InlineData(FailureKind.PageWorkerCrashed, 1, 4.0)]
    [InlineData(FailureKind.PageWorkerCrashed, 2, 8.0)]
    [InlineData(FailureKind.Internal, 3, 10.0)]
    [InlineData(FailureKind.ProofFailed, 1, 4.0)]
    public void What_may_end_otherwise_is_tried_again_later_each_time(FailureKind kind, int attempt, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryRule.WaitAfter(kind, attempt, Options, jitter: 0));
        Assert.Equal(TimeSpan.FromSeconds(seconds * 3 / 4), RetryRule.WaitAfter(kind, attempt, Options, jitter: 1));
    }

    [Theory]
    [InlineData(FailureKind.ProofFailed, 2)]
    [InlineData(FailureKind.PdfNotScanned, 1)]
    [InlineData(FailureKind.ImageDamaged, 1)]
    public void What_would_end_the_same_waits_for_a_person(FailureKind kind, int attempt)
        => Assert.Null(RetryRule.WaitAfter(kind, attempt, Options, jitter: 0));
}
