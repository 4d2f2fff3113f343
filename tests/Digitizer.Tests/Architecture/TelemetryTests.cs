using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Telemetry;

namespace Digitizer.Tests.Architecture;

/// <summary>What is measured, what the documents say of it, and what the dashboard asks for are the same.</summary>
public sealed partial class TelemetryTests
{
    private static readonly string Page = Repository.Read("docs", "telemetry.md");

    private static readonly List<Instrument> Instruments = All();

    [Fact]
    public void Every_instrument_has_one_row_with_its_unit_and_its_name_in_Prometheus()
        => Assert.Equal(
            Instruments.Select(i => $"{i.Name} {i.Unit} {InPrometheus(i)}").Order(StringComparer.Ordinal),
            Repository.Table(Page, "instrument").Select(row => $"{row[0]} {row[2]} {row[3]}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_instrument_says_what_it_is()
        => Assert.All(Instruments, i => Assert.EndsWith(".", i.Description, StringComparison.Ordinal));

    [Theory]
    [InlineData("samples/grafana/digitizer.json")]
    [InlineData("docs/telemetry.md")]
    public void Every_metric_that_is_asked_for_exists(string file)
    {
        var series = Instruments.SelectMany(Series).ToHashSet();
        var asked = Metric().Matches(Repository.Read(file)).Select(m => m.Value).Distinct().ToList();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(series));
    }

    [Fact]
    public void Every_instrument_is_on_the_dashboard()
    {
        var asked = Metric().Matches(Repository.Read("samples/grafana/digitizer.json")).Select(m => m.Value).ToHashSet();

        Assert.All(Instruments, i => Assert.Contains(Series(i), asked.Contains));
    }

    // An exception's message may quote the name of a file, and a log writes it out with the exception.
    [Fact]
    public void No_line_of_the_log_takes_an_exception()
    {
        var lines = from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
                    from Match line in LogLine().Matches(File.ReadAllText(file))
                    select line.Value;

        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, line => line.Contains("Exception ", StringComparison.Ordinal));
    }

    private static List<Instrument> All()
    {
        var found = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Meters.Name)
                {
                    lock (found)
                    {
                        found.Add(instrument);
                    }
                }
            },
        };
        foreach (var metrics in typeof(Meters).Assembly.GetTypes().Where(type => type.Name.EndsWith("Metrics", StringComparison.Ordinal)))
        {
            RuntimeHelpers.RunClassConstructor(metrics.TypeHandle);
        }

        using var gauges = new ServiceGauges(new Gauged(() => new Backlog(new Dictionary<WorkKind, long>(), new Dictionary<WorkKind, long>(), null), () => [], () => 0, () => []), TimeProvider.System);
        listener.Start();
        lock (found)
        {
            return [.. found.DistinctBy(i => i.Name)];
        }
    }

    // As the collector's Prometheus exporter names them: annotations in braces are no unit, counters are totals.
    private static string InPrometheus(Instrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return instrument.Name.Replace('.', '_') + unit + (instrument is Counter<long> ? "_total" : "");
    }

    private static IEnumerable<string> Series(Instrument instrument)
    {
        var name = InPrometheus(instrument);
        return instrument is Histogram<double> ? [name, $"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];
    }

    [GeneratedRegex(@"\bdigitizer_\w+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\[LoggerMessage\([^\n]*\n[^\n]*;")]
    private static partial Regex LogLine();
}
