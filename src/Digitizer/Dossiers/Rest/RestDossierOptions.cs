using System.ComponentModel.DataAnnotations;

namespace Digitizer.Dossiers.Rest;

/// <summary>How files reach the dossier system.</summary>
public enum RestStyle
{
    /// <summary>Each file is uploaded first, which gives an id and a hash; the document refers to them.</summary>
    Upload,

    /// <summary>The document holds expiring addresses from which the dossier system fetches the files.</summary>
    Link,
}

/// <summary>A dossier system with an HTTP interface.</summary>
/// <remarks>
/// Paths, headers and bodies are templates with placeholders in braces; <see cref="RestTemplate"/> lists them. Paths are relative to
/// <see cref="Address"/>. A body is JSON; placeholders stand in its strings, so that no value can change its structure. The defaults
/// speak with <c>samples/dossier-server</c>.
/// </remarks>
public sealed class RestDossierOptions
{
    /// <summary>Absolute, ends with a slash, https (http only with <see cref="AllowPlainHttp"/> or on the own machine).</summary>
    public string Address { get; set; } = "";

    /// <summary>How files get there.</summary>
    public RestStyle Style { get; set; } = RestStyle.Upload;

    /// <summary>
    /// True if the system honours the document's id in the address together with <c>If-None-Match</c> and <c>If-Match</c>: of two
    /// tries for one id it takes one. False for a POST under an id of its own.
    /// </summary>
    public bool Keyed { get; set; } = true;

    /// <summary>
    /// How long after a try without reply a system that is not <see cref="Keyed"/> may still take the document: at
    /// least its own time limit for a request. It is not asked earlier.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Settling { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>True if the system answers 503 only when it has done nothing of the request.</summary>
    public bool BusyMeansUntouched { get; set; }

    /// <summary>Kinds of files that are handed over, <c>pdf</c> among them.</summary>
    public IList<string> Files { get; } = [];

    /// <summary>Puts a document into its dossier.</summary>
    public RestCallOptions Attach { get; set; } = new();

    /// <summary>Hands a file over (multipart form), style Upload only.</summary>
    public RestCallOptions Upload { get; set; } = new();

    /// <summary>Asks for a document. Path <c>-</c>: the system cannot be asked.</summary>
    public RestCallOptions Find { get; set; } = new();

    /// <summary>Gives the PDF's bytes back. Path <c>-</c>: it cannot; the digest that <see cref="Find"/> tells must do.</summary>
    public RestCallOptions Content { get; set; } = new();

    /// <summary>
    /// Asks whether there is a dossier, for submissions that name one: 404 without a web page refuses them. No path: nobody asks, and
    /// a dossier that is not there shows itself at the delivery.
    /// </summary>
    public RestCallOptions Dossier { get; set; } = new();

    /// <summary>What stands where in replies.</summary>
    public RestReplyOptions Reply { get; set; } = new();

    /// <summary>How we say who we are.</summary>
    public RestAccessOptions Access { get; set; } = new();

    /// <summary>For style Link.</summary>
    public FileLinkOptions Links { get; set; } = new();

    /// <summary>Allows http to other machines. Everybody on the way can then read and change documents.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>File (PEM) with the roots that sign the system's certificate; empty: those of this machine.</summary>
    public string TrustedRootsFile { get; set; } = "";

    /// <summary>Time for one call that moves no file.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for one call that moves a file.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "02:00:00")]
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a call that attaches nothing is repeated at once.</summary>
    [Range(0, 10)]
    public int Repeats { get; set; } = 2;

    /// <summary>Pause before the first repeat; doubled for each further one, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan RepeatDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing is sent after half of the calls of half a minute failed; doubled while that goes on, up to a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>One call of the interface. Empty values stand for the default of the call and the style.</summary>
public sealed class RestCallOptions
{
    /// <summary>HTTP method.</summary>
    public string Method { get; set; } = "";

