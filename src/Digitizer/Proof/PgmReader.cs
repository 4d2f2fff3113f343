using System.Globalization;
using System.Text;
using Digitizer.Pages;

namespace Digitizer.Proof;

/// <summary>Reads the binary PGM or PPM files that lie one behind the other in a stream, as grey pictures. Sizes are checked before anything is allocated.</summary>
internal sealed class PgmReader(Stream source)
{
    // "P5" or, in colour, "P6", two sides and the white level, each on a line or behind a blank.
    private const int LongestHeader = 64;
    private const long MostPixels = 16_000_000;

    /// <summary>The next picture.</summary>
    /// <param name="mostWidth">Pixels.</param>
    /// <param name="mostHeight">Pixels.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">It is no such file, or larger.</exception>
    /// <exception cref="EndOfStreamException">The stream ends inside a picture.</exception>
    public async Task<GrayPicture?> ReadAsync(int mostWidth, int mostHeight, CancellationToken cancellation)
    {
        if (await HeaderAsync(cancellation).ConfigureAwait(false) is not { } header)
        {
            return null;
        }

        if (header is not ["P5" or "P6", var w, var h, "255"]
            || !int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            || !int.TryParse(h, NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            || width is 0 || height is 0)
        {
            throw new InvalidDataException("it is no picture");
        }

        if (width > mostWidth || height > mostHeight || (long)width * height > MostPixels)
        {
            throw new InvalidDataException(FormattableString.Invariant($"it has {width} × {height} pixels where {mostWidth} × {mostHeight} were due"));
        }

        var isColour = header[0] == "P6";
        var samples = new byte[width * height * (isColour ? 3 : 1)];
        await source.ReadExactlyAsync(samples, cancellation).ConfigureAwait(false);
        return new GrayPicture(width, height, isColour ? GrayPicture.Luminance(samples) : samples);
    }

    private async Task<string[]?> HeaderAsync(CancellationToken cancellation)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var next = new byte[1];
        for (var taken = 0; words.Count < 4; taken++)
        {
            if (await source.ReadAsync(next, cancellation).ConfigureAwait(false) == 0)
            {
                return taken == 0 ? null : throw new EndOfStreamException();
            }

            if (taken == LongestHeader)
            {
                throw new InvalidDataException("it has no header");
            }

            if (!char.IsWhiteSpace((char)next[0]))
            {
                word.Append((char)next[0]);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return [.. words];
    }
}
