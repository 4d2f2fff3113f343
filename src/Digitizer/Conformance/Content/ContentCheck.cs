using Digitizer.Conformance.Colours;
using Digitizer.Conformance.Fonts;
using Digitizer.Conformance.Syntax;
using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Content;

/// <summary>
/// Follows the drawing instructions of pages and of all that they draw: forms, patterns, glyphs, masks
/// and appearances of annotations (ISO 19005-2, 6.2.2 to 6.2.11).
/// </summary>
internal sealed class ContentCheck
{
    private const int MostSaved = 28;
    private const int MostOperands = 4096;
    private readonly HashSet<(int Id, ContentState State)> walked = [];
    private readonly Checking checking;
    private readonly FontUses fonts;
    private readonly ColourSpaceCheck colours;
    private readonly GraphicsStateCheck graphicsStates;
    private readonly ImageCheck images;

    public ContentCheck(Checking checking, FontUses fonts, ColourSpaceCheck colours)
    {
        this.checking = checking;
        this.fonts = fonts;
        this.colours = colours;
        graphicsStates = new GraphicsStateCheck(checking);
        images = new ImageCheck(checking, colours);
    }

    /// <summary>True if anything drawn since it was set to false lets something below shine through.</summary>
    public bool IsTransparent { get; set; }

    /// <summary>The content of a page.</summary>
    /// <exception cref="Failures.DigitizerException">It cannot be followed.</exception>
    public void Page(QpdfObject contents, ResourceScope scope, string where)
        => new Walk(this, scope, where, 0).Run(checking.UnpackContent(contents), new ContentState());

    /// <summary>A form, or the appearance of an annotation.</summary>
    /// <exception cref="Failures.DigitizerException">It cannot be followed.</exception>
    public void Form(QpdfObject form, ResourceScope scope, ContentState state, string where, int depth)
    {
        if (depth > checking.Limits.MaxNesting)
        {
            throw PdfRefusal.TooComplex($"has forms of more than {checking.Limits.MaxNesting} levels");
        }

        if (!walked.Add((form.Id, state)))
        {
            return;
        }

        FormCheck.Check(checking, form, where);
        Group(form["Group"], scope, where);
        new Walk(this, scope.Within(form), where, depth).Run(checking.UnpackContent(form), state);
    }

    /// <summary>The transparency group of a page or form.</summary>
    public void Group(QpdfObject group, ResourceScope scope, string where)
    {
        if (group["S"].Name == "Transparency" && !group["CS"].IsNothing)
        {
            checking.Findings.Guard("6.2.4", where, () => colours.Check(group["CS"], scope, where));
        }
    }

    /// <summary>One content stream.</summary>
    private sealed class Walk(ContentCheck all, ResourceScope scope, string where, int depth)
    {
        private readonly Stack<ContentState> saved = new();
        private readonly List<CosValue> operands = [];
        private readonly Checking checking = all.checking;
        private ContentState state = new();
        private bool hasNoColour;

        public void Run(byte[] content, ContentState entry)
        {
            state = entry;
            var reader = new CosReader(content, checking.Limits, checking.Findings, where);
            while (reader.Next() is { } value)
            {
                if (value.Kind != CosKind.Word || value.Name is "true" or "false" or "null")
                {
                    operands.Add(operands.Count < MostOperands ? value : throw PdfRefusal.Damaged("drawing instructions make no sense"));
                    continue;
                }

                checking.Step();
                checking.Findings.Require(ContentOperators.Has(value.Name!), "6.2.2", "an operator is used that ISO 32000-1 does not define", where);
                if (value.Name == "ID")
                {
                    checking.Findings.Guard("6.2.8", where, () => InlineImage.Check(checking, operands, all.colours, scope, where));
                    reader.At = InlineImage.End(content, reader.At);
                }
                else
                {
                    Operate(value.Name!);
                }

                if (value.Name != "BI")
                {
                    operands.Clear();
                }
            }
        }

