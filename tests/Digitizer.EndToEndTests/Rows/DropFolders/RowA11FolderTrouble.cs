using System.Security.Cryptography;
using Digitizer.EndToEndTests.Support;
using Digitizer.Intake.DropFolders;
using Digitizer.Tests.Support;
using Digitizer.Tests.Support.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>
/// Row A11: drop folders that are deleted, locked, busy and unmounted while they are looked after: one that is emptied by
/// rename and one on a mount, that is emptied by copy. Each trouble is reported and ends; nothing is lost or comes twice.
/// </summary>
[Trait("Row", "A11")]
public sealed class RowA11FolderTrouble : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Root goes past permissions; without these powers it meets them as any other user does.
    private static readonly string[] WithoutPowers = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"];

    private readonly TempFolder folder = new();
    private readonly HashSet<string> wanted = [];
    private int files;

    public void Dispose()
    {
        Mount.Run("umount", "-l", folder["share"]);
        folder.Dispose();
    }

    [Fact]
    public async Task Every_trouble_with_a_folder_is_reported_and_passes_and_nothing_is_lost()
    {
        var row = new Row("A11", 7, 20, 20);
        if (Mount.Hindrance() is { } hindrance)
        {
            row.NotRun(hindrance);
            return;
        }

        Directory.CreateDirectory(folder["plain"]);
        Directory.CreateDirectory(folder["backing/scan"]);
        Directory.CreateDirectory(folder["share"]);
        MountShare();
        var settings = new ChildSettings([Options("plain", folder["plain"]), Options("share", folder["share/scan"])], folder["vault"], folder["ledger"]);
        await using var child = await FolderProcess.StartAsync(settings, WithoutPowers);
        var troubles = Troubles(child, settings);
        var reasons = new List<string>();
        for (var i = 0; i < row.Count; i++)
        {
            var (name, trouble) = troubles[i % troubles.Count];
            var problem = await trouble();
            row.Trial(problem is null);
            reasons.AddRange(problem is null ? [] : [$"{name}: {problem}"]);
        }

        Assert.Equal(wanted.Order(), new FileLedger(settings.Ledger).Accepted.Select(l => l.Sha256).Order());
        row.Report([.. reasons, .. child.Said.TakeLast(20)]);
    }

    private static DropFolderOptions Options(string name, string path)
        => new() { Name = name, Path = path, QuietSeconds = 0.3, BusyLookSeconds = 0.1, IdleLookSeconds = 0.5 };

    private List<(string Name, Func<Task<string?>> Run)> Troubles(FolderProcess child, ChildSettings settings)
    {
        var (plain, share) = (settings.Folders[0], settings.Folders[1]);
        Task<string?> Pass(DropFolderOptions drop, AlertKind kind, Action begin, Action end) => PassAsync(child, settings, drop, kind, begin, end);
        return
        [
            ("deleted", () => Pass(plain, AlertKind.FolderGone, () => Directory.Delete(plain.Path, recursive: true), () => Directory.CreateDirectory(plain.Path))),
            ("deleted on the share", () => Pass(share, AlertKind.FolderGone, () => Directory.Delete(share.Path, recursive: true), () => Directory.CreateDirectory(share.Path))),
            ("locked", () => Pass(plain, AlertKind.FolderGone, () => Lock(plain.Path), () => Unlock(plain.Path))),
            ("locked on the share", () => Pass(share, AlertKind.FolderGone, () => Lock(share.Path), () => Unlock(share.Path))),
            ("unmounted", () => Pass(share, AlertKind.FolderGone, UnmountShare, MountShare)),
            ("busy", () => BusyAsync(child, settings, plain, comesAgain: true)),
            ("busy on the share", () => BusyAsync(child, settings, share, comesAgain: false)),
        ];
    }

    // What lies there when the folder goes away would go with it, so that it is waited for; what comes while it is away waits itself.
    private async Task<string?> PassAsync(FolderProcess child, ChildSettings settings, DropFolderOptions drop, AlertKind kind, Action begin, Action end)
    {
        Drop(drop.Path);
        if (!await AllTakenAsync(settings))
        {
            return "not taken before";
        }

        begin();
        if (!await Eventually.ComesAsync(() => child.Has(kind, drop.Name), Limit))
        {
            return "not reported";
        }

        end();
        Drop(drop.Path);
        return !await AllTakenAsync(settings) ? "not taken afterwards"
            : !await Eventually.ComesAsync(() => !child.Has(kind, drop.Name), Limit) ? "reported for ever"
            : null;
    }

    // A file that something is mounted on cannot be renamed: EBUSY. By copy it is taken once nevertheless; by rename it must come again.
    private Task<string?> BusyAsync(FolderProcess child, ChildSettings settings, DropFolderOptions drop, bool comesAgain)
    {
        var busy = Path.Combine(drop.Path, "busy.jpg");
        var under = folder[$"under-{files}.jpg"];
        return PassAsync(
            child,
            settings,
            drop,
            AlertKind.TakingFailed,
            () =>
            {
                Scan(under);
                File.WriteAllBytes(busy, []);
                Assert.True(Mount.Run("mount", "--bind", under, busy));
            },
            () =>
            {
                Assert.True(Mount.Run("umount", busy));
                File.Delete(busy);
                if (comesAgain)
                {
                    File.Copy(under, Path.Combine(drop.Path, Path.GetFileName(under)));
                }
            });
    }

    private Task<bool> AllTakenAsync(ChildSettings settings)
        => Eventually.ComesAsync(() => wanted.IsSubsetOf(new FileLedger(settings.Ledger).Accepted.Select(l => l.Sha256)), Limit);

    private void MountShare() => Assert.True(Mount.Run("mount", "--bind", folder["backing"], folder["share"]));

    private void UnmountShare()
    {
        Assert.True(Mount.Run("umount", "-l", folder["share"]));
        Drop(folder["backing/scan"]);
    }

    private void Lock(string path)
    {
        File.SetUnixFileMode(path, UnixFileMode.None);
        Drop(path);
    }

    private static void Unlock(string path) => File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private void Drop(string path) => Scan(Path.Combine(path, $"{files}.jpg"));

    private string Scan(string path)
    {
        var content = Scans.Jpeg(files++);
        wanted.Add(Convert.ToHexStringLower(SHA256.HashData(content)));
        File.WriteAllBytes(path, content);
        return path;
    }
}
