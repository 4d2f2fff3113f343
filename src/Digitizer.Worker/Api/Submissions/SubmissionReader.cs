using System.Text;
using Digitizer.Failures;
using Digitizer.Intake.DropFolders;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Digitizer.Worker.Api.Submissions;

/// <summary>Reads submissions as they come: files go to the disk a block at a time, everything else is small.</summary>
/// <param name="intake">Takes the files.</param>
internal sealed class SubmissionReader(SubmissionIntake intake)
{
    /// <summary>Fields of a form beside its files and manifest.</summary>
    public static IReadOnlyList<string> OfForm { get; } = ["source", "dossier", "profile"];

    /// <summary>Fields of the query where the body is the file itself, which has no other place for its name.</summary>
    public static IReadOnlyList<string> OfQuery { get; } = [.. OfForm, "name"];

    private const int MaxFiles = 1000;
    private const int MaxField = 8 << 10;
    private const int MaxHeaders = 16 << 10;
    private const int MaxHeaderCount = 16;
    private const int MaxBoundary = 70;

    // What the reader has in its buffer beyond the headers.
    private const int ReadAhead = 64 << 10;

    /// <summary>Reads the body of a request to its end.</summary>
    /// <exception cref="DigitizerException">Why it cannot be taken in; nothing of it is kept.</exception>
    public async Task<ReceivedSubmission> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var received = new ReceivedSubmission();
        try
        {
            await (BoundaryOf(request) is { } boundary ? ReadFormAsync(request, boundary, received, cancellation) : ReadBodyAsync(request, received, cancellation));
            return received;
        }
        catch (Exception e)
        {
            received.Dispose();
            throw e is IOException or InvalidDataException ? UploadStream.FailureOf(e) : e;
        }
    }

    private static string? BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            throw new DigitizerException(FailureKind.FormatNotSupported, "The request has no Content-Type. Send multipart/form-data, or the file itself as image/jpeg, image/png, image/tiff, image/bmp, image/webp, application/pdf or application/octet-stream.");
        }

        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return type.MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)
                ? null
                : throw new DigitizerException(FailureKind.FormatNotSupported, $"Content-Type {ShownName.Escape(type.MediaType.ToString())} is not taken. Send multipart/form-data, or the file itself as image/…, application/pdf or application/octet-stream.");
        }

        return HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is { Length: > 0 and <= MaxBoundary } boundary
            ? boundary
            : throw new DigitizerException(FailureKind.RequestInvalid, "The boundary of multipart/form-data is missing or longer than 70 characters.");
    }

    private async Task ReadBodyAsync(HttpRequest request, ReceivedSubmission received, CancellationToken cancellation)
    {
        foreach (var (name, value) in request.Query)
        {
            if (!OfQuery.Contains(name, StringComparer.Ordinal))
            {
                throw new DigitizerException(FailureKind.RequestInvalid, $"Nobody knows a field {ShownName.Escape(name)} of the query. There are {string.Join(", ", OfQuery)}.");
            }

            Add(received, name, value.ToString());
        }

        await StageAsync(received, received.Field("name") ?? "scan", request.Headers, request.Body, cancellation);
    }

    private async Task ReadFormAsync(HttpRequest request, string boundary, ReceivedSubmission received, CancellationToken cancellation)
    {
        if (request.Query.Count > 0)
        {
            throw new DigitizerException(FailureKind.RequestInvalid, $"The query of a form is not read. Send {ShownName.Escape(request.Query.First().Key)} as a part of it.");
        }

        if (request.Headers.ContainsKey(ContentDigest.Header))
        {
            throw new DigitizerException(FailureKind.RequestInvalid, "Content-Digest of a form is not checked. Put it among the headers of each file's part.");
        }

        var body = new UploadStream(request.Body);
        var reader = new MultipartReader(boundary, body) { HeadersCountLimit = MaxHeaderCount, HeadersLengthLimit = MaxHeaders };
        while (await NextAsync(reader, body, cancellation) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).ToString() is not { Length: > 0 } name)
            {
                throw new DigitizerException(FailureKind.RequestInvalid, "A part of the form has no name. Each needs Content-Disposition: form-data with a name.");
            }

            await ReadPartAsync(received, name, FileNameOf(disposition), section, cancellation);
        }
    }

    // The reader's own limit holds only for lines that end.
    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, UploadStream body, CancellationToken cancellation)
    {
        body.Allowance = MaxHeaders + ReadAhead;
        var section = await reader.ReadNextSectionAsync(cancellation);
        body.Allowance = null;
        return section;
    }

    private async Task ReadPartAsync(ReceivedSubmission received, string name, string? fileName, MultipartSection section, CancellationToken cancellation)
    {
        if (name == "manifest")
        {
            received.Manifest = received.Manifest is null
                ? (fileName ?? "submission.manifest.json", await SmallAsync(name, section.Body, Manifest.MaxBytes, cancellation))
                : throw new DigitizerException(FailureKind.RequestInvalid, "There are two parts named manifest. Send one.");
        }
        else if (name == "file")
        {
            await StageAsync(received, fileName ?? throw new DigitizerException(FailureKind.RequestInvalid, "A part named file has no file name. Write filename=… into its Content-Disposition."), Headers(section), section.Body, cancellation);
        }
        else if (OfForm.Contains(name, StringComparer.Ordinal))
        {
            Add(received, name, Encoding.UTF8.GetString(await SmallAsync(name, section.Body, MaxField, cancellation)));
        }
        else
        {
            throw new DigitizerException(FailureKind.RequestInvalid, $"Nobody knows a part {ShownName.Escape(name)} of the form. There are file, manifest, {string.Join(", ", OfForm)}; each file's name is the filename of its own part.");
        }
    }

    private async Task StageAsync(ReceivedSubmission received, string path, IHeaderDictionary headers, Stream body, CancellationToken cancellation)
    {
        if (received.Files.Count == MaxFiles)
        {
            throw new DigitizerException(FailureKind.RequestInvalid, $"A submission may have {MaxFiles} files. Send the others in another one.");
        }

        var digest = ContentDigest.Of(headers);
        try
        {
            received.Files.Add(await intake.StageAsync(path, new UploadStream(body), cancellation));
        }
        catch (DigitizerException e) when (e.Kind is not (FailureKind.OutputNotWritable or FailureKind.RequestInvalid))
        {
            throw new DigitizerException(e.Kind, $"{ShownName.Escape(path)}: {e.Message}", e);
        }

        if (digest is not null && digest != received.Files[^1].Staged.Sha256)
        {
            throw new DigitizerException(FailureKind.DigestDiffers, $"{ShownName.Escape(path)}: the bytes that came are not those of Content-Digest. Send it again.");
        }
    }

    private static void Add(ReceivedSubmission received, string name, string value)
    {
        if (!received.Fields.TryAdd(name, value.Trim()))
        {
            throw new DigitizerException(FailureKind.RequestInvalid, $"Field {name} was sent twice. Send it once.");
        }
    }

    private static async Task<byte[]> SmallAsync(string name, Stream body, int most, CancellationToken cancellation)
    {
        using var kept = new MemoryStream();
        var block = new byte[4096];
        for (int length; (length = await body.ReadAsync(block, cancellation)) > 0;)
        {
            if (kept.Length + length > most)
            {
                throw new DigitizerException(FailureKind.RequestInvalid, $"Field {ShownName.Escape(name)} is longer than {most} bytes. Make it shorter.");
            }

            kept.Write(block, 0, length);
        }

        return kept.ToArray();
    }

    private static string? FileNameOf(ContentDispositionHeaderValue disposition)
        => new[] { disposition.FileNameStar, HeaderUtilities.RemoveQuotes(disposition.FileName) }.Select(n => n.ToString()).FirstOrDefault(n => n.Length > 0);

    private static HeaderDictionary Headers(MultipartSection section) => new(section.Headers);
}
