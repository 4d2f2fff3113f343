using Digitizer.Dossiers;
using Digitizer.Jobs;

namespace Digitizer.Pipeline;

/// <summary>Kinds of work that share a limit: a dossier store that does not answer must not keep pages from being read.</summary>
/// <param name="Kinds">Claimed together.</param>
/// <param name="Width">Items at the same time.</param>
/// <param name="Pause">Nothing is claimed while it lasts; null: there is none.</param>
internal sealed record WorkLane(IReadOnlyList<WorkKind> Kinds, int Width, StorePause? Pause = null)
{
    /// <summary>Of a process that makes documents of units.</summary>
    /// <param name="readers">Page-workers. One item more is taken, so that each finds its next page waiting.</param>
    /// <param name="options">Width of the other.</param>
    public static IReadOnlyList<WorkLane> Making(int readers, WorkOptions options) =>
    [
        new([WorkKind.Split, WorkKind.Page], readers + 1),
        new([WorkKind.Group, WorkKind.Assemble, WorkKind.Prove], options.Finishing),
    ];

    /// <summary>Of a process that brings documents into their dossiers.</summary>
    /// <param name="options">Its width.</param>
    /// <param name="pause">Of the dossier store.</param>
    public static IReadOnlyList<WorkLane> Delivering(WorkOptions options, StorePause pause) => [new([WorkKind.Deliver, WorkKind.Verify], options.Delivering, pause)];
}
