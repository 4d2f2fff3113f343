namespace Digitizer.Worker.Commands;

/// <summary>Rule profiles by name.</summary>
internal static class Profiles
{
    /// <summary>Dossiers of administrative procedures.</summary>
    public const string Default = "tthc";

    public static readonly string[] Known = [Default];
}
