using Digitizer.Failures;
using Digitizer.Native;

namespace Digitizer.Pages.Pdf;

/// <summary>
/// Follows a page's drawing instructions (ISO 32000-1, annex A) as far as needed to say: this page shows
/// one picture and nothing else. What is not understood is refused, not skipped.
/// </summary>
internal sealed class PageDrawing(PdfLeaf page, PdfLimits limits)
{
    private const int MaxFormsInForms = 8;
    private const int Invisible = 3;
    private readonly Stack<DrawingState> saved = new();
    private readonly DrawingPath path = new();
    private DrawingState state = new();
    private ShownPicture? picture;
    private string? drawnBefore;
    private readonly DrawingBudget budget = new(limits);

    /// <summary>The page's one picture.</summary>
    /// <exception cref="DigitizerException">PdfNotScanned, PdfDamaged, PdfTooComplex.</exception>
    public ShownPicture Follow()
    {
        Run(PageContent.Of(page.Page["Contents"], limits), page.Resources, 0);
        if (picture is null)
        {
            throw PdfRefusal.NotScanned(drawnBefore is { } what ? $"has {what} and no picture" : "has no picture");
        }

        picture.CheckCovers(page);
        return drawnBefore is null || picture.CoversAll(page.Box) ? picture : throw PdfRefusal.NotScanned($"has {drawnBefore} beside its picture");
    }

    private void Run(byte[] content, QpdfObject resources, int depth)
    {
        budget.Draw(content.Length);

        var reader = new ContentReader(content, limits);
        var outside = saved.Count;
        while (reader.Next() is { } instruction)
        {
            budget.Follow();
            // Instructions on q and Q alone may go on below what was saved outside of a form.
            if (instruction != "Q" || saved.Count > outside)
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
            case "q":
                Save();
                break;
            case "Q":
                state = saved.Pop();
                break;
            case "cm":
                state = state with { Matrix = Matrix(operands).Then(state.Matrix) };
                break;
            case "gs":
                SetState(resources["ExtGState"][NameIn(operands)]);
                break;
            case "Do":
                Show(resources["XObject"][NameIn(operands)], resources, depth);
                break;
            case "Tr":
                state = state with { TextMode = (int)Numbers(operands, 1)[0] };
                break;
            case "Tf":
                state = state with { Font = resources["Font"][NameIn(operands)] };
                break;
            case "Tj" or "TJ" or "'" or "\"":
                ShowText(operands);
                break;
            case "sh":
                Mark("a shading");
                break;
            case "BI" or "ID" or "EI":
                throw PdfRefusal.NotScanned("has a picture among its drawing instructions");
            case "BDC" when operands is [{ Kind: OperandKind.Name, Name: "OC" }, ..]:
                throw PdfRefusal.NotScanned("has layers that can be switched off");
            default:
                if (!Draw(instruction, operands) && !Colour(instruction, operands) && !DrawingWords.WithoutEffect.Contains(instruction))
                {
                    throw PdfRefusal.Damaged("a page's drawing instructions make no sense");
                }

                break;
        }
    }

    private bool Draw(string instruction, List<Operand> operands)
    {
        switch (instruction)
        {
            case "m" or "l":
                var point = Numbers(operands, 2);
                path.Add(state.Matrix.Apply(new PagePoint(point[0], point[1])));
                break;
            case "re":
                var box = Numbers(operands, 4);
                foreach (var (x, y) in new[] { (0.0, 0.0), (box[2], 0), (box[2], box[3]), (0, box[3]) })
                {
                    path.Add(state.Matrix.Apply(new PagePoint(box[0] + x, box[1] + y)));
                }

                break;
            case "c" or "v" or "y":
                path.AddCurve();
                break;
            case "h":
                break;
            case "W" or "W*":
                path.Clips = true;
                break;
            case "n":
                EndPath();
                break;
            case "S" or "s" or "f" or "F" or "f*" or "B" or "B*" or "b" or "b*":
                if (!path.IsEmpty)
                {
                    Mark("lines or areas");
                }

                EndPath();
                break;
            default:
                return false;
        }

        return true;
    }

    private bool Colour(string instruction, List<Operand> operands)
    {
        bool? black = instruction switch
        {
            "g" => Numbers(operands, 1)[0] == 0,
            "rg" => Numbers(operands, 3).TrueForAll(n => n == 0),
            "k" => Numbers(operands, 4) is [_, _, _, 1],

            // Where black lies in another colour space is not looked up: nothing but a stencil would need it.
            "cs" => operands is [{ Name: "DeviceGray" or "DeviceRGB" or "G" or "RGB" }],
            "sc" or "scn" => state.FillIsBlack && operands.TrueForAll(o => o is { Kind: OperandKind.Number, Number: 0 }),
            _ => null,
        };
        state = black is { } isBlack ? state with { FillIsBlack = isBlack } : state;
        return black is not null;
    }

