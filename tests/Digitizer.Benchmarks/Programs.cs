using System.Diagnostics;
using System.Globalization;

namespace Digitizer.Benchmarks;

/// <summary>The two sides.</summary>
internal static class Programs
{
    private static readonly string Worker = Path.Combine(AppContext.BaseDirectory, "Digitizer.Worker.dll");

    public static ProcessStartInfo Digitizer(IEnumerable<string> files, string output, int jobs, string model, params string[] more)
        => new("dotnet", [Worker, "process", .. files, "--out", output, "--jobs", jobs.ToString(CultureInfo.InvariantCulture), "--model", model, .. more]);

    /// <summary>One process a file, one after the other, as a script would.</summary>
    public static ProcessStartInfo Tesseract(IEnumerable<string> files, string output, string model)
        => new("/bin/sh", ["-c", "out=$1; model=$2; shift 2; for f in \"$@\"; do tesseract \"$f\" \"$out/$(basename \"$f\")\" -l \"$model\" >/dev/null 2>&1; done", "sh", output, model, .. files]);
}
