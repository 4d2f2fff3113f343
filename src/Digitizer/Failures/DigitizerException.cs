namespace Digitizer.Failures;

/// <summary>A failure with a kind and a message that says what happened and what to do next.</summary>
/// <param name="kind">Decides retry, exception or stop.</param>
/// <param name="message">One line for the operator, without page text or personal ids.</param>
/// <param name="inner">The cause, if another exception is.</param>
public sealed class DigitizerException(FailureKind kind, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The kind.</summary>
    public FailureKind Kind { get; } = kind;
}
