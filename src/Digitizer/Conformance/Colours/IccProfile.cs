using System.Buffers.Binary;
using System.Text;

namespace Digitizer.Conformance.Colours;

/// <summary>The header of a colour profile (ICC.1:2004-10, 7.2).</summary>
/// <param name="Major">Version before the point.</param>
/// <param name="Class">For instance <c>mntr</c>.</param>
/// <param name="Space">Colour space of the data, four letters: <c>"RGB "</c>.</param>
internal sealed record IccProfile(int Major, string Class, string Space)
{
    private const int HeaderLength = 128;

    /// <summary>Components of a colour, 0 for a space that PDF does not have.</summary>
    public int Components => Space switch
    {
        "GRAY" => 1,
        "RGB " or "Lab " or "LAB " => 3,
        "CMYK" => 4,
        _ => 0,
    };

    /// <returns>Null if this is no profile.</returns>
    public static IccProfile? Read(ReadOnlySpan<byte> data)
        => data.Length >= HeaderLength && data[36..40].SequenceEqual("acsp"u8) && BinaryPrimitives.ReadUInt32BigEndian(data) <= data.Length
            ? new IccProfile(data[8], Encoding.Latin1.GetString(data[12..16]), Encoding.Latin1.GetString(data[16..20]))
            : null;
}
