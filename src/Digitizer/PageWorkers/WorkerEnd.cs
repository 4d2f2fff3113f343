using Digitizer.Confinement;
using Digitizer.Failures;

namespace Digitizer.PageWorkers;

/// <summary>Says how a worker ended that should have answered.</summary>
internal static class WorkerEnd
{
    // What shells, bubblewrap and Process.ExitCode make of a death by signal.
    private const int SignalBase = 128;

    /// <summary>What the C++ library and .NET write before they abort for want of memory.</summary>
    public static readonly IReadOnlyList<string> OutOfMemoryWords = ["bad_alloc", "out of memory", "OutOfMemoryException", "insufficient memory"];

    /// <param name="exitCode">Of the worker or its wrapper.</param>
    /// <param name="errors">What it wrote to standard error, watched for <see cref="OutOfMemoryWords"/>.</param>
    public static DigitizerException Describe(int exitCode, ErrorLines errors)
    {
        if (errors.WatchedSeen)
        {
            return OutOfMemory();
        }

        var how = exitCode > SignalBase
            ? FormattableString.Invariant($"was ended by signal {exitCode - SignalBase}")
            : FormattableString.Invariant($"ended with code {exitCode}");
        return new DigitizerException(
            FailureKind.PageWorkerCrashed,
            $"The page-worker {how} while it had the page{errors.Quoted()}. If it happens again, hand the file to support.");
    }

    public static DigitizerException OutOfMemory(Exception? inner = null) => new(
        FailureKind.PageOutOfMemory,
        "The page needs more memory than a page-worker may use. Scan at 300 dpi, or raise the limit.",
        inner);
}
