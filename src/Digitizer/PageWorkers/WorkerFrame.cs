using System.Buffers.Binary;

namespace Digitizer.PageWorkers;

/// <summary>What a frame between host and page-worker says.</summary>
internal enum FrameKind : byte
{
    /// <summary>Host: payload = a file's bytes, which replace those held before.</summary>
    Unit = 1,

    /// <summary>Host: what does the file hold?</summary>
    Inspect = 2,

    /// <summary>Host: read a page; header = <see cref="ReadRequest"/>.</summary>
    Read = 3,

    /// <summary>Host: answer to <see cref="Render"/>; header = <see cref="RenderedSizes"/>, payload = the picture and the text.</summary>
    Rendered = 4,

    /// <summary>Host: take these pages out of the PDF; header = <see cref="ExportRequest"/>.</summary>
    Export = 5,

    /// <summary>Host: is the PDF what PDF/A asks for?</summary>
    Conform = 6,

    /// <summary>Host: make a page's picture smaller; header = <see cref="ShrinkRequest"/>.</summary>
    Shrink = 7,

    /// <summary>Worker: ready; header = the engine.</summary>
    Hello = 16,

    /// <summary>Worker: header = the file's contents.</summary>
    Contents = 17,

    /// <summary>Worker: header = the page's result, payload = its coded picture, if any.</summary>
    Page = 18,

    /// <summary>Worker: header = <see cref="WorkerFailure"/>.</summary>
    Failed = 19,

    /// <summary>Worker, while it reads a page: have this page rendered; header = <see cref="Pages.Pdf.Forms.RenderRequest"/>.</summary>
    Render = 20,

    /// <summary>Worker: an object of exported pages; header = <see cref="ExportedObject"/>, payload = its bytes.</summary>
    Object = 21,

    /// <summary>Worker: that was all; header = <see cref="Pages.Pdf.Forms.ExportedForms"/>.</summary>
    Exported = 22,

    /// <summary>Worker: header = <see cref="ConformanceReport"/>.</summary>
    Conformance = 23,

    /// <summary>Worker: header = <see cref="ShrunkPicture"/>, payload = its coded bytes.</summary>
    Shrunk = 24,
}

/// <summary>
/// The start of a frame: kind (1 byte), length of the JSON header (4 bytes), length of the payload
/// (8 bytes), both little-endian; header and payload follow. Both sides check lengths before they
/// allocate: the other side may be under the control of the file it decoded.
/// </summary>
internal readonly record struct WorkerFrame(FrameKind Kind, int HeaderLength, long PayloadLength)
{
    public const int Size = 13;

    /// <summary>A page of dense text has about half a megabyte of JSON; as records it takes the host several times as much.</summary>
    public const int MaxHeader = 16 << 20;

    /// <summary>150 million pixels of three samples, with room for incompressible data.</summary>
    public const long MaxPayload = 600L << 20;

    public static WorkerFrame Parse(ReadOnlySpan<byte> bytes)
    {
        var frame = new WorkerFrame(
            (FrameKind)bytes[0],
            BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[5..]));
        return Enum.IsDefined(frame.Kind) && frame.HeaderLength is >= 0 and <= MaxHeader && frame.PayloadLength is >= 0 and <= MaxPayload
            ? frame
            : throw new InvalidDataException($"A frame of kind {bytes[0]} with lengths {frame.HeaderLength} and {frame.PayloadLength} breaks the protocol.");
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        bytes[0] = (byte)Kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(5), PayloadLength);
        return bytes;
    }
}
