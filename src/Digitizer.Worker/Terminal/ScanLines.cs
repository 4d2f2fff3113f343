using Digitizer.Intake;

namespace Digitizer.Worker.Terminal;

/// <summary>What a scan found, in lines.</summary>
internal static class ScanLines
{
    public static IEnumerable<string> Of(ScanResult scan)
    {
        yield return Counted.Of(scan.Sources.Count, "file") + " to read" + Ignored(scan) + ".";
        foreach (var notice in scan.Notices)
        {
            yield return notice;
        }

        foreach (var refusal in scan.Refusals)
        {
            yield return FailureLine.Of(refusal);
        }
    }

    private static string Ignored(ScanResult scan) => scan.Ignored.Count == 0
        ? ""
        : "; left out: " + string.Join(", ", scan.Ignored.OrderBy(i => i.Key).Select(i => Name(i.Key, i.Value)));

    private static string Name(IgnoreReason reason, int count) => reason switch
    {
        IgnoreReason.Hidden => $"{count} hidden",
        IgnoreReason.Temporary => $"{count} temporary",
        IgnoreReason.System => $"{count} of the system",
        IgnoreReason.Link => $"{count} symbolic {(count == 1 ? "link" : "links")}",
        IgnoreReason.SideCar => $"{count} beside the scans (text, data)",
        IgnoreReason.NotAFile => $"{count} that {(count == 1 ? "is no file" : "are no files")} (pipes, devices)",
        _ => $"{count} given twice",
    };
}
