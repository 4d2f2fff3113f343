using System.Text.Json;
using Digitizer.Failures;
using Digitizer.PageWorkers;
using Digitizer.Tests.Architecture;
using Digitizer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digitizer.Tests.PageWorkers;

public sealed class PageWorkerFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<string, string, Action<int>> Deaths => new()
    {
        { "killed", TextPages.Jpeg, process => PoolUnderTest.Signal("KILL", process) },
        { "a fault in native code", TextPages.Jpeg, process => PoolUnderTest.Crash("SEGV", process) },
        { "aborted by a library", TextPages.Tiff, process => PoolUnderTest.Crash("ABRT", process) },
        { "out of CPU time", TextPages.Tiff, process => PoolUnderTest.Signal("XCPU", process) },
        { "out of memory", TextPages.Tiff, PoolUnderTest.Starve },
    };

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_page_whose_worker_dies_once_reads_the_same_at_the_second_attempt(string death, string format, Action<int> kill)
    {
        await using var calm = new PoolUnderTest();
        var page = calm.Page(format);
        var undisturbed = await calm.ReadAsync(page);
        var undisturbedImage = ImageOf(calm);

        // Another worker: one that has read before could do with the memory that it has.
        await using var test = new PoolUnderTest();
        test.OnNextPages(kill);
        var disturbed = await test.ReadAsync(page).WaitAsync(Patience);

        Assert.True(disturbed.Failure is null, $"{death}: {disturbed.Failure}");
        Assert.Equal((1, 2), (undisturbed.Attempts, disturbed.Attempts));
        Assert.Contains("Decision", Words(disturbed));
        Assert.Equal(Comparable(undisturbed), Comparable(disturbed));
        Assert.Equal(undisturbedImage, ImageOf(test));
        Assert.Equal(format == TextPages.Tiff, undisturbedImage.Length > 0);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task A_page_whose_worker_dies_is_read_without_the_work_for_layers_at_the_last_attempt_only(int attempts, bool isCompact)
    {
        await using var test = new PoolUnderTest(options => options.PageAttempts = attempts);
        test.OnNextPages(process => PoolUnderTest.Signal("KILL", process));

        var read = await test.ReadCompactAsync(Path.Combine(Repository.Root, "samples", "cong-van.jpg")).WaitAsync(Patience);

        Assert.Null(read.Failure);
        Assert.Equal(2, read.Attempts);
        Assert.Equal(isCompact, read.Result!.Image.IsCompact);
    }

    [Fact]
    public async Task A_page_for_which_no_memory_is_left_fails_and_the_next_page_is_read()
    {
        await using var test = new PoolUnderTest();
        var (bad, good) = (test.Page(name: "bad"), test.Page(name: "healthy"));
        test.OnNextPages(PoolUnderTest.Starve, pages: 2);

        var failed = await test.ReadAsync(bad).WaitAsync(Patience);
        var read = await test.ReadAsync(good).WaitAsync(Patience);

        // A library that does not look at what malloc gave it dies of the null pointer, without a word about memory.
        Assert.True(failed.Failure is { Kind: FailureKind.PageOutOfMemory or FailureKind.PageWorkerCrashed }, failed.Failure?.ToString());
        Assert.Equal(2, failed.Attempts);
        Assert.Contains("healthy", Words(read));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_written_is_no_failure_of_the_page()
    {
        await using var test = new PoolUnderTest();

        var failure = await Assert.ThrowsAsync<DigitizerException>(() => test.Pool.ReadAsync(test.Page(TextPages.Tiff), 0, test.Folder["nowhere/x.bin"], default).WaitAsync(Patience));

        Assert.Equal(FailureKind.OutputNotWritable, failure.Kind);
    }

    [Theory]
    [InlineData(1, 12_000)]
    [InlineData(3, 12_000)]
    [InlineData(1, 9_000)]
    public async Task A_picture_that_does_not_fit_into_the_allowed_memory_costs_that_page_only(int samples, int side)
    {
        await using var test = new PoolUnderTest(options => options.MemoryLimit = 256 << 20);
        var large = test.Folder.File("large.png", PlainPng.Create(side, side, samples));

        var failed = await test.ReadAsync(large).WaitAsync(Patience);
        var read = await test.ReadAsync(test.Page()).WaitAsync(Patience);

        Assert.True(failed.Failure is { Kind: FailureKind.PageOutOfMemory }, failed.Failure?.ToString());
        Assert.Equal(2, failed.Attempts);
        Assert.Contains("Decision", Words(read));
    }

    [Fact]
    public async Task A_page_that_kills_its_worker_twice_fails_and_the_next_page_is_read()
    {
        await using var test = new PoolUnderTest();
        var (bad, good) = (test.Page(name: "bad"), test.Page(name: "healthy"));
        test.OnNextPages(process => PoolUnderTest.Signal("KILL", process), pages: 2);

        var failed = await test.ReadAsync(bad).WaitAsync(Patience);
        var read = await test.ReadAsync(good).WaitAsync(Patience);

        Assert.Null(failed.Result);
        Assert.Equal(FailureKind.PageWorkerCrashed, failed.Failure!.Kind);
        Assert.Contains("ended by signal 9", failed.Failure.Message);
        Assert.Equal(2, failed.Attempts);
        Assert.Equal(1, read.Attempts);
        Assert.Contains("healthy", Words(read));
    }

    [Fact]
    public async Task A_page_whose_worker_hangs_is_given_up_after_its_time_and_read_at_the_second_attempt()
    {
        var time = new FakeTimeProvider();
        await using var test = new PoolUnderTest(time: time);
        var page = test.Page();
        await test.Pool.StartAsync(default);
        var stopped = test.Pool.ProcessIds.Single();
        test.OnNextPages(process => PoolUnderTest.Signal("STOP", process));
        test.Pool.PageStarted += (process, _, _) =>
        {
            if (process == stopped)
            {
                time.Advance(test.Options.PageTimeout);
            }
        };

        var read = await test.ReadAsync(page).WaitAsync(Patience);

        Assert.Equal(2, read.Attempts);
        Assert.Contains("Decision", Words(read));
        Assert.False(PoolUnderTest.Runs(stopped));
    }

    [Fact]
    public async Task A_page_that_always_hangs_ends_as_timed_out()
    {
        var time = new FakeTimeProvider();
        await using var test = new PoolUnderTest(time: time);
        test.OnNextPages(process => PoolUnderTest.Signal("STOP", process), pages: 2);
        test.Pool.PageStarted += (_, _, _) => time.Advance(test.Options.PageTimeout);

        var failed = await test.ReadAsync(test.Page()).WaitAsync(Patience);

        Assert.Equal(FailureKind.PageTimedOut, failed.Failure!.Kind);
        Assert.Equal(2, failed.Attempts);
    }

    [Fact]
    public async Task A_worker_that_dies_between_pages_is_replaced()
    {
        await using var test = new PoolUnderTest();
        var page = test.Page();
        await test.Pool.StartAsync(default);
        PoolUnderTest.Signal("KILL", test.Pool.ProcessIds.Single());

        var read = await test.ReadAsync(page).WaitAsync(Patience);

        Assert.Null(read.Failure);
        Assert.Contains("Decision", Words(read));
    }

    private static byte[] ImageOf(PoolUnderTest test) => File.Exists(test.ImageFile) ? File.ReadAllBytes(test.ImageFile) : [];

    private static List<string> Words(PageAttempts attempts)
        => [.. attempts.Result!.Text.Lines.SelectMany(line => line.Words).Select(word => word.Text)];

    private static string Comparable(PageAttempts attempts)
        => JsonSerializer.Serialize(attempts.Result! with { Timings = new Dictionary<string, double>() });
}
