namespace Digitizer.Service;

/// <summary>What a process of the service does. All of them share the journal and the vault.</summary>
internal enum ServiceRole
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>Takes in: drop folders, blob queues, the HTTP API.</summary>
    Intake,

    /// <summary>Splits, reads, assembles and proves.</summary>
    Pages,

    /// <summary>Brings documents into their dossiers, tells webhooks, and takes out of the vault what is over its time.</summary>
    Deliver,
}

/// <summary>What follows from a role.</summary>
internal static class ServiceRoles
{
    public static bool TakesIn(this ServiceRole role) => role is ServiceRole.All or ServiceRole.Intake;

    public static bool MakesDocuments(this ServiceRole role) => role is ServiceRole.All or ServiceRole.Pages;

    public static bool Delivers(this ServiceRole role) => role is ServiceRole.All or ServiceRole.Deliver;
}
