using System.ComponentModel.DataAnnotations;
using Digitizer.Pages.Pdf;
using Digitizer.Programs;

namespace Digitizer.PageWorkers;

/// <summary>How page-workers are run and what they may use.</summary>
public sealed class PageWorkerOptions
{
    /// <summary>Workers at a time; the default is one a core.</summary>
    [Range(1, 256)]
    public int Workers { get; set; } = Environment.ProcessorCount;

    /// <summary>OCR model: the name of a <c>.traineddata</c> file, without the extension.</summary>
    [Required]
    public string Model { get; set; } = "vie";

    /// <summary>Folder of the models; null = found among the usual places.</summary>
    public string? TessdataFolder { get; set; }

    /// <summary>Wall-clock time for one page; then the worker is killed.</summary>
    public TimeSpan PageTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Wall-clock time for a worker to start and load its model.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a page is tried.</summary>
    [Range(1, 5)]
    public int PageAttempts { get; set; } = 2;

    /// <summary>Pages after which a worker is replaced by a fresh one.</summary>
    [Range(1, 100_000)]
    public int RecycleAfterPages { get; set; } = 200;

    /// <summary>RLIMIT_DATA of a worker in bytes.</summary>
    [Range(256L << 20, 64L << 30)]
    public long MemoryLimit { get; set; } = 2L << 30;

    /// <summary>What becomes of text that PDFs bring along.</summary>
    public ExistingText ExistingText { get; set; }

    /// <summary>What becomes of scripts, actions and attachments in PDFs.</summary>
    public ActiveContent ActiveContent { get; set; }

    /// <summary>What becomes of PDFs whose owner forbids changes or copying.</summary>
    public OwnerRestrictions Restrictions { get; set; }

    /// <summary>What decides how pages are read: what was read under another is read afresh.</summary>
    internal string Reading => Policy == PdfPolicy.Default ? Model : $"{Model}\n{Policy.ToArgument()}";

    internal PdfPolicy Policy => new(ExistingText, ActiveContent, Restrictions);

    internal ProgramLimits Rendering => new(PageTimeout, MemoryLimit);

    /// <summary>Lets workers run without confinement where bubblewrap does not work. Said loudly wherever it is on.</summary>
    public bool AllowUnconfined { get; set; }
}
