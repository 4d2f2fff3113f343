using System.Security.Cryptography;
using System.Text;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Pipeline;
using Digitizer.Vault;

namespace Digitizer;

/// <summary>Files of a batch → units. The files stay where they are; the vault has a copy while they are worked on.</summary>
internal sealed class BatchIntake(Admission admission, HouseParts house, LocalVault vault, BatchRequest request, string reading, TimeProvider time)
{
    /// <summary>Name of the source in the journal.</summary>
    public const string Source = "batch";

    private const string Who = "batch";

    private readonly DossierClaim? dossier = request.Dossier is { } key ? new DossierClaim(key.Code, "argument", Confirmed: true) : null;

    // Another value means: what was read before is read afresh. The default profile is left out: runs that knew no other go on.
    private string Options => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{reading}\n{request.Dossier?.Code}\n{request.Attach}{(request.Profile == Profiles.Default ? "" : "\n" + request.Profile)}")));

    /// <summary>Takes a file in, or finds it among what earlier runs took in.</summary>
    /// <returns>Its unit, and whether it was finished before.</returns>
    /// <exception cref="DigitizerException">Why it is not taken.</exception>
    public async Task<(UnitId Unit, bool WasFinished)> TakeAsync(InputFile source, CancellationToken cancellation)
    {
        var identity = await admission.AdmitAsync(source, cancellation).ConfigureAwait(false);
        var known = await house.Jobs.HeadAsync(identity.Unit, cancellation).ConfigureAwait(false);
        if (known is null)
        {
            await AcceptAsync(source, identity, cancellation).ConfigureAwait(false);
            return (identity.Unit, false);
        }

        return (identity.Unit, !await GoOnAsync(known, cancellation).ConfigureAwait(false));
    }

    /// <summary>True if there is something left to do for a unit of an earlier run.</summary>
    private async Task<bool> GoOnAsync(JobUnit known, CancellationToken cancellation)
    {
        if (known.Arrival.OptionsHash != Options)
        {
            await house.Jobs.RestartAsync(known.Id, Options, request.Profile, dossier, Who, cancellation).ConfigureAwait(false);
            return true;
        }

        if (known.State == UnitState.Exception)
        {
            // What failed once may have been mended: the engine, the disk.
            await house.Jobs.RetryAsync(known.Id, Who, cancellation).ConfigureAwait(false);
            return true;
        }

        return !await house.Jobs.IsSettledAsync(known.Id, cancellation).ConfigureAwait(false);
    }

    private async Task AcceptAsync(InputFile source, SourceIdentity identity, CancellationToken cancellation)
    {
        var content = new FileStream(source.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (content.ConfigureAwait(false))
        {
            var original = await vault.StoreOriginalAsync(content, identity.Unit.ToString(), cancellation).ConfigureAwait(false);
            if (original.Sha256 != identity.Sha256)
            {
                throw new DigitizerException(FailureKind.FileUnreadable, "The file changed while it was read. Run again when it is no longer written to.");
            }

            var unit = Unit(source, identity);
            vault.WriteSideCar(original, SideCar.Of(unit).ToBytes());
            await house.Jobs.AcceptAsync(unit, cancellation).ConfigureAwait(false);
        }
    }

    private NewUnit Unit(InputFile source, SourceIdentity identity) => new()
    {
        Id = identity.Unit,
        Source = Source,
        ArrivalKey = $"{Source}:{identity.Unit}",
        Name = Encoding.UTF8.GetBytes(source.Name),
        ShownName = source.Shown,
        Bytes = identity.Facts.Bytes,
        Sha256 = identity.Sha256,
        ReceivedAt = time.GetUtcNow(),
        OptionsHash = Options,
        Dossier = dossier,
        Profile = request.Profile,
        ResultBase = source.ResultBase,
    };
}
