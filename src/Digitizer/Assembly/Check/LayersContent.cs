using System.Globalization;
using System.Text.RegularExpressions;
using Digitizer.Pages;

namespace Digitizer.Assembly.Check;

/// <summary>What the content of a page in layers paints.</summary>
/// <param name="Paper">What the page is filled with; null: it is not.</param>
/// <param name="Names">Of the pictures, in the order in which they are painted.</param>
/// <param name="Inks">The colour of each stencil.</param>
internal sealed partial record LayersContent(Rgb? Paper, IReadOnlyList<string> Names, IReadOnlyList<Rgb> Inks)
{
    /// <summary>Reads the content; null if it does anything else.</summary>
    public static LayersContent? Parse(string content)
    {
        var (paper, names, inks) = ((Rgb?)null, new List<string>(), new List<Rgb>());
        foreach (var (number, line) in content.TrimEnd('\n').Split('\n').Index())
        {
            var match = Line().Match(line);
            var colour = match.Groups["r"].Success ? new Rgb(Part(match, "r"), Part(match, "g"), Part(match, "b")) : (Rgb?)null;
            if (!match.Success || (number == 0) != (colour is null || match.Groups["fill"].Success))
            {
                return null;
            }

            paper = number == 0 ? colour : paper;
            names.AddRange(match.Groups["name"].Captures.Select(name => name.Value));
            inks.AddRange(number > 0 ? [colour!.Value] : []);
        }

        return new LayersContent(paper, names, inks);
    }

    /// <summary>Whether it paints these layers in these colours.</summary>
    public bool IsOf(PageLayers layers)
        => Names.Count == layers.Pictures().Count() && (layers.Background is null ? Paper == layers.Paper : Paper is null) && Inks.SequenceEqual(layers.Inks.Select(ink => ink.Colour));

    private static byte Part(Match match, string name)
        => (byte)Math.Clamp(Math.Round(255 * double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture)), 0, 255);

    [GeneratedRegex(@"^((?<r>\d(\.\d+)?) (?<g>\d(\.\d+)?) (?<b>\d(\.\d+)?) rg )?((?<fill>0 0 1 1 re f)|/(?<name>\w+) Do)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
