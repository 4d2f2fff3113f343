using System.Text.Json;
using System.Text.Json.Serialization;
using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>How a file comes into our hands.</summary>
internal enum ClaimMode
{
    /// <summary>By rename: folder and vault are on one file system.</summary>
    Move,

    /// <summary>By copy; the source is put aside once the copy is accepted.</summary>
    Copy,

    /// <summary>Not at all: a refused entry that is not read is put among the exceptions as it is.</summary>
    PutAside,
}

/// <summary>
/// What is known of a claimed file, written beside it before the claim: whoever finds the claim after
/// a crash can go on. Names are base64, as not every name is text.
/// </summary>
internal sealed record ClaimNote
{
    public required string Unit { get; init; }

    public required ClaimMode Mode { get; init; }

    public required string Source { get; init; }

    public required byte[] Name { get; init; }

    public required byte[] Folder { get; init; }

    public required FileFacts Facts { get; init; }

    public required DateTimeOffset Received { get; init; }

    public int? ExpectedPages { get; init; }

    public string? Dossier { get; init; }

    public required string DossierBasis { get; init; }

    public string? DossierProblem { get; init; }

    public required string Profile { get; init; }

    public required int Priority { get; init; }

    public string? Scanner { get; init; }

    public BatchPlace? Batch { get; init; }

    /// <summary>The batch of this look that it belongs to; empty if none.</summary>
    public string BatchClaim { get; init; } = "";

    /// <summary>Where the folder's exceptions lie, absolute.</summary>
    public string ExceptionsPath { get; init; } = "";

    public FailureKind? RefusedAs { get; init; }

    public string? RefusedWhy { get; init; }

    public FileName FileName => FileName.FromBytes(Name);

    public string FolderPath => FileName.FromBytes(Folder).Raw;

    /// <summary>The side-car that announced the file, base64 of its bytes; it goes when the file is accepted.</summary>
    public byte[]? Marker { get; init; }

    public FileName? MarkerName => Marker is null ? null : FileName.FromBytes(Marker);

    public static ClaimNote Of(Arrival arrival, ClaimDue due, string exceptionsPath) => new()
    {
        Unit = arrival.Unit.ToString(),
        Mode = due.Mode,
        Source = arrival.Source,
        Name = arrival.Name.ToBytes(),
        Folder = new FileName(arrival.Folder).ToBytes(),
        Facts = due.Judged,
        Received = arrival.Received,
        ExpectedPages = arrival.ExpectedPages,
        Dossier = arrival.Dossier.Dossier?.Code,
        DossierBasis = arrival.Dossier.Basis,
        DossierProblem = arrival.Dossier.Problem,
        Profile = arrival.Profile,
        Priority = arrival.Priority,
        Scanner = arrival.Scanner,
        Batch = arrival.Batch,
        BatchClaim = due.BatchClaim,
        Marker = due.Marker?.ToBytes(),
        ExceptionsPath = exceptionsPath,
        RefusedAs = arrival.Refusal?.Kind,
        RefusedWhy = arrival.Refusal?.Message,
    };

    /// <summary>The arrival that the note was made of; still without its original and, for a copy, its key.</summary>
    public Arrival ToArrival()
    {
        _ = UnitId.TryParse(Unit, out var unit);
        var arrival = new Arrival
        {
            Unit = unit,
            Source = Source,
            Key = $"{Source}/{Unit}",
            Name = FileName,
            Folder = FolderPath,
            Bytes = Facts.Bytes,
            Modified = Facts.Modified,
            Received = Received,
            ExpectedPages = ExpectedPages,
            Dossier = new DossierChoice(Dossier is null ? null : DossierKey.Parse(Dossier, DateOnly.MaxValue.AddDays(-1)), DossierBasis, DossierProblem),
            Profile = Profile,
            Priority = Priority,
            Scanner = Scanner,
            Batch = Batch,
        };
        return RefusedAs is { } kind ? arrival with { Refusal = new Refusal(arrival.Shown, kind, RefusedWhy!) } : arrival;
    }

    /// <summary>For a copy: place, inode, size, times and content. The time of change no program can set back.</summary>
    public string CopyKey(string sha256)
    {
        var place = Workspace.FileDigest.Of(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{FolderPath}/{FileName.Raw}|{Facts.Inode}|{Facts.Bytes}|{Facts.Modified.UtcTicks}|{Facts.Changed.UtcTicks}|{sha256}"));
        return $"{Source}/copy/{place}";
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, DropFolderJsonContext.Default.ClaimNote);

    /// <summary>Null if the bytes are no note: cut off by a power cut before the claim was made.</summary>
    public static ClaimNote? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, DropFolderJsonContext.Default.ClaimNote);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How a file is to be claimed.</summary>
/// <param name="Judged">The file that was judged.</param>
/// <param name="Mode">Moved, copied, or put aside unread.</param>
/// <param name="BatchClaim">The claim of its batch, or nothing.</param>
/// <param name="Marker">The side-car that announced it.</param>
internal sealed record ClaimDue(FileFacts Judged, ClaimMode Mode, string BatchClaim = "", FileName? Marker = null);

/// <summary>A batch whose files are all claimed: from here on it goes forward, whatever happens.</summary>
/// <param name="Source">The drop folder's name.</param>
/// <param name="Folder">Where the manifest lies, base64 of its bytes.</param>
/// <param name="Name">The manifest's name, base64 of its bytes.</param>
internal sealed record BatchNote(string Source, byte[] Folder, byte[] Name);

/// <summary>Generated serializers.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ClaimNote))]
[JsonSerializable(typeof(BatchNote))]
internal sealed partial class DropFolderJsonContext : JsonSerializerContext;
