using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Worker.Api.Access;

/// <summary>A small file that is read again when it has changed; looked at once a second at most, by whoever asks.</summary>
/// <typeparam name="T">What is read out of it.</typeparam>
/// <param name="path">The file.</param>
/// <param name="parse">Understands its bytes; null where there is no file. Throws <see cref="DigitizerException"/> where it cannot.</param>
/// <param name="time">The clock.</param>
/// <param name="read">Told of what was read anew.</param>
/// <param name="failed">Told, once, why it cannot be read.</param>
internal sealed class WatchedFile<T>(string path, Func<byte[]?, T> parse, TimeProvider time, Action<T> read, Action<string> failed)
    where T : class
{
    private const long MaxBytes = 8 << 20;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly Lock turn = new();
    private long? looked;
    private (bool IsKnown, FileFacts? Facts) seen;
    private T? content;
    private string? problem;

    /// <summary>What it says now; null while it cannot be read.</summary>
    public T? Current
    {
        get
        {
            lock (turn)
            {
                if (looked is not { } last || time.GetElapsedTime(last) >= Between)
                {
                    looked = time.GetTimestamp();
                    Look();
                }

                return content;
            }
        }
    }

    private void Look()
    {
        try
        {
            // Before reading: what changes meanwhile looks different the next time.
            var facts = PosixFiles.Look(path, followLinks: true);
            if (seen != (true, facts))
            {
                content = parse(facts is null ? null : Read(facts));
                (seen, problem) = ((true, facts), null);
                read(content);
            }
        }
        catch (Exception e) when (e is DigitizerException or IOException or UnauthorizedAccessException)
        {
            // Forgotten, so that the next look tries again: what was wrong may lie outside the file.
            (content, seen) = (null, default);
            Tell(e.Message);
        }
    }

    private byte[] Read(FileFacts facts) => facts is { Type: FileType.Regular, Bytes: <= MaxBytes }
        ? File.ReadAllBytes(path)
        : throw new IOException($"{path} is no plain file of at most {MaxBytes} bytes.");

    private void Tell(string message)
    {
        if (problem != message)
        {
            problem = message;
            failed(ShownName.Escape(message));
        }
    }
}
