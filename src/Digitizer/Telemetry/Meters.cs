using System.Diagnostics.Metrics;

namespace Digitizer.Telemetry;

/// <summary>
/// The meter of all that is recorded while the product works; what is read off a running service has one of its own, which ends with it.
/// docs/telemetry.md lists every instrument.
/// </summary>
/// <remarks>
/// Instruments stand beside the stage that knows the thing, in a class named …Metrics. Tags come from short, closed lists: a
/// drop folder's name, a kind, a state, a result; never a name, a code, an id or a text. While nobody listens an instrument
/// costs one comparison.
/// </remarks>
internal static class Meters
{
    /// <summary>Name of all meters of the product, and of its activities.</summary>
    public const string Name = "Digitizer";

    public static readonly Meter Recorded = new(Name, Product.Version);
}
