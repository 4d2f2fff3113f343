using System.Globalization;

namespace Digitizer.Worker.Terminal;

/// <summary>Numbers with their nouns.</summary>
internal static class Counted
{
    public static string Of(int number, string noun)
        => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
