using Digitizer.Dossiers;
using Digitizer.Jobs;

namespace Digitizer.Pipeline;

/// <summary>Kinds of work that share a limit: a dossier store that does not answer must not keep pages from being read.</summary>
/// <param name="Kinds">Claimed together.</param>
/// <param name="Width">Items at the same time.</param>
/// <param name="Pause">Nothing is claimed while it lasts; null: there is none.</param>
internal sealed record WorkLane(IReadOnlyList<WorkKind> Kinds, int Width, StorePause? Pause = null)
{
    /// <summary>The lanes of a process that does everything.</summary>
    /// <param name="readers">Page-workers. One item more is taken, so that each finds its next page waiting.</param>
    /// <param name="options">Widths of the others.</param>
    /// <param name="pause">Of the dossier store.</param>
    public static IReadOnlyList<WorkLane> All(int readers, WorkOptions options, StorePause pause) =>
    [
        new([WorkKind.Split, WorkKind.Page], readers + 1),
        new([WorkKind.Group, WorkKind.Assemble, WorkKind.Prove], options.Finishing),
        new([WorkKind.Deliver, WorkKind.Verify], options.Delivering, pause),
    ];
}
