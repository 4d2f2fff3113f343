namespace Digitizer.VietnameseText;

/// <summary>Capitals and small letters of a word.</summary>
internal static class LetterCase
{
    /// <summary>True if all letters are small, all are capitals, or only the first is one.</summary>
    public static bool IsWritten(ReadOnlySpan<char> word)
        => word.Length < 2 || AreSmall(word[1..]) || (char.IsUpper(word[0]) && AreCapitals(word[1..]));

    /// <summary>True if every character is a capital.</summary>
    public static bool AreCapitals(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsUpper(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes all letters small, in place.</summary>
    public static void Lower(Span<char> word)
    {
        foreach (ref var c in word)
        {
            c = char.ToLowerInvariant(c);
        }
    }

    private static bool AreSmall(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsLower(c))
            {
                return false;
            }
        }

        return true;
    }
}
