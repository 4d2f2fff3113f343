using Digitizer.Confinement;
using Digitizer.Failures;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.PageWorkers;

public sealed class PageWorkerPoolTests
{
    [Fact]
    public async Task Two_workers_read_two_pages_at_the_same_time()
    {
        await using var test = new PoolUnderTest(options => options.Workers = 2);
        var (first, second) = (test.Page(name: "first"), test.Page(name: "second"));
        using var together = new Barrier(2);
        var processes = new List<int>();

        // Each page's start waits for the other's: with one at a time this would never end.
        test.Pool.PageStarted += (process, _, _) =>
        {
            lock (processes)
            {
                processes.Add(process);
            }

            Assert.True(together.SignalAndWait(TimeSpan.FromMinutes(1)));
        };
        var read = await Task.WhenAll(Task.Run(() => test.ReadAsync(first)), Task.Run(() => test.ReadAsync(second)));

        Assert.All(read, page => Assert.Null(page.Failure));
        Assert.Equal(2, processes.Distinct().Count());
    }

    [Fact]
    public async Task A_worker_is_replaced_after_its_pages()
    {
        await using var test = new PoolUnderTest(options => options.RecycleAfterPages = 2);
        var page = test.Page();
        var processes = new List<int>();
        test.Pool.PageStarted += (process, _, _) => processes.Add(process);

        for (var i = 0; i < 4; i++)
        {
            Assert.Null((await test.ReadAsync(page)).Failure);
        }

        Assert.Equal(processes[0], processes[1]);
        Assert.NotEqual(processes[1], processes[2]);
        Assert.Equal(processes[2], processes[3]);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_given_once_by_a_worker_that_is_then_replaced()
    {
        await using var test = new PoolUnderTest();
        var text = test.Folder.File("letter.jpg", "this is no picture");
        await test.Pool.StartAsync(default);
        var before = test.Pool.ProcessIds.Single();

        var refusal = await Assert.ThrowsAsync<DigitizerException>(() => test.Pool.InspectAsync(text, default));
        var read = await test.ReadAsync(text);

        Assert.Equal(FailureKind.FormatUnknown, refusal.Kind);
        Assert.Equal((FailureKind.FormatUnknown, 1), (read.Failure!.Kind, read.Attempts));
        Assert.False(PoolUnderTest.Runs(before));
        Assert.Null((await test.ReadAsync(test.Page())).Failure);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_unreadable()
    {
        await using var test = new PoolUnderTest();

        var refusal = await Assert.ThrowsAsync<DigitizerException>(() => test.Pool.InspectAsync(test.Folder["gone.jpg"], default));

        Assert.Equal(FailureKind.FileUnreadable, refusal.Kind);
    }

    [Fact]
    public async Task A_cancelled_page_ends_its_worker_and_nothing_else()
    {
        await using var test = new PoolUnderTest();
        var page = test.Page();
        using var cancellation = new CancellationTokenSource();
        var busy = 0;
        test.OnNextPages(process =>
        {
            busy = process;
            cancellation.Cancel();
        });

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.ReadAsync(page, cancellation.Token));

        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.False(PoolUnderTest.Runs(busy));
        Assert.Empty(test.Pool.ProcessIds);
        Assert.Null((await test.ReadAsync(page)).Failure);
    }

    [Fact]
    public async Task A_disposed_pool_leaves_no_process_and_no_file()
    {
        await using var test = new PoolUnderTest(options => options.Workers = 2);
        var page = test.Page(TextPages.Tiff);
        await test.ReadAsync(page);
        var started = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        test.OnNextPages(started.SetResult);
        var reading = test.ReadAsync(page);
        var busy = await started.Task;
        int[] processes = [busy, .. test.Pool.ProcessIds];

        await test.Pool.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => test.ReadAsync(page));
        Assert.All(processes, process => Assert.False(PoolUnderTest.Runs(process)));
        Assert.Equal(["image-1", "image-1.pgm", "page.tif"], test.Folder.Files());
    }

    [Fact]
    public async Task A_missing_model_is_said_at_the_start()
    {
        await using var test = new PoolUnderTest(options => options.Model = "no-such-model");

        var failure = await Assert.ThrowsAsync<DigitizerException>(() => test.Pool.StartAsync(default));

        Assert.Equal(FailureKind.ModelMissing, failure.Kind);
    }

    [Fact]
    public async Task A_program_that_is_no_page_worker_is_said_at_the_start()
    {
        var loader = Directory.EnumerateFiles("/lib64", "ld-linux*.so.*").Concat(Directory.EnumerateFiles("/lib", "ld-linux*.so.*")).First();
        await using var test = new PoolUnderTest(launch: new WorkerLaunch(loader, ["--version"], []));

        var failure = await Assert.ThrowsAsync<DigitizerException>(() => test.Pool.StartAsync(default));

        Assert.Equal(FailureKind.PageWorkerFailed, failure.Kind);
    }

    [Fact]
    public async Task Workers_start_confined_without_being_told()
    {
        await using var test = new PoolUnderTest();
        await test.ReadAsync(test.Page());

        var status = await File.ReadAllLinesAsync(FormattableString.Invariant($"/proc/{test.Pool.ProcessIds.Single()}/status"));

        // proc(5): 2 = a filter of system calls is in force.
        Assert.Contains("Seccomp:\t2", status);
        Assert.Contains("NoNewPrivs:\t1", status);
        Assert.Contains("CapEff:\t0000000000000000", status);
        Assert.Equal(ConfinementLevel.Full, test.Pool.Confinement);
    }
}
