namespace Digitizer.Pages.Pdf;

/// <summary>A signature in a PDF (ISO 32000-1, 12.8).</summary>
/// <param name="Field">Name of its field.</param>
/// <param name="CoversAll">True if its byte range takes in the whole file but the signature's own value: nothing was added after it.</param>
internal sealed record PdfSignature(string Field, bool CoversAll);

/// <summary>What a person should know of a PDF that came in, beyond its pages.</summary>
internal sealed record PdfOrigin
{
    public static readonly PdfOrigin Plain = new();

    /// <summary>Its signatures: a signed file is handed on byte for byte, and never written anew.</summary>
    public IReadOnlyList<PdfSignature> Signatures { get; init; } = [];

    /// <summary>It carries a certification or usage rights, which any change would break, or a signature.</summary>
    public bool IsSealed { get; init; }

    /// <summary>It was encrypted with an empty password.</summary>
    public bool WasEncrypted { get; init; }

    /// <summary>Its cross-reference table was broken and was put together again.</summary>
    public bool WasRepaired { get; init; }

    /// <summary>It calls a place its start that belongs to none of its revisions: other programs may show something else.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>What was left out of it: scripts, actions, embedded files and the like, in English.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
