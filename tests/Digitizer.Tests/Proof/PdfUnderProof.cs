using System.Diagnostics;
using System.Globalization;
using System.Text;
using Digitizer.Assembly;
using Digitizer.Confinement;
using Digitizer.Failures;
using Digitizer.Proof;
using Digitizer.Tests.Assembly;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Proof;

/// <summary>Writes PDFs, spoils them and has them proved.</summary>
internal sealed class PdfUnderProof(ProofOptions? options = null) : IDisposable
{
    private readonly PdfProof proof = new(options ?? new ProofOptions(), new Sandbox(allowUnconfined: false), TimeProvider.System);

    public PdfTools Tools { get; } = new();

    public string Write(params IEnumerable<ShownPage> pages) => TestPages.Write(Tools, pages);

    public Task<PdfProven> ProveAsync(string pdf, params IReadOnlyList<ProofPage> pages)
        => proof.ProveAsync(pdf, pages, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(3));

    /// <summary>What the proof says against a file.</summary>
    /// <returns>Null if it passes.</returns>
    public async Task<DigitizerException?> FailureAsync(string pdf, params IReadOnlyList<ProofPage> pages)
    {
        try
        {
            await ProveAsync(pdf, pages);
            return null;
        }
        catch (DigitizerException e)
        {
            return e;
        }
    }

    /// <summary>The same file with its pages in another order or number, as qpdf writes it.</summary>
    /// <param name="pdf">The file.</param>
    /// <param name="range">As qpdf takes it: <c>2,1,3-z</c>.</param>
    public string Arrange(string pdf, string range)
    {
        var arranged = Tools.PathOf("arranged.pdf");
        Run("qpdf", "--empty", "--pages", pdf, range, "--", arranged);
        return arranged;
    }

    /// <summary>The same file, with operators added behind the picture of its first page.</summary>
    public string PaintOver(string pdf, string operators)
    {
        var (plain, painted) = (Tools.PathOf("plain.pdf"), Tools.PathOf("painted.pdf"));
        Run("qpdf", "--qdf", "--object-streams=disable", pdf, plain);
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(plain));
        var at = text.IndexOf("/Im1 Do Q", StringComparison.Ordinal) + "/Im1 Do Q".Length;
        File.WriteAllBytes(plain, Encoding.Latin1.GetBytes(text.Insert(at, $"\nq {operators} Q\n")));
        Run("/bin/sh", "-c", "fix-qdf \"$1\" > \"$2\"", "sh", plain, painted);
        return painted;
    }

    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        proof.Dispose();
        Tools.Dispose();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
