using System.Buffers.Binary;
using Digitizer.Intake.Completeness;

namespace Digitizer.Trials;

/// <summary>What a page of a trial says of itself.</summary>
/// <param name="Unit">The arrival's number within the trial.</param>
/// <param name="Page">From 1.</param>
/// <param name="Pages">Of the arrival.</param>
/// <param name="Dossier">Number of the dossier that it belongs to, the last part of its code.</param>
internal sealed record PrintedIdentity(uint Unit, ushort Page, ushort Pages, uint Dossier)
{
    /// <summary>Bytes of the mark: twelve, and a CRC-32 over them.</summary>
    public const int Length = 16;

    /// <summary>The code of a dossier.</summary>
    public static string CodeOf(uint dossier) => $"000.00.01.H29-260310-{dossier:D4}";

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Unit);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), Page);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), Pages);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), Dossier);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), Crc32.Of(bytes.AsSpan(0, 12)));
        return bytes;
    }

    /// <summary>Null if the checksum is wrong.</summary>
    public static PrintedIdentity? FromBytes(ReadOnlySpan<byte> bytes)
        => BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) == Crc32.Of(bytes[..12])
            ? new PrintedIdentity(
                BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]),
                BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]))
            : null;

    /// <summary>As printed for people.</summary>
    public override string ToString() => $"{CodeOf(Dossier)} DON VI {Unit} TRANG {Page}/{Pages}";
}
