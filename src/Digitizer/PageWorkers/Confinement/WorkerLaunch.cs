using Digitizer.Confinement;

namespace Digitizer.PageWorkers.Confinement;

/// <summary>How a page-worker is started, and what it has to see.</summary>
/// <param name="Program">The .NET host, or the program itself where it brings its runtime along.</param>
/// <param name="Arguments">What comes before the worker's own arguments: the program's dll, if a host runs it, and <c>page-worker</c>.</param>
/// <param name="ReadOnlyFolders">Folders that the worker reads: runtime, program.</param>
internal sealed record WorkerLaunch(string Program, IReadOnlyList<string> Arguments, IReadOnlyList<string> ReadOnlyFolders)
{
    private const string WorkerDll = "Digitizer.Worker.dll";
    private const string Command = "page-worker";

    /// <summary>The program that lies beside the running one.</summary>
    public static WorkerLaunch Default() => For(Path.Combine(AppContext.BaseDirectory, WorkerDll));

    /// <summary>A program elsewhere, run by the runtime that runs us.</summary>
    public static WorkerLaunch For(string workerDll) => For(workerDll, Path.GetDirectoryName(typeof(object).Assembly.Location)!);

    /// <summary>A program and the folder that its runtime was loaded from: <c>shared/Microsoft.NETCore.App/VERSION</c> of an installation, or the program's own.</summary>
    public static WorkerLaunch For(string workerDll, string runtime)
    {
        var folder = Path.GetDirectoryName(workerDll)!;
        if (runtime == folder)
        {
            return new WorkerLaunch(Path.ChangeExtension(workerDll, null), [Command], [folder]);
        }

        var root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        return new WorkerLaunch(Path.Combine(root, "dotnet"), [workerDll, Command], [root, folder]);
    }

    /// <summary>The start of a worker, for <see cref="Sandbox"/>.</summary>
    /// <param name="arguments">The worker's own arguments.</param>
    /// <param name="modelFolder">One more folder that it reads.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="cpuSeconds">Limit of its CPU time, or null for that of all pages until it is recycled.</param>
    public ConfinedProgram Confined(IReadOnlyList<string> arguments, string modelFolder, PageWorkerOptions options, int? cpuSeconds = null) => new(
        Program,
        [.. Arguments, .. arguments],
        [.. ReadOnlyFolders, modelFolder],
        options.MemoryLimit,
        cpuSeconds ?? (int)Math.Min(int.MaxValue, options.RecycleAfterPages * options.PageTimeout.TotalSeconds))
    {
        Environment = new Dictionary<string, string>
        {
            // Read by libgomp before main: with threads of its own, a page costs several times the CPU.
            ["OMP_THREAD_LIMIT"] = "1",
            ["DOTNET_EnableDiagnostics"] = "0",
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_gcConcurrent"] = "0",
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_NOLOGO"] = "1",
        },
    };
}
