using System.Globalization;
using Digitizer.Failures;

namespace Digitizer.Assembly.Check;

/// <summary>What the check says when it finds something.</summary>
internal static class PdfFinding
{
    public static DigitizerException Of(string what) => new(
        FailureKind.PdfCheckFailed,
        $"The written PDF did not pass its check: {what}. Run the document again; if this comes back, test the disk and the memory, and report it.");

    public static DigitizerException At(long position, string what)
        => Of(string.Create(CultureInfo.InvariantCulture, $"{what} at byte {position}"));

    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Of(otherwise);
        }
    }
}
