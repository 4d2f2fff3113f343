namespace Digitizer.Benchmarks.Scale.Simulation;

/// <summary>Measured beside simulated.</summary>
internal static class Comparison
{
    /// <summary>Each measured point at full load, and what the model makes of it, whose costs are those of two workers.</summary>
    public static IEnumerable<(ScalePoint Measured, SimulatedPoint Simulated)> Of(ScaleFigures figures)
    {
        foreach (var points in new[] { figures.Journal, figures.Vault.Points })
        {
            var full = points.Where(p => p.Offered is null).ToList();
            var costs = full.First(p => p.Workers == 2);
            foreach (var point in full.GroupBy(p => p.Workers).Select(g => g.OrderBy(p => p.PagesPerSecond).ElementAt(g.Count() / 2)))
            {
                yield return (point, HouseSimulation.Full(Calibration.Of(costs, point, figures.Cores)));
            }
        }
    }
}
