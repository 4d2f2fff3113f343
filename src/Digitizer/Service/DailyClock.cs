using System.Globalization;
using System.Text;
using Digitizer.Failures;
using Digitizer.Workspace;

namespace Digitizer.Service;

/// <summary>Once a day at a time of day; a day that the service was off, or a machine switched off at night, is made up for at the next start.</summary>
/// <param name="file">Remembers when it was last done.</param>
/// <param name="at">Time of day on this machine.</param>
/// <param name="time">The clock.</param>
internal sealed class DailyClock(string file, TimeOnly at, TimeProvider time)
{
    // Long enough to be cheap, short enough to follow a clock that is set.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private DateTimeOffset? last;

    /// <summary>Waits until it is due.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        while (Remaining is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < LongestWait ? left : LongestWait, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Remembers that it was done now.</summary>
    public void Done()
    {
        last = time.GetUtcNow();
        try
        {
            AtomicFile.Write(file, Existing.Replace, stream => stream.Write(Encoding.ASCII.GetBytes(last.Value.ToString("O", CultureInfo.InvariantCulture))));
        }
        catch (DigitizerException)
        {
            // A full disk: this process remembers it, and the next one does it once more.
        }
    }

    /// <summary>Time until it is due; zero or less if it is.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var now = time.GetUtcNow();
            last ??= Read();
            if (last is null)
            {
                // The first day begins now.
                Done();
            }

            var local = TimeZoneInfo.ConvertTime(last < now ? last.Value : now, time.LocalTimeZone).DateTime;
            var next = local.Date + at.ToTimeSpan();
            next = next > local ? next : next.AddDays(1);
            return new DateTimeOffset(next, time.LocalTimeZone.GetUtcOffset(next)) - now;
        }
    }

    private DateTimeOffset? Read()
    {
        try
        {
            return File.Exists(file) && DateTimeOffset.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var read) ? read : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
