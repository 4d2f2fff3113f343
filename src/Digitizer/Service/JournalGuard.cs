using Digitizer.Failures;

namespace Digitizer.Service;

/// <summary>Makes sure that a service begins no second journal beside the one that its state folder belongs to.</summary>
internal static class JournalGuard
{
    /// <exception cref="DigitizerException">ConfigurationInvalid: the journal is on the other engine; JournalMissing: it is lost.</exception>
    public static void ThrowIfNotOurs(ServiceOptions options)
    {
        var file = ServiceRun.JournalOf(options).File!;
        var (isThere, state) = (File.Exists(file), ShownName.Escape(options.State));
        if (options.PostgreSql is not null && isThere)
        {
            throw new DigitizerException(
                FailureKind.ConfigurationInvalid, $"{state} has a journal on SQLite, and Service:PostgreSql names another one. Take it to PostgreSQL with digitizer move-journal, or leave Service:PostgreSql out.");
        }

        if (options.PostgreSql is null && !isThere && WasMoved(file))
        {
            throw new DigitizerException(
                FailureKind.ConfigurationInvalid, $"The journal of {state} was moved to PostgreSQL. Set Service:PostgreSql to its connection string.");
        }

        if (options.PostgreSql is null && !isThere && HasOriginals(options.State))
        {
            throw new DigitizerException(
                FailureKind.JournalMissing, $"The vault in {state} has originals, and its journal is gone. Put a backup there, or make it anew with digitizer rebuild-journal --state.");
        }
    }

    private static bool WasMoved(string file)
        => Path.GetDirectoryName(file) is { } folder && Directory.Exists(folder)
            && Directory.EnumerateFiles(folder, Path.GetFileName(file) + JournalRelocation.Mark + "*").Any();

    private static bool HasOriginals(string state)
        => Path.Combine(state, "vault", "originals") is var originals && Directory.Exists(originals) && Directory.EnumerateFiles(originals).Any();
}
