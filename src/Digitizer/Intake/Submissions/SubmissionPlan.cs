using System.Text;
using Digitizer.Failures;
using Digitizer.Intake.DropFolders;
using Digitizer.Workspace;

namespace Digitizer.Intake.Submissions;

/// <summary>A document of a submission.</summary>
/// <param name="Files">In order; at least one.</param>
/// <param name="DossierCode">As its manifest has it; null: what holds for the submission.</param>
/// <param name="Number">In its manifest; null: there is none.</param>
/// <param name="Details">All else that the manifest says of it, as JSON.</param>
internal sealed record PlannedDocument(IReadOnlyList<SubmittedFile> Files, string? DossierCode = null, string? Number = null, string? Details = null);

/// <summary>Sorts the files of a submission into documents; pure.</summary>
internal static class SubmissionPlan
{
    /// <summary>The documents, in order.</summary>
    /// <exception cref="DigitizerException">RequestInvalid: there is no file; ManifestInvalid: files and manifest do not fit.</exception>
    public static IReadOnlyList<PlannedDocument> Of(SubmissionRequest request, IReadOnlyList<SubmittedFile> files)
        => files.Count == 0 ? throw new DigitizerException(FailureKind.RequestInvalid, "The submission has no file. Send at least one part named file.")
            : request.Manifest is not { } manifest ? [new PlannedDocument(files)]
            : ByManifest(manifest, files);

    /// <summary>SHA-256 of all that makes a submission what it is. What the administrator says of its source is not of it: that may change between two tries.</summary>
    public static string FingerprintOf(SubmissionRequest request, IReadOnlyList<SubmittedFile> files)
    {
        string[] manifest = request.Manifest is { } named
            ? [named.Batch, named.Profile ?? "", .. named.Files.Select(f => $"{f.Document}\n{f.Path}\n{f.Sha256}\n{f.Pages}\n{f.DossierCode}"), .. named.Details.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Key + d.Value)]
            : [];
        return FileDigest.Of(string.Join('\0', [
            request.Source, request.Dossier?.Code ?? "", request.Profile ?? "",
            .. manifest, .. files.Select(f => $"{f.Path}\n{f.Staged.Sha256}")]));
    }

    private static List<PlannedDocument> ByManifest(Manifest manifest, IReadOnlyList<SubmittedFile> files)
    {
        var byName = files.ToLookup(f => f.Path.Normalize(NormalizationForm.FormC), StringComparer.Ordinal);
        var planned = manifest.Files.Select(wanted => (Wanted: wanted, File: Find(wanted, byName))).ToList();
        var named = planned.Select(p => p.File.Staged).ToHashSet();
        if (files.FirstOrDefault(f => !named.Contains(f.Staged)) is { } extra)
        {
            throw Invalid($"{ShownName.Escape(extra.Path)} was sent, and the manifest does not name it");
        }

        return [.. planned.GroupBy(p => p.Wanted.Document, StringComparer.Ordinal).Select(document => new PlannedDocument(
            [.. document.Select(p => p.File)], document.First().Wanted.DossierCode, document.Key, manifest.Details.GetValueOrDefault(document.Key)))];
    }

    private static SubmittedFile Find(ManifestFile wanted, ILookup<string, SubmittedFile> byName)
    {
        var shown = ShownName.Escape(wanted.Path);
        return byName[wanted.Path.Normalize(NormalizationForm.FormC)].ToList() switch
        {
            [] => throw Invalid($"{shown} was not sent"),
            [var one] when one.Staged.Sha256 != wanted.Sha256 => throw Invalid($"{shown} has other content than the manifest says"),
            [var one] when wanted.Pages is { } said && one.Pages is { } counted && said != counted => throw Invalid($"{shown} has {counted} pages and not {said}"),
            [var one] => one with { Pages = wanted.Pages ?? one.Pages },
            _ => throw Invalid($"{shown} was sent more than once"),
        };
    }

    private static DigitizerException Invalid(string why)
        => new(FailureKind.ManifestInvalid, $"The manifest and the files do not fit: {why}. Nothing was taken in. Mend it, then send all of it again.");
}
