using Digitizer.Failures;
using Digitizer.Jobs;
using Digitizer.Worker.Api.Access;

namespace Digitizer.Worker.Api;

/// <summary>What a caller may see of the journal.</summary>
internal static class Visibility
{
    /// <summary>True if all dossiers of the unit, of its documents too, and its source are the caller's.</summary>
    public static bool MaySee(this Caller caller, UnitAccount account)
        => caller.MaySee(account.Unit.Arrival.Source, account.Unit.Arrival.Dossier?.Code)
            && account.Documents.All(d => caller.MaySee(account.Unit.Arrival.Source, d.Dossier?.Code));

    /// <summary>What to throw for something that is not there, or not for this caller: the same, unless the caller may see all there is.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="isThere">True: it is there.</param>
    public static Exception NotThere(Caller caller, bool isThere)
        => !isThere && caller.Grant.HasSource(Grant.All) && caller.Grant.HasDossier(Grant.All)
            ? new DigitizerException(FailureKind.NotFound, "There is nothing under this id. Look at the address.")
            : new NotForCallerException();
}
