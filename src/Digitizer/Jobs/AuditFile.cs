using System.Text.Json;
using Digitizer.Native;

namespace Digitizer.Jobs;

/// <summary>
/// JSON lines outside the database, only ever appended: from them and the side-cars a lost journal is made again.
/// A line is written before the commit that it tells of, so it may tell of one that did not happen; never the other way round.
/// </summary>
internal sealed class AuditFile : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream stream;

    private AuditFile(FileStream stream) => this.stream = stream;

    public static AuditFile Open(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return new AuditFile(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0));
    }

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
            stream.Write(text.GetBuffer().AsSpan(0, (int)text.Length));
            if (lines.Any(line => line.Durable))
            {
                PosixFiles.Flush(stream.SafeFileHandle, stream.Name);
            }
        }
    }

    public void Dispose() => stream.Dispose();
}
