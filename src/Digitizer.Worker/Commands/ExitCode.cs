namespace Digitizer.Worker.Commands;

/// <summary>Exit codes; a fixed interface.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some files ended in exceptions or wait for a person; they are listed.</summary>
    public const int SomeLeft = 1;

    /// <summary>Wrong usage: nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>Environment or configuration.</summary>
    public const int Environment = 3;

    public const int Interrupted = 130;
}
