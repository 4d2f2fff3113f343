namespace Digitizer.PageWorkers;

/// <summary>The last few lines that a worker wrote to standard error, for the message of its crash.</summary>
internal sealed class LastLines
{
    private const int Most = 3;
    private const int Longest = 200;
    private readonly Queue<string> lines = [];
    private readonly Lock gate = new();

    public void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (gate)
        {
            lines.Enqueue(line.Length > Longest ? line[..Longest] : line);
            if (lines.Count > Most)
            {
                lines.Dequeue();
            }
        }
    }

    /// <summary>The lines in brackets, or nothing.</summary>
    public string Quoted()
    {
        lock (gate)
        {
            return lines.Count == 0 ? "" : $" ({string.Join(" / ", lines)})";
        }
    }
}
