using Digitizer.Assembly.Copies;

namespace Digitizer.Pipeline;

/// <summary>Where the bytes of a written document are.</summary>
/// <param name="Pictures">Of each page's picture; 0 for a page without one of its own.</param>
/// <param name="Forms">Of each page that is shown as it came: its share of what was taken over from its file.</param>
/// <param name="Others">What is not in pictures.</param>
/// <param name="PageOthers">Of that, a page's share, without what was taken over.</param>
internal sealed record DocumentSizes(IReadOnlyList<long> Pictures, IReadOnlyList<long> Forms, long Others, long PageOthers)
{
    /// <summary>Of a document and its PDF.</summary>
    public static DocumentSizes Of(DocumentParts parts, WrittenDocument written)
    {
        var shown = parts.Pages.Select(page => page.Shown).ToList();
        var pictures = shown.ConvertAll(page => page.Image is { Form: null } image ? image.Bytes : 0);
        var shares = written.Taken.ToDictionary(taken => taken.Key, taken => taken.Value.Objects.Sum(part => part.Length) / taken.Value.Forms.Count, StringComparer.Ordinal);
        var forms = shown.ConvertAll(page => page.Image?.Form is null ? 0 : shares[page.ImageFile!]);
        var others = new FileInfo(written.File).Length - pictures.Sum();
        return new DocumentSizes(pictures, forms, others, Math.Max(0, others - forms.Sum()) / shown.Count);
    }

    /// <summary>Whether nothing is too large.</summary>
    public bool Fit(DeliveryLimits limits)
        => Others + Pictures.Sum() <= limits.MaxFileBytes && Enumerable.Range(0, Pictures.Count).All(page => WithPicture(page, Pictures[page]) <= limits.MaxPageBytes);

    /// <summary>Whether a page's picture can be made anew; what was taken over from a PDF cannot.</summary>
    public bool CanShrink(int page) => Pictures[page] > 0;

    /// <summary>Bytes of a page whose picture has so many.</summary>
    public long WithPicture(int page, long picture) => picture + Forms[page] + PageOthers;

    /// <summary>Bytes that a page's picture may have.</summary>
    public long MostPicture(int page, DeliveryLimits limits) => Math.Max(0, limits.MaxPageBytes - Forms[page] - PageOthers);
}
