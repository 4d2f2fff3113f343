using System.Text.Json;
using Digitizer.Results;

namespace Digitizer;

/// <summary>The list of exceptions, carried on from run to run: what one run lists stays until another ends the same source, or the source is gone.</summary>
internal static class ExceptionLog
{
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
