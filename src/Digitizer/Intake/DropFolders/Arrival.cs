using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Vault;

namespace Digitizer.Intake.DropFolders;

/// <summary>A file of a batch: where in it it belongs.</summary>
/// <param name="Batch">The batch's id, as its manifest has it.</param>
/// <param name="Document">The document's number in the batch.</param>
/// <param name="File">The file's place in its document, from 1.</param>
/// <param name="Files">How many files the document has.</param>
/// <param name="Sha256">What the manifest says of its bytes.</param>
/// <param name="Details">All else that the manifest says of the document, as JSON; null: nothing.</param>
internal sealed record BatchPlace(string Batch, string Document, int File, int Files, string Sha256, string? Details = null);

/// <summary>One of several files that are one document; its unit is what the vault keeps it under.</summary>
internal sealed record ArrivedFile(OriginalName Original, UnitId Id, FileName Name, string Shown, long Bytes, int? ExpectedPages);

/// <summary>A file that is sealed in the vault and waits to be accepted, or all files of one document of a batch.</summary>
internal sealed record Arrival
{
    public required UnitId Unit { get; init; }

    /// <summary>The drop folder's name.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// What makes this arrival recognisable: source and ULID where the file was moved in; where it was
    /// copied, a digest of place, inode, size, times and content, so that a second copy is the same arrival.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>The name as the writer gave it.</summary>
    public required FileName Name { get; init; }

    /// <summary>Sub-folders between the drop folder and the file, with / between; empty at the top. Bytes as characters, as in <see cref="FileName.Raw"/>.</summary>
    public string Folder { get; init; } = "";

    public required long Bytes { get; init; }

    /// <summary>When the writer last changed it, by the writer's clock: for people, no decision rests on it.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>When it was claimed.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>The sealed file. Null only for refused entries that were never read: links, pipes, what is too large or may not be read; they lie in the exceptions.</summary>
    public OriginalName? Original { get; init; }

    /// <summary>Pages by the file's structure or its manifest; null if only a reader can tell.</summary>
    public int? ExpectedPages { get; init; }

    public required DossierChoice Dossier { get; init; }

    public required string Profile { get; init; }

    public required int Priority { get; init; }

    public string? Scanner { get; init; }

    public BatchPlace? Batch { get; init; }

    /// <summary>The files of a document that has several, in order, of which the members above tell the first's unit, name and original; null: one file.</summary>
    public IReadOnlyList<ArrivedFile>? Files { get; init; }

    /// <summary>All that the vault holds of it.</summary>
    public IEnumerable<OriginalName> Originals => Files?.Select(f => f.Original) ?? (Original is null ? [] : [Original]);

    /// <summary>Why it is not taken; null if it is.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Folder and name for people, on one line.</summary>
    public string Shown => ShownName.Escape(Folder.Length == 0 ? Name.ToString() : $"{new FileName(Folder)}/{Name}");
}

/// <summary>The answer to an arrival: it is safe.</summary>
/// <param name="Unit">Its unit: an earlier one if the arrival was known.</param>
/// <param name="WasKnown">True: nothing new was written.</param>
/// <param name="SameContentAs">An earlier unit with the same bytes; reported, never dropped.</param>
internal sealed record Acceptance(UnitId Unit, bool WasKnown, UnitId? SameContentAs = null);

/// <summary>Takes arrivals into the journal. When a method returns, what it says survives a power cut.</summary>
internal interface IReceiver
{
    /// <summary>True while nothing more is to be offered, because too much waits already: files are left where they are.</summary>
    bool IsPaused => false;

    /// <summary>What is to lie beside one of an arrival's originals, on the disk, before the arrival is offered.</summary>
    ReadOnlyMemory<byte> SideCarOf(Arrival arrival, OriginalName original);

    /// <summary>Accepts an arrival, or lists it as refused; the same unit or the same key twice gives the same answer.</summary>
    /// <exception cref="DigitizerException">It is not accepted; the arrival is offered again.</exception>
    Task<Acceptance> AcceptAsync(Arrival arrival, CancellationToken cancellation);

    /// <summary>The unit that a file is of, by the id that the vault keeps it under; null: it was not accepted.</summary>
    Task<UnitId?> FindFileAsync(UnitId file, CancellationToken cancellation);

    /// <summary>The unit that an arrival became, or null.</summary>
    Task<UnitId?> FindAsync(string key, CancellationToken cancellation);

    /// <summary>Originals that the vault must hold for a source, by the journal: accepted and not yet removed by retention.</summary>
    IAsyncEnumerable<OriginalName> OriginalsAsync(string source, CancellationToken cancellation);
}
