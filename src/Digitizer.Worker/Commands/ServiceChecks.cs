using Digitizer.Failures;
using Digitizer.Intake.DropFolders;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Worker.Terminal;
using Digitizer.Workspace;
using Microsoft.Extensions.Configuration;

namespace Digitizer.Worker.Commands;

/// <summary>What a service needs of its configuration and its folders, each tried as the service would use it.</summary>
/// <param name="configuration">As read.</param>
/// <param name="time">For the day in dossier codes.</param>
internal sealed class ServiceChecks(IConfiguration configuration, TimeProvider time)
{
    // Hidden, so that no look at a drop folder takes it for a scan.
    private const string Probe = ".digitizer-check";

    /// <summary>Runs all checks; none stops the others, but a configuration that is not right.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        ServiceOptions options;
        try
        {
            options = ServiceConfiguration.Bind(configuration);
        }
        catch (DigitizerException e)
        {
            return [new Finding("configuration", false, FailureLine.Of(e))];
        }

        var dossiers = options.DossierSystem?.Address ?? options.Dossiers;
        return
        [
            new Finding("configuration", true, $"{options.Drop.Folders.Count} drop folders; documents go {(dossiers is null ? "to no dossier" : $"to {ShownName.Escape(dossiers)}")}"),
            .. DropFolders(options),
            State(options),
            .. new[] { ("dossiers", options.Dossiers), ("results", options.Results) }.Where(f => f.Item2 is not null).Select(f => Folder(f.Item1, f.Item2!)),
            await JournalAsync(options, cancellation),
            .. options.Vault.IsShared ? [await VaultAsync(options, cancellation)] : Array.Empty<Finding>(),
            Telemetry(options.Telemetry),
            .. await ApiChecks.RunAsync(configuration.GetSection("Kestrel"), options, time),
        ];
    }

    // Not tried: a service whose collector is down works all the same.
    private static Finding Telemetry(TelemetryOptions options) => new("telemetry", true, options switch
    {
        { Endpoint: null } or { Traces: false, Metrics: false, Logs: false } => "nothing is sent",
        _ => $"{string.Join(", ", new[] { ("traces", options.Traces), ("metrics", options.Metrics), ("logs", options.Logs) }.Where(s => s.Item2).Select(s => s.Item1))} to {ShownName.Escape(options.Endpoint)} by {options.Protocol}",
    });

    private IEnumerable<Finding> DropFolders(ServiceOptions options)
    {
        var problems = DropFoldersCheck.Problems(options.Drop, ServiceRun.OwnFolders(options), DateOnly.FromDateTime(time.GetUtcNow().Date));
        return problems.Select(problem => new Finding("drop folders", false, $"{problem} [{FailureKind.DropFolderUnusable}]"))
            .Concat(options.Drop.Folders.Select(folder => DropFolder(folder)));
    }

    private static Finding DropFolder(DropFolderOptions folder) => Try($"drop folder {ShownName.Escape(folder.Name)}", FailureKind.DropFolderUnusable, () =>
    {
        if (!Directory.Exists(folder.Path))
        {
            throw new DigitizerException(FailureKind.DropFolderUnusable, $"{ShownName.Escape(folder.Path)} is not there. Create or mount it.");
        }

        return WriteThere(folder.Path);
    });

    private static Finding State(ServiceOptions options) => Try("state", FailureKind.OutputNotWritable, () =>
    {
        JournalGuard.ThrowIfNotOurs(options);
        try
        {
            return WithFolder(options.State, () =>
            {
                using var held = StateFolder.Open(options.State);
                return WriteThere(options.State);
            });
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.OutputInUse)
        {
            return $"{ShownName.Escape(options.State)} is in use by a running service";
        }
    });

    private static Finding Folder(string subject, string path) => Try(subject, FailureKind.OutputNotWritable, () => WithFolder(path, () => WriteThere(path)));

    private static async Task<Finding> JournalAsync(ServiceOptions options, CancellationToken cancellation)
    {
        if (options.PostgreSql is null)
        {
            return new Finding("journal", true, "SQLite, in the state folder");
        }

        try
        {
            await using var database = await JournalDatabases.OpenAsync(ServiceRun.JournalOf(options), cancellation);
            return new Finding("journal", true, database.Engine);
        }
        catch (DigitizerException e)
        {
            return new Finding("journal", false, FailureLine.Of(e));
        }
    }

    // It stays made: a vault that nobody has used yet holds its id and nothing else.
    private static async Task<Finding> VaultAsync(ServiceOptions options, CancellationToken cancellation)
    {
        try
        {
            using var held = await HeldVaults.OpenAsync(Path.GetFullPath(options.State), options.Vault, options.Azure, TimeProvider.System, cancellation);
            await held.Vaults.Kept.IdAsync(cancellation);
            return new Finding("vault", true, $"{ShownName.Escape(held.Vaults.Kept.Place)} may be read and written");
        }
        catch (DigitizerException e)
        {
            return new Finding("vault", false, FailureLine.Of(e));
        }
    }

    // What was not there is not there afterwards.
    private static string WithFolder(string path, Func<string> check)
    {
        var wasThere = Directory.Exists(path);
        try
        {
            AtomicFile.CreateFolder(path);
            return check();
        }
        finally
        {
            if (!wasThere && Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
    }

    private static string WriteThere(string path)
    {
        var probe = Path.Combine(path, Probe);
        AtomicFile.Write(probe, Existing.Replace, stream => stream.Write("probe"u8));
        File.Delete(probe);
        return $"{ShownName.Escape(path)} may be written";
    }

    private static Finding Try(string subject, FailureKind kind, Func<string> check)
    {
        try
        {
            return new Finding(subject, true, check());
        }
        catch (DigitizerException e)
        {
            return new Finding(subject, false, FailureLine.Of(e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding(subject, false, $"{ShownName.Escape(e.Message)} Allow writing there. [{kind}]");
        }
    }
}
