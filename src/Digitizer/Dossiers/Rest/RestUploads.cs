using Digitizer.Failures;

namespace Digitizer.Dossiers.Rest;

/// <summary>Makes the files of a document known to a dossier system before the document refers to them.</summary>
internal sealed class RestUploads(RestConnection connection, RestAnswers answers, RestMessages messages, IReadOnlyList<string> kinds, FileLinks? links)
{
    /// <summary>Hands the files over, or makes links to them.</summary>
    /// <returns>The files, or why the document cannot be attached now.</returns>
    public async Task<(IReadOnlyDictionary<string, HandedFile> Files, AttachReply? Failure)> HandOverAsync(Attachment attachment, CancellationToken cancellation)
    {
        var handed = new Dictionary<string, HandedFile>(StringComparer.Ordinal);
        foreach (var (kind, file) in attachment.Files.All.Where(f => kinds.Contains(f.Kind)))
        {
            if (links is not null)
            {
                handed[kind] = new HandedFile("", "", links.Create(new LinkedFile(attachment.Key, kind)).AbsoluteUri);
                continue;
            }

            var (id, failure) = await UploadAsync(attachment, kind, file, cancellation).ConfigureAwait(false);
            if (id is null)
            {
                return (handed, failure);
            }

            handed[kind] = id;
        }

        return (handed, null);
    }

    private async Task<(HandedFile? File, AttachReply? Failure)> UploadAsync(Attachment attachment, string kind, AttachedFile file, CancellationToken cancellation)
    {
        RestReply reply;
        try
        {
            reply = await connection.CallAsync(messages.Upload(attachment, kind, file), cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new AttachReply.Unavailable($"The {kind} file cannot be read: {ShownName.Escape(e.Message)}. Check the disk.", Kind: FailureKind.FileUnreadable, IsOnlyThis: true));
        }

        return reply switch
        {
            RestReply.Answer answer when answers.Meaning(answer) == RestMeaning.Done => Understand(answer, kind, file),
            RestReply.Answer answer when answers.Meaning(answer) is RestMeaning.No or RestMeaning.Absent or RestMeaning.Exists
                => (null, new AttachReply.Refused(answer.Status, $"The dossier system does not take the {kind} file: {answers.Describe(answer)}.")),
            RestReply.Answer answer => (null, new AttachReply.Unavailable($"The dossier system did not take the {kind} file: {answers.Describe(answer)}.", answer.RetryAfter, IsOnlyThis: answers.IsOnlyThis(answer))),
            RestReply.NotSent none => (null, new AttachReply.Unavailable(none.Why, none.RetryAfter)),
            // Nothing refers to what it may have taken.
            RestReply.Lost lost => (null, new AttachReply.Unavailable(lost.Why, IsOnlyThis: true)),
            _ => throw new InvalidOperationException(),
        };
    }

    private (HandedFile? File, AttachReply? Failure) Understand(RestReply.Answer answer, string kind, AttachedFile file) => answers.UploadedFile(answer) switch
    {
        null => (null, new AttachReply.Unavailable($"The dossier system gave no id for the {kind} file.", IsOnlyThis: true)),
        (var id, null) => (new HandedFile(id, "", ""), null),
        (var id, var hash) when RestAnswers.Hex(hash) == file.Sha256 => (new HandedFile(id, hash, ""), null),
        _ => (null, new AttachReply.Unavailable($"The {kind} file arrived damaged at the dossier system: it tells another hash.", IsOnlyThis: true)),
    };
}
