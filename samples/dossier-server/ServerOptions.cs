namespace DossierServer;

/// <summary>How callers say who they are.</summary>
internal enum AccessKind
{
    None,
    ApiKey,
    Basic,
    OAuth2,
    Session,
}

/// <summary>Settings: <c>--Name value</c>, or variables <c>DOSSIER_SERVER_Name</c>.</summary>
internal sealed class ServerOptions
{
    /// <summary>Where to listen; port 0 = any free one.</summary>
    public string Url { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Folder that keeps everything.</summary>
    public string Data { get; set; } = "./dossier-data";

    public AccessKind Access { get; set; } = AccessKind.None;

    public string User { get; set; } = "digitizer";

    /// <summary>The secret, key or password that is right. This server plays; its secrets are no secrets.</summary>
    public string Secret { get; set; } = "only-for-trying";

    /// <summary>How long tokens and sessions are good.</summary>
    public int TokenSeconds { get; set; } = 3600;

    /// <summary>Codes of the dossiers that there are, with commas between; empty: any.</summary>
    public string Dossiers { get; set; } = "";

    /// <summary>False: a document cannot be asked for (404 as a web page), nor read back.</summary>
    public bool Queryable { get; set; } = true;
}
