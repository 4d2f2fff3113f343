using Digitizer.Failures;
using Microsoft.Data.Sqlite;

namespace Digitizer.Jobs;

/// <summary>What an error of SQLite means for the journal.</summary>
internal static class SqliteFailure
{
    // sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int IoError = 10;
    private const int Full = 13;
    private const int Constraint = 19;

    // What SQLite asks for at a time: a region of shared memory.
    private const long LeastRoom = 64 << 10;

    /// <summary>True if the journal can be used no more: after a failed fsync a second one would succeed without having written.</summary>
    public static bool IsFatal(SqliteException exception) => exception.SqliteErrorCode is not (Busy or Locked or Full or Constraint);

    public static DigitizerException Create(SqliteException exception, string file)
    {
        var name = ShownName.Escape(file);
        return exception.SqliteErrorCode switch
        {
            Full => NoRoom(name, exception),

            // The log's shared memory, too, needs room, and says so only as an error of the disk.
            IoError when IsFull(file) => NoRoom(name, exception),
            Busy or Locked => new DigitizerException(FailureKind.JournalInUse, $"Another program holds the journal {name}. Stop it; while Digitizer runs nothing else may open this file.", exception),
            Constraint => new DigitizerException(FailureKind.Internal, $"The journal refused a change that contradicts it: {exception.Message}. Hand this message to support.", exception),
            _ => new DigitizerException(
                FailureKind.JournalBroken,
                $"The journal {name} failed: {exception.Message}. Check the disk and start again; if it is still damaged, restore a backup or type: digitizer rebuild-journal --replace", exception),
        };
    }

    private static DigitizerException NoRoom(string name, SqliteException exception)
        => new(FailureKind.JournalUnavailable, $"The journal {name} cannot grow: the disk is full. Free space, then start again; nothing that was accepted is lost.", exception);

    private static bool IsFull(string file)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace < LeastRoom;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
