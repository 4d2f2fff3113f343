using System.Runtime.InteropServices;
using static Digitizer.Native.QpdfImports;

namespace Digitizer.Native;

/// <summary>What libqpdf had against a file first.</summary>
/// <param name="Code">A <c>qpdf_error_code_e</c>.</param>
/// <param name="Position">Where in the file, 0 if it does not say.</param>
internal sealed record QpdfTrouble(int Code, long Position)
{
    private const int Internal = 1;
    private const int System = 2;
    private const int Password = 4;

    /// <summary>The file opens with a password only.</summary>
    public bool NeedsPassword => Code == Password;

    /// <summary>No word on the file: an error of the library, in practice memory that it did not get.</summary>
    public bool IsOfTheLibrary => Code is Internal or System;
}

/// <summary>
/// A PDF in memory, read by libqpdf, without any repair unless that is asked for. Objects are read when they are asked for; what
/// is wrong with them shows in <see cref="Trouble"/>. Untrusted bytes: use only in a confined page-worker.
/// </summary>
internal sealed unsafe class QpdfFile : IDisposable
{
    private const int Errors = 2;
    private readonly QpdfHandle handle = new();
    private readonly GCHandle pinned;
    private QpdfTrouble? first;

    private QpdfFile(byte[] file, bool repair)
    {
        pinned = GCHandle.Alloc(file, GCHandleType.Pinned);
        qpdf_silence_errors(handle);
        qpdf_set_suppress_warnings(handle, 1);
        qpdf_set_attempt_recovery(handle, repair ? 1 : 0);
        fixed (byte* description = "pdf\0"u8)
        {
            var status = qpdf_read_memory(handle, description, (byte*)pinned.AddrOfPinnedObject(), (ulong)file.LongLength, null);
            IsOpen = (status & Errors) == 0;
        }
    }

    /// <summary>True if cross-reference and trailer could be read.</summary>
    public bool IsOpen { get; }

    public bool IsEncrypted => qpdf_is_encrypted(handle) != 0;

    /// <summary>Whether its owner lets others change it and take text out of it (ISO 32000-1, table 22: bits 4 and 5).</summary>
    public bool IsFree => qpdf_allow_modify_other(handle) != 0 && qpdf_allow_extract_all(handle) != 0;

    public QpdfObject Trailer => new(this, qpdf_get_trailer(handle));

    public QpdfObject Root => new(this, qpdf_get_root(handle));

    internal QpdfHandle Handle => handle;

    /// <summary>Opens; never throws for what the file holds: see <see cref="IsOpen"/>.</summary>
    /// <param name="file">Stays in use, and in its place, until this object is disposed. It is not copied.</param>
    /// <param name="repair">True: a broken cross-reference table is put together again from the objects that are found.</param>
    public static QpdfFile Open(byte[] file, bool repair = false) => new(file, repair);

    public QpdfObject Object(int id, int generation) => new(this, qpdf_get_object_by_id(handle, id, generation));

    /// <summary>The first error or warning of all calls so far, or null.</summary>
    public QpdfTrouble? Trouble()
    {
        while (qpdf_more_warnings(handle) != 0)
        {
            Note(qpdf_next_warning(handle));
        }

        if (qpdf_has_error(handle) != 0)
        {
            Note(qpdf_get_error(handle));
        }

        return first;
    }

    /// <summary>Forgets what was wrong so far: what a repair had to say is no news.</summary>
    public void Forgive()
    {
        _ = Trouble();
        first = null;
    }

    /// <summary>Lets go of all objects handed out so far.</summary>
    public void ReleaseObjects() => qpdf_oh_release_all(handle);

    public void Dispose()
    {
        handle.Dispose();
        if (pinned.IsAllocated)
        {
            pinned.Free();
        }
    }

    private void Note(nint error)
        => first ??= new QpdfTrouble(qpdf_get_error_code(handle, error), (long)qpdf_get_error_file_position(handle, error));
}
