using System.Diagnostics;
using Digitizer.EndToEndTests.Support;

namespace Digitizer.EndToEndTests.Deploy;

/// <summary>
/// What is installed elsewhere, tried in a bare Debian by eng/clean-root: the image's lines and the service that comes of them, and the
/// bundle for servers without internet. Minutes each, so only at <c>./test --long</c> and <c>./test --rows image,bundle</c>.
/// </summary>
public sealed class CleanRootTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(45);

    [Fact]
    [Trait("Row", "image")]
    public Task The_image_runs_the_service_confined_without_rights_and_with_a_read_only_root() => TryAsync("image", ["eng/clean-root", "image"]);

    [Fact]
    [Trait("Row", "bundle")]
    public Task The_bundle_installs_without_network_and_reads_the_samples() => TryAsync("bundle", ["eng/bundle"], ["eng/clean-root", "bundle"]);

    private static async Task TryAsync(string id, params string[][] commands)
    {
        var row = new Row(id, 0, 1, 1);
        if (row.Count == 0)
        {
            row.NotRun($"takes minutes: ./test --long, or ./test --rows {id}");
            return;
        }

        if ((await RunAsync(["eng/clean-root", "hindrance"])).Said.Trim() is { Length: > 0 } why)
        {
            row.NotRun(why);
            return;
        }

        var time = TimeProvider.System.GetTimestamp();
        var failures = new List<string>();
        foreach (var command in commands.TakeWhile(_ => failures.Count == 0))
        {
            var (code, said) = await RunAsync(command);
            failures.AddRange(code == 0 ? [] : [$"{string.Join(' ', command)} ended with {code}:", said]);
        }

        row.Trial(failures.Count == 0);
        row.Note($"seconds={TimeProvider.System.GetElapsedTime(time).TotalSeconds:0}");
        row.Report(failures);
    }

    private static async Task<(int Code, string Said)> RunAsync(string[] command)
    {
        // Both streams in the order in which they are written.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" 2>&1", "sh", .. command]) { WorkingDirectory = Samples.Repository, RedirectStandardOutput = true })!;
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var said = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, said);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
