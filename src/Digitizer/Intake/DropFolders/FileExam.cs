using Digitizer.Failures;
using Digitizer.Intake.Completeness;
using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>What a quiet file turned out to be.</summary>
internal enum ExamResult
{
    /// <summary>Whole, of a format that is taken.</summary>
    Whole,

    /// <summary>Cut off, empty, or of no known format: it may still be written.</summary>
    NotWhole,

    /// <summary>Nobody will finish it to something that is taken.</summary>
    Refused,

    /// <summary>It may not be read.</summary>
    Unreadable,

    /// <summary>Somebody has it open for writing.</summary>
    WriterHasIt,

    /// <summary>It is gone, or another one than was seen.</summary>
    Changed,
}

/// <summary>The outcome of an exam.</summary>
/// <param name="Result">What.</param>
/// <param name="Pages">By its structure, if that says.</param>
/// <param name="Failure">Why it is not whole, or refused.</param>
/// <param name="IsUnread">True if its bytes were not and will not be read.</param>
internal sealed record Exam(ExamResult Result, int? Pages = null, DigitizerException? Failure = null, bool IsUnread = false);

/// <summary>Opens a quiet file and looks whether it may be taken. Nothing is changed.</summary>
internal static class FileExam
{
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;

    /// <summary>Examines one.</summary>
    /// <param name="root">The drop folder.</param>
    /// <param name="entry">As it was at the look.</param>
    /// <param name="maxBytes">What is larger is refused.</param>
    public static Exam Run(string root, Entry entry, long maxBytes)
    {
        if (entry.Facts.Bytes > maxBytes)
        {
            var message = $"The file has {entry.Facts.Bytes >> 20} MB; at most {maxBytes >> 20} MB are taken. Split it or scan at a lower resolution.";
            return new Exam(ExamResult.Refused, Failure: new DigitizerException(FailureKind.FileTooLarge, message), IsUnread: true);
        }

        try
        {
            using var folder = FolderPlace.Open(root, entry.Folder);
            using var file = folder.OpenFile(entry.Name);
            if (file is null || PosixFolder.FactsOf(file, entry.Shown) != entry.Facts)
            {
                return new Exam(ExamResult.Changed);
            }

            return PosixLease.Ask(file) == LeaseAnswer.WriterHasIt ? new Exam(ExamResult.WriterHasIt) : Structure(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.HResult is NotPermitted or AccessDenied || e is UnauthorizedAccessException
                ? new Exam(ExamResult.Unreadable, Failure: ReadFailure.Create(e), IsUnread: true)
                : new Exam(ExamResult.Changed);
        }
    }

    private static Exam Structure(Microsoft.Win32.SafeHandles.SafeFileHandle file)
    {
        using var stream = new FileStream(file, FileAccess.Read, bufferSize: 1);
        try
        {
            var wholeness = FileEnd.Check(stream);
            return wholeness.IsWhole
                ? new Exam(ExamResult.Whole, wholeness.Pages)
                : new Exam(ExamResult.NotWhole, Failure: new DigitizerException(
                    FailureKind.FileIncomplete, "The file is cut off: its structure ends before its content does. Scan or copy it again."));
        }
        catch (DigitizerException e)
        {
            return new Exam(e.Kind == FailureKind.FormatNotSupported ? ExamResult.Refused : ExamResult.NotWhole, Failure: e);
        }
    }
}
