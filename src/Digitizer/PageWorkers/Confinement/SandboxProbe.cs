using System.Diagnostics;
using System.Globalization;
using Digitizer.Confinement;

namespace Digitizer.PageWorkers.Confinement;

/// <summary>Proves the confinement by trying, from inside, what it must prevent: each attempt in a child of its own.</summary>
internal static class SandboxProbe
{
    private const int CpuSeconds = 2;

    /// <summary>Tries everything.</summary>
    /// <param name="sandbox">The confinement, after <see cref="Sandbox.Detect"/>.</param>
    /// <param name="launch">The program.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="mountFolder">What the mount attempt is aimed at, as the child sees it.</param>
    /// <param name="cancellation">Ends the attempt that is under way.</param>
    public static async Task<IReadOnlyList<ProbeResult>> RunAsync(
        Sandbox sandbox, WorkerLaunch launch, PageWorkerOptions options, string mountFolder, CancellationToken cancellation)
    {
        var self = KnownProcess.Self();
        var hostFile = Path.GetTempFileName();
        try
        {
            var results = new List<ProbeResult>();
            foreach (var name in ProbeMain.Names)
            {
                string[] arguments = ["--probe", name, hostFile, self.Id.ToString(CultureInfo.InvariantCulture), self.Started, mountFolder];
                results.Add(await TryAsync(name, sandbox.Wrap(launch.Confined(arguments, launch.ReadOnlyFolders[0], options, CpuSeconds)), cancellation));
            }

            return results;
        }
        finally
        {
            File.Delete(hostFile);
        }
    }

    private static async Task<ProbeResult> TryAsync(string name, ProcessStartInfo start, CancellationToken cancellation)
    {
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var answer = (await process.StandardOutput.ReadToEndAsync(cancellation)).Trim();
            await process.WaitForExitAsync(cancellation);
            _ = await errors;
            return Judge(name, answer, process.ExitCode);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static ProbeResult Judge(string name, string answer, int exitCode)
    {
        if (answer.StartsWith(ProbeMain.Refused, StringComparison.Ordinal))
        {
            return new ProbeResult(name, true, $"refused with error {answer[ProbeMain.Refused.Length..].Trim()}");
        }

        // 128 + the signal's number: a limit killed it.
        return answer.Length == 0 && exitCode > 128
            ? new ProbeResult(name, true, FormattableString.Invariant($"killed by signal {exitCode - 128}"))
            : new ProbeResult(name, false, answer.Length == 0 ? FormattableString.Invariant($"no answer, exit code {exitCode}") : answer);
    }
}
