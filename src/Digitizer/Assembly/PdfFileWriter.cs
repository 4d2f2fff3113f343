using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Digitizer.Failures;
using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.Assembly;

/// <summary>
/// Writes PDF objects one after the other to a stream that need not seek, remembers where each
/// began, and ends with the cross-reference table (ISO 32000-1, 7.5). Nothing of an object's body
/// stays in memory.
/// </summary>
internal sealed class PdfFileWriter : IDisposable
{
    // Four bytes above 127 in a comment tell transfer programs that the file is binary (ISO 19005-2, 6.1.2).
    private static readonly byte[] BinaryMark = [(byte)'%', 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n'];

    private readonly Stream output;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<long> offsets = [0];
    private readonly byte[] buffer = new byte[64 * 1024];
    private long position;

    /// <param name="output">Takes the bytes from its present position on; not closed.</param>
    /// <param name="version">For instance <c>1.7</c>.</param>
    public PdfFileWriter(Stream output, string version)
    {
        this.output = output;
        Ascii($"%PDF-{version}\n");
        Bytes(BinaryMark);
    }

    /// <summary>Takes the next object number, to be written later and referred to before that.</summary>
    public int Reserve()
    {
        offsets.Add(-1);
        return offsets.Count - 1;
    }

    /// <summary>Takes over objects that were numbered for this file; called before anything is reserved.</summary>
    /// <exception cref="DigitizerException">FileUnreadable, or Internal: they are not as they were announced.</exception>
    public void Import(FormBundle bundle, CancellationToken cancellation)
    {
        using var data = new FileStream(bundle.File, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        foreach (var (place, number) in bundle.Objects.Select((place, i) => (place, bundle.FirstNumber + i)))
        {
            if (Reserve() != number)
            {
                throw new InvalidOperationException("Objects were numbered for another file.");
            }

            data.Position = place.At;
            offsets[number] = position;
            Copy(data, place.Length, cancellation);
        }
    }

    /// <summary>Writes an object that is no stream.</summary>
    public void Object(int number, string body)
    {
        Begin(number);
        Ascii($"{body}\nendobj\n");
    }

    /// <summary>Writes a stream object.</summary>
    /// <param name="number">From <see cref="Reserve"/>.</param>
    /// <param name="entries">The dictionary's entries without /Length.</param>
    /// <param name="data">The coded bytes.</param>
    public void Stream(int number, string entries, ReadOnlySpan<byte> data)
    {
        BeginStream(number, entries, data.Length);
        Bytes(data);
        Ascii("\nendstream\nendobj\n");
    }

    /// <summary>Copies a stream object's bytes from <paramref name="data"/> through one buffer.</summary>
    /// <exception cref="DigitizerException">FileUnreadable, or Internal: <paramref name="data"/> has not <paramref name="length"/> bytes.</exception>
    public void Stream(int number, string entries, Stream data, long length, CancellationToken cancellation)
    {
        StreamPart(number, entries, data, length, cancellation);
        if (Read(data, 1) != 0)
        {
            throw Changed(length + 1, length);
        }
    }

    /// <summary>As <see cref="Stream(int, string, Stream, long, CancellationToken)"/>, where more may follow in <paramref name="data"/>.</summary>
    public void StreamPart(int number, string entries, Stream data, long length, CancellationToken cancellation)
    {
        BeginStream(number, entries, length);
        Copy(data, length, cancellation);
        Ascii("\nendstream\nendobj\n");
    }

    private void Copy(Stream data, long length, CancellationToken cancellation)
    {
        var copied = 0L;
        for (int read; copied < length && (read = Read(data, length - copied)) > 0; copied += read)
        {
            cancellation.ThrowIfCancellationRequested();
            Bytes(buffer.AsSpan(0, read));
        }

        if (copied != length)
        {
            throw Changed(copied, length);
        }
    }

    private static DigitizerException Changed(long copied, long length) => new(
        FailureKind.Internal,
        $"A page picture has {copied} bytes where {length} were announced: something changed it between reading and writing. Run the document again.");

    // An error of the source's disk is the source's, not that of the file that is written.
    private int Read(Stream data, long most)
    {
        try
        {
            return data.Read(buffer, 0, (int)Math.Min(buffer.Length, most));
        }
        catch (IOException e)
        {
            throw new DigitizerException(FailureKind.FileUnreadable, $"A page picture cannot be read: {ShownName.Escape(e.Message)} Check the disk, then run again.", e);
        }
    }

    /// <summary>Writes the cross-reference table and the trailer.</summary>
    /// <remarks>
    /// /ID (14.4) is the start of the SHA-256 of all bytes before the table, twice: the file is told
    /// from others by its content, not by a time or a random number.
    /// </remarks>
    public void Finish(int catalog, int info)
    {
        var start = position;
        var id = Convert.ToHexString(hash.GetCurrentHash().AsSpan(0, 16));
        Ascii($"xref\n0 {offsets.Count}\n0000000000 65535 f \n");
        foreach (var offset in offsets.Skip(1))
        {
            Ascii(string.Create(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n"));
        }

        Ascii($"trailer\n<< /Size {offsets.Count} /Root {catalog} 0 R /Info {info} 0 R /ID [<{id}> <{id}>] >>\n");
        Ascii($"startxref\n{start}\n%%EOF\n");
    }

    public void Dispose() => hash.Dispose();

    private void BeginStream(int number, string entries, long length)
    {
        Begin(number);
        Ascii($"<< {entries} /Length {length} >>\nstream\n");
    }

    private void Begin(int number)
    {
        offsets[number] = position;
        Ascii($"{number} 0 obj\n");
    }

    private void Ascii(string text) => Bytes(Encoding.ASCII.GetBytes(text));

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        try
        {
            output.Write(bytes);
        }
        catch (IOException e)
        {
            throw new DigitizerException(
                FailureKind.OutputNotWritable,
                $"The PDF cannot be written: {e.Message} Make room or choose another output folder, then run again.",
                e);
        }

        hash.AppendData(bytes);
        position += bytes.Length;
    }
}
