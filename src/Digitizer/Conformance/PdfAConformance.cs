using Digitizer.Conformance.Colours;
using Digitizer.Conformance.Content;
using Digitizer.Conformance.Document;
using Digitizer.Conformance.Fonts;
using Digitizer.Conformance.Metadata;
using Digitizer.Conformance.Syntax;
using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance;

/// <summary>
/// Says whether a file may claim PDF/A-2u (ISO 19005-2:2011, level U), and if not, why: the rules that
/// validators have made of the standard. What cannot be decided is a finding too.
/// </summary>
/// <remarks>
/// Untrusted bytes: runs in a page-worker only. Work is bounded, whatever the file holds.
/// <para>1. The file as it is written, and every object of it.</para>
/// <para>2. Output intents, on which all colours depend.</para>
/// <para>3. Pages, and all that they draw.</para>
/// <para>4. Fonts, for the characters that were met.</para>
/// <para>5. The document around the pages, and its metadata.</para>
/// </remarks>
internal static class PdfAConformance
{
    /// <summary>Opens and checks a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>Nothing if the file may claim conformance.</returns>
    public static IReadOnlyList<PdfAFinding> Check(byte[] bytes)
    {
        using var file = QpdfFile.Open(bytes);
        return Check(file, bytes);
    }

    /// <summary>Checks an open file.</summary>
    /// <param name="file">Objects handed out before stay valid.</param>
    /// <param name="bytes">Those it was opened from.</param>
    /// <returns>Nothing if the file may claim conformance.</returns>
    public static IReadOnlyList<PdfAFinding> Check(QpdfFile file, byte[] bytes)
    {
        var checking = new Checking(file, bytes);
        if (file.IsOpen)
        {
            CheckAll(checking);
        }

        // What libqpdf could not read looks to the checks like something that is not there.
        if (file.Trouble() is { } trouble)
        {
            checking.Findings.Add("6.1", $"cannot be decided: {PdfRefusal.Of(trouble).Message}", "the file");
        }
        else if (!file.IsOpen)
        {
            checking.Findings.Add("6.1", "this is no PDF that could be read", "the file");
        }

        return checking.Findings.All;
    }

    private static void CheckAll(Checking checking)
    {
        // 1.
        var metadata = new MetadataCheck(checking);
        FileSyntaxCheck.Check(checking, metadata.Note);

        // 2.
        OutputIntentCheck.Check(checking);

        // 3.
        var (fonts, colours, actions) = (new FontUses(checking), new ColourSpaceCheck(checking), new ActionCheck(checking));
        var contents = new ContentCheck(checking, fonts, colours);
        checking.Findings.Guard("6.1", "the page tree", new PageCheck(checking, contents, actions).Check);

        // 4.
        var check = new FontCheck(checking);
        foreach (var font in fonts.All)
        {
            checking.Findings.Guard("6.2.11", font.Where, () => check.Check(font));
        }

        // 5.
        new CatalogCheck(checking, actions).Check();
        checking.Findings.Guard("6.4.1", "the form", new FormFieldsCheck(checking, actions).Check);
        new OptionalContentCheck(checking).Check();
        metadata.Check();
    }
}
