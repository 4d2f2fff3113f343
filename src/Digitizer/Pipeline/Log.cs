using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Microsoft.Extensions.Logging;

namespace Digitizer.Pipeline;

/// <summary>Log messages of the pipeline, ids 1600–1699: what happened to which unit, and never the message of a failure, which may name a file.</summary>
internal static partial class Log
{
    [LoggerMessage(1600, LogLevel.Error, "Work item {Item} ({Kind}) of unit {Unit} failed by a fault of the program: {Fault}")]
    public static partial void StepFailed(ILogger log, long item, WorkKind kind, UnitId unit, string fault);

    [LoggerMessage(1601, LogLevel.Information, "Work item {Item} ({Kind}) of unit {Unit}, attempt {Attempt}: {Failure}")]
    public static partial void ItemFailed(ILogger log, long item, WorkKind kind, UnitId unit, int attempt, FailureKind failure);

    [LoggerMessage(1602, LogLevel.Warning, "Work item {Item} ({Kind}) is no longer ours; its results are not used")]
    public static partial void LeaseLost(ILogger log, long item, WorkKind kind);

    [LoggerMessage(1603, LogLevel.Error, "{Kind} of unit {Unit} cannot be done on this machine now: {Failure}. It is tried again; see digitizer check")]
    public static partial void MachineAtFault(ILogger log, WorkKind kind, UnitId unit, FailureKind failure);

    [LoggerMessage(1605, LogLevel.Warning, "Work item {Item} ({Kind}) cannot be written down: the journal does not answer. It is given back when it does")]
    public static partial void JournalAway(ILogger log, long item, WorkKind kind);

    [LoggerMessage(1604, LogLevel.Information, "Unit {Unit} is in its dossier: document {Document} was read back")]
    public static partial void Filed(ILogger log, UnitId unit, Guid document);
}
