using System.ComponentModel.DataAnnotations;

namespace Digitizer.Intake;

/// <summary>What is refused before anything of a file is decoded.</summary>
public sealed class AdmissionOptions
{
    /// <summary>Largest file in bytes.</summary>
    [Range(1L, 64L << 30)]
    public long MaxFileBytes { get; set; } = 512L << 20;
}
