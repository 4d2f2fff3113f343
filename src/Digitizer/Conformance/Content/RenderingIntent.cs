namespace Digitizer.Conformance.Content;

/// <summary>Rendering intents (ISO 19005-2, 6.2.6).</summary>
internal static class RenderingIntent
{
    public static void Check(Checking checking, string? name, string where) => checking.Findings.Require(
        name is "RelativeColorimetric" or "AbsoluteColorimetric" or "Perceptual" or "Saturation",
        "6.2.6",
        "a rendering intent does not exist",
        where);
}
