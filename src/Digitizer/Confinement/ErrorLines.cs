using System.Text;

namespace Digitizer.Confinement;

/// <summary>
/// The first line that a confined program wrote to standard error, which names the trouble, and the last two,
/// for the message of its crash. What is kept is bounded and printable, whatever it writes:
/// it may be in the hands of a hostile file.
/// </summary>
/// <param name="watched">Words to look out for.</param>
/// <param name="expected">Beginnings of lines that say nothing new and are not kept.</param>
internal sealed class ErrorLines(IReadOnlyList<string> watched, IReadOnlyList<string> expected)
{
    private const int Most = 3;
    private const int Longest = 200;
    private readonly List<string> lines = [];
    private readonly StringBuilder line = new();
    private readonly Lock gate = new();

    /// <summary>Reads until its end of the pipe is closed.</summary>
    public async Task FollowAsync(StreamReader source)
    {
        var block = new char[1024];
        try
        {
            for (int read; (read = await source.ReadAsync(block)) > 0;)
            {
                Add(block.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe was closed from our side: the program is being ended.
        }

        Add("\n");
    }

    public void Add(ReadOnlySpan<char> text)
    {
        lock (gate)
        {
            foreach (var c in text)
            {
                if (c == '\n')
                {
                    EndLine();
                }
                else if (line.Length < Longest)
                {
                    line.Append(char.IsControl(c) ? ' ' : c);
                }
            }
        }
    }

    /// <summary>True if any line, kept or not, held one of the watched words.</summary>
    public bool WatchedSeen { get; private set; }

    /// <summary>The lines in brackets, or nothing.</summary>
    public string Quoted()
    {
        lock (gate)
        {
            return lines.Count == 0 ? "" : $" ({string.Join(" / ", lines)})";
        }
    }

    private void EndLine()
    {
        var ended = line.ToString().Trim();
        line.Clear();
        if (ended.Length == 0 || expected.Any(start => ended.StartsWith(start, StringComparison.Ordinal)))
        {
            return;
        }

        WatchedSeen |= watched.Any(word => ended.Contains(word, StringComparison.OrdinalIgnoreCase));
        if (lines.Count == Most)
        {
            lines.RemoveAt(1);
        }

        lines.Add(ended);
    }
}
