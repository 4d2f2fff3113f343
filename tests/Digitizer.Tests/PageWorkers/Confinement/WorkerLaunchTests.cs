using Digitizer.PageWorkers.Confinement;

namespace Digitizer.Tests.PageWorkers.Confinement;

public class WorkerLaunchTests
{
    [Fact]
    public void Where_a_runtime_is_installed_its_host_runs_the_program()
    {
        var launch = WorkerLaunch.For("/opt/digitizer/Digitizer.Worker.dll", "/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.0");
        Assert.Equal("/usr/share/dotnet/dotnet", launch.Program);
        Assert.Equal(["/opt/digitizer/Digitizer.Worker.dll", "page-worker"], launch.Arguments);
        Assert.Equal(["/usr/share/dotnet", "/opt/digitizer"], launch.ReadOnlyFolders);
    }

    [Fact]
    public void A_program_that_brings_its_runtime_along_runs_by_itself_and_its_worker_sees_nothing_else()
    {
        var launch = WorkerLaunch.For("/opt/digitizer/Digitizer.Worker.dll", "/opt/digitizer");
        Assert.Equal("/opt/digitizer/Digitizer.Worker", launch.Program);
        Assert.Equal(["page-worker"], launch.Arguments);
        Assert.Equal(["/opt/digitizer"], launch.ReadOnlyFolders);
    }
}
