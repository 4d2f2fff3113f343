using System.Text;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Native;
using Digitizer.Workspace;

namespace Digitizer.Results;

/// <summary>The three files of one document under their final names.</summary>
/// <param name="Pdf">Absolute path.</param>
/// <param name="Text">Absolute path.</param>
/// <param name="Json">Absolute path.</param>
internal sealed record ResultFiles(string Pdf, string Text, string Json);

/// <summary>Puts finished documents among the results.</summary>
/// <remarks>
/// The PDF comes first, the result file last: where it is, the document is whole. A name that
/// holds the result of another unit, or files that are not ours, is left alone, and the document
/// gets the next free one: <c>x~2</c>. The same unit finds its own name again.
/// </remarks>
internal sealed class ResultFolder(string outputFolder) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>Writes text and result file and moves the PDF beside them.</summary>
    /// <param name="resultBase">Wanted name below the output folder, without extension.</param>
    /// <param name="folder">Holds the finished PDF; the files get their names from here, so that a killed run leaves nothing beside the results.</param>
    /// <param name="text">For the text file.</param>
    /// <param name="result">For the result file; the PDF's name in it is set here.</param>
    /// <param name="cancellation">Only before the first file: a document is not left half written.</param>
    /// <returns>The files, and the result as written.</returns>
    /// <exception cref="DigitizerException">OutputNotWritable or NameUnusable.</exception>
    public async Task<(ResultFiles Files, DocumentResult Result)> PublishAsync(
        string resultBase, UnitFolder folder, string text, DocumentResult result, CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var files = ChooseName(resultBase, text, result);
            var named = result with { Pdf = result.Pdf with { File = Path.GetFileName(files.Pdf) } };
            AtomicFile.MoveInto(folder.Document(".pdf"), files.Pdf, Existing.Replace);
            AtomicFile.MoveInto(folder.Write(".txt", s => s.Write(Encoding.UTF8.GetBytes(text))), files.Text, Existing.Replace);
            AtomicFile.MoveInto(folder.Write(".json", s => ResultJson.Write(s, named)), files.Json, Existing.Replace);
            return (files, named);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private ResultFiles ChooseName(string resultBase, string text, DocumentResult result)
    {
        var wanted = Path.Combine(outputFolder, resultBase);
        try
        {
            AtomicFile.CreateFolder(Path.GetDirectoryName(wanted)!);
            var files = Named(wanted);
            for (var n = 2; !MayTake(files, text, result); n++)
            {
                files = Named(ResultName.Variant(wanted, n));
            }

            return files;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, wanted);
        }
    }

    private static ResultFiles Named(string path) => new(path + ".pdf", path + ".txt", path + ".json");

    private static bool MayTake(ResultFiles files, string text, DocumentResult result)
    {
        if (PosixFiles.Look(files.Json, followLinks: false) is { } json)
        {
            return json.Type == FileType.Regular && UnitOf(files.Json) == result.Unit;
        }

        // A run killed between two files leaves them without a result file. Equal bytes are ours: a
        // page read twice gives the same PDF. Others may be anybody's.
        return IsAbsentOrEqual(files.Pdf, result.Pdf.Sha256) && IsAbsentOrEqual(files.Text, FileDigest.Of(text));
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
