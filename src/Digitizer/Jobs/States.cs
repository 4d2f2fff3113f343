namespace Digitizer.Jobs;

/// <summary>What is to be done, in the order of the flow. The only things that are claimed.</summary>
internal enum WorkKind
{
    /// <summary>Unit → pages.</summary>
    Split,

    /// <summary>Read one page.</summary>
    Page,

    /// <summary>Pages → documents.</summary>
    Group,

    /// <summary>Write a document's PDF, text and result.</summary>
    Assemble,

    /// <summary>Prove the written PDF against its pages.</summary>
    Prove,

    /// <summary>Attach a document to its dossier.</summary>
    Deliver,

    /// <summary>Read back what was attached.</summary>
    Verify,
}

/// <summary>State of a work item.</summary>
internal enum WorkState
{
    Queued,
    Running,
    Done,
    Quarantined,
    Cancelled,
}

/// <summary>State of a unit. Closed, Exception and Cancelled are finished; a person may retry an exception.</summary>
internal enum UnitState
{
    Accepted,
    Splitting,
    Reading,
    Documents,
    Closed,

    /// <summary>Refused at the door, not to be split, or not to be grouped: with a kind and a message.</summary>
    Exception,
    Cancelled,
}

/// <summary>State of a page. All but waiting are finished.</summary>
internal enum PageState
{
    Waiting,
    Read,
    Blank,
    Separator,
    KeptText,
    Unreadable,
}

/// <summary>State of a document.</summary>
internal enum DocumentState
{
    /// <summary>Its PDF is not yet written.</summary>
    Waiting,
    Assembled,

    /// <summary>Passed the proof; about to become ready or to wait for a person (in the same transaction, so never seen from outside).</summary>
    Proved,
    Ready,

    /// <summary>Waits for a person; <see cref="JobDocument.Reasons"/> says why.</summary>
    NeedsReview,

    /// <summary>A later revision took its place.</summary>
    Superseded,
}

/// <summary>State of a delivery. None and Verified are finished; Uncertain, Conflict and Refused wait for a person.</summary>
internal enum DeliveryState
{
    /// <summary>No dossier wanted.</summary>
    None,
    Pending,

    /// <summary>The dossier system may have been asked already: ask it before sending.</summary>
    Attaching,
    Attached,
    Verified,
    Uncertain,
    Conflict,
    Refused,
}
