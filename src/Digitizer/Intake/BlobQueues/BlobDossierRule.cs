using System.Text.RegularExpressions;
using Digitizer.Failures;
using Digitizer.Intake.DropFolders;

namespace Digitizer.Intake.BlobQueues;

/// <summary>Chooses the dossier of a blob by what is written down of it. Where two things name different ones, nobody is believed.</summary>
internal sealed class BlobDossierRule(BlobDossierOptions options)
{
    private readonly Regex? pattern = options.PathPattern is null ? null : DossierRule.Compile(options.PathPattern);

    /// <summary>True if a blob's tags are needed.</summary>
    public bool NeedsTags => options.Tag is not null;

    /// <summary>Chooses.</summary>
    /// <param name="wanted">The blob, and what its message says.</param>
    /// <param name="metadata">The blob's.</param>
    /// <param name="tags">The blob's; empty where they are not needed.</param>
    /// <param name="today">For the day in codes.</param>
    public DossierChoice Choose(WantedBlob wanted, IDictionary<string, string> metadata, IDictionary<string, string> tags, DateOnly today)
    {
        (string? Code, string Basis)[] named =
        [
            (wanted.Dossier, "metadata"),
            (options.Metadata is { } key ? Find(metadata, key) : null, "metadata"),
            (options.Tag is { } tag && tags.TryGetValue(tag, out var value) ? value : null, "metadata"),
            (pattern?.Match($"{wanted.Container}/{wanted.Blob}").Groups[DossierRule.Group] is { Success: true } group ? group.Value : null, "folder"),
        ];
        var choices = named.Where(n => !string.IsNullOrWhiteSpace(n.Code)).Select(n => Read(n.Code!, n.Basis, today)).ToList();
        return choices switch
        {
            [] => DossierChoice.None,
            [var first, .. var others] when others.TrueForAll(other => other.Dossier == first.Dossier) => first,
            _ => new DossierChoice(null, "none", "Message, metadata, tag and path name different dossiers. Assign the right one."),
        };
    }

    // Keys come back as they were written, and mean the same in any case.
    private static string? Find(IDictionary<string, string> metadata, string key)
        => metadata.FirstOrDefault(m => m.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;

    private static DossierChoice Read(string code, string basis, DateOnly today)
    {
        try
        {
            return new DossierChoice(DossierKey.Parse(code, today), basis, null);
        }
        catch (DigitizerException e)
        {
            return new DossierChoice(null, "none", e.Message);
        }
    }
}
