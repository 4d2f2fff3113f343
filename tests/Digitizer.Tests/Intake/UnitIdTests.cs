using System.Text;
using Digitizer.Intake;

namespace Digitizer.Tests.Intake;

public sealed class UnitIdTests
{
    private static readonly byte[] Digest = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void An_id_is_written_as_the_ULID_specification_shows()
    {
        // The example of the specification: 01ARYZ6S41 is the time 1469918176385.
        var id = UnitId.Create(DateTimeOffset.FromUnixTimeMilliseconds(1469918176385), new byte[10]);
        Assert.Equal("01ARYZ6S410000000000000000", id.ToString());
    }

    [Fact]
    public void The_largest_id_of_80_bits_fills_sixteen_letters()
    {
        var id = UnitId.Create(DateTimeOffset.UnixEpoch, [.. Enumerable.Repeat((byte)0xFF, 10)]);
        Assert.Equal("0000000000ZZZZZZZZZZZZZZZZ", id.ToString());
        Assert.Equal([0, 0, 0, 0, 0, 0, 0xFF, 0xFF], id.ToBytes()[..8]);
    }

    [Fact]
    public void The_same_file_has_the_same_id_at_every_run()
        => Assert.Equal(Id("/a/x.jpg", Digest), Id("/a/x.jpg", [.. Digest]));

    [Fact]
    public void Another_path_or_another_content_is_another_unit()
    {
        var other = Digest.Reverse().ToArray();
        UnitId[] ids = [Id("/a/x.jpg", Digest), Id("/b/x.jpg", Digest), Id("/a/x.jpg", other)];
        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public void Ids_made_without_a_journal_are_known_by_their_time()
        => Assert.StartsWith("0000000000", Id("/a", Digest).ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_end_of_the_path_and_the_start_of_the_content_cannot_be_mistaken_for_each_other()
    {
        byte[] longer = [.. Encoding.UTF8.GetBytes("c"), 0, .. Digest[2..]];
        Assert.NotEqual(Id("/ab", longer), Id("/abc", [0, .. longer[1..]]));
    }

    private static UnitId Id(string path, byte[] digest) => UnitId.ForFile(path, digest);
}
