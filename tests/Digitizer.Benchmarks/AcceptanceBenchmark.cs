using System.Diagnostics;
using Digitizer.Intake;
using Digitizer.Intake.DropFolders;
using Digitizer.Jobs;
using Digitizer.Native;
using Digitizer.Vault;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digitizer.Benchmarks;

/// <summary>Figures of <c>acceptance</c>, milliseconds a file.</summary>
/// <param name="Plain">Write, fsync, rename and fsync of the folder, of the same bytes.</param>
/// <param name="Acceptance">From a file that has settled in a drop folder to the row in the journal.</param>
/// <param name="Ratio">Of alternating pairs.</param>
internal sealed record AcceptanceFigures(Ratios Plain, Ratios Acceptance, Ratios Ratio);

/// <summary>What safe custody of a file costs against merely writing it safely, by turns in one run, on one disk.</summary>
internal static class AcceptanceBenchmark
{
    private const int FileBytes = 300_000;
    private const int FilesOfTurn = 40;

    /// <param name="folder">On the disk that is to be measured.</param>
    /// <param name="pairs">Turns.</param>
    public static async Task<AcceptanceFigures> RunAsync(string folder, int pairs)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            await using var jobs = await JobStore.OpenAsync(
                new JobOptions { File = Path.Combine(root, "journal.db"), AuditFile = Path.Combine(root, "audit.jsonl") }, TimeProvider.System, default);
            var vault = LocalVault.Open(Path.Combine(root, "vault"), TimeProvider.System);
            using var claims = ClaimFolder.Open(vault, TimeProvider.System);
            var options = new DropFolderOptions { Name = "benchmark", Path = Directory.CreateDirectory(Path.Combine(root, "drop")).FullName, Watch = false, QuietSeconds = 0.01, QuietLooks = 1 };
            var context = new DropFolderContext(Vaults.Local(vault), claims, new Receiver(jobs, () => { }, () => false), new NoAlerts(), new AdmissionOptions(), 0);
            using var drop = new DropFolder(options, context, TimeProvider.System, NullLogger.Instance);
            var (plain, acceptance) = (new List<double>(), new List<double>());
            for (var pair = 0; pair <= pairs; pair++)
            {
                var files = Enumerable.Range(0, FilesOfTurn).Select(Scan).ToList();
                var writing = WritePlainly(Path.Combine(root, $"plain-{pair}"), files);
                var accepting = await AcceptAsync(drop, options.Path, files);

                // The first turn makes folders and compiles.
                if (pair > 0)
                {
                    plain.Add(writing);
                    acceptance.Add(accepting);
                }
            }

            return new AcceptanceFigures(Ratios.Of(plain), Ratios.Of(acceptance), Ratios.Of(plain.Zip(acceptance, (p, a) => a / p)));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static double WritePlainly(string folder, List<byte[]> files)
    {
        Directory.CreateDirectory(folder);
        var clock = Stopwatch.StartNew();
        foreach (var (i, file) in files.Index())
        {
            var path = Path.Combine(folder, $"{i}.jpg");
            using (var stream = new FileStream(path + ".tmp", FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(file);
                PosixFiles.Flush(stream.SafeFileHandle, path);
            }

            PosixFiles.Rename(path + ".tmp", path);
            PosixFiles.FlushFolder(folder);
        }

        return clock.Elapsed.TotalMilliseconds / files.Count;
    }

    // The files are as a scanner leaves them: written, and not flushed.
    private static async Task<double> AcceptAsync(DropFolder drop, string folder, List<byte[]> files)
    {
        foreach (var (i, file) in files.Index())
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{i}.jpg"), file);
        }

        await drop.LookAsync(CancellationToken.None);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var before = drop.Status.Taken;
        var clock = Stopwatch.StartNew();
        while (drop.Status.Taken < before + files.Count)
        {
            await drop.LookAsync(CancellationToken.None);
        }

        return clock.Elapsed.TotalMilliseconds / files.Count;
    }

    // A JPEG to those who look for its ends; the rest is noise, no two alike.
    private static byte[] Scan(int number)
    {
        var file = new byte[FileBytes];
        Random.Shared.NextBytes(file);
        for (var i = 0; i < file.Length; i++)
        {
            // No byte may look like a marker.
            file[i] = file[i] == 0xFF ? (byte)number : file[i];
        }

        byte[] head = [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 64, 0, 64, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0];
        head.CopyTo(file, 0);
        (file[^2], file[^1]) = (0xFF, 0xD9);
        return file;
    }

    private sealed class NoAlerts : IAlerts
    {
        public void Raised(FolderAlert alert) => Console.Error.WriteLine($"{alert.Kind} {alert.Message}");

        public void Ended(FolderAlert alert)
        {
            // Said when it was raised.
        }
    }
}
