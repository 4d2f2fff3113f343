using Digitizer.Intake;
using Digitizer.Intake.DropFolders;
using Digitizer.Vault;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.Support.DropFolders;

/// <summary>A drop folder with a vault and a ledger, and a clock that tests move: nothing waits.</summary>
internal sealed class DropBench : IDisposable
{
    private readonly string folder;
    private readonly bool isOwnFolder;
    private ClaimFolder? claims;
    private DropFolder? drop;

    /// <param name="options">Changes to the folder's options.</param>
    /// <param name="dropPath">A folder on another file system; null: beside the vault.</param>
    public DropBench(Action<DropFolderOptions>? options = null, string? dropPath = null)
    {
        folder = Directory.CreateTempSubdirectory("digitizer-drop-").FullName;
        isOwnFolder = dropPath is null;
        Clock = new JumpingClock(Time);
        Options = new DropFolderOptions { Name = "quay-1", Path = dropPath ?? System.IO.Path.Combine(folder, "drop"), Watch = false };
        options?.Invoke(Options);
        Directory.CreateDirectory(Options.Path);
        Vault = LocalVault.Open(System.IO.Path.Combine(folder, "vault"), Time);
        Ledger = new FileLedger(LedgerPath);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));

    /// <summary>What the folder is given as its clock.</summary>
    public JumpingClock Clock { get; }

    public DropFolderOptions Options { get; }

    public LocalVault Vault { get; }

    public FileLedger Ledger { get; private set; }

    public string LedgerPath => System.IO.Path.Combine(folder, "ledger");

    public RecordedAlerts Alerts { get; } = new();

    public AdmissionOptions Admission { get; } = new();

    public long MinFreeBytes { get; set; }

    public DropFolder Folder
    {
        get
        {
            claims ??= ClaimFolder.Open(Vault, Time);
            return drop ??= new DropFolder(Options, new DropFolderContext(Vaults.Local(Vault), claims, Ledger, Alerts, Admission, MinFreeBytes), Clock, NullLogger.Instance);
        }
    }

    public string Path(string name) => System.IO.Path.Combine(Options.Path, name);

    /// <summary>Writes a file in the drop folder, and its folders.</summary>
    public string Drop(string name, byte[] content)
    {
        var path = Path(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Looks once.</summary>
    public Task<TimeSpan> LookAsync() => Folder.LookAsync(CancellationToken.None);

    /// <summary>Looks once a second for so long.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await LookAsync();
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await LookAsync();
        }
    }

    /// <summary>Looks as often as a quiet file needs.</summary>
    public Task SettleAsync() => PassAsync(TimeSpan.FromSeconds(4));

    /// <summary>A look, a long time, and a look more: what is not finished by then never will be.</summary>
    public async Task ExpireAsync(double minutes = 16)
    {
        await LookAsync();
        Time.Advance(TimeSpan.FromMinutes(minutes));
        await LookAsync();
    }

    /// <summary>What a process that died leaves is found by the next one.</summary>
    public void Restart()
    {
        drop?.Dispose();
        claims?.Dispose();
        (drop, claims) = (null, null);
        Ledger = new FileLedger(LedgerPath);
    }

    /// <summary>Names in the drop folder, hidden ones left out.</summary>
    public string[] Left() => [.. Directory.EnumerateFileSystemEntries(Options.Path).Select(p => System.IO.Path.GetFileName(p)).Where(n => n[0] != '.').Order(StringComparer.Ordinal)];

    /// <summary>Reason files below the exceptions.</summary>
    public string[] Reasons() => Directory.Exists(Path(".exceptions"))
        ? Directory.GetFiles(Path(".exceptions"), "LY-DO*.txt", SearchOption.AllDirectories)
        : [];

    public void Dispose()
    {
        drop?.Dispose();
        claims?.Dispose();
        Directory.Delete(folder, recursive: true);
        if (!isOwnFolder)
        {
            Directory.Delete(Options.Path, recursive: true);
        }
    }
}
