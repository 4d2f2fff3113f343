namespace Digitizer.Pages.Pdf;

/// <summary>What becomes of text that a PDF brings along.</summary>
public enum ExistingText
{
    /// <summary>Text of the page itself is kept if it can be trusted; a layer that others laid over a scan is made anew.</summary>
    Auto,

    /// <summary>Any text is kept, layers of others too.</summary>
    Keep,

    /// <summary>Every page is read.</summary>
    Redo,
}

/// <summary>What becomes of scripts, actions, attachments and forms with programs in them.</summary>
public enum ActiveContent
{
    /// <summary>They are left out, and that is said.</summary>
    Strip,

    /// <summary>The file is refused.</summary>
    Refuse,
}

/// <summary>What becomes of a PDF that opens without a password, but whose owner forbids changes or copying.</summary>
public enum OwnerRestrictions
{
    /// <summary>The file is refused.</summary>
    Respect,

    /// <summary>It is taken in as if there were none, and that is said.</summary>
    Ignore,
}

/// <summary>How PDFs of others are taken in.</summary>
internal sealed record PdfPolicy(ExistingText ExistingText = ExistingText.Auto, ActiveContent ActiveContent = ActiveContent.Strip, OwnerRestrictions Restrictions = OwnerRestrictions.Respect)
{
    public static readonly PdfPolicy Default = new();

    /// <summary>Reads what <see cref="ToArgument"/> wrote.</summary>
    /// <returns>Null: it is something else.</returns>
    public static PdfPolicy? Parse(string argument)
        => argument.Split(',') is [var text, var active, var restrictions]
            && Enum.TryParse<ExistingText>(text, out var existingText) && Enum.TryParse<ActiveContent>(active, out var activeContent) && Enum.TryParse<OwnerRestrictions>(restrictions, out var owner)
            ? new PdfPolicy(existingText, activeContent, owner)
            : null;

    /// <summary>One word for a command line.</summary>
    public string ToArgument() => $"{ExistingText},{ActiveContent},{Restrictions}";
}
