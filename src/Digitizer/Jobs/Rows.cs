using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Jobs;

/// <summary>Rows of the journal as records; the column lists stand beside what reads them.</summary>
internal static class Rows
{
    public const string WorkItem = "id, kind, unit, page, document, revision, epoch, attempt, priority, turn";

    public const string Unit = "id, source, arrival_key, name, shown_name, bytes, sha256, received_at, expected_pages, priority, options_hash, "
        + "dossier, basis, confirmed, profile, scanner, result_base, same_as, state, format, pages, failure_kind, failure_message, changed_at, finished_at, trashed_at, purged_at, files, batch, batch_document, batch_details, submission";

    public const string Original = "unit, id, name, shown_name, bytes, sha256, expected_pages, pages";

    public const string Page = "unit, number, state, result_sha256, image_sha256, confidence, failure_kind, failure_message, review_reason, thumbnail_sha256";

    public const string Document = "id, revision, unit, part, state, dossier, basis, confirmed, reasons, pdf_sha256, pdf_bytes, json_sha256, text_sha256, pages_compared, worst_difference, copy_sha256, copy_bytes, sizes";

    public const string Delivery = "document, revision, dossier, state, sha256, supersedes, receipt, failure_kind, failure_message, changed_at";

    public const string Work = "id, kind, unit, page, document, revision, state, attempt, owner, run_at, lease_until";

    public const string History = "id, at, unit, kind, page, document, revision, what, who, attempt, failure_kind, failure_message, detail";

    public const string Webhook = "name, history_id, attempt, rejections, next_at, failed_since, failed_kind, skipped, skipped_at, skipped_id, skipped_kind, failed_id";

    public static (WorkItem Item, long Turn) ToWorkItem(DbDataReader row) => (
        new WorkItem(row.GetInt64(0), Kind(row, 1), Id(row, 2), Int(row, 3), Uuid(row, 4), row.GetInt32(5), row.GetInt64(6), row.GetInt32(7), row.GetInt32(8)),
        row.GetInt64(9));

    public static JobUnit ToUnit(DbDataReader row) => new()
    {
        Arrival = new NewUnit
        {
            Id = Id(row, 0),
            Source = row.GetString(1),
            ArrivalKey = row.GetString(2),
            Name = row.GetFieldValue<byte[]>(3),
            ShownName = row.GetString(4),
            Bytes = row.GetInt64(5),
            Sha256 = row.GetString(6),
            ReceivedAt = Time(row, 7)!.Value,
            ExpectedPages = Int(row, 8),
            Priority = row.GetInt32(9),
            OptionsHash = row.GetString(10),
            Dossier = Claim(row, 11),
            Profile = row.GetString(14),
            Scanner = Text(row, 15),
            ResultBase = Text(row, 16),
            Batch = row.IsDBNull(28) ? null : new BatchOrigin(row.GetString(28), row.GetString(29), Text(row, 30)),
        },
        FileCount = row.GetInt32(27),
        SubmissionId = Text(row, 31) is { } submission ? UnitId.Parse(submission) : null,
        SameContentAs = Text(row, 17) is { } same ? UnitId.Parse(same) : null,
        State = StateName.Parse<UnitState>(row.GetString(18)),
        Format = Text(row, 19),
        Pages = Int(row, 20),
        Failure = ToFailure(row, 21),
        ChangedAt = Time(row, 23)!.Value,
        FinishedAt = Time(row, 24),
        TrashedAt = Time(row, 25),
        PurgedAt = Time(row, 26),
    };

    public static (UnitId Unit, UnitFile File, int? Pages) ToOriginal(DbDataReader row) => (
        Id(row, 0), new UnitFile(Id(row, 1), row.GetFieldValue<byte[]>(2), row.GetString(3), row.GetInt64(4), row.GetString(5), Int(row, 6)), Int(row, 7));

    public static JobPage ToPage(DbDataReader row) => new(
        Id(row, 0), row.GetInt32(1), StateName.Parse<PageState>(row.GetString(2)), Text(row, 3), Text(row, 4), Real(row, 5), ToFailure(row, 6), Text(row, 8), Text(row, 9));

