using System.Diagnostics;

namespace Digitizer.EndToEndTests.Support;

/// <summary>Programs that change what lies where in the file system.</summary>
internal static class Mount
{
    /// <summary>Null if this machine lets us mount; otherwise why not.</summary>
    public static string? Hindrance(params string[] programs)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return "only root may mount";
        }

        var folder = Directory.CreateTempSubdirectory("digitizer-mount-").FullName;
        try
        {
            return !Run("mount", "-t", "tmpfs", "none", folder) ? "this machine allows no mounts"
                : !Run("umount", folder) ? "this machine allows no unmounting"
                : programs.FirstOrDefault(p => !Run("sh", "-c", $"command -v {p}")) is { } missing ? $"{missing} is not installed"
                : null;
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    /// <summary>Runs a program to its end; what it says is not needed.</summary>
    public static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
