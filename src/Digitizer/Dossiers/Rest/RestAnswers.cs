using System.Globalization;

namespace Digitizer.Dossiers.Rest;

/// <summary>What an answer says, whatever words the system has for it.</summary>
internal enum RestMeaning
{
    Done,
    Exists,
    Absent,

    /// <summary>Who we are was not accepted; nothing was done.</summary>
    NoAccess,

    /// <summary>Later; nothing was done.</summary>
    Busy,

    /// <summary>No, and later neither; nothing was done.</summary>
    No,

    /// <summary>Anything may have been done.</summary>
    Unclear,
}

/// <summary>Understands answers; pure.</summary>
internal sealed class RestAnswers(RestReplyOptions names, bool busyMeansUntouched)
{
    /// <summary>What an answer says.</summary>
    public RestMeaning Meaning(RestReply.Answer answer) => answer.Status switch
    {
        >= 200 and < 300 => names.Code.Length == 0 ? RestMeaning.Done : ByCode(answer),
        401 => RestMeaning.NoAccess,
        404 or 410 => answer.IsPage ? RestMeaning.Unclear : RestMeaning.Absent,
        409 or 412 => RestMeaning.Exists,
        // The system waited in vain for the rest of the request (408), or may have handed it on.
        408 => RestMeaning.Unclear,
        425 or 429 => RestMeaning.Busy,
        503 when busyMeansUntouched => RestMeaning.Busy,
        >= 300 and < 500 => RestMeaning.No,
        _ => RestMeaning.Unclear,
    };

    /// <summary>True if the failure may lie in this document, or in what holds it: others must not wait behind it.</summary>
    public bool IsOnlyThis(RestReply.Answer answer) => answer.Status != 503 && Meaning(answer) is not (RestMeaning.NoAccess or RestMeaning.Busy);

    /// <summary>Number and code, for messages; no text of the system's: it may repeat what stands on a page.</summary>
    public string Describe(RestReply.Answer answer)
    {
        var code = JsonPath.Text(answer.Json, names.Code);
        return code is null or { Length: > 40 } ? Named(answer.Status) : $"{Named(answer.Status)}, code {Failures.ShownName.Escape(code)}";
    }

    /// <summary>The receipt in an answer about a document.</summary>
    /// <returns>Null if the answer has no digest.</returns>
    public Receipt? Receipt(RestReply.Answer answer) => Hex(JsonPath.Text(answer.Json, names.DocumentHash)) is { } sha256
        ? new Receipt(JsonPath.Text(answer.Json, names.DocumentId) ?? "", sha256, JsonPath.Text(answer.Json, names.DocumentLocation))
        : null;

    public int? Revision(RestReply.Answer answer)
        => int.TryParse(JsonPath.Text(answer.Json, names.DocumentRevision), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    /// <summary>Id and hash of an uploaded file.</summary>
    /// <returns>Null if it has no id.</returns>
    public (string Id, string? Hash)? UploadedFile(RestReply.Answer answer)
        => JsonPath.Text(answer.Json, names.FileId) is { Length: > 0 } id ? (id, JsonPath.Text(answer.Json, names.FileHash)) : null;

    /// <summary>A SHA-256 as lower-case hex; null if it is none.</summary>
    /// <param name="text">Hex, or Base64.</param>
    public static string? Hex(string? text)
    {
        Span<byte> bytes = stackalloc byte[32];
        return text switch
        {
            { Length: 64 } when text.All(char.IsAsciiHexDigit) => text.ToLowerInvariant(),
            { Length: 44 } when Convert.TryFromBase64String(text, bytes, out var length) && length == 32 => Convert.ToHexStringLower(bytes),
            _ => null,
        };
    }

    private RestMeaning ByCode(RestReply.Answer answer) => JsonPath.Text(answer.Json, names.Code) switch
    {
        null => RestMeaning.Unclear,
        var code when names.DoneCodes.Contains(code) => RestMeaning.Done,
        var code when names.ExistsCodes.Contains(code) => RestMeaning.Exists,
        var code when names.AbsentCodes.Contains(code) => RestMeaning.Absent,
        var code when names.AccessCodes.Contains(code) => RestMeaning.NoAccess,
        var code when names.BusyCodes.Contains(code) => RestMeaning.Busy,
        _ => RestMeaning.No,
    };

    private static string Named(int status) => string.Create(CultureInfo.InvariantCulture, $"status {status}");
}
