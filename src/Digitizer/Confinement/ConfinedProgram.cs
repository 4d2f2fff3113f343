namespace Digitizer.Confinement;

/// <summary>A program to run in confinement, what it sees and what it may use.</summary>
/// <param name="Program">Absolute path.</param>
/// <param name="Arguments">Never from input.</param>
/// <param name="ReadOnly">Files and folders that it sees, in the places where they are, beside the system's libraries.</param>
/// <param name="MemoryLimit">RLIMIT_DATA in bytes.</param>
/// <param name="CpuSeconds">RLIMIT_CPU.</param>
internal sealed record ConfinedProgram(
    string Program, IReadOnlyList<string> Arguments, IReadOnlyList<string> ReadOnly, long MemoryLimit, int CpuSeconds)
{
    /// <summary>Beside a path, a language and a home.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
