namespace Digitizer.Benchmarks.Scale.Simulation;

/// <summary>Measured beside simulated.</summary>
internal static class Comparison
{
    /// <summary>Each measured point at full load, and what the model makes of it: its costs are those of two workers, and grow with the processes on the machine along a straight line through all points.</summary>
    public static IEnumerable<(ScalePoint Measured, SimulatedPoint Simulated)> Of(ScaleFigures figures)
    {
        foreach (var points in new[] { figures.Journal, figures.Vault.Points })
        {
            var full = ScalePoint.Means(points);
            var costs = full.First(p => p.Workers == 2);
            var line = full.Select(p => ((double)p.Workers, p.Cpu)).ToList();
            var (slope, mean, workers) = (Ratios.Slope(line), full.Average(p => p.Cpu), full.Average(p => p.Workers));
            foreach (var point in full)
            {
                var cpu = mean + (slope * (point.Workers - workers));
                yield return (point, HouseSimulation.Full(Calibration.Of(costs, point, figures.Cores).Scaled(cpu / costs.Cpu)));
            }
        }
    }
}
