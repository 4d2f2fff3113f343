using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Digitizer.Tests.Architecture;

namespace Digitizer.Tests.Deploy;

/// <summary>What can be said of the image and the bundle without making them; eng/clean-root makes them.</summary>
public sealed partial class ImageTests
{
    private static readonly string Dockerfile = Repository.Read("Dockerfile");

    // What a bare Debian needs besides: certificates, TLS, time zones.
    private static readonly string[] Besides = ["ca-certificates", "libssl3", "tzdata"];

    private static readonly string[] OfBubblewrap = ["clone", "clone3", "unshare", "mount", "umount2", "pivot_root", "seccomp", "prctl"];

    private static readonly string[] Doors =
    [
        "setns", "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "add_key", "request_key", "keyctl",
        "open_by_handle_at", "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "reboot", "acct", "swapon", "settimeofday", "clock_settime",
        "fsopen", "fsmount", "fsconfig", "move_mount", "open_tree", "mount_setattr", "iopl", "ioperm", "syslog", "quotactl", "chroot",
    ];

    [Fact]
    public void The_packages_are_those_that_the_program_is_set_up_with()
    {
        var runTime = Repository.Read("eng", "setup.sh").Split("run)")[1].Split(";;")[0];
        var needed = Echoed().Matches(runTime).Select(match => match.Groups[1].Value).Append("libicu72").ToHashSet();
        var bundle = Repository.Read("deploy", "packages").Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var image = Installed().Match(Dockerfile).Groups[1].Value.Split([' ', '\\', '\n'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();

        Assert.Equal(needed.Concat(Besides).Order(StringComparer.Ordinal), bundle.Order(StringComparer.Ordinal));
        Assert.Equal(bundle.Append("tini").Order(StringComparer.Ordinal), image.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_image_is_not_root_and_has_a_health_check()
    {
        Assert.Contains("\nUSER 10001:10001\n", Dockerfile, StringComparison.Ordinal);
        Assert.Matches(@"\nHEALTHCHECK [^\n]*CMD \[""digitizer-health""\]\n", Dockerfile);
        Assert.Matches(@"\nENTRYPOINT \[""tini"", ""--"", ""digitizer""\]\n", Dockerfile);
    }

    [Fact]
    public void The_profile_of_system_calls_lets_bubblewrap_work_and_keeps_the_kernels_doors_shut()
    {
        var profile = JsonNode.Parse(Repository.Read("deploy", "seccomp.json"))!;
        Assert.Equal("SCMP_ACT_ERRNO", Manifest.Word(profile["defaultAction"]));
        var allowed = profile["syscalls"]!.AsArray().Single(rule => Manifest.Word(rule!["action"]) == "SCMP_ACT_ALLOW")!["names"]!.AsArray().Select(Manifest.Word).ToList();

        Assert.Equal(allowed.Order(StringComparer.Ordinal), allowed);
        Assert.Empty(OfBubblewrap.Except(allowed));
        Assert.Empty(allowed.Intersect(Doors));
    }

    [GeneratedRegex(@"(?:echo|first_known) ([a-z][a-z0-9-]+)")]
    private static partial Regex Echoed();

    [GeneratedRegex(@"--no-install-recommends \\\n([^&]*?)\s*\\\n\s*&&")]
    private static partial Regex Installed();
}
