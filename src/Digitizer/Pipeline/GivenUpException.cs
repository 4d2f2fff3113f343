using Digitizer.Jobs;

namespace Digitizer.Pipeline;

/// <summary>A step's verdict that no other attempt would change, whatever the kind of failure is.</summary>
internal sealed class GivenUpException(Failure failure) : Exception(failure.Message)
{
    public Failure Failure { get; } = failure;
}
