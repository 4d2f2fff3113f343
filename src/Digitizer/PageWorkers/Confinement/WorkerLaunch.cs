namespace Digitizer.PageWorkers.Confinement;

/// <summary>How a page-worker is started, and what it has to see.</summary>
/// <param name="Program">The .NET host.</param>
/// <param name="Arguments">What comes before the worker's own arguments: the program's dll and <c>page-worker</c>.</param>
/// <param name="ReadOnlyFolders">Folders that the worker reads: runtime, program.</param>
internal sealed record WorkerLaunch(string Program, IReadOnlyList<string> Arguments, IReadOnlyList<string> ReadOnlyFolders)
{
    private const string WorkerDll = "Digitizer.Worker.dll";

    /// <summary>The program that lies beside the running one.</summary>
    public static WorkerLaunch Default() => For(Path.Combine(AppContext.BaseDirectory, WorkerDll));

    /// <summary>A program elsewhere, run by the runtime that runs us.</summary>
    public static WorkerLaunch For(string workerDll)
    {
        var root = DotnetRoot();
        return new WorkerLaunch(Path.Combine(root, "dotnet"), [workerDll, "page-worker"], [root, Path.GetDirectoryName(workerDll)!]);
    }

    /// <summary>The folder above <c>shared/Microsoft.NETCore.App/VERSION</c>, where the runtime was loaded from.</summary>
    private static string DotnetRoot()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
    }
}
