using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Digitizer.EndToEndTests.Support;

/// <summary>The real program, as built, in a folder of its own.</summary>
internal sealed class TestProgram : IDisposable
{
    /// <summary>How long a test waits for what must come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Digitizer.Worker.dll");

    public string Folder { get; } = Directory.CreateTempSubdirectory("digitizer-e2e-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Runs it to its end.</summary>
    public Task<Ended> RunAsync(params string[] arguments) => RunAsync("dotnet", [Program, .. arguments]);

    /// <summary>Runs it to its end inside another program.</summary>
    public async Task<Ended> RunInsideAsync(string program, string[] before, params string[] arguments)
        => await RunAsync(program, [.. before, "dotnet", Program, .. arguments]);

    /// <summary>
    /// Starts it and leaves standard output to be read. It answers to Ctrl-C even if these tests run in
    /// the background of a shell, which would have it ignored.
    /// </summary>
    public Process Start(params string[] arguments) => StartWith([], arguments);

    /// <summary>Starts the service and waits until it is ready.</summary>
    /// <param name="configuration">Its file.</param>
    /// <param name="failpoints">What is to fail, or null.</param>
    public async Task<Process> ServeAsync(string configuration, string? failpoints = null)
    {
        var service = StartWith(failpoints is null ? [] : [$"DIGITIZER_FAILPOINTS={failpoints}"], "serve", "--config", configuration);
        var said = new List<string>();
        while (await service.StandardError.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.Contains("Ready:", StringComparison.Ordinal))
            {
                _ = service.StandardError.ReadToEndAsync();
                return service;
            }
        }

        throw new InvalidOperationException("The service ended before it was ready: " + string.Join(Environment.NewLine, said));
    }

    /// <summary>Tells a started program to end, and waits for it.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> StopAsync(Process service)
    {
        Signal(service, "TERM");
        await service.WaitForExitAsync().WaitAsync(Patience);
        return service.ExitCode;
    }

    /// <summary>Writes a file, and its folders.</summary>
    public void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
    }

    /// <summary>All files below a folder, relative and in order, without the state of runs.</summary>
    public string[] Files(string below) => !Directory.Exists(this[below]) ? [] : [.. Directory
        .EnumerateFiles(this[below], "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(this[below], f))
        .Where(f => !f.StartsWith(".digitizer/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    /// <summary>Sends a signal by name to a started program.</summary>
    public static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>As <see cref="Start"/>, with variables set, each <c>NAME=VALUE</c>.</summary>
    public Process StartWith(string[] environment, params string[] arguments)
        => Process.Start(StartInfo("env", ["--default-signal=INT", .. environment, "dotnet", Program, .. arguments]))!;

    private async Task<Ended> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(StartInfo(program, arguments))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, output, await errors);
    }

    private ProcessStartInfo StartInfo(string program, string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = Folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    };
}

/// <summary>How a run ended.</summary>
internal sealed record Ended(int Code, string Output, string Errors)
{
    /// <summary>For messages of failed assertions.</summary>
    public override string ToString() => $"exit {Code}\n{Output}\n{Errors}";
}