        private void Operate(string word)
        {
            switch (word)
            {
                case "q":
                    saved.Push(state);
                    checking.Findings.Require(saved.Count <= MostSaved, "6.1.13", $"more than {MostSaved} graphics states are saved in each other", where);
                    if (saved.Count > checking.Limits.MaxNesting * 16)
                    {
                        throw PdfRefusal.TooComplex("saves more graphics states than are followed");
                    }

                    break;
                case "Q":
                    state = saved.TryPop(out var last) ? last : state;
                    break;
                case "Tf" or "Tr" or "Tj" or "TJ" or "'" or "\"":
                    TextOperator(word);
                    break;
                case "g" or "G" or "rg" or "RG" or "k" or "K" or "cs" or "CS" or "sc" or "SC" or "scn" or "SCN" or "sh" or "ri":
                    if (!hasNoColour)
                    {
                        ColourOperator(word);
                    }

                    break;
                case "d1":
                    hasNoColour = true;
                    break;
                case "f" or "F" or "f*":
                    Paint(true, false);
                    break;
                case "S" or "s":
                    Paint(false, true);
                    break;
                case "B" or "B*" or "b" or "b*":
                    Paint(true, true);
                    break;
                case "gs" when Last(CosKind.Name) is { } name:
                    GraphicsState(scope.Find("ExtGState", name.Name!));
                    break;
                case "Do" when Last(CosKind.Name) is { } name:
                    External(scope.Find("XObject", name.Name!));
                    break;
                case "BDC" or "DP" when operands.Count == 2 && operands[1].Kind == CosKind.Name:
                    scope.Find("Properties", operands[1].Name!);
                    break;
                default:
                    break;
            }
        }

        private CosValue? Last(CosKind kind) => operands.Count > 0 && operands[^1].Kind == kind ? operands[^1] : null;

        private void TextOperator(string word)
        {
            switch (word)
            {
                case "Tf" when operands.Count >= 1 && operands[0].Kind == CosKind.Name:
                    state = state with { Font = all.fonts.Of(scope.Find("Font", operands[0].Name!), $"font {operands[0].Name} of {where}") };
                    break;
                case "Tr" when Last(CosKind.Number) is { } mode:
                    state = state with { Mode = (int)mode.Number };
                    break;
                case "Tj" or "'" or "\"" when Last(CosKind.Text) is { } text:
                    Show([text]);
                    break;
                case "TJ" when Last(CosKind.Array) is { } texts:
                    Show(texts.Items);
                    break;
                default:
                    break;
            }
        }

        private void Show(IReadOnlyList<CosValue> texts)
        {
            Paint(state.Mode is 0 or 2 or 4 or 6, state.Mode is 1 or 2 or 5 or 6);
            if (state.Font is not { } font)
            {
                checking.Findings.Add("6.2.11.2", "text is shown without a font", where);
                return;
            }

            foreach (var text in texts.Where(t => t.Kind == CosKind.Text))
            {
                foreach (var glyph in font.Show(text.Bytes, state.Mode))
                {
                    checking.Findings.Guard("6.2.11", where, () => Glyph(font, glyph));
                }
            }
        }

        /// <summary>A glyph of a Type 3 font, which is drawn by instructions, the first time it is shown.</summary>
        private void Glyph(FontUse font, QpdfObject glyph)
        {
            if (depth > checking.Limits.MaxNesting)
            {
                throw PdfRefusal.TooComplex($"has glyphs of more than {checking.Limits.MaxNesting} levels");
            }

            new Walk(all, scope.Within(font.Dictionary), font.Where, depth + 1).Run(checking.UnpackContent(glyph), state with { Font = null });
        }

        private void ColourOperator(string word)
        {
            switch (word)
            {
                case "g" or "rg" or "k" or "G" or "RG" or "K":
                    var device = word is "g" or "G" ? "DeviceGray" : word is "rg" or "RG" ? "DeviceRGB" : "DeviceCMYK";
                    Set(char.IsAsciiLetterUpper(word[0]), Checked(() => all.colours.CheckDevice(device, scope, where)));
                    break;
                case "cs" or "CS" when Last(CosKind.Name) is { } name:
                    Set(word == "CS", Checked(() => Space(name.Name!)));
                    break;
                case "scn" or "SCN" when Last(CosKind.Name) is { } name:
                    Pattern(scope.Find("Pattern", name.Name!));
                    break;
                case "sh" when Last(CosKind.Name) is { } name:
                    Shading(scope.Find("Shading", name.Name!));
                    break;
                case "ri" when Last(CosKind.Name) is { } name:
                    RenderingIntent.Check(checking, name.Name!, where);
                    break;
                default:
                    break;
            }
        }

