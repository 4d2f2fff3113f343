using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Document;

/// <summary>Actions, wherever they are started from (ISO 19005-2, 6.5.1).</summary>
internal sealed class ActionCheck(Checking checking)
{
    private const int Most = 200_000;
    private int count;

    /// <summary>An action and those that follow it; a destination is none.</summary>
    /// <exception cref="Failures.DigitizerException">PdfTooComplex.</exception>
    public void Check(QpdfObject action, string where, int depth = 0)
    {
        if (!action.IsDictionary)
        {
            return;
        }

        Count(depth);
        var kind = action["S"].Name;
        var isAllowed = kind is "GoTo" or "GoToR" or "GoToE" or "Thread" or "URI" or "Named" or "SubmitForm";
        checking.Findings.Require(isAllowed, "6.5.1", $"an action is not allowed{(kind is null ? "" : $": {kind}")}", where);
        if (kind == "Named")
        {
            checking.Findings.Require(action["N"].Name is "NextPage" or "PrevPage" or "FirstPage" or "LastPage", "6.5.1", "a named action is not allowed", where);
        }

        var next = action["Next"];
        Check(next, where, depth + 1);
        for (var i = 0; i < next.Count; i++)
        {
            Check(next[i], where, depth + 1);
        }
    }

    /// <summary>The actions of an entry AA.</summary>
    /// <exception cref="Failures.DigitizerException">PdfTooComplex.</exception>
    public void CheckAll(QpdfObject additional, string where)
    {
        foreach (var trigger in additional.Keys())
        {
            Check(additional[trigger], where);
        }
    }

    /// <summary>Keeps what is looked at, and its nesting, within bounds.</summary>
    /// <exception cref="Failures.DigitizerException">PdfTooComplex.</exception>
    public void Count(int depth)
    {
        if (depth > checking.Limits.MaxNesting || ++count > Most)
        {
            throw PdfRefusal.TooComplex("has more actions, fields or outline items than are looked at");
        }
    }
}
