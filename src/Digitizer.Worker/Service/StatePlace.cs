using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Service;
using Digitizer.Storage;
using Digitizer.Workspace;

namespace Digitizer.Worker.Service;

/// <summary>A state folder and the journal that belongs to it.</summary>
/// <param name="State">The folder, absolute.</param>
/// <param name="Journal">Its journal.</param>
/// <param name="Retention">How long things are kept there; for ever, as long as no configuration is known.</param>
/// <param name="Vault">Where its files are kept; in the folder, as long as no configuration is known.</param>
/// <param name="Azure">Accounts that the vault may be in.</param>
internal sealed record StatePlace(string State, JobOptions Journal, RetentionOptions Retention, VaultOptions Vault, AzureOptions Azure)
{
    /// <summary>True if the journal can be opened where no service has it open.</summary>
    public bool HasJournal => Journal.Engine == JournalEngine.PostgreSql || File.Exists(Journal.File);

    /// <summary>Where the control socket of a running service is.</summary>
    public string Socket => Path.Combine(State, ServiceHost.Socket);

    /// <summary>What a person means with a folder; its journal is on SQLite, as without the configuration nobody can tell of another.</summary>
    /// <param name="folder">A service's state folder, or the output folder of batches.</param>
    public static StatePlace In(string folder)
    {
        var inOutput = Path.Combine(folder, StateFolder.NameInOutput);
        var state = Path.GetFullPath(Directory.Exists(inOutput) ? inOutput : folder);
        return new StatePlace(state, new JobOptions { File = Path.Combine(state, "journal.db"), AuditFile = Path.Combine(state, "audit.jsonl") }, new RetentionOptions(), new VaultOptions(), new AzureOptions());
    }

    /// <summary>As <see cref="In"/>, where there must be a journal or a service that has one.</summary>
    /// <exception cref="DigitizerException">JournalMissing.</exception>
    public static StatePlace Of(string folder)
    {
        var place = In(folder);
        return place.HasJournal || File.Exists(place.Socket) ? place : throw place.Missing();
    }

    /// <summary>The place of a configured service.</summary>
    public static StatePlace Of(ServiceOptions options) => new(Path.GetFullPath(options.State), ServiceRun.JournalOf(options), options.Retention, options.Vault, options.Azure);

    /// <summary>Opens its vault.</summary>
    /// <exception cref="DigitizerException">The vault's.</exception>
    public Task<HeldVaults> OpenVaultsAsync(CancellationToken cancellation) => HeldVaults.OpenAsync(State, Vault, Azure, TimeProvider.System, cancellation);

    /// <summary>Says that there is no journal.</summary>
    public DigitizerException Missing() => new(
        FailureKind.JournalMissing,
        $"There is no journal in {ShownName.Escape(State)}. Name the state folder of a service, or the output folder of 'digitizer process', with --state. A journal on PostgreSQL is found while its service runs, or with --config where the command has it.");
}
