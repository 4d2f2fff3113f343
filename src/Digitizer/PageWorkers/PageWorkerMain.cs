namespace Digitizer.PageWorkers;

/// <summary>The body of <c>digitizer page-worker</c>: the child side, on standard input and output.</summary>
public static class PageWorkerMain
{
    /// <summary>Serves page tasks until standard input ends.</summary>
    /// <param name="args">What the parent passes after <c>page-worker</c>.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args) => throw new NotSupportedException(string.Join(' ', args));
}
