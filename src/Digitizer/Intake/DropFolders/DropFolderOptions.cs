using System.ComponentModel.DataAnnotations;

namespace Digitizer.Intake.DropFolders;

/// <summary>One folder that a scanner or a person writes into.</summary>
public sealed class DropFolderOptions
{
    /// <summary>How people and the journal call it: letters, digits, hyphens; unique.</summary>
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,39}$", ErrorMessage = "Name must be 1 to 40 small letters, digits and hyphens.")]
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The folder, absolute. Its sub-folders belong to it; those that start with a full stop do not.</summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>How the dossier of a file is known.</summary>
    [Required]
    public DossierRuleOptions Dossier { get; set; } = new();

    /// <summary>Rule profile of its documents.</summary>
    [Required]
    public string Profile { get; set; } = "tthc";

    /// <summary>Lower goes first.</summary>
    [Range(0, 1000)]
    public int Priority { get; set; } = 100;

    /// <summary>The scanner's or station's name, kept with each unit.</summary>
    public string? Scanner { get; set; }

    /// <summary>Where refused files go, with a reason; absolute, or below the folder. One folder an arrival.</summary>
    [Required]
    public string Exceptions { get; set; } = ".exceptions";

    /// <summary>Writes <c>NAME.accepted</c> beside where the file was, once it is safe.</summary>
    public bool Receipts { get; set; }

    /// <summary>True: a file that no manifest names is never taken; it waits and is reported.</summary>
    public bool OnlyBatches { get; set; }

    /// <summary>Takes events of the file system as hints to look at once. Without, it looks by the clock only.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>How long nothing may change before a file counts as quiet; null: 3 s on local file systems, 30 s on others.</summary>
    [Range(0.0, 3600.0)]
    public double? QuietSeconds { get; set; }

    /// <summary>How many looks in a row must see the same.</summary>
    [Range(1, 100)]
    public int QuietLooks { get; set; } = 3;

    /// <summary>Time between looks while something is on its way, in seconds.</summary>
    [Range(0.01, 600.0)]
    public double BusyLookSeconds { get; set; } = 1;

    /// <summary>Time between looks while nothing is; null: 3 s on local file systems, 15 s on others.</summary>
    [Range(0.01, 600.0)]
    public double? IdleLookSeconds { get; set; }

    /// <summary>After so long without a change a file that is not whole, empty or of no known format is refused; in minutes.</summary>
    [Range(0.01, 1440.0)]
    public double MaxSettleMinutes { get; set; } = 15;

    /// <summary>After so long a temporary name, a side-car without its file or a file that goes on changing is reported; in minutes.</summary>
    [Range(0.01, 10080.0)]
    public double StuckMinutes { get; set; } = 60;

    /// <summary>After so long without any arrival the folder is reported as silent; in minutes; null: never.</summary>
    [Range(1.0, 100000.0)]
    public double? SilentMinutes { get; set; }
}

/// <summary>How the dossier of a file is known: at most one of these. None: a person, a sheet or the manifest says.</summary>
public sealed class DossierRuleOptions
{
    /// <summary>All files belong to this dossier.</summary>
    public string? Code { get; set; }

    /// <summary>The name of the file's first sub-folder is the code.</summary>
    public bool FromSubFolder { get; set; }

    /// <summary>A regular expression over the file name with a group named <c>dossier</c>.</summary>
    public string? NamePattern { get; set; }
}

/// <summary>All drop folders of a service.</summary>
public sealed class DropFoldersOptions
{
    /// <summary>The folders; they may not lie inside each other.</summary>
    public IList<DropFolderOptions> Folders { get; } = [];

    /// <summary>Nothing is taken while the vault's disk has less than this many bytes left.</summary>
    [Range(0L, long.MaxValue)]
    public long MinFreeBytes { get; set; } = 2L << 30;
}
