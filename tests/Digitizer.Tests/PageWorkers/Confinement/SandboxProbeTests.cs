using Digitizer.Confinement;
using Digitizer.PageWorkers;
using Digitizer.PageWorkers.Confinement;

namespace Digitizer.Tests.PageWorkers.Confinement;

public sealed class SandboxProbeTests
{
    [Fact]
    public async Task Nothing_forbidden_works_in_a_confined_worker()
    {
        var sandbox = new Sandbox(allowUnconfined: false);
        Assert.Equal(ConfinementLevel.Full, sandbox.Detect());

        var results = await SandboxProbe.RunAsync(sandbox, WorkerLaunch.Default(), new PageWorkerOptions(), "/tmp", CancellationToken.None);

        Assert.Equal(ProbeMain.Names, results.Select(r => r.Name));
        Assert.All(results, r => Assert.True(r.Prevented, $"{r.Name}: {r.Detail}"));
    }

    [Fact]
    public async Task The_probe_sees_what_an_unconfined_worker_may_do()
    {
        // Only the limits are in force: what is not limited must be seen to work.
        var folder = Directory.CreateTempSubdirectory("digitizer-mount-").FullName;
        var results = await SandboxProbe.RunAsync(new Sandbox(allowUnconfined: false, ConfinementLevel.None), WorkerLaunch.Default(), new PageWorkerOptions(), folder, CancellationToken.None);
        Directory.Delete(folder);

        var allowed = results.Where(r => !r.Prevented).Select(r => r.Name).ToList();
        Assert.Contains("open a network socket", allowed);
        Assert.Contains("read a file of the host", allowed);
        Assert.Contains("write outside its own /tmp", allowed);
        Assert.Contains("start another process", allowed);
        Assert.Contains("signal a process of the host", allowed);
        Assert.Contains("run a shell", allowed);
        Assert.DoesNotContain("use more memory than allowed", allowed);
        Assert.DoesNotContain("use more CPU time than allowed", allowed);
        Assert.DoesNotContain("write a file larger than allowed", allowed);
    }
}
