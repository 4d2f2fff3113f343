using System.Buffers.Binary;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Fonts;

/// <summary>Big-endian fields of a font file; what lies outside of it is damage, not a crash.</summary>
internal readonly ref struct SfntReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> data = data;

    public int Length => data.Length;

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public int U8(long at) => Slice(at, 1)[0];

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public int U16(long at) => BinaryPrimitives.ReadUInt16BigEndian(Slice(at, 2));

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public int S16(long at) => BinaryPrimitives.ReadInt16BigEndian(Slice(at, 2));

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public long U32(long at) => BinaryPrimitives.ReadUInt32BigEndian(Slice(at, 4));

    /// <exception cref="Failures.DigitizerException">PdfDamaged.</exception>
    public ReadOnlySpan<byte> Slice(long at, long length)
        => at >= 0 && length >= 0 && at + length <= data.Length ? data.Slice((int)at, (int)length) : throw PdfRefusal.Damaged("a font program is cut");
}
