namespace Digitizer.Pages.Pdf.Forms;

/// <summary>Pages of one PDF as form XObjects, with all objects that they need, ready to go into another file.</summary>
/// <param name="File">Holds the objects.</param>
/// <param name="FirstNumber">Number of the first of them; the others follow without a gap.</param>
/// <param name="Objects">Where each lies in <paramref name="File"/>, by number, and its bytes.</param>
/// <param name="Forms">Object number of each page, by its place in its file, from 0.</param>
/// <param name="Layers">Layers among what they show.</param>
internal sealed record FormBundle(string File, int FirstNumber, IReadOnlyList<(long At, long Length)> Objects, IReadOnlyDictionary<int, int> Forms, IReadOnlyList<ExportedLayer> Layers)
{
    /// <summary>The next object number that is free.</summary>
    public int Next => FirstNumber + Objects.Count;
}
