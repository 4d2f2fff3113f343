using Digitizer.Failures;
using Digitizer.Tests.Support;
using Digitizer.Workspace;

namespace Digitizer.Tests.Workspace;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_has_its_content_and_nothing_is_left_beside_it()
    {
        Assert.True(AtomicFile.Write(folder["x"], Existing.Keep, s => s.Write("abc"u8)));
        Assert.Equal("abc", File.ReadAllText(folder["x"]));
        Assert.Equal(["x"], folder.Files());
    }

    [Fact]
    public void An_existing_file_is_kept_or_replaced_as_asked()
    {
        folder.File("x", "old");
        Assert.False(AtomicFile.Write(folder["x"], Existing.Keep, s => s.Write("new"u8)));
        Assert.Equal("old", File.ReadAllText(folder["x"]));
        Assert.True(AtomicFile.Write(folder["x"], Existing.Replace, s => s.Write("new"u8)));
        Assert.Equal("new", File.ReadAllText(folder["x"]));
        Assert.Equal(["x"], folder.Files());
    }

    [Fact]
    public void A_writer_that_fails_half_way_leaves_the_old_file()
    {
        folder.File("x", "old");
        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(folder["x"], Existing.Replace, s =>
        {
            s.Write("half"u8);
            throw new InvalidDataException();
        }));
        Assert.Equal("old", File.ReadAllText(folder["x"]));
        Assert.Equal(["x"], folder.Files());
    }

    [Fact]
    public void A_write_that_the_disk_refuses_is_a_failure_and_leaves_nothing()
    {
        // No file system holds a file of an exabyte, so the system refuses the write (EFBIG).
        var failure = Assert.Throws<DigitizerException>(() => AtomicFile.Write(folder["x"], Existing.Keep, s =>
        {
            s.Position = 1L << 60;
            s.Write(new byte[1 << 17]);
        }));
        Assert.Equal(FailureKind.OutputNotWritable, failure.Kind);
        Assert.Empty(folder.Files());
    }

    [Theory]
    [InlineData("/proc/x")]
    [InlineData("/sys/x")]
    public void A_folder_that_takes_no_files_is_a_failure_with_what_to_do(string path)
    {
        var failure = Assert.Throws<DigitizerException>(() => AtomicFile.Write(path, Existing.Replace, s => s.Write("x"u8)));
        Assert.Equal(FailureKind.OutputNotWritable, failure.Kind);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_too_long_is_said_to_be_so()
    {
        var failure = Assert.Throws<DigitizerException>(() => AtomicFile.Write(folder[new string('x', 300)], Existing.Replace, s => s.Write("x"u8)));
        Assert.Equal(FailureKind.NameUnusable, failure.Kind);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public void Of_many_that_write_a_new_file_at_the_same_time_one_wins()
    {
        var won = 0;
        Parallel.For(0, 16, i =>
        {
            if (AtomicFile.Write(folder["x"], Existing.Keep, s => s.WriteByte((byte)i)))
            {
                Interlocked.Increment(ref won);
            }
        });
        Assert.Equal(1, won);
        Assert.Equal(["x"], folder.Files());
    }

    [Fact]
    public void A_finished_file_is_moved_to_its_name()
    {
        var from = folder.File("from", "abc");
        folder.File("taken", "old");
        Assert.False(AtomicFile.MoveInto(from, folder["taken"], Existing.Keep));
        Assert.True(AtomicFile.MoveInto(from, folder["to"], Existing.Keep));
        Assert.Equal(["taken", "to"], folder.Files());
        Assert.Equal("abc", File.ReadAllText(folder["to"]));
    }

    [Fact]
    public void A_finished_file_on_another_file_system_is_copied_whole()
    {
        // /dev/shm is a file system of its own on every Linux.
        var elsewhere = Directory.CreateDirectory($"/dev/shm/digitizer-test-{Guid.NewGuid():N}");
        try
        {
            var from = Path.Combine(elsewhere.FullName, "from");
            File.WriteAllText(from, "abc");
            Assert.True(AtomicFile.MoveInto(from, folder["to"], Existing.Keep));
            Assert.Equal("abc", File.ReadAllText(folder["to"]));
            Assert.Equal(["to"], folder.Files());
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }
}
