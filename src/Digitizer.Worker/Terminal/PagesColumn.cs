using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Digitizer.Worker.Terminal;

/// <summary>"12/63 pages, 80/min, 0:00:38 left": done, known so far, how many a minute, and for how long.</summary>
internal sealed class PagesColumn : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var elapsed = task.ElapsedTime ?? TimeSpan.Zero;
        if (task.Value == 0 || elapsed == TimeSpan.Zero)
        {
            return new Text(string.Create(CultureInfo.InvariantCulture, $"0/{task.MaxValue:0} pages"));
        }

        // Over the whole run: pages differ so much that the last few tell little.
        var rate = task.Value / elapsed.TotalMinutes;
        var left = TimeSpan.FromMinutes((task.MaxValue - task.Value) / rate);
        return new Text(string.Create(CultureInfo.InvariantCulture, $"{task.Value:0}/{task.MaxValue:0} pages, {rate:0}/min, {left:h\\:mm\\:ss} left"));
    }
}
