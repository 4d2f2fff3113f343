using System.ComponentModel.DataAnnotations;

namespace Digitizer.Service;

/// <summary>How long originals and results are kept, section <c>Service:Retention</c>.</summary>
internal sealed class RetentionOptions
{
    /// <summary>Days after which a unit whose documents are all in their dossiers, read back, leaves the vault; null: never.</summary>
    [Range(1, 36500)]
    public int? After { get; set; }

    /// <summary>Days that it can still be found in the vault's trash.</summary>
    [Range(1, 3650)]
    public int TrashFor { get; set; } = 30;
}
