using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Results;
using Digitizer.Workspace;

namespace Digitizer;

/// <summary>The list of exceptions, carried on from run to run: what one run lists stays until another ends the same source, or the source is gone.</summary>
internal static class ExceptionLog
{
    /// <summary>Writes the list after a run.</summary>
    /// <param name="state">Of the output folder.</param>
    /// <param name="outputFolder">Absolute.</param>
    /// <param name="outcomes">What the run ended.</param>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public static void Write(StateFolder state, string outputFolder, IReadOnlyList<UnitOutcome> outcomes)
    {
        var file = Path.Combine(outputFolder, ResultNames.ExceptionList);
        var list = Continue(Read(file), outcomes, outputFolder);
        using var folder = state.CreateUnitFolder();
        AtomicFile.MoveInto(folder.Write(".json", s => ResultJson.Write(s, list)), file, Existing.Replace);
    }

    /// <summary>Writes it if the disk lets it: the failure that ended the run says more.</summary>
    public static void TryWrite(StateFolder state, string outputFolder, IReadOnlyList<UnitOutcome> outcomes)
    {
        try
        {
            Write(state, outputFolder, outcomes);
        }
        catch (DigitizerException)
        {
            // See the summary.
        }
    }

    /// <summary>The list of earlier runs; empty if there is none that can be read.</summary>
    public static ExceptionList Read(string file)
    {
        try
        {
            return ResultJson.ReadExceptions(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new ExceptionList(1, []);
        }
    }

    /// <summary>The list after a run.</summary>
    /// <param name="earlier">Before it.</param>
    /// <param name="outcomes">What the run ended.</param>
    /// <param name="outputFolder">Results are named below it.</param>
    public static ExceptionList Continue(ExceptionList earlier, IReadOnlyList<UnitOutcome> outcomes, string outputFolder)
    {
        var ended = outcomes.Select(o => o.FullPath ?? Path.GetFullPath(o.Source)).ToHashSet(StringComparer.Ordinal);
        var waiting = earlier.Exceptions.Where(entry => entry.Path is { } path && !ended.Contains(path) && File.Exists(path));
        return new ExceptionList(1, [.. waiting, .. outcomes.Where(o => o.NeedsPerson).Select(o => Entry(outputFolder, o))]);
    }

    private static ExceptionEntry Entry(string outputFolder, UnitOutcome outcome)
    {
        var (kind, message) = outcome.Explain();
        var result = outcome.Files is null ? null : Path.GetRelativePath(outputFolder, outcome.Files.Json);
        return new ExceptionEntry(outcome.Source, outcome.FullPath, kind.ToString(), message, result);
    }
}
