using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Digitizer.Intake;

namespace Digitizer.Dossiers.Rest;

/// <summary>Makes the messages of an interface from its templates.</summary>
internal sealed class RestMessages(RestDossierOptions options, RestCalls calls)
{
    private static readonly Dictionary<string, HandedFile> Nothing = [];
    private static readonly Dictionary<string, string> MediaTypes = new() { ["pdf"] = "application/pdf", ["txt"] = "text/plain; charset=utf-8", ["json"] = "application/json" };

    private readonly Uri address = new(options.Address);

    /// <summary>Puts a document into its dossier. Never repeated by itself.</summary>
    public RestRequest Attach(Attachment attachment, IReadOnlyDictionary<string, HandedFile> handed) => new(
        calls.Attach.Method,
        options.CallTimeout,
        session =>
        {
            var values = new RestValues(attachment, handed, session);
            var message = Message(calls.Attach, values);
            message.Content = Json(RestTemplate.Body(calls.Attach.Body, values.Get));
            message.Headers.TryAddWithoutValidation("Idempotency-Key", attachment.Key.ToString());
            if (options.Keyed)
            {
                message.Headers.TryAddWithoutValidation(attachment.Supersedes is null ? "If-None-Match" : "If-Match", attachment.Supersedes is { } old ? $"\"{old}\"" : "*");
            }

            return message;
        });

    /// <summary>Hands a file over, as a multipart form (RFC 7578). Harmless to repeat: no document refers to the file.</summary>
    public RestRequest Upload(Attachment attachment, string kind, AttachedFile file) => new(
        calls.Upload!.Method,
        options.TransferTimeout,
        session =>
        {
            var values = new RestValues(attachment, Nothing, session);
            var message = Message(calls.Upload, values);
            message.Headers.TryAddWithoutValidation("Idempotency-Key", $"{attachment.Key}.{kind}");
            message.Content = Form(calls.Upload, values, $"{attachment.Name}.{kind}", kind, file);
            return message;
        })
    {
        MayRepeat = true,
    };

    /// <summary>Asks for a document; null if the system cannot be asked.</summary>
    public RestRequest? Find(DossierKey dossier, DeliveryKey key)
        => calls.Find is null ? null : new RestRequest(calls.Find.Method, options.CallTimeout, session => Ask(calls.Find, dossier, key, session)) { MayRepeat = true };

    /// <summary>Asks for the PDF's bytes; null if the system does not give them.</summary>
    public RestRequest? Content(DossierKey dossier, DeliveryKey key)
        => calls.Content is null ? null : new RestRequest(calls.Content.Method, options.TransferTimeout, session => Ask(calls.Content, dossier, key, session)) { MayRepeat = true, WantsContent = true };

    /// <summary>Asks for a dossier, once: who asks has somebody waiting. Null if the system cannot be asked.</summary>
    public RestRequest? Ask(DossierKey dossier)
        => calls.Dossier is null ? null : new RestRequest(calls.Dossier.Method, options.CallTimeout, session => Ask(calls.Dossier, dossier, default, session));

    private HttpRequestMessage Ask(RestCall call, DossierKey dossier, DeliveryKey key, string? session)
    {
        var none = new AttachedFile("", "", 0);
        var asked = new Attachment { Dossier = dossier, Key = key, Name = "-", Files = new AttachedFiles(none, none, none), Decided = default };
        var values = new RestValues(asked, Nothing, session);
        var message = Message(call, values);
        if (call.Body.Length > 0)
        {
            message.Content = Json(RestTemplate.Body(call.Body, values.Get));
        }

        return message;
    }

    private HttpRequestMessage Message(RestCall call, RestValues values)
    {
        var message = new HttpRequestMessage(new HttpMethod(call.Method), new Uri(address, RestTemplate.Path(call.Path, values.Get)));
        foreach (var (name, template) in call.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, RestTemplate.Header(template, values.Get));
        }

        return message;
    }

    private static ByteArrayContent Json(JsonNode body)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        content.Headers.TryAddWithoutValidation("Content-Digest", Digest(SHA256.HashData(bytes)));
        return content;
    }

    private static MultipartFormDataContent Form(RestCall call, RestValues values, string name, string kind, AttachedFile file)
    {
        var form = new MultipartFormDataContent();
        if (call.Body.Length > 0)
        {
            foreach (var (field, value) in RestTemplate.Body(call.Body, values.Get).AsObject())
            {
                form.Add(new StringContent(value?.ToString() ?? ""), field);
            }
        }

        var part = new StreamContent(File.OpenRead(file.Path), 1 << 16);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaTypes[kind]);
        part.Headers.TryAddWithoutValidation("Content-Digest", Digest(Convert.FromHexString(file.Sha256)));
        form.Add(part, call.FileField, name);
        return form;
    }

    // RFC 9530, 2: a byte sequence of RFC 8941.
    private static string Digest(byte[] sha256) => $"sha-256=:{Convert.ToBase64String(sha256)}:";
}
