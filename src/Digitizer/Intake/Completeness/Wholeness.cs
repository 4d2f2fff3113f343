namespace Digitizer.Intake.Completeness;

/// <summary>What the structure of a file says about its end.</summary>
/// <param name="IsWhole">False while bytes are missing, or where the end cannot be told from a cut.</param>
/// <param name="Pages">How many pages the structure announces, counted independently of any decoder; null if only a reader can tell.</param>
internal readonly record struct Wholeness(bool IsWhole, int? Pages)
{
    public static readonly Wholeness Cut = new(false, null);
}
