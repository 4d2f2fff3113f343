using System.Globalization;
using System.Text;
using Digitizer.Native;
using static Digitizer.Pages.Pdf.PdfSyntax;

namespace Digitizer.Pages.Pdf.Forms;

/// <summary>A page that became a form XObject.</summary>
/// <param name="Index">The page in its file, from 0.</param>
/// <param name="Number">The form's object number in the new file. It is drawn in the unit square, as pictures are.</param>
internal sealed record ExportedForm(int Index, int Number);

/// <summary>A layer that can be switched off.</summary>
/// <param name="Number">Its object number in the new file.</param>
/// <param name="IsOff">Whether it is at first.</param>
internal sealed record ExportedLayer(int Number, bool IsOff);

/// <summary>What an export brought.</summary>
/// <param name="Forms">The pages.</param>
/// <param name="Layers">Layers among what they show.</param>
/// <param name="Next">The next object number that is free.</param>
internal sealed record ExportedForms(IReadOnlyList<ExportedForm> Forms, IReadOnlyList<ExportedLayer> Layers, int Next);

/// <summary>Makes form XObjects of pages of a PDF, with all that they show: what is drawn, and the looks of annotations and form fields.</summary>
/// <param name="file">The file.</param>
/// <param name="limits">Bounds.</param>
/// <param name="first">The first object number that is free in the new file.</param>
/// <param name="sink">Takes the objects.</param>
internal sealed class FormExport(QpdfFile file, PdfLimits limits, int first, ObjectSink sink)
{
    private readonly ObjectWriter writer = new(limits, first, sink);

    /// <summary>Exports pages.</summary>
    /// <param name="pages">By their place in the file, from 0, each with what it inherits.</param>
    /// <exception cref="Failures.DigitizerException">PdfDamaged, PdfTooComplex, PdfActiveContent (a reference to another file), PdfEncrypted.</exception>
    public ExportedForms Export(IReadOnlyList<(int Index, PageForm Form, Func<PdfLeaf> Leaf)> pages)
    {
        var forms = new List<ExportedForm>();
        foreach (var (index, form, leaf) in pages)
        {
            forms.Add(new ExportedForm(index, Export(leaf(), form)));
            writer.Finish();
            file.ReleaseObjects();
        }

        return new ExportedForms(forms, Layers(), writer.Next);
    }

    private int Export(PdfLeaf page, PageForm form)
    {
        var (shown, content) = (writer.Reserve(), writer.Reserve());
        var box = Box(form.Box);
        var group = page.Page["Group"] is { IsDictionary: true } transparency ? $" /Group {writer.Value(transparency)}" : "";
        var resources = page.Resources.IsDictionary ? writer.Value(page.Resources) : "<< >>";
        writer.Stream(content, $" /Type /XObject /Subtype /Form /BBox {box} /Resources {resources}{group}", PageContent.Of(page.Page["Contents"], limits));

        var drawn = new StringBuilder("/P0 Do\n");
        var names = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"/P0 {content} 0 R"));
        var layers = new StringBuilder();
        foreach (var (look, number) in AnnotationLooks.Of(page.Page).Select((look, i) => (look, i + 1)))
        {
            names.Append(CultureInfo.InvariantCulture, $" /P{number} {writer.Value(look.Form)}");
            var drawing = $"q {Matrix(look.Place)} cm /P{number} Do Q\n";
            if (look.Layer.IsDictionary)
            {
                layers.Append(CultureInfo.InvariantCulture, $" /L{number} {writer.Value(look.Layer)}");
                drawing = $"/OC /L{number} BDC {drawing}EMC\n";
            }

            drawn.Append(drawing);
        }

        drawn.Append(LinkFrames.Of(page.Page));
        var m = form.ToUnitSquare;
        var matrix = string.Join(' ', new[] { m.A, m.B, m.C, m.D, m.E, m.F }.Select(v => Number(v, 10)));
        writer.Stream(shown, $" /Type /XObject /Subtype /Form /BBox {box} /Matrix [{matrix}] /Resources << /XObject << {names} >>{(layers.Length > 0 ? $" /Properties <<{layers} >>" : "")} >>", Encoding.ASCII.GetBytes(drawn.ToString()));
        return shown;
    }

    private static string Box(PdfBox box) => $"[{Number(box.Left)} {Number(box.Bottom)} {Number(box.Right)} {Number(box.Top)}]";

    /// <summary>As a viewer shows them when it opens the file (ISO 32000-1, 8.11.4.3).</summary>
    private List<ExportedLayer> Layers()
    {
        if (writer.Layers.Count == 0)
        {
            return [];
        }

        var standard = file.Root["OCProperties"]["D"];
        var (off, on) = (Ids(standard["OFF"]), Ids(standard["ON"]));
        var offAtFirst = standard["BaseState"].Name == "OFF";
        return [.. writer.Layers.Select(l => new ExportedLayer(l.Number, offAtFirst ? !on.Contains((l.Id, l.Generation)) : off.Contains((l.Id, l.Generation))))];
    }

    private static HashSet<(int Id, int Generation)> Ids(QpdfObject layers)
        => [.. Enumerable.Range(0, layers.Count).Select(i => (layers[i].Id, layers[i].Generation))];
}
