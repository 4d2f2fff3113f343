using Digitizer.Failures;

namespace Digitizer.Worker.Terminal;

/// <summary>Failures as lines for people: "name: what happened. What to do. [Kind]".</summary>
internal static class FailureLine
{
    public static string Of(Refusal refusal) => Of(refusal.File, refusal.Kind, refusal.Message);

    public static string Of(DigitizerException failure) => $"{failure.Message} [{failure.Kind}]";

    public static string Of(string file, FailureKind kind, string message) => $"{file}: {message} [{kind}]";
}
