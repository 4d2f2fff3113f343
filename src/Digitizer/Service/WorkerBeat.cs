using System.Text.Json;
using System.Text.Json.Serialization;
using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Vault;
using Digitizer.Workspace;

namespace Digitizer.Service;

/// <summary>
/// Says in a journal that several processes share that this one lives, and makes sure that it is still the same journal, with the same vault:
/// a restored backup, another database or a standby without the last commits would have things filed twice.
/// </summary>
internal sealed class WorkerBeat : IDisposable
{
    private const string VaultFact = "vault";
    private const string DossiersFact = "dossiers";
    // Who was seen since is there.
    private static readonly TimeSpan Alive = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    private readonly JobStore jobs;
    private readonly string file;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim oneAtATime = new(1);
    private Remembered remembered;

    private WorkerBeat(JobStore jobs, string file, Remembered remembered, TimeProvider time) => (this.jobs, this.file, this.remembered, this.time) = (jobs, file, remembered, time);

    /// <summary>Enters this process.</summary>
    /// <param name="jobs">The journal.</param>
    /// <param name="vault">What it works with.</param>
    /// <param name="state">Its folder, which remembers who it is.</param>
    /// <param name="options">What it does, and where its documents go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the wait for journal and vault.</param>
    /// <exception cref="DigitizerException">JournalBroken: the journal is older than it was; ConfigurationInvalid: journal and vault do not belong together.</exception>
    public static async Task<WorkerBeat> StartAsync(JobStore jobs, IVault vault, StateFolder state, ServiceOptions options, TimeProvider time, CancellationToken cancellation)
    {
        await ThrowIfOtherVaultAsync(jobs, vault, cancellation).ConfigureAwait(false);
        var file = Path.Combine(state.Path, "worker.json");
        var known = Read(file) ?? new Remembered(Guid.NewGuid().ToString("N"), 0);
        var beats = await jobs.EnterAsync(new JournalWorker(known.Id, StateName.Of(options.Role), Environment.MachineName, default, default), known.Beats, cancellation).ConfigureAwait(false);
        await ThrowIfOtherDossiersAsync(jobs, options, known.Id, cancellation).ConfigureAwait(false);
        var beat = new WorkerBeat(jobs, file, known with { Beats = beats }, time);
        beat.Write();
        return beat;
    }

    /// <summary>Makes sure that a shared journal and a vault belong together.</summary>
    /// <exception cref="DigitizerException">ConfigurationInvalid.</exception>
    public static async Task ThrowIfOtherVaultAsync(JobStore jobs, IVault vault, CancellationToken cancellation)
    {
        var id = await vault.IdAsync(cancellation).ConfigureAwait(false);
        if (await jobs.FactAsync(VaultFact, id, cancellation).ConfigureAwait(false) != id)
        {
            throw new DigitizerException(
                FailureKind.ConfigurationInvalid, $"The journal's files are in another vault than {ShownName.Escape(vault.Place)}. All processes that share a journal share its vault: mend Service:Vault or Service:PostgreSql.");
        }
    }

    /// <summary>Beats until it is cancelled.</summary>
    /// <exception cref="DigitizerException">JournalBroken: nothing may be acknowledged any more. JournalUnavailable: for the moment.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Between, time, cancellation).ConfigureAwait(false);
            await BeatAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Beats once.</summary>
    /// <exception cref="DigitizerException">As <see cref="RunAsync"/>.</exception>
    public async Task BeatAsync(CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            remembered = remembered with { Beats = await jobs.BeatAsync(remembered.Id, remembered.Beats, cancellation).ConfigureAwait(false) };
            Write();
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    // Whoever makes a document decides whether it goes anywhere, and whoever delivers it where to: one that knew of no dossiers would close it unfiled.
    private static async Task ThrowIfOtherDossiersAsync(JobStore jobs, ServiceOptions options, string self, CancellationToken cancellation)
    {
        var own = options.DossierSystem is not null ? "system" : options.Dossiers is not null ? "folder" : "none";
        var known = await jobs.FactAsync(DossiersFact, own, cancellation).ConfigureAwait(false);
        if (known == own)
        {
            return;
        }

        if ((await jobs.WorkersAsync(Alive, cancellation).ConfigureAwait(false)).FirstOrDefault(worker => worker.Id != self) is { } other)
        {
            throw new DigitizerException(
                FailureKind.ConfigurationInvalid,
                $"This process would bring documents to {Shown(own)}, others on the journal, such as a worker in the role {other.Role} on {ShownName.Escape(other.Machine)}, to {Shown(known)}. Give all of them the same Service:Dossiers or Service:DossierSystem; to change it, stop all for a minute.");
        }

        await jobs.SetFactAsync(DossiersFact, own, cancellation).ConfigureAwait(false);
    }

    private static string Shown(string dossiers) => dossiers switch
    {
        "system" => "a dossier system",
        "folder" => "a folder of dossiers",
        _ => "no dossier",
    };

    private static Remembered? Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), BeatJson.Default.Remembered) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DigitizerException(FailureKind.OutputNotWritable, $"{ShownName.Escape(file)} cannot be read: it says which worker this is. Allow reading; if it is damaged, delete it.", e);
        }
    }

    private void Write()
    {
        try
        {
            AtomicFile.Write(file, Existing.Replace, stream => JsonSerializer.Serialize(stream, remembered, BeatJson.Default.Remembered));
        }
        catch (DigitizerException)
        {
            // A full disk: it remembers less than it could, which only weakens the next start's check.
        }
    }
}

/// <summary>What a worker remembers of itself.</summary>
/// <param name="Id">Drawn at its first start.</param>
/// <param name="Beats">The last that the journal confirmed.</param>
internal sealed record Remembered(string Id, long Beats);

/// <summary>JSON of <c>worker.json</c>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Remembered))]
internal sealed partial class BeatJson : JsonSerializerContext;
