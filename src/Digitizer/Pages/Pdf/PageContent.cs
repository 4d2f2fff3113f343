using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>The drawing instructions of a page or form, unpacked within bounds.</summary>
internal static class PageContent
{
    /// <param name="content">A stream, an array of streams, or nothing.</param>
    /// <param name="limits">The bounds.</param>
    /// <exception cref="Failures.DigitizerException">PdfDamaged, PdfTooComplex, PdfActiveContent.</exception>
    public static byte[] Of(QpdfObject content, PdfLimits limits)
    {
        if (content.IsNothing)
        {
            return [];
        }

        if (content.IsStream)
        {
            return Stream(content, limits.MaxContent, limits);
        }

        using var all = new MemoryStream();
        for (var i = 0; i < content.Count; i++)
        {
            // The parts are joined by a blank: no part ends within a word (ISO 32000-1, 7.8.2).
            all.Write(Stream(content[i], limits.MaxContent - (int)all.Length, limits));
            all.WriteByte((byte)'\n');
            if (all.Length > limits.MaxContent)
            {
                throw TooLong(limits);
            }
        }

        return all.ToArray();
    }

    private static byte[] Stream(QpdfObject stream, int room, PdfLimits limits)
    {
        if (!stream.IsStream)
        {
            throw PdfRefusal.Damaged("a page's drawing instructions are not there");
        }

        var filters = StreamFilters.Of(stream, limits);
        return filters.Coding is null
            ? filters.Unpack(stream, room) ?? throw TooLong(limits)
            : throw PdfRefusal.Damaged("a page's drawing instructions are coded as a picture");
    }

    private static Failures.DigitizerException TooLong(PdfLimits limits)
        => PdfRefusal.TooComplex($"has a page of more than {limits.MaxContent >> 20} MB of drawing instructions");
}
