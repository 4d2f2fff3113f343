namespace Digitizer.Confinement;

/// <summary>One forbidden thing and how the attempt went.</summary>
/// <param name="Name">What was tried.</param>
/// <param name="Prevented">True if it did not work.</param>
/// <param name="Detail">How it ended.</param>
internal sealed record ProbeResult(string Name, bool Prevented, string Detail);
