using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DossierServer;

/// <summary>The calls about files and documents.</summary>
internal sealed class Documents(Archive archive, ServerOptions options, HttpClient fetch)
{
    /// <summary>A file on its own: id and hash come back.</summary>
    public async Task<IResult> UploadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(cancellation).ConfigureAwait(false);
        if (form.Files is not [var file])
        {
            return Results.BadRequest();
        }

        var content = file.OpenReadStream();
        await using var closing = content.ConfigureAwait(false);
        var (id, kept) = await archive.KeepAsync(file.FileName, content, request.Headers["Idempotency-Key"], cancellation).ConfigureAwait(false);
        return file.Headers["Content-Digest"] is [var digest] && digest != $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(kept.Sha256))}:"
            ? Results.BadRequest()
            : Results.Json(new { IdTepTin = id, HashTepTin = kept.Sha256 });
    }

    /// <summary>A document under the caller's id.</summary>
    public Task<IResult> PutAsync(string dossier, string id, HttpRequest request, CancellationToken cancellation)
        => AddAsync(dossier, id, request, request.Headers.IfMatch is [var tag] ? tag?.Trim('"') : null, cancellation);

    /// <summary>A document under an id of our own: twice the same is two documents.</summary>
    public Task<IResult> PostAsync(string dossier, HttpRequest request, CancellationToken cancellation)
        => AddAsync(dossier, Guid.NewGuid().ToString(), request, null, cancellation);

    /// <summary>Whether there is a dossier.</summary>
    public IResult GetDossier(string dossier) => IsKnown(dossier) ? Results.Json(new { MaHoSo = dossier }) : NotFound();

    public IResult Get(string dossier, string id) => Show(archive.Find(dossier, id));

    public IResult GetByKey(string dossier, string key) => Show(archive.FindByKey(dossier, key));

    public IResult Content(string dossier, string id)
        => options.Queryable && archive.Find(dossier, id) is { } document ? Results.File(document.PdfPath, "application/pdf") : NotFound();

    private static IResult NotFound() => Results.Json(new { error = "not found" }, statusCode: 404);

    private static object Describe(StoredDocument document) => new
    {
        document.Id,
        document.Sha256,
        document.Revision,
        Location = $"/dossiers/{document.Dossier}/documents/{document.Id}",
    };

    private bool IsKnown(string dossier) => options.Dossiers.Length == 0 || options.Dossiers.Split(',').Contains(dossier, StringComparer.Ordinal);

    private IResult Show(StoredDocument? document)
    {
        if (!options.Queryable)
        {
            return Results.Text("<html>No such page</html>", "text/html", statusCode: 404);
        }

        return document is null ? NotFound() : Results.Json(Describe(document));
    }

    private async Task<IResult> AddAsync(string dossier, string id, HttpRequest request, string? replaces, CancellationToken cancellation)
    {
        if (!IsKnown(dossier))
        {
            return NotFound();
        }

        var body = await ReadAsync(request, cancellation).ConfigureAwait(false);
        if (body is null)
        {
            return Results.BadRequest();
        }

        if ((string?)body["MaHoSo"] != dossier)
        {
            return Results.UnprocessableEntity(new { error = "MaHoSo" });
        }

        var files = body["TaiLieuNop"] is JsonArray links ? await FetchAsync(links, cancellation).ConfigureAwait(false) : Uploaded(body);
        if (files?.Find(f => f.Name.EndsWith(".pdf", StringComparison.Ordinal)) is not { } pdf)
        {
            return Results.UnprocessableEntity(new { error = "files" });
        }

        var revision = int.Parse((string?)body["PhienBan"] ?? "1", System.Globalization.CultureInfo.InvariantCulture);
        var document = new StoredDocument(dossier, id, revision, (string?)body["Khoa"] ?? "", pdf.Sha256, files);
        return archive.Add(document, replaces, mayReplace: replaces is not null) switch
        {
            Added.Yes => Results.Json(Describe(document), statusCode: 201),
            Added.Exists when request.Headers.IfNoneMatch.Count == 0 => Results.Conflict(),
            _ => Results.StatusCode(412),
        };
    }

    /// <summary>The body, if its digest is right.</summary>
    private static async Task<JsonNode?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, cancellation).ConfigureAwait(false);
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes.ToArray()))}:";
        if (request.Headers["Content-Digest"] is [var told] && told != digest)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(bytes.ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private List<StoredFile>? Uploaded(JsonNode body)
    {
        var wanted = body["ThanhPhanHoSo"]?.AsArray().SelectMany(part => part?["GiayToDinhKem"]?.AsArray() ?? []).ToList();
        var files = wanted?.Select(w => archive.Kept((string?)w?["IdGiayTo"] ?? "") is { } kept && kept.Sha256 == (string?)w?["HashTepTin"] ? kept : null).OfType<StoredFile>().ToList();
        return files?.Count == wanted?.Count ? files : null;
    }

    private async Task<List<StoredFile>?> FetchAsync(JsonArray links, CancellationToken cancellation)
    {
        var files = new List<StoredFile>();
        foreach (var link in links)
        {
            using var answer = await fetch.GetAsync(new Uri((string)link!["DuongDanTaiTepTin"]!), cancellation).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            var (_, kept) = await archive.KeepAsync((string)link["TenTepDinhKem"]!, await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), null, cancellation).ConfigureAwait(false);
            if (kept.Sha256 != (string?)link["HashTepTin"])
            {
                return null;
            }

            files.Add(kept);
        }

        return files;
    }
}
