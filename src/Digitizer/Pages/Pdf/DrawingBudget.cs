using Digitizer.Failures;

namespace Digitizer.Pages.Pdf;

/// <summary>How much a page may draw, with all forms that it shows: those that show each other would never end.</summary>
internal sealed class DrawingBudget(PdfLimits limits)
{
    private long bytes;
    private int instructions;

    /// <summary>Counts instructions that are about to be followed.</summary>
    /// <param name="length">Their bytes.</param>
    /// <exception cref="DigitizerException">PdfTooComplex.</exception>
    public void Draw(int length)
    {
        bytes += length;
        if (bytes > limits.MaxDrawn)
        {
            throw PdfRefusal.TooComplex($"draws more than {limits.MaxDrawn >> 20} MB of instructions on a page");
        }
    }

    /// <summary>Counts one instruction.</summary>
    /// <exception cref="DigitizerException">PdfTooComplex.</exception>
    public void Follow()
    {
        if (++instructions > limits.MaxInstructions)
        {
            throw PdfRefusal.TooComplex($"has a page of more than {limits.MaxInstructions} drawing instructions");
        }
    }
}
