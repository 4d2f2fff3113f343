using System.Diagnostics;
using System.Globalization;

namespace Digitizer.Failures;

/// <summary>
/// Has the program fail at chosen points, so that trials and customers can see that nothing is lost by it.
/// Off unless the environment says otherwise: a point then costs one comparison.
/// </summary>
/// <remarks>
/// <c>DIGITIZER_FAILPOINTS=Sealed=kill;Committed@7=hang:30</c>: what happens at the point's n-th passing (the first,
/// if no number is given), once in the life of the process. <c>kill</c> ends it as SIGKILL does, <c>io</c> throws an
/// <see cref="IOException"/>, <c>fault</c> an exception that nobody expects, <c>hang:SECONDS</c> stands still.
/// <c>DIGITIZER_FAILPOINTS_LOG</c> names a file that gets the name of every point that acted.
/// </remarks>
internal static class Failpoints
{
    private const string Variable = "DIGITIZER_FAILPOINTS";

    private static readonly Dictionary<Failpoint, Plan>? Plans = ParseOrNull(Environment.GetEnvironmentVariable(Variable));
    private static readonly string? LogFile = Environment.GetEnvironmentVariable(Variable + "_LOG");

    /// <summary>What is switched on, for people; null: nothing.</summary>
    /// <exception cref="DigitizerException">ConfigurationInvalid: the variable cannot be read.</exception>
    public static string? Active
    {
        get
        {
            var text = Environment.GetEnvironmentVariable(Variable);
            return Parse(text) is null ? null : text;
        }
    }

    /// <summary>Says that a point is passed.</summary>
    /// <exception cref="IOException">It was asked for.</exception>
    public static void Pass(Failpoint point)
    {
        if (Plans is not null && Plans.TryGetValue(point, out var plan) && Interlocked.Increment(ref plan.Passed) == plan.At)
        {
            Act(point, plan);
        }
    }

    private static void Act(Failpoint point, Plan plan)
    {
        if (LogFile is not null)
        {
            File.AppendAllText(LogFile, $"{point}\n");
        }

        switch (plan.Act)
        {
            case "kill":
                Process.GetCurrentProcess().Kill();
                StandStill(Timeout.InfiniteTimeSpan);
                break;
            case "io":
                throw new IOException($"A failure was asked for at {point}.");
            case "fault":
                throw new InvalidOperationException($"A fault was asked for at {point}.");
            default:
                StandStill(plan.Hang);
                break;
        }
    }

    // As a disk that does not answer: the thread is gone for so long.
    private static void StandStill(TimeSpan time)
    {
        using var never = new ManualResetEvent(false);
        never.WaitOne(time);
    }

    private static Dictionary<Failpoint, Plan>? ParseOrNull(string? text)
    {
        try
        {
            return Parse(text);
        }
        catch (DigitizerException)
        {
            // Whoever starts the service asks what is active, and hears of it.
            return null;
        }
    }

    private static Dictionary<Failpoint, Plan>? Parse(string? text)
        => string.IsNullOrEmpty(text)
            ? null
            : text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne).ToDictionary(p => p.Point, p => p.Plan);

    private static (Failpoint Point, Plan Plan) ParseOne(string text)
    {
        var (where, act) = text.Split('=') is [var left, var right] ? (left, right) : throw Unreadable(text);
        var (name, at) = where.Split('@') is [var counted, var number] ? (counted, number) : (where, "1");
        var (verb, seconds) = act.Split(':') is [var hang, var length] ? (hang, length) : (act, "0");
        return Enum.TryParse<Failpoint>(name, out var point)
            && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var passing)
            && double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var wait)
            && verb is "kill" or "io" or "fault" or "hang"
            ? (point, new Plan(passing, verb, TimeSpan.FromSeconds(wait)))
            : throw Unreadable(text);
    }

    private static DigitizerException Unreadable(string text)
        => new(FailureKind.ConfigurationInvalid, $"{Variable} cannot be read at {ShownName.Escape(text)}. Write POINT[@N]=kill|io|fault|hang:SECONDS, or unset it.");

    private sealed record Plan(int At, string Act, TimeSpan Hang)
    {
        public int Passed;
    }
}
