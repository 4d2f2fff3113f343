using Digitizer.Failures;
using Digitizer.Vault;
using Microsoft.Extensions.Logging;

namespace Digitizer.Intake.DropFolders;

/// <summary>All drop folders of a process, each looked at by itself: a slow or broken one holds up no other.</summary>
internal sealed class DropFolderSet : IDisposable
{
    private readonly ClaimFolder claims;
    private readonly List<DropFolder> folders;

    /// <summary>Checks the configuration and takes over what dead processes left.</summary>
    /// <exception cref="DigitizerException">DropFolderUnusable with all that is wrong; OutputNotWritable.</exception>
    public DropFolderSet(
        DropFoldersOptions options, AdmissionOptions admission, Vaults vaults, IReceiver receiver, IAlerts alerts, TimeProvider time, ILogger log, params IEnumerable<string> ownFolders)
    {
        DropFoldersCheck.ThrowOnProblems(options, [vaults.Spool.Root, .. ownFolders], DateOnly.FromDateTime(time.GetUtcNow().Date));
        claims = ClaimFolder.Open(vaults.Spool, time);
        var context = new DropFolderContext(vaults, claims, receiver, alerts, admission, options.MinFreeBytes);
        ThrowOnOrphans(options);
        AdoptStrays(options, time);
        folders = [.. options.Folders.Select(f => new DropFolder(f, context, time, log))];
    }

    /// <summary>How each stands.</summary>
    public IEnumerable<DropFolderStatus> Status => folders.Select(f => f.Status);

    /// <summary>Looks after all of them until it is cancelled. What a folder does not expect ends all of them at once, so that nobody takes a dead folder for a quiet one.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(folders.Select(folder => Task.Run(() => RunAsync(folder, stop), CancellationToken.None))).ConfigureAwait(false);
    }

    public void Dispose()
    {
        folders.ForEach(f => f.Dispose());
        claims.Dispose();
    }

    private static async Task RunAsync(DropFolder folder, CancellationTokenSource stop)
    {
        try
        {
            await folder.RunAsync(stop.Token).ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Scans on their way belong to the folder that they came from: its name must not go before they have arrived.
    private void ThrowOnOrphans(DropFoldersOptions options)
    {
        var orphans = claims.Notes().Where(note => options.Folders.All(f => f.Name != note.Source)).ToLookup(note => note.Source);
        if (orphans.Count == 0)
        {
            return;
        }

        var source = orphans.First();
        claims.Dispose();
        throw new DigitizerException(
            FailureKind.DropFolderUnusable,
            $"{source.Count()} scans of the drop folder {source.Key} are on their way since an interruption, and no folder has this name any more. Configure it again under its name, start once, then change it.");
    }

    // A claim whose note a damaged disk lost is a scan all the same: it is accepted without a dossier, so that a person sees it.
    private void AdoptStrays(DropFoldersOptions options, TimeProvider time)
    {
        if (options.Folders.FirstOrDefault() is not { } first)
        {
            return;
        }

        foreach (var stray in claims.Strays().ToList())
        {
            claims.Write(new ClaimNote
            {
                Unit = stray.Raw,
                Mode = ClaimMode.Move,
                Source = first.Name,
                Name = stray.ToBytes(),
                Folder = [],
                Facts = claims.Folder.Look(stray)!,
                Received = time.GetUtcNow(),
                DossierBasis = DossierChoice.None.Basis,
                DossierProblem = "What was known of this file is lost. Assign its dossier.",
                Profile = first.Profile,
                Priority = first.Priority,
            });
        }
    }
}
