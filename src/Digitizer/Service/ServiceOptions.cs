using System.ComponentModel.DataAnnotations;
using Digitizer.Dossiers.Rest;
using Digitizer.Intake.BlobQueues;
using Digitizer.Intake.DropFolders;
using Digitizer.Storage;
using Microsoft.Extensions.Configuration;

namespace Digitizer.Service;

/// <summary>Where a service keeps its state and puts its documents, section <c>Service</c> of its configuration file.</summary>
internal sealed class ServiceOptions
{
    /// <summary>Folder of journal, vault and work files, on a local disk; created where missing.</summary>
    [Required]
    public string State { get; set; } = "";

    /// <summary>Connection string of a PostgreSQL journal; null: SQLite in <see cref="State"/>.</summary>
    public string? PostgreSql { get; set; }

    /// <summary>What this process does; others on the same journal do the rest.</summary>
    public ServiceRole Role { get; set; }

    /// <summary>Where originals and results are kept.</summary>
    public VaultOptions Vault { get; set; } = new();

    /// <summary>Storage accounts, which other sections name.</summary>
    public AzureOptions Azure { get; set; } = new();

    /// <summary>Queues that tell of new blobs.</summary>
    public IList<BlobQueueOptions> BlobQueues { get; } = [];

    /// <summary>Folder of the dossiers, <c>CODE/NAME/…</c>; null: documents are kept and published, and attached to nothing.</summary>
    public string? Dossiers { get; set; }

    /// <summary>A dossier system with an HTTP interface, instead of <see cref="Dossiers"/>; see samples/dossier-server.</summary>
    public RestDossierOptions? DossierSystem { get; set; }

    /// <summary>Folder that results are published in, a sub-folder for each drop folder; null: they stay in the vault.</summary>
    public string? Results { get; set; }

    /// <summary>Address of the health pages, which name no files; null: none. In a container http://0.0.0.0:8480, so that what looks after it reaches them.</summary>
    public string? Health { get; set; } = "http://127.0.0.1:8480";

    /// <summary>The HTTP API, which is the program's: its settings as they stand there.</summary>
    public IConfigurationSection? Api { get; set; }

    /// <summary>How long work under way may take to finish when the service is told to stop; then it is given back.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How often a piece of work is begun before it waits for a person: what ends the process itself is counted too.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 5;

    /// <summary>Nothing more is begun to be taken in while so many pieces of work wait; 0: no limit.</summary>
    [Range(0, long.MaxValue)]
    public long MaxBacklog { get; set; } = 100_000;

    /// <summary>When a person is to be told.</summary>
    public AlarmOptions Alarms { get; set; } = new();

    /// <summary>Where traces, metrics and logs go.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>How long originals and results are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>Time of day, on this machine, for what is done once a day: the journal's check, retention.</summary>
    public TimeOnly DailyAt { get; set; } = new(2, 0);

    /// <summary>The folders that files are taken from.</summary>
    [Required]
    public DropFoldersOptions Drop { get; set; } = new();
}
