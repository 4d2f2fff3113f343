using System.Text.Json.Serialization;

namespace Digitizer.Jobs;

/// <summary>A line of the audit file: what happened to a unit, with all that a rebuilt journal needs.</summary>
internal sealed record AuditLine
{
    public DateTimeOffset At { get; init; }

    /// <summary>
    /// Number of the change within its journal; null where several processes share one. A change that was not committed has
    /// the number of the next one that is.
    /// </summary>
    public long? Number { get; init; }

    /// <summary>accepted, refused, split, page, grouped, assembled, ready, delivery, closed, exception, assign, release, retry, restart, cancel, trashed, purged.</summary>
    public required string What { get; init; }

    public required string Unit { get; init; }

    /// <summary>Where the unit came in, of lines that are counted by it; not written.</summary>
    [JsonIgnore]
    public string? Source { get; init; }

    public string? Who { get; init; }

    /// <summary>True: on the disk before the journal's commit, as somebody outside will be told of it.</summary>
    public bool Durable { get; init; }

    public SideCar? Arrival { get; init; }

    public string? Format { get; init; }

    public int? PageCount { get; init; }

    /// <summary>Where the unit has several files: the pages of each.</summary>
    public IReadOnlyList<int>? FilePages { get; init; }

    public int? Page { get; init; }

    public PageEnd? PageEnd { get; init; }

    public Guid? Document { get; init; }

    public int? Revision { get; init; }

    public IReadOnlyList<NewDocument>? Documents { get; init; }

    public JobDocument? State { get; init; }

    public JobDelivery? Delivery { get; init; }

    public Failure? Failure { get; init; }
}
