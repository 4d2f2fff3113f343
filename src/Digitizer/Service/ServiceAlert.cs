namespace Digitizer.Service;

/// <summary>What a person should know about the service itself; drop folders have alerts of their own. docs/alarms.md lists all.</summary>
internal enum ServiceAlertKind
{
    /// <summary>The journal could not be checked for damage.</summary>
    JournalUnchecked,

    /// <summary>The journal's database does not answer.</summary>
    JournalAway,

    /// <summary>The journal is damaged; the service ends.</summary>
    JournalDamaged,

    /// <summary>What retention should take out, or delete, is still there.</summary>
    RetentionFailed,

    /// <summary>Too much work waits; nothing is taken in.</summary>
    Backlog,

    /// <summary>A piece of work waits for too long.</summary>
    OldWork,

    /// <summary>A unit waits for a person for too long.</summary>
    WaitsForPerson,

    /// <summary>The dossier system takes nothing.</summary>
    DossiersDown,

    /// <summary>The vault's disk is soon too full to take anything.</summary>
    LowDisk,

    /// <summary>Page-workers run without confinement.</summary>
    NotConfined,

    /// <summary>Page-workers die again and again.</summary>
    WorkersDying,

    /// <summary>Work cannot be done on this machine now: disk full, engine or model gone.</summary>
    MachineAtFault,

    /// <summary>The receiver of a webhook takes nothing.</summary>
    WebhookFails,

    /// <summary>The receiver of a webhook rejected an event again and again; it was given up.</summary>
    WebhookSkipped,
}

/// <summary>An alert that stands.</summary>
/// <param name="Kind">What; one at a time of each.</param>
/// <param name="Message">What happened, and what to do.</param>
/// <param name="Since">When it began.</param>
internal sealed record ServiceAlert(ServiceAlertKind Kind, string Message, DateTimeOffset Since);

/// <summary>The alerts of the service: one line in the log when one begins, one when it ends.</summary>
internal sealed class ServiceAlerts(AlertLog log, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<ServiceAlertKind, ServiceAlert> active = [];

    /// <summary>What stands now, the oldest first.</summary>
    public IReadOnlyList<ServiceAlert> Active
    {
        get
        {
            lock (gate)
            {
                return [.. active.Values.OrderBy(alert => alert.Since).ThenBy(alert => alert.Kind)];
            }
        }
    }

    /// <summary>Says how a condition stands; only a change is news.</summary>
    /// <param name="kind">The condition.</param>
    /// <param name="message">Null: it is well. Another message for a condition that stands takes the first one's place quietly.</param>
    public void Set(ServiceAlertKind kind, string? message)
    {
        lock (gate)
        {
            var was = active.GetValueOrDefault(kind);
            if (message is null)
            {
                if (active.Remove(kind))
                {
                    log.Ended(was!);
                }
            }
            else
            {
                active[kind] = new ServiceAlert(kind, message, was?.Since ?? time.GetUtcNow());
                if (was is null)
                {
                    log.Raised(active[kind]);
                }
            }
        }
    }
}
