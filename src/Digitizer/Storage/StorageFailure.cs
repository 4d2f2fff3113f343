using System.Xml;
using Azure;
using Azure.Identity;
using Digitizer.Failures;

namespace Digitizer.Storage;

/// <summary>What a failed call to a storage account means. Nothing of the call but the service's own code is told: addresses may hold signatures and names.</summary>
internal static class StorageFailure
{
    /// <summary>True for everything that a client throws when storage is not as it should be.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="cancellation">The caller's: what it ended is no failure.</param>
    public static bool IsExpected(Exception exception, CancellationToken cancellation) => exception switch
    {
        // The client's own time-out looks like this, too.
        OperationCanceledException => !cancellation.IsCancellationRequested,
        RequestFailedException or AuthenticationFailedException or HttpRequestException or IOException => true,

        // The client's own complaint about an answer that is none, as of something that stands in the way.
        XmlException => true,
        AggregateException several => several.InnerExceptions.All(e => IsExpected(e, cancellation)),
        _ => false,
    };

    /// <summary>StorageDenied where somebody must do something, else StorageUnavailable.</summary>
    public static DigitizerException Create(string account, Exception exception) => exception switch
    {
        DigitizerException known => known,
        AggregateException { InnerExceptions: [.., var last] } => Create(account, last),
        AuthenticationFailedException => Denied(account, "no token: the identity is not there or may not be used", exception),
        RequestFailedException { Status: 401 or 403 } denied => Denied(account, $"{Code(denied)}; is the key or signature over or wrong, does it lack a right, does the firewall let this machine in, and is its clock right?", exception),
        RequestFailedException { Status: 404 } missing => Denied(account, $"{Code(missing)}; create what is missing, or mend its name", exception),
        RequestFailedException failed => Unavailable(account, Code(failed), exception),
        _ => Unavailable(account, exception.GetType().Name, exception),
    };

    private static string Code(RequestFailedException failed) => FormattableString.Invariant($"{failed.ErrorCode ?? "no code"} ({failed.Status})");

    private static DigitizerException Denied(string account, string why, Exception cause)
        => new(FailureKind.StorageDenied, $"Storage account {account} does not let us: {why}. It is tried again by itself.", cause);

    private static DigitizerException Unavailable(string account, string why, Exception cause)
        => new(FailureKind.StorageUnavailable, $"Storage account {account} cannot be reached: {why}. Check network and service; it is tried again by itself.", cause);
}
