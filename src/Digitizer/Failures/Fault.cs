using System.Globalization;
using System.Text;

namespace Digitizer.Failures;

/// <summary>An exception as logs may have it: what kinds of it there are and where it came from, without messages. They may quote names of files and what stands on pages.</summary>
internal static class Fault
{
    /// <summary>Kinds, outermost first, and nothing more: for failures that are known.</summary>
    public static string KindOf(Exception exception)
    {
        var kinds = new StringBuilder(Name(exception));
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            kinds.Append(CultureInfo.InvariantCulture, $" < {Name(inner)}");
        }

        return kinds.ToString();
    }

    /// <summary>The same and the way that the outermost took through the program: for failures that should not be.</summary>
    public static string Of(Exception exception) => $"{KindOf(exception)} {exception.StackTrace}";

    // The number is errno: what comes from a system call has it as its result, what does not is negative.
    private static string Name(Exception exception) => exception switch
    {
        DigitizerException failure => failure.Kind.ToString(),
        IOException { HResult: > 0 } io => string.Create(CultureInfo.InvariantCulture, $"{io.GetType().Name}({io.HResult})"),
        _ => exception.GetType().Name,
    };
}
