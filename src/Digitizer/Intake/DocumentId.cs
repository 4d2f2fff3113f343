using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Digitizer.Intake;

/// <summary>A document's id: a UUID of version 5 (RFC 9562, 5.5), fixed by its unit and its part.</summary>
internal readonly record struct DocumentId(Guid Value)
{
    /// <summary>The id of a unit's document.</summary>
    /// <param name="unit">Its 128 bits are the name space.</param>
    /// <param name="part">From 1; its decimal digits are the name.</param>
    public static DocumentId ForPart(UnitId unit, int part)
        => FromName(new Guid(unit.ToBytes(), bigEndian: true), part.ToString(CultureInfo.InvariantCulture));

    /// <summary>RFC 9562, 5.5: SHA-1 over name space and name, cut to 128 bits, version and variant set.</summary>
    public static DocumentId FromName(Guid space, string name)
    {
#pragma warning disable CA5350 // The RFC prescribes SHA-1; the id names a document and protects nothing.
        var bytes = SHA1.HashData([.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]).AsSpan(0, 16);
#pragma warning restore CA5350
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new DocumentId(new Guid(bytes, bigEndian: true));
    }

    public override string ToString() => Value.ToString("D");
}
