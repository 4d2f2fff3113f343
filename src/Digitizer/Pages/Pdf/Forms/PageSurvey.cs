using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf.Forms;

/// <summary>
/// Follows the drawing instructions of a page, and of the looks of its annotations, to learn where its text and its pictures are. Unlike <see cref="PageDrawing"/> it
/// passes over what it does not know: the page is shown as it is, whatever is found here.
/// </summary>
internal sealed class PageSurvey(PdfLeaf page, PdfLimits limits)
{
    private const int MaxFormsInForms = 16;
    private const int MaxPictures = 1000;
    private const int MaxFonts = 200;
    private const int Invisible = 3;
    private const int InvisibleClip = 7;
    private readonly Stack<DrawingState> saved = new();
    private readonly HashSet<string> fonts = new(StringComparer.Ordinal);
    private readonly List<PdfBox> pictures = [];
    private readonly HashSet<(int Id, int Generation)> pictureObjects = [];
    private readonly Stack<QpdfObject> around = new();
    private DrawingState state = new();
    private bool losesText;
    private bool hasText;
    private bool hasHiddenText;
    private bool isUnclear;
    private readonly DrawingBudget budget = new(limits);

    /// <summary>Looks at all of it.</summary>
    /// <exception cref="DigitizerException">PdfTooComplex; PdfDamaged: text is shown in a font that is not there, so that no reader shows it.</exception>
    public PageFacts Look()
    {
        try
        {
            Run(PageContent.Of(page.Page["Contents"], limits), page.Resources, 0);
            foreach (var look in AnnotationLooks.Of(page.Page))
            {
                state = new DrawingState { Matrix = look.Place };
                Show(look.Form, page.Resources, 0);
            }
        }
        catch (DigitizerException e) when (e.Kind == FailureKind.PdfDamaged)
        {
            isUnclear = true;
        }

        if (losesText)
        {
            throw PdfRefusal.Damaged("a page shows text in a font that is not there");
        }

        return new PageFacts(hasText, hasHiddenText, [.. fonts.Order(StringComparer.Ordinal)], pictures, isUnclear) { PictureObjects = [.. pictureObjects] };
    }

    private void Run(byte[] content, QpdfObject resources, int depth)
    {
        budget.Draw(content.Length);

        var reader = new ContentReader(content, limits);
        var outside = saved.Count;
        while (reader.Next() is { } instruction)
        {
            budget.Follow();
            if (instruction == "ID")
            {
                reader.SkipInlinePicture();
                Add(state.Matrix);
            }
            else if (instruction != "Q" || saved.Count > outside)
            {
                Do(instruction, reader.Operands, resources, depth);
            }
        }

        while (saved.Count > outside)
        {
            state = saved.Pop();
        }
    }

    private void Do(string instruction, List<Operand> operands, QpdfObject resources, int depth)
    {
        switch (instruction)
        {
            case "q" when saved.Count < limits.MaxNesting:
                saved.Push(state);
                break;
            case "q":
                throw PdfRefusal.TooComplex($"saves more than {limits.MaxNesting} drawing states in each other");
            case "Q":
                state = saved.Pop();
                break;
            case "cm" when operands.Count == 6:
                state = state with { Matrix = new Affine(operands[0].Number, operands[1].Number, operands[2].Number, operands[3].Number, operands[4].Number, operands[5].Number).Then(state.Matrix) };
                break;
            case "gs" when resources["ExtGState"][NameIn(operands)]["Font"][0] is { IsNothing: false } font:
                state = state with { Font = font };
                break;
            case "Tr" when operands.Count == 1:
                state = state with { TextMode = (int)operands[0].Number };
                break;
            case "Tf":
                state = state with { Font = FontOf(NameIn(operands), resources) };
                break;
            case "Tj" or "TJ" or "'" or "\"" when operands.Exists(o => o.Kind == OperandKind.Text):
                AddText();
                break;
            case "Do":
                Show(resources["XObject"][NameIn(operands)], resources, depth);
                break;
            default:
                break;
        }
    }

    /// <summary>Readers look for a font that a form does not have in what the form stands in.</summary>
    private QpdfObject FontOf(string name, QpdfObject resources)
        => around.Prepend(resources).Select(r => r["Font"][name]).FirstOrDefault(font => !font.IsNothing);

    private void AddText()
    {
        if (state.TextMode is Invisible or InvisibleClip && state.Font["Subtype"].Name != "Type3")
        {
            hasHiddenText = true;
            return;
        }

        hasText = true;
        losesText |= state.Font.IsNothing;
        if (fonts.Count < MaxFonts && state.Font["BaseFont"].Name is { } name)
        {
            fonts.Add(name);
        }
    }

    private void Show(QpdfObject thing, QpdfObject resources, int depth)
    {
        if (!thing.IsStream)
        {
            isUnclear = true;
        }
        else if (thing["Subtype"].Name == "Image")
        {
            Add(state.Matrix);
            if (pictureObjects.Count < MaxPictures)
            {
                pictureObjects.Add((thing.Id, thing.Generation));
            }
        }
        else if (depth < MaxFormsInForms)
        {
            var outside = state;
            state = state with { Matrix = MatrixOf(thing).Then(state.Matrix) };
            around.Push(resources);
            Run(PageContent.Of(thing, limits), thing["Resources"] is { IsNothing: false } own ? own : resources, depth + 1);
            around.Pop();
            state = outside;
        }
        else
        {
            throw PdfRefusal.TooComplex($"has forms of more than {MaxFormsInForms} levels");
        }
    }

    private void Add(Affine matrix)
    {
        var corners = new[] { (0.0, 0.0), (1, 0), (1, 1), (0, 1) }.Select(c => matrix.Apply(new PagePoint(c.Item1, c.Item2))).ToList();
        var box = new PdfBox(corners.Min(p => p.X), corners.Min(p => p.Y), corners.Max(p => p.X), corners.Max(p => p.Y)).Within(page.Box);
        if (box.Area > 0 && pictures.Count < MaxPictures)
        {
            pictures.Add(box);
        }
    }

    private static Affine MatrixOf(QpdfObject form)
    {
        var m = form["Matrix"];
        return m.Count == 6
            ? new Affine(m[0].Number ?? 1, m[1].Number ?? 0, m[2].Number ?? 0, m[3].Number ?? 1, m[4].Number ?? 0, m[5].Number ?? 0)
            : Affine.Identity;
    }

    private static string NameIn(List<Operand> operands) => operands is [{ Kind: OperandKind.Name, Name: { } name }, ..] ? name : "";
}
