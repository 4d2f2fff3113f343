using Digitizer.Intake;

namespace Digitizer.Jobs;

/// <summary>A transaction of the journal: its statements, its moment, and what it will have told the audit file.</summary>
/// <param name="sql">The statements.</param>
/// <param name="now">The moment, the same for all rows it writes.</param>
internal sealed class Change(JournalSql sql, DateTimeOffset now)
{
    public JournalSql Sql { get; } = sql;

    public long Now { get; } = Rows.ToNumber(now);

    /// <summary>The unit that it locked, if it is a transition of claimed work.</summary>
    public JobUnit? Unit { get; set; }

    /// <summary>Takes the first piece of work that is enqueued, if it has room for it; null: all are queued.</summary>
    public Successor? Successor { get; set; }

    /// <summary>What it took.</summary>
    public WorkItem? Claimed { get; set; }

    /// <summary>Of what kind the last piece was that was queued.</summary>
    public WorkKind? Queued { get; set; }

    /// <summary>Goes to the audit file before the commit.</summary>
    public List<AuditLine> Audit { get; } = [];

    /// <summary>Writes a line of a unit's history.</summary>
    public Task NoteAsync(UnitId unit, string what, string? who = null, Guid? document = null, int revision = 0, string? detail = null, Failure? failure = null)
        => InsertAsync(unit, null, null, document, revision, what, who, null, failure, detail);

    /// <summary>Writes a line about one attempt.</summary>
    public Task NoteAsync(WorkItem item, string owner, string what, Failure? failure = null, string? detail = null)
        => InsertAsync(item.Unit, item.Kind, item.Page, item.Document, item.Revision, what, owner, item.Attempt, failure, detail);

    /// <summary>Leaves a line for the audit file.</summary>
    public void Tell(UnitId unit, string what) => Tell(new AuditLine { Unit = unit.ToString(), What = what });

    public void Tell(AuditLine line) => Audit.Add(line with { At = DateTimeOffset.FromUnixTimeMilliseconds(Now) });

    private async Task InsertAsync(UnitId unit, WorkKind? kind, int? page, Guid? document, int revision, string what, string? who, int? attempt, Failure? failure, string? detail)
        => await Sql.LaterAsync(
            """
            INSERT INTO history (at, unit, kind, page, document, revision, what, who, attempt, failure_kind, failure_message, detail)
            VALUES (@at, @unit, @kind, @page, @document, @revision, @what, @who, @attempt, @failure, @message, @detail)
            """,
            ("at", Now), ("unit", unit.ToString()), ("kind", kind is { } k ? StateName.Of(k) : null), ("page", page), ("document", document is { } d ? Rows.ToText(d) : null), ("revision", revision),
            ("what", what), ("who", who), ("attempt", attempt), ("failure", failure?.Kind.ToString()), ("message", failure?.Message), ("detail", detail)).ConfigureAwait(false);
}
