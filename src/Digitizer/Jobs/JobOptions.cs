using System.ComponentModel.DataAnnotations;

namespace Digitizer.Jobs;

/// <summary>Which database holds the journal.</summary>
internal enum JournalEngine
{
    Sqlite,
    PostgreSql,
}

/// <summary>Options of the journal, section <c>Journal</c>.</summary>
internal sealed class JobOptions
{
    /// <summary>SQLite: one process, nothing to install. PostgreSQL: several machines share work.</summary>
    public JournalEngine Engine { get; set; } = JournalEngine.Sqlite;

    /// <summary>SQLite: the file, on a local disk.</summary>
    public string? File { get; set; }

    /// <summary>PostgreSQL: the connection string.</summary>
    public string? Connection { get; set; }

    /// <summary>The audit file of this process.</summary>
    [Required]
    public string AuditFile { get; set; } = "";

    /// <summary>True: leases go by the database's clock, as several machines compare them.</summary>
    public bool UsesServerClock { get; set; }

    /// <summary>True: the journal is being made anew, and goes on where its audit file ends.</summary>
    public bool IsRebuilt { get; set; }

    /// <summary>Claims of one item before it is quarantined.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>SQLite: bytes of write-ahead log after which the writer brings them into the file.</summary>
    [Range(1 << 16, 1 << 30)]
    public long CheckpointBytes { get; set; } = 8 << 20;
}
