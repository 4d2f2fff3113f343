using System.Collections.Concurrent;
using System.Diagnostics;

namespace Digitizer.Confinement;

/// <summary>
/// Starts processes from one thread that lives as long as they do. A child that asked to die with
/// its parent (PR_SET_PDEATHSIG) dies with the <em>thread</em> that started it, and threads of the
/// pool come and go.
/// </summary>
internal sealed class ProcessLauncher : IDisposable
{
    private readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> requests = [];
    private readonly Thread thread;

    public ProcessLauncher()
    {
        thread = new Thread(Serve) { IsBackground = true, Name = "launcher" };
        thread.Start();
    }

    public Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        requests.Add((start, started));
        return started.Task;
    }

    public void Dispose()
    {
        requests.CompleteAdding();
        thread.Join();
        requests.Dispose();
    }

    private void Serve()
    {
        foreach (var (start, started) in requests.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e)
            {
                // To whoever asked: an exception that left this thread would end the product.
                started.SetException(e);
            }
        }
    }
}
