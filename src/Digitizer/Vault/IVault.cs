using Digitizer.Failures;

namespace Digitizer.Vault;

/// <summary>
/// Keeps originals and results: content-hashed, written once, never overwritten. A file is under its name only when all of it is there,
/// and what was written is read back. One vault may serve several processes, and several machines.
/// </summary>
/// <remarks>
/// Originals come in by way of a <see cref="LocalVault"/>, in which they are sealed; <see cref="ShareAsync"/> brings them to where all
/// find them, before they are accepted.
/// </remarks>
internal interface IVault
{
    /// <summary>Its place, for people.</summary>
    string Place { get; }

    /// <summary>What tells it from every other vault; drawn when it was made.</summary>
    /// <exception cref="DigitizerException">OutputNotWritable, StorageUnavailable or StorageDenied, as with all that follows.</exception>
    Task<string> IdAsync(CancellationToken cancellation);

    /// <summary>Keeps a sealed original and its side-car where every process finds them; the original is read back.</summary>
    /// <exception cref="DigitizerException">OriginalChanged: something else is there.</exception>
    Task ShareAsync(OriginalName original, CancellationToken cancellation);

    /// <summary>An original was accepted: where it was sealed it need not stay.</summary>
    void Release(OriginalName original);

    /// <summary>Gives files to read, which stay where they are until it is disposed.</summary>
    BorrowedFiles Borrow();

    /// <summary>Puts a result in; one that is there already is read back instead.</summary>
    /// <param name="content">Read from where it stands to its end.</param>
    /// <param name="cancellation">Leaves nothing that anybody would find.</param>
    /// <exception cref="DigitizerException">OriginalChanged: other bytes come back.</exception>
    Task<StoredResult> StoreAsync(Stream content, CancellationToken cancellation);

    /// <summary>True if the original is there; its bytes are not read.</summary>
    Task<bool> HasAsync(OriginalName original, CancellationToken cancellation);

    /// <summary>All originals, in no order.</summary>
    IAsyncEnumerable<OriginalName> OriginalsAsync(CancellationToken cancellation);

    /// <summary>What was written beside an original, or null.</summary>
    Task<byte[]?> ReadSideCarAsync(OriginalName original, CancellationToken cancellation);

    /// <summary>Reads everything that is kept; gives only what is wrong.</summary>
    /// <param name="looked">Called for every file.</param>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<VaultFinding> VerifyAllAsync(Action looked, CancellationToken cancellation);

    /// <summary>Looks whether what the journal says is there; nothing is read.</summary>
    /// <param name="kept">Originals of a unit, as far as it has any that are kept.</param>
    /// <param name="digests">Of results.</param>
    /// <param name="cancellation">Ends the looking.</param>
    Task<IReadOnlyList<VaultFinding>> MissingAsync(IEnumerable<OriginalName> kept, IEnumerable<string> digests, CancellationToken cancellation);

    /// <summary>First step of removal: an original and its side-car leave the vault for its trash, where they can be found again.</summary>
    /// <param name="original">The caller has seen that it is to go.</param>
    /// <param name="removal">Who decided, and why; written down before anything moves.</param>
    /// <param name="cancellation">Leaves it where it is, or in both places.</param>
    /// <exception cref="DigitizerException">OriginalMissing.</exception>
    Task TrashAsync(OriginalName original, Removal removal, CancellationToken cancellation);

    /// <summary>First step of removal for a result that no unit that is kept has.</summary>
    /// <param name="sha256">Its digest.</param>
    /// <param name="unstored">One that was stored in so short a time is left: a unit that has it may be about to say so.</param>
    /// <param name="removal">Who decided, and why.</param>
    /// <param name="cancellation">Leaves it where it is, or in both places.</param>
    /// <returns>False if it is left, or not there.</returns>
    Task<bool> TrashResultAsync(string sha256, TimeSpan unstored, Removal removal, CancellationToken cancellation);

    /// <summary>Second step: deletes what has been in the trash for so long.</summary>
    /// <param name="age">Since it was taken out.</param>
    /// <param name="removal">Who decided, and why; written down before anything is deleted.</param>
    /// <param name="cancellation">Ends between two files.</param>
    /// <returns>The names of what was deleted.</returns>
    Task<IReadOnlyList<string>> PurgeAsync(TimeSpan age, Removal removal, CancellationToken cancellation);

    /// <summary>How many files <see cref="PurgeAsync"/> would delete.</summary>
    Task<int> CountInTrashAsync(TimeSpan age, CancellationToken cancellation);

    /// <summary>Units whose originals are in the trash.</summary>
    Task<IReadOnlySet<string>> UnitsInTrashAsync(CancellationToken cancellation);
}
