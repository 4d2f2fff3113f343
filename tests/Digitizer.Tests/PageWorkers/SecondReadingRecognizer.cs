using Digitizer.Cleanup;
using Digitizer.Native;
using Digitizer.Recognition;

namespace Digitizer.Tests.PageWorkers;

/// <summary>Reads as another does, but changes the second page and all after it. Does not end the other.</summary>
internal sealed class SecondReadingRecognizer(IPageRecognizer recognizer, Func<PageText, PageText> change) : IPageRecognizer
{
    private int pages;

    public EngineInfo Engine => recognizer.Engine;

    public PageText Read(CleanPage page)
    {
        var text = recognizer.Read(page);
        return ++pages == 1 ? text : change(text);
    }

    public string ReadLine(Pix line, double dpi) => recognizer.ReadLine(line, dpi);

    public double Trial(Pix part, double dpi) => recognizer.Trial(part, dpi);

    public void Dispose()
    {
    }
}
