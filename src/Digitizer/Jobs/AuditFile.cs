using System.Text;
using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Jobs;

/// <summary>
/// JSON lines outside the database, only ever appended: from them and the side-cars a lost journal is made again.
/// A line is written before the commit that it tells of, so it may tell of one that did not happen; never the other way round.
/// </summary>
internal sealed class AuditFile : IDisposable
{
    // Longer than any line: the last of them is looked for in it.
    private const int TailBytes = 1 << 20;

    private readonly Lock gate = new();
    private readonly FileStream stream;
    private bool broken;

    private AuditFile(FileStream stream)
    {
        this.stream = stream;
        LastNumber = NumberAtEnd(stream);
    }

    /// <summary>Number of the last change that the file told of when it was opened; 0: none.</summary>
    public long LastNumber { get; }

    /// <exception cref="DigitizerException">JournalInUse, or JournalUnavailable.</exception>
    public static AuditFile Open(string file)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            Directory.CreateDirectory(folder);
            var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            EndTornLine(stream);
            PosixFiles.Flush(stream.SafeFileHandle, file);
            PosixFiles.FlushFolder(folder);
            return new AuditFile(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitizerException(FailureKind.JournalUnavailable, $"The audit file {ShownName.Escape(file)} cannot be written: {e.Message}. Stop what else has it, or allow writing there.", e);
        }
    }

    /// <summary>Reads what was appended, in order. A line that a power cut tore, which told nobody anything, is passed over.</summary>
    public static IEnumerable<AuditLine> Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } text)
        {
            if (Parse(text) is { } line)
            {
                yield return line;
            }
        }
    }

    /// <summary>Appends lines; those that must be durable are on the disk when this returns.</summary>
    /// <exception cref="DigitizerException">JournalUnavailable: the disk is full, nothing was appended. JournalBroken: the disk failed.</exception>
    public void Append(IReadOnlyList<AuditLine> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        using var text = new MemoryStream();
        foreach (var line in lines)
        {
            JsonSerializer.Serialize(text, line, SideCar.Json);
            text.WriteByte((byte)'\n');
        }

        lock (gate)
        {
            Append(text.GetBuffer().AsSpan(0, (int)text.Length), lines.Any(line => line.Durable));
        }
    }

    public void Dispose() => stream.Dispose();

    private void Append(ReadOnlySpan<byte> text, bool durable)
    {
        if (broken)
        {
            throw Broken(null);
        }

        var before = stream.Position;
        try
        {
            stream.Write(text);
        }
        catch (IOException e)
        {
            TakeBack(before);
            throw new DigitizerException(FailureKind.JournalUnavailable, $"The audit file cannot grow: {e.Message}. Free space; the work goes on by itself.", e);
        }

        try
        {
            if (durable)
            {
                PosixFiles.Flush(stream.SafeFileHandle, stream.Name);
            }
        }
        catch (PosixException e)
        {
            // A second fsync would succeed without having written.
            broken = true;
            throw Broken(e);
        }
    }

    private void TakeBack(long length)
    {
        try
        {
            stream.SetLength(length);
            stream.Position = length;
        }
        catch (IOException e)
        {
            broken = true;
            throw Broken(e);
        }
    }

    private DigitizerException Broken(Exception? cause)
        => new(FailureKind.JournalBroken, $"The audit file {ShownName.Escape(stream.Name)} could not be brought to the disk. Check the disk, then start again.", cause);

    private static void EndTornLine(FileStream stream)
    {
        if (stream.Length == 0)
        {
            return;
        }

        stream.Position = stream.Length - 1;
        if (stream.ReadByte() != '\n')
        {
            stream.WriteByte((byte)'\n');
        }
    }

    private static long NumberAtEnd(FileStream stream)
    {
        var tail = new byte[Math.Min(stream.Length, TailBytes)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        var lines = Encoding.UTF8.GetString(tail).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Reverse().Select(Parse).FirstOrDefault(line => line?.Number is not null)?.Number ?? 0;
    }

    private static AuditLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditLine>(text, SideCar.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