    public static JobDocument ToDocument(DbDataReader row) => new()
    {
        Id = Uuid(row, 0)!.Value,
        Revision = row.GetInt32(1),
        Unit = Id(row, 2),
        Part = row.GetInt32(3),
        State = StateName.Parse<DocumentState>(row.GetString(4)),
        Dossier = Claim(row, 5),
        Reasons = FromJson(row.GetString(8)),
        PdfSha256 = Text(row, 9),
        PdfBytes = row.IsDBNull(10) ? null : row.GetInt64(10),
        JsonSha256 = Text(row, 11),
        TextSha256 = Text(row, 12),
        PagesCompared = Int(row, 13),
        WorstDifference = Real(row, 14),
        CopySha256 = Text(row, 15),
        CopyBytes = row.IsDBNull(16) ? null : row.GetInt64(16),
        Sizes = Text(row, 17) is { } sizes ? JsonSerializer.Deserialize<SizeReport>(sizes, SideCar.Json) : null,
    };

    public static JobDelivery ToDelivery(DbDataReader row) => new(
        Uuid(row, 0)!.Value, row.GetInt32(1), Text(row, 2), StateName.Parse<DeliveryState>(row.GetString(3)), Text(row, 4), Text(row, 5), Text(row, 6), ToFailure(row, 7), Time(row, 9)!.Value);

    public static JobWork ToWork(DbDataReader row) => new(
        row.GetInt64(0), Kind(row, 1), Id(row, 2), Int(row, 3), Uuid(row, 4), row.GetInt32(5), StateName.Parse<WorkState>(row.GetString(6)), row.GetInt32(7), Text(row, 8),
        row.GetInt64(9) == 0 ? null : Time(row, 9), Time(row, 10));

    public static HistoryLine ToHistory(DbDataReader row) => new(
        row.GetInt64(0), Time(row, 1)!.Value, Id(row, 2), row.IsDBNull(3) ? null : Kind(row, 3), Int(row, 4), Uuid(row, 5), row.GetInt32(6), row.GetString(7), Text(row, 8), Int(row, 9), ToFailure(row, 10), Text(row, 12));

    public static WebhookState ToWebhook(DbDataReader row) => new()
    {
        Name = row.GetString(0),
        HistoryId = row.GetInt64(1),
        Trouble = row.IsDBNull(6) ? null : new WebhookTrouble(row.GetInt64(11), row.GetInt32(2), row.GetInt32(3), Time(row, 4)!.Value, Time(row, 5)!.Value, row.GetString(6)),
        Skips = row.IsDBNull(10) ? null : new WebhookSkips(row.GetInt32(7), Time(row, 8)!.Value, row.GetInt64(9), row.GetString(10)),
    };

    public static ArrivalTries ToTries(DbDataReader row) => new(row.GetInt32(0), ToFailure(row, 1));

    public static string ToText(Guid document) => document.ToString("D", CultureInfo.InvariantCulture);

    public static string ToJson(IEnumerable<string> reasons) => JsonSerializer.Serialize(reasons.Distinct(StringComparer.Ordinal));

    public static string? ToJson(SizeReport? sizes) => sizes is null ? null : JsonSerializer.Serialize(sizes, SideCar.Json);

    public static IReadOnlyList<string> FromJson(string reasons) => JsonSerializer.Deserialize<string[]>(reasons)!;

    public static long ToNumber(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static int? Int(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    private static double? Real(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    private static DateTimeOffset? Time(DbDataReader row, int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static UnitId Id(DbDataReader row, int column) => UnitId.Parse(row.GetString(column));

    private static Guid? Uuid(DbDataReader row, int column) => row.IsDBNull(column) ? null : Guid.ParseExact(row.GetString(column), "D");

    private static WorkKind Kind(DbDataReader row, int column) => StateName.Parse<WorkKind>(row.GetString(column));

    private static DossierClaim? Claim(DbDataReader row, int column)
        => row.IsDBNull(column) ? null : new DossierClaim(row.GetString(column), row.GetString(column + 1), row.GetInt64(column + 2) == 1);

    private static Failure? ToFailure(DbDataReader row, int column)
        => row.IsDBNull(column) ? null : new Failure(Enum.Parse<FailureKind>(row.GetString(column)), Text(row, column + 1) ?? "");
}
