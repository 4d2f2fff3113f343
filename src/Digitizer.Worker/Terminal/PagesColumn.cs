using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Digitizer.Worker.Terminal;

/// <summary>"12/63 pages, 80/min": done, known so far, and how many a minute.</summary>
internal sealed class PagesColumn : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var minutes = (task.ElapsedTime ?? TimeSpan.Zero).TotalMinutes;
        var rate = minutes > 0 ? task.Value / minutes : 0;
        return new Text(string.Create(CultureInfo.InvariantCulture, $"{task.Value:0}/{task.MaxValue:0} pages, {rate:0}/min"));
    }
}