    /// <summary>Template, relative to the address.</summary>
    public string Path { get; set; } = "";

    /// <summary>Templates by name.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>JSON template; for an upload, an object whose members become fields of the form.</summary>
    public string Body { get; set; } = "";

    /// <summary>For an upload: the form's field that holds the file.</summary>
    public string FileField { get; set; } = "";
}

/// <summary>Where in the JSON of replies things stand: names separated by full stops, <c>[0]</c> for places in lists.</summary>
public sealed class RestReplyOptions
{
    /// <summary>Of an uploaded file: the system's id.</summary>
    public string FileId { get; set; } = "IdTepTin";

    /// <summary>Of an uploaded file: SHA-256 of what arrived, hex or Base64. Empty: the system does not say.</summary>
    public string FileHash { get; set; } = "HashTepTin";

    /// <summary>Of a document: the system's id.</summary>
    public string DocumentId { get; set; } = "Id";

    /// <summary>Of a document: SHA-256 of its PDF, hex or Base64.</summary>
    public string DocumentHash { get; set; } = "Sha256";

    /// <summary>Of a document: its revision. Empty: the system does not say.</summary>
    public string DocumentRevision { get; set; } = "Revision";

    /// <summary>Of a document: where people find it. Empty: the system does not say.</summary>
    public string DocumentLocation { get; set; } = "Location";

    /// <summary>For systems that answer 200 always: where the code of the outcome stands. Empty: the HTTP status tells.</summary>
    public string Code { get; set; } = "";

    /// <summary>Codes that say: done.</summary>
    public IList<string> DoneCodes { get; } = [];

    /// <summary>Codes that say: there is one already.</summary>
    public IList<string> ExistsCodes { get; } = [];

    /// <summary>Codes that say: there is none.</summary>
    public IList<string> AbsentCodes { get; } = [];

    /// <summary>Codes that say: your session or token has ended; nothing was done.</summary>
    public IList<string> AccessCodes { get; } = [];

    /// <summary>Codes that say: come again later; nothing was done.</summary>
    public IList<string> BusyCodes { get; } = [];
}

/// <summary>How we say who we are. Secrets are never written here: only where they are.</summary>
public sealed class RestAccessOptions
{
    /// <summary>Which way.</summary>
    public RestAccessKind Kind { get; set; } = RestAccessKind.None;

    /// <summary>ApiKey, Session: header that carries the key or the session. For a session, empty = only <c>{session}</c> in templates.</summary>
    public string Header { get; set; } = "";

    /// <summary>OAuth2: token address. Session: login address. Relative to the address, or absolute.</summary>
    public string Address { get; set; } = "";

    /// <summary>OAuth2: client id. Basic, Session: user.</summary>
    public string User { get; set; } = "";

    /// <summary>OAuth2: scope, if the system wants one.</summary>
    public string Scope { get; set; } = "";

    /// <summary>File with the key, the client secret or the password; readable by this user only.</summary>
    public string SecretFile { get; set; } = "";

    /// <summary>Or the variable of the environment that holds it.</summary>
    public string SecretVariable { get; set; } = "";

    /// <summary>Session: JSON template of the login, with <c>{user}</c> and <c>{secret}</c>.</summary>
    public string LoginBody { get; set; } = """{"username":"{user}","password":"{secret}"}""";

    /// <summary>Session: where in the reply it stands.</summary>
    public string SessionPath { get; set; } = "session";

    /// <summary>Session: how long it is used before we log in again.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromMinutes(20);
}

/// <summary>Ways of saying who we are.</summary>
public enum RestAccessKind
{
    /// <summary>Nobody asks.</summary>
    None,

    /// <summary>A fixed key in a header.</summary>
    ApiKey,

    /// <summary>User and password with each call (RFC 7617).</summary>
    Basic,

    /// <summary>OAuth2 client credentials (RFC 6749, 4.4).</summary>
    OAuth2,

    /// <summary>A login gives a session.</summary>
    Session,
}
