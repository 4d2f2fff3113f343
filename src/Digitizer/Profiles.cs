namespace Digitizer;

/// <summary>Rule profiles by name.</summary>
internal static class Profiles
{
    /// <summary>Dossiers of administrative procedures.</summary>
    public const string Default = "tthc";

    /// <summary>As <see cref="Default"/>, and the PDF shows pages in layers or as JPEG where they read as they did; the originals stay in the vault.</summary>
    public const string Compact = "compact";

    public static readonly string[] Known = [Default, Compact];
}
