namespace Digitizer.Service;

/// <summary>Says whether more may be taken in: not while too much work waits, and again when a tenth of it is done.</summary>
/// <param name="limit">Items of work; 0: no limit.</param>
internal sealed class BacklogGate(long limit)
{
    private const double OpensBelow = 0.9;

    private readonly Lock gate = new();
    private long waiting;
    private bool isClosed;

    /// <summary>True: files are left where they are.</summary>
    public bool IsClosed
    {
        get
        {
            lock (gate)
            {
                return isClosed;
            }
        }
    }

    /// <summary>What to say of it; null while it is open.</summary>
    public string? Message => IsClosed
        ? FormattableString.Invariant($"{Volatile.Read(ref waiting)} pieces of work wait, {limit} may. Nothing is taken in until a tenth of them is done; files stay in their folders. Look why work waits: digitizer jobs list.")
        : null;

    /// <summary>One arrival more, between two looks.</summary>
    public void Accepted() => Look(Volatile.Read(ref waiting) + 1);

    /// <summary>Takes note of how much waits.</summary>
    public void Look(long items)
    {
        lock (gate)
        {
            waiting = items;
            isClosed = limit > 0 && items >= (isClosed ? limit * OpensBelow : limit);
        }
    }
}
