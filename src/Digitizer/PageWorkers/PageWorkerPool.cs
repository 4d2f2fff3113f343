using Digitizer.Pages;
using Digitizer.Recognition;
using Microsoft.Extensions.Logging;

namespace Digitizer.PageWorkers;

/// <summary>The resident, confined child processes that decode and read pages.</summary>
internal sealed class PageWorkerPool(PageWorkerOptions options, TimeProvider time, ILogger<PageWorkerPool> log) : IAsyncDisposable
{
    /// <summary>Starts the first worker and learns its engine.</summary>
    public Task<EngineInfo> StartAsync(CancellationToken cancellation) => throw new NotSupportedException($"{options}{time}{log}");

    /// <summary>Asks a worker what a file holds.</summary>
    /// <exception cref="Failures.DigitizerException">Why the file is refused.</exception>
    public Task<UnitContents> InspectAsync(string file, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>Has a page read, with up to <see cref="PageWorkerOptions.PageAttempts"/> attempts; the coded picture, if it is not the source file, is written to <paramref name="imageFile"/>.</summary>
    public Task<PageAttempts> ReadAsync(string file, int index, string imageFile, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
