namespace DossierServer;

/// <summary>Ways to fail. Names stand in requests to <c>/admin/faults</c>.</summary>
internal enum FaultKind
{
    /// <summary>The connection is cut before anything is done.</summary>
    ResetBefore,

    /// <summary>It is done, and the connection is cut instead of a reply.</summary>
    ResetAfter,

    /// <summary>It is done after <see cref="Fault.Milliseconds"/>, even if the caller has gone.</summary>
    Late,

    /// <summary>It is done at once, and the reply comes after <see cref="Fault.Milliseconds"/>.</summary>
    Slow,

    /// <summary>It is done twice, as by a gateway that repeats; the second reply is sent.</summary>
    Twice,

    ErrorBefore,
    ErrorAfter,

    /// <summary>409, nothing done.</summary>
    Conflict,

    /// <summary>412, nothing done.</summary>
    Precondition,

    /// <summary>401, nothing done; all tokens and sessions end.</summary>
    Unauthorized,

    /// <summary>403, nothing done.</summary>
    Forbidden,

    /// <summary>429 with <c>Retry-After</c>.</summary>
    TooMany,

    /// <summary>503 with <c>Retry-After</c>, nothing done.</summary>
    Busy,

    /// <summary>307 to another host, nothing done.</summary>
    Redirect,

    /// <summary>It is done, and the reply tells another digest.</summary>
    WrongDigest,

    /// <summary>It is done, the reply is right, and then the document is lost.</summary>
    Lose,

    /// <summary>It is done, and the reply is no JSON.</summary>
    Garbled,

    /// <summary>It is done, and the reply breaks off in its middle.</summary>
    Cut,

    /// <summary>404 as a web page, as from a gateway; nothing done.</summary>
    Page,
}

/// <summary>A failure to come.</summary>
/// <param name="Kind">Which.</param>
/// <param name="On"><c>attach upload find content dossier token</c>, or <c>any</c>.</param>
/// <param name="Count">How often.</param>
/// <param name="Milliseconds">For those that take time.</param>
/// <param name="RetryAfter">Seconds, for those that say it.</param>
internal sealed record Fault(FaultKind Kind, string On = "any", int Count = 1, int Milliseconds = 1000, int RetryAfter = 1);

/// <summary>The failures that are ordered.</summary>
internal sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<Fault> ordered = [];
    private readonly Dictionary<string, int> calls = [];

    /// <summary>How often each operation was called.</summary>
    public IReadOnlyDictionary<string, int> Calls
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, int>(calls);
            }
        }
    }

    public void Order(IEnumerable<Fault> faults)
    {
        lock (gate)
        {
            ordered.AddRange(faults);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            ordered.Clear();
        }
    }

    /// <summary>Counts a call and takes the failure that it is to meet.</summary>
    public Fault? Take(string operation)
    {
        lock (gate)
        {
            calls[operation] = calls.GetValueOrDefault(operation) + 1;
            var at = ordered.FindIndex(f => f.On == "any" || f.On == operation);
            if (at < 0)
            {
                return null;
            }

            var fault = ordered[at];
            if (fault.Count > 1)
            {
                ordered[at] = fault with { Count = fault.Count - 1 };
            }
            else
            {
                ordered.RemoveAt(at);
            }

            return fault;
        }
    }
}