        private bool Checked(Func<bool> check)
        {
            var isIccCmyk = false;
            checking.Findings.Guard("6.2.4", where, () => isIccCmyk = check());
            return isIccCmyk;
        }

        private bool Space(string name) => name switch
        {
            "DeviceGray" or "DeviceRGB" or "DeviceCMYK" => all.colours.CheckDevice(name, scope, where),
            "Pattern" => false,
            _ => all.colours.Check(scope.Find("ColorSpace", name), scope, where),
        };

        private void Set(bool stroke, bool isIccCmyk)
        {
            var colour = new PaintColour(false, isIccCmyk);
            state = stroke ? state with { Stroke = colour } : state with { Fill = colour };
        }

        private void Paint(bool fill, bool stroke)
        {
            if (hasNoColour)
            {
                return;
            }

            if ((fill && state.Fill.IsInitial) || (stroke && state.Stroke.IsInitial))
            {
                Checked(() => all.colours.CheckDevice("DeviceGray", scope, where));
            }

            var overprints = state.OverprintMode == 1 && ((fill && state.Fill.IsIccCmyk && state.OverprintFill) || (stroke && state.Stroke.IsIccCmyk && state.OverprintStroke));
            checking.Findings.Require(!overprints, "6.2.4.2", "an ICCBased CMYK colour is overprinted with overprint mode 1", where);
        }

        private void Pattern(QpdfObject pattern)
        {
            if (pattern.IsStream)
            {
                // A tiling pattern begins with a graphics state of its own.
                var entry = new ContentState();
                if (all.walked.Add((pattern.Id, entry)) && depth < checking.Limits.MaxNesting)
                {
                    checking.Findings.Guard("6.2.2", where, () => new Walk(all, scope.Within(pattern), where, depth + 1).Run(checking.UnpackContent(pattern), entry));
                }
            }
            else if (pattern.IsDictionary)
            {
                Shading(pattern["Shading"]);
                if (!pattern["ExtGState"].IsNothing)
                {
                    all.graphicsStates.Check(pattern["ExtGState"], where);
                }
            }
        }

        private void Shading(QpdfObject shading) => Checked(() => all.colours.Check(shading["ColorSpace"], scope, where));

        private void GraphicsState(QpdfObject entries)
        {
            all.graphicsStates.Check(entries, where);
            state = GraphicsStateCheck.Apply(entries, state);
            all.IsTransparent |= GraphicsStateCheck.IsTransparent(entries);
            if (entries["Font"] is { Count: 2 } font)
            {
                state = state with { Font = all.fonts.Of(font[0], $"a font of {where}") };
            }

            if (entries["SMask"]["G"] is { IsStream: true } mask)
            {
                checking.Findings.Guard("6.2.10", where, () => all.Form(mask, scope, new ContentState(), where, depth + 1));
            }
        }

        private void External(QpdfObject drawn)
        {
            switch (drawn["Subtype"].Name)
            {
                case "Image":
                    if (drawn["ImageMask"].Flag == true)
                    {
                        Paint(true, false);
                    }

                    all.IsTransparent |= !drawn["SMask"].IsNothing || drawn["SMaskInData"].Integer is > 0;
                    checking.Findings.Guard("6.2.8", where, () => all.images.Check(drawn, scope, where));
                    break;
                case "Form":
                    all.IsTransparent |= drawn["Group"]["S"].Name == "Transparency";
                    checking.Findings.Guard("6.2.9", where, () => all.Form(drawn, scope, state, where, depth + 1));
                    break;
                case "PS":
                    checking.Findings.Add("6.2.9", "a PostScript XObject is drawn", where);
                    break;
                default:
                    break;
            }
        }
    }
}
