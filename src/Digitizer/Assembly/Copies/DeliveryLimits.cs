using System.ComponentModel.DataAnnotations;

namespace Digitizer.Assembly.Copies;

/// <summary>What systems that receive documents take. A document that has more gets a copy that has not, and the copy goes into the dossier.</summary>
public sealed class DeliveryLimits
{
    /// <summary>Bytes of a page, before anything is signed; with a signature it stays below a million.</summary>
    [Range(50_000, long.MaxValue)]
    public long MaxPageBytes { get; set; } = 860_000;

    /// <summary>Bytes of a file, before anything is signed; with a signature it stays below 20 million.</summary>
    [Range(100_000, long.MaxValue)]
    public long MaxFileBytes { get; set; } = 19_000_000;

    /// <summary>False: every system takes what there is, and no copies are made.</summary>
    public bool MakeCopies { get; set; } = true;
}
