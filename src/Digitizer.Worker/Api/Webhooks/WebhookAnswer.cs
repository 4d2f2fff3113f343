using System.Globalization;

namespace Digitizer.Worker.Api.Webhooks;

/// <summary>What a receiver's answer, or its silence, means.</summary>
internal enum WebhookMeaning
{
    Taken,

    /// <summary>Not now.</summary>
    Failed,

    /// <summary>Not now, and never if it knows what it says.</summary>
    Rejected,
}

/// <summary>How a try ended.</summary>
/// <param name="Meaning">What follows from it.</param>
/// <param name="Kind">For people: <c>http-404</c>, <c>no-connection</c> and so on.</param>
/// <param name="RetryAfter">When the receiver wants to be asked again.</param>
internal sealed record WebhookAnswer(WebhookMeaning Meaning, string Kind, TimeSpan? RetryAfter = null)
{
    public static readonly WebhookAnswer NoConnection = new(WebhookMeaning.Failed, "no-connection");
    public static readonly WebhookAnswer NameUnknown = new(WebhookMeaning.Failed, "name-unknown");
    public static readonly WebhookAnswer AddressRefused = new(WebhookMeaning.Failed, "address-refused");
    public static readonly WebhookAnswer CertificateRefused = new(WebhookMeaning.Failed, "certificate-refused");
    public static readonly WebhookAnswer NoHttp = new(WebhookMeaning.Failed, "no-http");
    public static readonly WebhookAnswer TimedOut = new(WebhookMeaning.Failed, "timed-out");
    public static readonly WebhookAnswer NoSecret = new(WebhookMeaning.Failed, "no-secret");

    /// <summary>By the status of a response.</summary>
    public static WebhookAnswer Of(int status, TimeSpan? retryAfter) => new(
        status switch
        {
            >= 200 and < 300 => WebhookMeaning.Taken,
            408 or 425 or 429 => WebhookMeaning.Failed,
            >= 400 and < 500 => WebhookMeaning.Rejected,
            _ => WebhookMeaning.Failed,
        },
        string.Create(CultureInfo.InvariantCulture, $"http-{status}"),
        retryAfter);
}
