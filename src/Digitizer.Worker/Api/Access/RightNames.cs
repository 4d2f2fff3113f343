namespace Digitizer.Worker.Api.Access;

/// <summary>Rights as people, files and tokens write them.</summary>
internal static class RightNames
{
    private static readonly (string Name, Right Right)[] Known = [("submit", Right.Submit), ("read", Right.Read), ("act", Right.Act)];

    /// <summary>All of them, for messages.</summary>
    public static string All => string.Join(", ", Known.Select(known => known.Name));

    /// <summary>The names of rights.</summary>
    public static string[] Of(Right rights) => [.. Known.Where(known => rights.HasFlag(known.Right)).Select(known => known.Name)];

    /// <summary>The rights of names.</summary>
    /// <param name="names">In small letters.</param>
    /// <param name="unknown">The first name that is of no right, which gives none; null if there is no such.</param>
    public static Right Parse(IEnumerable<string> names, out string? unknown)
    {
        (var rights, unknown) = (Right.None, null);
        foreach (var name in names)
        {
            var right = Array.Find(Known, known => known.Name == name).Right;
            rights |= right;
            unknown ??= right == Right.None ? name : null;
        }

        return rights;
    }
}
