using System.Diagnostics;

namespace Digitizer.EndToEndTests.Support;

/// <summary>The real program, started as its users start it.</summary>
internal static class DigitizerProgram
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Digitizer.Worker.dll");

    /// <summary>Runs to the end.</summary>
    public static async Task<ProgramRun> RunAsync(params string[] arguments)
    {
        using var process = Start(null, arguments);
        return await FinishAsync(process);
    }

    /// <summary>Runs to the end in a folder of its own.</summary>
    public static async Task<ProgramRun> RunInAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return await FinishAsync(process);
    }

    private static Process Start(string? folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        };
        start.Environment["NO_COLOR"] = "1";
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private static async Task<ProgramRun> FinishAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ProgramRun(process.ExitCode, await output, await errors);
    }
}

/// <summary>How a run of the program ended.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors);
