using Digitizer.Failures;
using Digitizer.Jobs;

namespace Digitizer.Service;

/// <summary>Begins again, when the journal answers, what it had to end because a journal on a server was away.</summary>
internal sealed class JournalOutage(JobStore jobs, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>Runs it until it ends by itself or is cancelled.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        for (var wait = TimeSpan.FromSeconds(1); ; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            try
            {
                await work(cancellation).ConfigureAwait(false);
                return;
            }
            catch (DigitizerException e) when (e.Kind == FailureKind.JournalUnavailable && jobs.MayComeBack)
            {
                await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
            }
        }
    }
}
