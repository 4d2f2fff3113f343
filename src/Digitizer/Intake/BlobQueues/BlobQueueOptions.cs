using System.ComponentModel.DataAnnotations;

namespace Digitizer.Intake.BlobQueues;

/// <summary>A queue whose messages tell of new blobs, an entry of section <c>Service:BlobQueues</c>; docs/blob-queues.md.</summary>
public sealed class BlobQueueOptions
{
    /// <summary>How people and the journal call it: letters, digits, hyphens; unique among all sources.</summary>
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,39}$", ErrorMessage = "Name must be 1 to 40 small letters, digits and hyphens.")]
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The storage account of queue and containers, by its name in <c>Service:Azure:Accounts</c>.</summary>
    [Required]
    public string Account { get; set; } = "";

    /// <summary>The queue.</summary>
    [Required]
    public string Queue { get; set; } = "";

    /// <summary>Containers that its messages may bring blobs of; all others are refused.</summary>
    public IList<string> Containers { get; } = [];

    /// <summary>Where copies of refused messages go, created if missing; null: the queue's name with <c>-poison</c>.</summary>
    public string? PoisonQueue { get; set; }

    /// <summary>Rule profile of its documents.</summary>
    [Required]
    public string Profile { get; set; } = "tthc";

    /// <summary>Lower goes first.</summary>
    [Range(0, 1000)]
    public int Priority { get; set; } = 100;

    /// <summary>How the dossier of a blob is known.</summary>
    [Required]
    public BlobDossierOptions Dossier { get; set; } = new();

    /// <summary>Whether the <c>dossier</c> in a message of our own schema is believed.</summary>
    public bool TrustMessageDossier { get; set; } = true;

    /// <summary>Where results are written; null: to no container.</summary>
    public BlobResultOptions? Results { get; set; }

    /// <summary>How many blobs are taken at the same time.</summary>
    [Range(1, 32)]
    public int AtATime { get; set; } = 8;

    /// <summary>How long a message in our hands is hidden from others; renewed at a third of it.</summary>
    [Range(1, 86_400)]
    public int VisibilitySeconds { get; set; } = 120;

    /// <summary>How often the containers are looked through for blobs whose message was lost; 0: never.</summary>
    [Range(0.0, 10_080.0)]
    public double SweepMinutes { get; set; } = 15;

    /// <summary>Only blobs whose name begins so are looked for; null: all.</summary>
    [StringLength(1024)]
    public string? Prefix { get; set; }

    /// <summary>How long a blob that a message announced may be missing before it is refused.</summary>
    [Range(0.0, 160.0)]
    public double MissingHours { get; set; } = 24;

    /// <summary>How often taking a blob is begun before it is refused.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 5;
}

/// <summary>How the dossier of a blob is known. Where several of these name different ones, a person decides.</summary>
public sealed class BlobDossierOptions
{
    /// <summary>The blob's metadata under this key are the code.</summary>
    public string? Metadata { get; set; }

    /// <summary>The blob's index tag of this name is the code.</summary>
    public string? Tag { get; set; }

    /// <summary>A regular expression over <c>CONTAINER/BLOB</c> with a group named <c>dossier</c>.</summary>
    public string? PathPattern { get; set; }
}

/// <summary>Where results are written.</summary>
public sealed class BlobResultOptions
{
    /// <summary>The container; there must be one, and no source may be in it.</summary>
    [Required]
    public string Container { get; set; } = "";

    /// <summary>Its account, by its name in <c>Service:Azure:Accounts</c>; null: the queue's.</summary>
    public string? Account { get; set; }
}
