using Digitizer.Native;
using Digitizer.Pages.Pdf;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>The body of <c>digitizer page-worker</c>: the child side, on standard input and output.</summary>
public static class PageWorkerMain
{
    /// <summary>Serves page tasks until standard input ends.</summary>
    /// <param name="args">Model, folder of models and <see cref="PdfPolicy"/>, or <c>--probe</c> and what it needs.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args) => Run(args, (model, tessdata) => new TesseractRecognizer(model, tessdata));

    /// <summary>As <see cref="Run(string[])"/>, with another recognizer.</summary>
    /// <param name="args">As there.</param>
    /// <param name="load">Makes it from model and folder of models.</param>
    internal static int Run(string[] args, Func<string, string, IPageRecognizer> load)
    {
        if (args is ["--probe", .. var probe])
        {
            return ProbeMain.Run(probe, Console.Out);
        }

        if (args is not [var model, var tessdata, var word] || PdfPolicy.Parse(word) is not { } policy)
        {
            Console.Error.WriteLine("page-worker is started by digitizer itself: page-worker MODEL TESSDATA POLICY");
            return 2;
        }

        ChildHardening.Apply();
        using var input = Console.OpenStandardInput();
        using var output = PosixDescriptors.TakeStandardOutput();
        return new PageWorkerLoop(input, output, () => load(model, tessdata), policy).Run();
    }
}
