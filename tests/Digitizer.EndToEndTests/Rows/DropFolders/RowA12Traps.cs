using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Digitizer.EndToEndTests.Support;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>Row A12: links, pipes, sockets, devices, holes, and names that mean harm. The canary stays as it is, nothing hangs, nothing leaves its folder.</summary>
[Trait("Row", "A12")]
public sealed class RowA12Traps : IDisposable
{
    private static readonly byte[][] Names =
    [
        "dòng\nmới.jpg"u8.ToArray(), "a\rb.jpg"u8.ToArray(), "a\tb.jpg"u8.ToArray(), "\u202Egpj.exe"u8.ToArray(), "a\u200Bb.jpg"u8.ToArray(), [0xFF, 0xFE, (byte)'a'], [0xC3, 0x28, (byte)'.', (byte)'j'],
        [0xE1, 0xBA], "x..%2f..%2fetc.jpg"u8.ToArray(), "x..jpg.jpg"u8.ToArray(), "~.jpg"u8.ToArray(), "#.jpg"u8.ToArray(), "-rf"u8.ToArray(), "--help.jpg"u8.ToArray(), "a b.jpg"u8.ToArray(), " "u8.ToArray(), "$(reboot).jpg"u8.ToArray(),
        "`id`.jpg"u8.ToArray(), "a;b|c&d.jpg"u8.ToArray(), "a'b\"c.jpg"u8.ToArray(), "*?.jpg"u8.ToArray(), "\\..\\x.jpg"u8.ToArray(), "C:\\x.jpg"u8.ToArray(), "CON.jpg"u8.ToArray(), "x."u8.ToArray(),
        "LY-DO.txt"u8.ToArray(), "a.json"u8.ToArray(), "e\u0301.jpg"u8.ToArray(), "\u00E9.jpg"u8.ToArray(), "{0}.jpg"u8.ToArray(), "%s%n.jpg"u8.ToArray(), "<script>.jpg"u8.ToArray(), "=1+1.jpg"u8.ToArray(),
        [.. Enumerable.Repeat((byte)'n', 255)], [.. Enumerable.Repeat((byte)0x80, 255)], [0x01], [0x7F, (byte)'.', (byte)'j'], "\u0000"u8.ToArray().Select(_ => (byte)'z').ToArray(),
    ];

    private readonly DropBench bench = new();
    private readonly string outside = Directory.CreateTempSubdirectory("digitizer-canary-").FullName;
    private readonly Row row = new("A12", 60, 60, 60);
    private readonly List<string> reasons = [];

    public void Dispose()
    {
        bench.Dispose();
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public async Task Traps_are_refused_odd_names_are_taken_and_the_canary_is_untouched()
    {
        var canary = Path.Combine(outside, "canary.jpg");
        File.WriteAllBytes(canary, Scans.Jpeg(7));
        var before = PosixFiles.Look(canary, followLinks: false);
        var traps = Traps(canary);
        var odd = OddNames();
        using var sockets = Socket("s1.jpg");

        await bench.ExpireAsync();
        await bench.SettleAsync();

        var refused = bench.Ledger.Refused.ToDictionary(l => l.Shown, l => l.Refusal);
        foreach (var (name, kind) in traps.Append(("s1.jpg", "NotAPlainFile")))
        {
            Judge(name, refused.GetValueOrDefault(name) == kind);
        }

        var kept = bench.Ledger.Accepted.Select(l => l.Sha256).ToHashSet();
        odd.ForEach(o => Judge(o.Shown, kept.Contains(o.Sha256)));
        Assert.Equal(Scans.Jpeg(7), File.ReadAllBytes(canary));
        Assert.Equal(before!.Modified, PosixFiles.Look(canary, followLinks: false)!.Modified);
        Assert.Equal(["canary.jpg"], Directory.EnumerateFileSystemEntries(outside).Select(p => Path.GetFileName(p)).Where(n => n != "second.jpg"));
        Assert.DoesNotContain(bench.Ledger.Lines, l => l.Sha256 == Convert.ToHexStringLower(SHA256.HashData(Scans.Jpeg(7))));
        Assert.Empty(bench.Left());
        row.Report(reasons);
    }

    private void Judge(string name, bool isRight)
    {
        row.Trial(isRight);
        if (!isRight)
        {
            reasons.Add(ShownName.Escape(name));
        }
    }

    private List<(string Name, string Kind)> Traps(string canary)
    {
        var traps = new List<(string, string)>();
        string[] targets = [canary, "/etc/passwd", "/dev/zero", "/dev/tty", "/proc/self/mem", outside, "/", "../../x", "nowhere", "l0.jpg", "/proc/self/fd/0", bench.Options.Path];
        foreach (var (i, target) in targets.Index())
        {
            File.CreateSymbolicLink(bench.Path($"l{i}.jpg"), target);
            traps.Add(($"l{i}.jpg", "NotAPlainFile"));
        }

        // The canary's own second name would take the canary's bytes along: its twin is linked instead.
        var second = Path.Combine(outside, "second.jpg");
        File.WriteAllBytes(second, Scans.Jpeg(8));
        Run("ln", second, bench.Path("hard.jpg"));
        Run("mkfifo", bench.Path("p1.jpg"));
        Run("mkfifo", bench.Path("p2.pdf"));
        Run("truncate", "-s", "1T", bench.Path("hole.tif"));
        Run("truncate", "-s", "100M", bench.Path("hole2.tif"));
        traps.AddRange([("hard.jpg", "NotAPlainFile"), ("p1.jpg", "NotAPlainFile"), ("p2.pdf", "NotAPlainFile"), ("hole.tif", "FileTooLarge"), ("hole2.tif", "FormatUnknown")]);
        foreach (var (i, device) in new[] { ("c", "1", "5"), ("c", "1", "3"), ("c", "5", "0"), ("b", "7", "200") }.Index())
        {
            if (Run("mknod", bench.Path($"d{i}.jpg"), device.Item1, device.Item2, device.Item3))
            {
                traps.Add(($"d{i}.jpg", "NotAPlainFile"));
            }
        }

        return traps;
    }

    private List<(string Shown, string Sha256)> OddNames()
    {
        using var folder = PosixFolder.Open(bench.Options.Path);
        var made = new List<(string, string)>();
        foreach (var (i, name) in Names.Index())
        {
            var content = Scans.Jpeg(100 + i);
            using var file = folder.CreateFile(FileName.FromBytes(name), 0b110_100_100);
            RandomAccess.Write(file, content, 0);
            made.Add((Convert.ToHexString(name), Convert.ToHexStringLower(SHA256.HashData(content))));
        }

        return made;
    }

    private Socket Socket(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(bench.Path(name)));
        return socket;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
