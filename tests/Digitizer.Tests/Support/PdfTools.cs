using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Digitizer.Tests.Support;

/// <summary>The PDF readers that judge our files: qpdf, poppler and PDFBox, run as processes, with a folder of their own.</summary>
internal sealed partial class PdfTools : IDisposable
{
    private static readonly string[] PreflightJars =
        ["preflight.jar", "pdfbox2.jar", "fontbox2.jar", "xmpbox.jar", "commons-logging.jar", "jaxb-api.jar", "javax.activation.jar"];

    public string Folder { get; } = Directory.CreateTempSubdirectory("digitizer-pdf-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Empty if qpdf finds nothing to say about the file.</summary>
    public string Check(string pdf)
    {
        var (code, output) = Run("qpdf", "--check", pdf);
        return code == 0 && output.Contains("No syntax or stream encoding errors found", StringComparison.Ordinal) ? "" : output;
    }

    /// <summary>Pages, each with its words, in the order of the content.</summary>
    public IReadOnlyList<string[]> Words(string pdf)
    {
        var pages = Text(pdf).Split('\f')[..^1];
        return [.. pages.Select(p => p.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
    }

    public string Text(string pdf) => Succeed("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-");

    /// <summary>Words with their boxes in points from the top left, in no certain order.</summary>
    public IReadOnlyList<PdfWord> WordBoxes(string pdf)
    {
        var html = XDocument.Parse(DoctypeLine().Replace(Succeed("pdftotext", "-bbox", "-enc", "UTF-8", pdf, "-"), ""));
        var pages = html.Descendants().Where(e => e.Name.LocalName == "page").ToList();
        return [.. pages.SelectMany((page, i) => page.Elements().Select(w => new PdfWord(
            i, w.Value, Figure(w, "xMin"), Figure(w, "yMin"), Figure(w, "xMax"), Figure(w, "yMax"))))];
    }

    /// <summary>The pictures as they lie in the file, in page order.</summary>
    public IReadOnlyList<string> Images(string pdf) => Pictures(pdf, "image", "-all");

    /// <summary>The bitonal pictures as poppler decodes them, in page order: binary PBM files.</summary>
    public IReadOnlyList<string> Bitmaps(string pdf) => Pictures(pdf, "bitmap");

    /// <summary>What a viewer shows as the document's properties.</summary>
    public IReadOnlyDictionary<string, string> Info(string pdf) => Succeed("pdfinfo", "-isodates", "-enc", "UTF-8", pdf)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(':', 2))
        .ToDictionary(parts => parts[0], parts => parts[1].Trim());

    /// <summary>A page, counted from 1, as a viewer shows it.</summary>
    public PdfRendering Render(string pdf, int page, double dpi)
    {
        var prefix = PathOf(string.Create(CultureInfo.InvariantCulture, $"render-{page}"));
        var (number, resolution) = (page.ToString(CultureInfo.InvariantCulture), dpi.ToString(CultureInfo.InvariantCulture));
        Succeed("pdftoppm", "-cropbox", "-singlefile", "-f", number, "-l", number, "-r", resolution, "-aa", "no", "-aaVector", "no", pdf, prefix);
        return PdfRendering.Read(prefix + ".ppm");
    }

    /// <summary>The file written anew by qpdf with the given options.</summary>
    public byte[] Rewrite(byte[] pdf, params string[] options)
    {
        var (source, target) = (PathOf("rewrite-in.pdf"), PathOf("rewrite-out.pdf"));
        File.WriteAllBytes(source, pdf);
        Succeed("qpdf", [source, .. options, target]);
        return File.ReadAllBytes(target);
    }

    /// <summary>What PDFBox Preflight has against the file as PDF/A-1b; empty if nothing.</summary>
    public string Preflight(string pdf)
    {
        var classPath = string.Join(':', PreflightJars.Select(j => Path.Combine("/usr/share/java", j)));
        var (code, output) = Run("java", "-Djava.awt.headless=true", "-cp", classPath, "org.apache.pdfbox.preflight.Validator_A1b", pdf);
        return code == 0 && output.Contains("is a valid PDF/A-1b file", StringComparison.Ordinal) ? "" : $"exit {code}: {output}";
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private IReadOnlyList<string> Pictures(string pdf, string kind, params string[] options)
    {
        var prefix = PathOf($"{Path.GetFileNameWithoutExtension(pdf)}-{kind}");
        Succeed("pdfimages", [.. options, pdf, prefix]);
        return [.. Directory.GetFiles(Folder, Path.GetFileName(prefix) + "-*").Order(StringComparer.Ordinal)];
    }

    private string Succeed(string program, params string[] arguments)
    {
        var (code, output) = Run(program, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{program} ended with {code}: {output}");
    }

    private (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Folder,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    private static double Figure(XElement word, string name)
        => double.Parse(word.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("<!DOCTYPE[^>]*>")]
    private static partial Regex DoctypeLine();
}
