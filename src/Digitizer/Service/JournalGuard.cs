using System.Text;
using Digitizer.Failures;
using Digitizer.Workspace;

namespace Digitizer.Service;

/// <summary>Makes sure that a service begins no second journal beside the one that its state folder belongs to, and does not go on with a damaged one.</summary>
internal static class JournalGuard
{
    private const string DamagedMark = "journal.damaged";

    /// <summary>Remembers that a check found damage, which the quick look at the next start may not see.</summary>
    public static void MarkDamaged(string state, string message)
    {
        try
        {
            AtomicFile.Write(MarkIn(state), Existing.Replace, stream => stream.Write(Encoding.UTF8.GetBytes(message)));
        }
        catch (DigitizerException)
        {
            // The service ends all the same; the next one checks again, as this check was not finished.
        }
    }

    /// <summary>Another journal has taken the damaged one's place.</summary>
    public static void Unmark(string state) => File.Delete(MarkIn(state));

    /// <exception cref="DigitizerException">ConfigurationInvalid: the journal is on the other engine; JournalMissing: it is lost; JournalBroken: it was found damaged.</exception>
    public static void ThrowIfNotOurs(ServiceOptions options)
    {
        var file = ServiceRun.JournalOf(options).File!;
        var (isThere, state) = (File.Exists(file), ShownName.Escape(options.State));
        if (options.PostgreSql is null && File.Exists(MarkIn(options.State)))
        {
            throw new DigitizerException(
                FailureKind.JournalBroken,
                $"The daily check found the journal of {state} damaged. Check the disk, restore a backup or type: digitizer rebuild-journal. Then remove {ShownName.Escape(MarkIn(options.State))}, if it is still there.");
        }

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

    private static string MarkIn(string state) => Path.Combine(Path.GetFullPath(state), DamagedMark);

    private static bool WasMoved(string file)
        => Path.GetDirectoryName(file) is { } folder && Directory.Exists(folder)
            && Directory.EnumerateFiles(folder, Path.GetFileName(file) + JournalRelocation.Mark + "*").Any();

    private static bool HasOriginals(string state)
        => Path.Combine(state, "vault", "originals") is var originals && Directory.Exists(originals) && Directory.EnumerateFiles(originals).Any();
}
