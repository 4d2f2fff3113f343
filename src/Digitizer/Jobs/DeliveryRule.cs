namespace Digitizer.Jobs;

/// <summary>Which moves of a delivery there are: the one place where "never a blind second sending" is written down.</summary>
internal static class DeliveryRule
{
    /// <summary>Moves by work on a claimed item.</summary>
    public static bool Allows(DeliveryState from, DeliveryState to) => (from, to) switch
    {
        (DeliveryState.Pending, DeliveryState.Attaching or DeliveryState.Refused) => true,
        // Again after a crash: the dossier system is asked first.
        (DeliveryState.Attaching, DeliveryState.Attaching or DeliveryState.Attached or DeliveryState.Uncertain or DeliveryState.Conflict or DeliveryState.Refused) => true,
        (DeliveryState.Attached, DeliveryState.Verified or DeliveryState.Uncertain or DeliveryState.Conflict) => true,
        _ => false,
    };

    /// <summary>Where a retry by a person puts it; null where there is nothing to retry.</summary>
    public static DeliveryState? Retried(DeliveryState state) => state switch
    {
        // The dossier system said no, so nothing of it is there.
        DeliveryState.Refused => DeliveryState.Pending,
        DeliveryState.Uncertain or DeliveryState.Conflict => DeliveryState.Attaching,
        _ => null,
    };

    /// <summary>True if the dossier has it, or may have it.</summary>
    public static bool MayBeThere(DeliveryState state)
        => state is DeliveryState.Attaching or DeliveryState.Attached or DeliveryState.Verified or DeliveryState.Uncertain;

    public static bool WaitsForPerson(DeliveryState state)
        => state is DeliveryState.Uncertain or DeliveryState.Conflict or DeliveryState.Refused;

    public static bool IsFinished(DeliveryState state) => state is DeliveryState.None or DeliveryState.Verified;
}
