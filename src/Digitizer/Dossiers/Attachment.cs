using Digitizer.Intake;

namespace Digitizer.Dossiers;

/// <summary>What makes a delivery the same delivery, however often it is tried: fixed before the first try.</summary>
/// <remarks>Not the PDF's digest: another engine version gives other bytes, and would attach a second time.</remarks>
/// <param name="Document">The document.</param>
/// <param name="Revision">From 1; a correction is the next revision of the same document.</param>
internal readonly record struct DeliveryKey(DocumentId Document, int Revision)
{
    /// <summary>As sent in <c>Idempotency-Key</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Document}.r{Revision}");
}

/// <summary>A file to be attached.</summary>
/// <param name="Path">Absolute; not written to any more.</param>
/// <param name="Sha256">Lower-case hex, as proved.</param>
/// <param name="Bytes">Size.</param>
internal sealed record AttachedFile(string Path, string Sha256, long Bytes);

/// <summary>The three files of a document. The PDF's digest stands for the document in the dossier.</summary>
internal sealed record AttachedFiles(AttachedFile Pdf, AttachedFile Text, AttachedFile Json)
{
    /// <summary>All three with the name that templates and links use for them; the result file last.</summary>
    public IEnumerable<(string Kind, AttachedFile File)> All => [("pdf", Pdf), ("txt", Text), ("json", Json)];
}

/// <summary>A document on its way into a dossier.</summary>
internal sealed record Attachment
{
    /// <summary>Where it belongs; confirmed.</summary>
    public required DossierKey Dossier { get; init; }

    public required DeliveryKey Key { get; init; }

    /// <summary>Name for people, without extension; a name that a folder may have.</summary>
    /// <exception cref="ArgumentException">It has a slash or a zero character, or is empty, <c>.</c> or <c>..</c>.</exception>
    public required string Name
    {
        get;
        init => field = value is "" or "." or ".." || value.AsSpan().ContainsAny('/', '\0') ? throw new ArgumentException("No name for a document.", nameof(value)) : value;
    }

    public required AttachedFiles Files { get; init; }

    /// <summary>Digest of the PDF that the dossier holds and that this revision replaces; null for a first revision.</summary>
    public string? Supersedes { get; init; }

    /// <summary>When the delivery was decided: the same at every try, so that every try says the same.</summary>
    public required DateTimeOffset Decided { get; init; }
}

/// <summary>What a dossier system said when it had the document.</summary>
/// <param name="Id">The system's own id of it; for a folder, the folder's name.</param>
/// <param name="Sha256">Digest of the PDF that it holds, lower-case hex.</param>
/// <param name="Location">Where people find it: a path or an address; null if the system does not say.</param>
internal sealed record Receipt(string Id, string Sha256, string? Location)
{
    /// <summary>One line for the journal.</summary>
    public string ToLine() => System.Text.Json.JsonSerializer.Serialize(this);

    /// <summary>Reads what <see cref="ToLine"/> wrote.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not.</exception>
    public static Receipt FromLine(string line)
        => System.Text.Json.JsonSerializer.Deserialize<Receipt>(line) ?? throw new System.Text.Json.JsonException("No receipt.");
}
