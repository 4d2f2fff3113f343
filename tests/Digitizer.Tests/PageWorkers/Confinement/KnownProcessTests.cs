using Digitizer.PageWorkers.Confinement;

namespace Digitizer.Tests.PageWorkers.Confinement;

public class KnownProcessTests
{
    [Fact]
    public void A_process_is_known_by_its_number_and_its_start()
    {
        var self = KnownProcess.Self();
        Assert.False(self.IsAnotherHere);
        Assert.True((self with { Started = "1" }).IsAnotherHere);
        Assert.False((self with { Id = int.MaxValue }).IsAnotherHere);
    }
}
