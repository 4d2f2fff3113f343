using System.Globalization;
using Digitizer.Failures;

namespace Digitizer.Worker.Terminal;

/// <summary>How a file ended, on one line, and what was wrong with its pages.</summary>
internal static class OutcomeLines
{
    public static string Of(UnitOutcome outcome)
    {
        if (outcome.NeedsPerson)
        {
            var (kind, message) = outcome.Explain();
            return FailureLine.Of(outcome.Source, kind, message);
        }

        var document = outcome.Document!;
        var filed = outcome.Filed is { } f ? $", {(f.WasThere ? "already " : "")}filed under {document.Dossier}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Source}: {Counted.Of(document.Pages, "page")}, {Counted.Of(document.Words, "word")} → {ShownName.Escape(outcome.Files!.Pdf)}{filed}");
    }

    /// <summary>A line for each page that was scanned badly.</summary>
    public static IEnumerable<string> Notes(UnitOutcome outcome)
        => (outcome.Document?.Notes ?? []).Select(note => string.Create(CultureInfo.InvariantCulture, $"{outcome.Source}{(note.Page is { } page ? $", page {page}" : "")}: {note.Text}"));
}
