using System.ComponentModel.DataAnnotations;
using Digitizer.Programs;

namespace Digitizer.Proof;

/// <summary>What the independent reader of finished PDFs may use.</summary>
public sealed class ProofOptions
{
    /// <summary>Documents proved at a time; the default is one a core.</summary>
    [Range(1, 256)]
    public int AtATime { get; set; } = Environment.ProcessorCount;

    /// <summary>Wall-clock time for one page; then the reader is killed and the proof has failed.</summary>
    public TimeSpan PageTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>RLIMIT_DATA of the reader in bytes. A progressive JPEG of 150 million pixels needs 1 GB.</summary>
    [Range(256L << 20, 64L << 30)]
    public long MemoryLimit { get; set; } = 2L << 30;

    internal ProgramLimits Limits => new(PageTimeout, MemoryLimit);
}
