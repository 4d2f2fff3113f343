using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>What is to be done with an entry.</summary>
/// <param name="Refusal">Null: it is taken.</param>
/// <param name="IsUnread">True: it is put aside without being read.</param>
/// <param name="Pages">By its structure, if that says.</param>
internal sealed record Verdict(DigitizerException? Refusal, bool IsUnread, int? Pages);

/// <summary>An entry that is to be taken or refused now.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Verdict">What to do.</param>
/// <param name="Marker">The side-car that announced it, to be removed.</param>
internal sealed record Due(Entry Entry, Verdict Verdict, FileName? Marker);

/// <summary>Decides about one entry from how long it has been quiet and what it holds.</summary>
/// <param name="root">The drop folder.</param>
/// <param name="maxBytes">Largest file.</param>
/// <param name="memory">Exams of earlier looks.</param>
internal sealed class FileJudge(string root, long maxBytes, FolderMemory memory)
{
    /// <summary>Judges.</summary>
    /// <param name="entry">A candidate, or an odd entry.</param>
    /// <param name="settled">By the settle rule.</param>
    /// <param name="isEarly">Announced, and not yet quiet: it may be taken, and not yet refused.</param>
    /// <returns>Null: look again.</returns>
    public Verdict? Judge(Entry entry, SettleVerdict settled, bool isEarly)
    {
        if (settled == SettleVerdict.Wait)
        {
            return null;
        }

        if (entry.Kind == EntryKind.Odd || entry.Facts.Links > 1)
        {
            // A second name may be a writer's way to appear at once: it goes soon.
            return settled == SettleVerdict.Expired ? Refuse(NotPlain(entry), isUnread: true) : null;
        }

        var exam = memory.ExamOf(entry) ?? FileExam.Run(root, entry, maxBytes);
        if (exam.Result is ExamResult.Whole or ExamResult.NotWhole or ExamResult.Refused)
        {
            memory.Remember(entry, exam);
        }

        return exam.Result switch
        {
            ExamResult.Whole => IsWrittenTo(entry) ? null : new Verdict(null, false, exam.Pages),
            ExamResult.Refused when !isEarly => Refuse(exam.Failure!, exam.IsUnread),
            ExamResult.NotWhole when settled == SettleVerdict.Expired && !IsWrittenTo(entry) => Refuse(exam.Failure!, isUnread: false),
            ExamResult.Unreadable when settled == SettleVerdict.Expired => Refuse(exam.Failure!, isUnread: true),
            _ => null,
        };
    }

    private static Verdict Refuse(DigitizerException why, bool isUnread) => new(why, isUnread, null);

    // An earlier exam says nothing of who has the file open now.
    private bool IsWrittenTo(Entry entry)
    {
        try
        {
            using var folder = FolderPlace.Open(root, entry.Folder);
            using var file = folder.OpenFile(entry.Name);
            return file is null || PosixLease.Ask(file) == LeaseAnswer.WriterHasIt;
        }
        catch (PosixException)
        {
            return true;
        }
    }

    private static DigitizerException NotPlain(Entry entry) => new(FailureKind.NotAPlainFile, entry.Facts.Type switch
    {
        FileType.Link => "This is a link, not a file. Put a copy of the file itself into the folder.",
        FileType.Regular => "This file has a second name elsewhere, under which it can still be changed. Put a copy into the folder.",
        _ => "This is a pipe, a socket or a device, not a file. Take it away.",
    });
}
