using Digitizer.Failures;

namespace Digitizer.Conformance;

/// <summary>Collects findings, each once and never more than anybody reads.</summary>
internal sealed class Findings
{
    private const int Most = 500;
    private readonly HashSet<PdfAFinding> seen = [];
    private readonly List<PdfAFinding> all = [];

    public IReadOnlyList<PdfAFinding> All => all;

    public void Add(string clause, string what, string where)
    {
        var finding = new PdfAFinding(clause, what, where);
        if (all.Count < Most && seen.Add(finding))
        {
            all.Add(finding);
        }
    }

    /// <summary>Notes a finding unless <paramref name="holds"/>.</summary>
    public void Require(bool holds, string clause, string what, string where)
    {
        if (!holds)
        {
            Add(clause, what, where);
        }
    }

    /// <summary>Does a part of the check; what it cannot read is a finding under its clause.</summary>
    public void Guard(string clause, string where, Action part)
    {
        try
        {
            part();
        }
        catch (DigitizerException e)
        {
            Add(clause, $"cannot be decided: {e.Message}", where);
        }
    }
}
