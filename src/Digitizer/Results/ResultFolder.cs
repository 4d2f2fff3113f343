using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Native;
using Digitizer.Workspace;

namespace Digitizer.Results;

/// <summary>The files of one document under their final names.</summary>
/// <param name="Pdf">Absolute path.</param>
/// <param name="Text">Absolute path.</param>
/// <param name="Json">Absolute path.</param>
/// <param name="Copy">Absolute path of the smaller copy; null: there is none.</param>
internal sealed record ResultFiles(string Pdf, string Text, string Json, string? Copy = null)
{
    /// <summary>The PDF that goes into the dossier.</summary>
    public string Delivered => Copy ?? Pdf;
}

/// <summary>Puts finished documents among the results in a folder.</summary>
/// <remarks>
/// The PDF comes first, the result file last: where it is, the document is whole. A name that
/// holds the result of another unit, or files that are not ours, is left alone, and the document
/// gets the next free one: <c>x~2</c>. The same unit finds its own name again.
/// </remarks>
/// <param name="outputFolder">Absolute; created where missing.</param>
/// <param name="state">Files get their final names from here, so that a killed run leaves nothing beside the results.</param>
internal sealed class ResultFolder(string outputFolder, StateFolder state) : IResultPlace, IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <inheritdoc/>
    /// <param name="resultBase">Wanted name below the output folder, without extension.</param>
    /// <param name="result">What the kept result file says; the published one names its PDF.</param>
    /// <param name="kept">Where they are kept; copied.</param>
    /// <param name="cancellation">Only before the first file: a document is not left half written.</param>
    /// <exception cref="DigitizerException">OutputNotWritable or NameUnusable.</exception>
    public async Task<ResultFiles?> PublishAsync(string resultBase, DocumentResult result, ResultFiles kept, CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var files = ChooseName(resultBase, result, kept);
            var named = result with { Pdf = result.Pdf with { File = Path.GetFileName(files.Pdf) }, Copies = [.. result.Copies.Select(copy => copy with { File = Path.GetFileName(files.Copy!) })] };
            if (!IsThere(files, named))
            {
                Write(files, named, kept);
            }

            return files;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    // The result file comes last and says which PDF lies beside it, so it answers for all of them.
    private static bool IsThere(ResultFiles files, DocumentResult named)
        => File.Exists(files.Text) && new FileInfo(files.Pdf) is { Exists: true } pdf && pdf.Length == named.Pdf.Bytes
        && (files.Copy is null || (new FileInfo(files.Copy) is { Exists: true } copy && copy.Length == named.Copies[0].Bytes))
        && File.Exists(files.Json) && File.ReadAllBytes(files.Json).AsSpan().SequenceEqual(ResultJson.ToBytes(named));

    private void Write(ResultFiles files, DocumentResult named, ResultFiles kept)
    {
        using var folder = state.CreateUnitFolder();
        var outdated = CopiesOf(files.Json).Except(named.Copies.Select(copy => copy.File)).ToList();
        AtomicFile.MoveInto(Copy(kept.Pdf, folder, ".pdf"), files.Pdf, Existing.Replace);
        Failpoints.Pass(Failpoint.PdfPublished);
        if (files.Copy is not null)
        {
            AtomicFile.MoveInto(Copy(kept.Copy!, folder, CopyResult.Extension), files.Copy, Existing.Replace);
        }

        AtomicFile.MoveInto(Copy(kept.Text, folder, ".txt"), files.Text, Existing.Replace);
        AtomicFile.MoveInto(folder.Write(".json", s => s.Write(ResultJson.ToBytes(named))), files.Json, Existing.Replace);
        outdated.ForEach(copy => File.Delete(Path.Combine(Path.GetDirectoryName(files.Json)!, Path.GetFileName(copy))));
    }

    private static string Copy(string from, UnitFolder folder, string extension) => folder.Write(extension, stream =>
    {
        using var source = File.OpenRead(from);
        source.CopyTo(stream);
    });

    private ResultFiles ChooseName(string resultBase, DocumentResult result, ResultFiles kept)
    {
        var wanted = Path.Combine(outputFolder, resultBase);
        try
        {
            AtomicFile.CreateFolder(Path.GetDirectoryName(wanted)!);
            var files = Named(wanted, kept);
            for (var n = 2; !MayTake(files, result, kept); n++)
            {
                files = Named(ResultName.Variant(wanted, n), kept);
            }

            return files;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, wanted);
        }
    }

    private static ResultFiles Named(string path, ResultFiles kept)
        => new(path + ".pdf", path + ".txt", path + ".json", kept.Copy is null ? null : path + CopyResult.Extension);

    private static bool MayTake(ResultFiles files, DocumentResult result, ResultFiles kept)
    {
        if (PosixFiles.Look(files.Json, followLinks: false) is { } json)
        {
            return json.Type == FileType.Regular && UnitOf(files.Json) == result.Unit && MayTakeCopy(files, result);
        }

        // A run killed between two files leaves them without a result file. Equal bytes are ours: a
        // page read twice gives the same PDF. Others may be anybody's.
        return IsAbsentOrEqual(files.Pdf, result.Pdf.Sha256) && IsAbsentOrEqual(files.Text, FileDigest.OfFile(kept.Text)) && (files.Copy is null || IsAbsentOrEqual(files.Copy, result.Copies[0].Sha256));
    }

    /// <summary>A copy of before is ours if the result file of before names it.</summary>
    private static bool MayTakeCopy(ResultFiles files, DocumentResult result)
        => files.Copy is null || IsAbsentOrEqual(files.Copy, result.Copies[0].Sha256) || CopiesOf(files.Json).Contains(Path.GetFileName(files.Copy));

    private static List<string> CopiesOf(string json)
    {
        try
        {
            return File.Exists(json) ? [.. ResultJson.Read(File.ReadAllBytes(json)).Copies.Select(copy => copy.File)] : [];
        }
        catch (JsonException)
        {
            // Somebody edited it; it names none that we would know.
            return [];
        }
    }

    private static bool IsAbsentOrEqual(string path, string sha256) => PosixFiles.Look(path, followLinks: false) switch
    {
        null => true,
        { Type: FileType.Regular } => FileDigest.OfFile(path) == sha256,
        _ => false,
    };

    private static string? UnitOf(string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[256];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return ResultHead.Unit(start.AsSpan(0, length));
    }
}