    private void EndPath()
    {
        if (path.Clips)
        {
            var clip = path.IsEmpty ? new PdfBox(0, 0, 0, 0) : path.Rectangle();
            state = state with { Clip = state.Clip.Within(clip ?? throw PdfRefusal.NotScanned("cuts its picture along a shape")) };
        }

        path.Clear();
    }

    private void ShowText(List<Operand> operands)
    {
        if (!operands.Exists(o => o.Kind == OperandKind.Text))
        {
            return;
        }

        // The letters of a Type 3 font are drawings, which no text mode hides (ISO 32000-1, 9.3.6).
        if (state.TextMode != Invisible || state.Font["Subtype"].Name == "Type3")
        {
            if (state.TextMode > Invisible)
            {
                throw PdfRefusal.NotScanned("cuts its picture along letters");
            }

            Mark("text");
        }
    }

    private void Show(QpdfObject thing, QpdfObject resources, int depth)
    {
        switch (thing["Subtype"].Name)
        {
            case "Image" when thing.IsStream:
                if (picture is not null)
                {
                    throw PdfRefusal.NotScanned("has several pictures");
                }

                if (!thing["OC"].IsNothing)
                {
                    throw PdfRefusal.NotScanned("has layers that can be switched off");
                }

                picture = new ShownPicture(thing, state.Matrix, state.Clip, state.FillIsBlack);
                break;
            case "Form" when thing.IsStream:
                ShowForm(thing, resources, depth);
                break;
            default:
                throw PdfRefusal.Damaged("a page shows something that is not there");
        }
    }

    private void ShowForm(QpdfObject form, QpdfObject resources, int depth)
    {
        if (depth >= MaxFormsInForms)
        {
            throw PdfRefusal.TooComplex($"has forms of more than {MaxFormsInForms} levels");
        }

        if (!form["OC"].IsNothing)
        {
            throw PdfRefusal.NotScanned("has layers that can be switched off");
        }

        Save();
        if (!form["Matrix"].IsNothing)
        {
            var m = form["Matrix"];
            double[] numbers = [.. Enumerable.Range(0, 6).Select(i => m[i].Number ?? throw PdfRefusal.Damaged("a form has no place"))];
            state = state with { Matrix = new Affine(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]).Then(state.Matrix) };
        }

        if (PdfBox.Of(form["BBox"]) is { } box)
        {
            var corners = new DrawingPath();
            foreach (var corner in new PagePoint[] { new(box.Left, box.Bottom), new(box.Right, box.Bottom), new(box.Right, box.Top), new(box.Left, box.Top) })
            {
                corners.Add(state.Matrix.Apply(corner));
            }

            state = state with { Clip = state.Clip.Within(corners.Rectangle() ?? throw PdfRefusal.NotScanned("shows a form askew")) };
        }

        Run(PageContent.Of(form, limits), form["Resources"] is { IsNothing: false } own ? own : resources, depth + 1);
        state = saved.Pop();
    }

    private void SetState(QpdfObject entries)
    {
        if (entries["Font"] is { IsNothing: false } font)
        {
            state = state with { Font = font[0] };
        }

        if (!DrawingWords.IsOpaque(entries))
        {
            throw PdfRefusal.NotScanned("blends what it shows");
        }
    }

    private void Save()
    {
        if (saved.Count >= limits.MaxNesting)
        {
            throw PdfRefusal.TooComplex($"saves more than {limits.MaxNesting} drawing states in each other");
        }

        saved.Push(state);
    }

    private void Mark(string what)
    {
        if (picture is not null)
        {
            throw PdfRefusal.NotScanned($"has {what} on its picture");
        }

        drawnBefore ??= what;
    }

    private static Affine Matrix(List<Operand> operands)
        => Numbers(operands, 6) is var n ? new Affine(n[0], n[1], n[2], n[3], n[4], n[5]) : default;

    private static string NameIn(List<Operand> operands)
        => operands is [{ Kind: OperandKind.Name, Name: { } name }, ..]
            ? name
            : throw PdfRefusal.Damaged("a page's drawing instructions make no sense");

    private static List<double> Numbers(List<Operand> operands, int count)
        => operands.Count == count && operands.TrueForAll(o => o.Kind == OperandKind.Number)
            ? operands.ConvertAll(o => o.Number)
            : throw PdfRefusal.Damaged("a page's drawing instructions make no sense");
}
