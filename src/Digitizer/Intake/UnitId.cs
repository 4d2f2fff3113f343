using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Digitizer.Intake;

/// <summary>A unit's id: a ULID (github.com/ulid/spec): 48 bits of milliseconds since 1970, then 80 bits.</summary>
/// <param name="Value">The 128 bits; the time stands highest, so that ids sort by it.</param>
internal readonly record struct UnitId(UInt128 Value)
{
    /// <summary>Crockford's base 32: no I, L, O, U.</summary>
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const int Length = 26;

    private static readonly UInt128 RandomMask = (UInt128.One << 80) - 1;

    /// <summary>
    /// The id of a file that no journal knows: the same for the same file at every run, so that a
    /// second run files nothing twice (docs/decisions/0005-ids-without-journal.md).
    /// </summary>
    /// <remarks>Its time is 1970, which no journal will draw: ids of both kinds can be told apart.</remarks>
    /// <param name="fullPath">Absolute.</param>
    /// <param name="contentSha256">32 bytes.</param>
    public static UnitId ForFile(string fullPath, ReadOnlySpan<byte> contentSha256)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(fullPath));
        hash.AppendData([0]);
        hash.AppendData(contentSha256);
        return Create(DateTimeOffset.UnixEpoch, hash.GetHashAndReset().AsSpan(0, 10));
    }

    /// <summary>Puts an id together.</summary>
    /// <param name="time">Kept to the millisecond; before 1970 counts as 1970.</param>
    /// <param name="random">10 bytes.</param>
    public static UnitId Create(DateTimeOffset time, ReadOnlySpan<byte> random)
    {
        Span<byte> padded = stackalloc byte[16];
        random[..10].CopyTo(padded[6..]);
        var milliseconds = (UInt128)(ulong)Math.Max(0, time.ToUnixTimeMilliseconds());
        return new UnitId((milliseconds << 80) | (BinaryPrimitives.ReadUInt128BigEndian(padded) & RandomMask));
    }

    /// <summary>A new id, unlike any other.</summary>
    public static UnitId New(TimeProvider time) => Create(time.GetUtcNow(), RandomNumberGenerator.GetBytes(10));

    /// <summary>When it was made, to the millisecond.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds((long)(Value >> 80));

    /// <summary>The id that sorts so many places behind this one.</summary>
    public UnitId Next(int places = 1) => new(Value + (uint)places);

    /// <summary>Reads an id as <see cref="ToString"/> writes it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static UnitId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException("This is no unit id: 26 letters and digits.");

    /// <summary>Reads an id as <see cref="ToString"/> writes it.</summary>
    public static bool TryParse(string? text, out UnitId id)
    {
        id = default;
        // 26 letters hold 130 bits: the first one may use only three of its five.
        if (text is not { Length: Length } || text[0] > '7')
        {
            return false;
        }

        var value = UInt128.Zero;
        foreach (var letter in text)
        {
            var digit = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            value = (value << 5) | (UInt128)(uint)digit;
        }

        id = new UnitId(value);
        return true;
    }

    /// <summary>The 16 bytes in network order.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    /// <summary>26 letters and digits.</summary>
    public override string ToString() => string.Create(Length, Value, static (text, value) =>
    {
        for (var i = Length - 1; i >= 0; i--)
        {
            text[i] = Letters[(int)(value & 31)];
            value >>= 5;
        }
    });
}
