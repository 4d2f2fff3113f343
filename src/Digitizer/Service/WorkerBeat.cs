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
internal sealed class WorkerBeat
{
    private const string VaultFact = "vault";
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly JobStore jobs;
    private readonly string file;
    private readonly TimeProvider time;
    private Remembered remembered;

    private WorkerBeat(JobStore jobs, string file, Remembered remembered, TimeProvider time) => (this.jobs, this.file, this.remembered, this.time) = (jobs, file, remembered, time);

    /// <summary>Enters this process.</summary>
    /// <param name="jobs">The journal.</param>
    /// <param name="vault">What it works with.</param>
    /// <param name="state">Its folder, which remembers who it is.</param>
    /// <param name="role">What it does.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the wait for journal and vault.</param>
    /// <exception cref="DigitizerException">JournalBroken: the journal is older than it was; ConfigurationInvalid: journal and vault do not belong together.</exception>
    public static async Task<WorkerBeat> StartAsync(JobStore jobs, IVault vault, StateFolder state, ServiceRole role, TimeProvider time, CancellationToken cancellation)
    {
        var id = await vault.IdAsync(cancellation).ConfigureAwait(false);
        if (await jobs.FactAsync(VaultFact, id, cancellation).ConfigureAwait(false) != id)
        {
            throw new DigitizerException(
                FailureKind.ConfigurationInvalid, $"The journal's files are in another vault than {ShownName.Escape(vault.Place)}. All processes that share a journal share its vault: mend Service:Vault or Service:PostgreSql.");
        }

        var file = Path.Combine(state.Path, "worker.json");
        var known = Read(file) ?? new Remembered(Guid.NewGuid().ToString("N"), 0);
        var beats = await jobs.EnterAsync(new JournalWorker(known.Id, StateName.Of(role), Environment.MachineName, default, default), known.Beats, cancellation).ConfigureAwait(false);
        var beat = new WorkerBeat(jobs, file, known with { Beats = beats }, time);
        beat.Write();
        return beat;
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
        remembered = remembered with { Beats = await jobs.BeatAsync(remembered.Id, remembered.Beats, cancellation).ConfigureAwait(false) };
        Write();
    }

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
