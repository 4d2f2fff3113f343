using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance;

/// <summary>What all parts of one check share: the file, its findings and the bounds of the work.</summary>
internal sealed class Checking(QpdfFile file, byte[] bytes)
{
    // Everything that is unpacked, together: fonts, instructions, metadata, streams of objects.
    private const long MostUnpacked = 1L << 30;

    // One font, profile or packet.
    private const int LargestPart = 64 << 20;
    private const int MostInstructions = 20_000_000;
    private long unpacked;
    private int instructions;

    public QpdfFile File { get; } = file;

    public byte[] Bytes { get; } = bytes;

    public Findings Findings { get; } = new();

    public PdfLimits Limits { get; } = PdfLimits.Default;

    /// <summary>Colour space of the PDF/A output intent as ICC writes it (<c>"RGB "</c>); null if there is no intent.</summary>
    public string? OutputSpace { get; set; }

    /// <summary>The data of a stream, all filters undone.</summary>
    /// <exception cref="Failures.DigitizerException">It cannot be unpacked, or not within the bounds.</exception>
    public byte[] Unpack(QpdfObject stream)
    {
        var filters = StreamFilters.Of(stream, Limits);
        var data = filters.Coding is null ? filters.Unpack(stream, LargestPart) : throw PdfRefusal.Damaged("a stream is coded as a picture");
        Spend(data?.Length ?? LargestPart);
        return data ?? throw PdfRefusal.TooComplex("has a part that unpacks to more than is read");
    }

    /// <summary>Drawing instructions of a page, form or pattern.</summary>
    /// <exception cref="Failures.DigitizerException">They cannot be unpacked, or not within the bounds.</exception>
    public byte[] UnpackContent(QpdfObject content)
    {
        var data = PageContent.Of(content, Limits);
        Spend(data.Length);
        return data;
    }

    /// <summary>Counts one instruction.</summary>
    /// <exception cref="Failures.DigitizerException">PdfTooComplex.</exception>
    public void Step()
    {
        if (++instructions > MostInstructions)
        {
            throw PdfRefusal.TooComplex("has more drawing instructions than are looked at");
        }
    }

    private void Spend(long size)
    {
        unpacked += size;
        if (unpacked > MostUnpacked)
        {
            throw PdfRefusal.TooComplex("unpacks to more than is looked at");
        }
    }
}
