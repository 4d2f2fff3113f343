namespace Digitizer.Results;

/// <summary>What rules of a document say to the administrator.</summary>
internal static class RuleText
{
    /// <summary>In English; null for what stands at a page, or is told as the reason why the document waits.</summary>
    /// <param name="id">As in <c>docs/failures.md</c>.</param>
    public static string? English(string id) => id switch
    {
        ReceivedPdfs.Repaired => "its table of references was put together again",
        ReceivedPdfs.Ambiguous => "other programs may show something else of it",
        ReceivedPdfs.Decrypted => "it is no longer encrypted",
        ReceivedPdfs.Stripped => "scripts, actions or attachments were left out",
        ReceivedPdfs.SignedInPart => "something was added after it was signed",
        ReceivedPdfs.NotArchival => "it is no PDF/A",
        SizeRules.Tuned => "a smaller copy was made for receiving systems",
        _ => null,
    };
}
