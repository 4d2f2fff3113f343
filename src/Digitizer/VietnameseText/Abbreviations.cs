namespace Digitizer.VietnameseText;

/// <summary>Abbreviations of the administration. They are right as they stand and never mended.</summary>
internal static class Abbreviations
{
    private const int LongestWithoutVowel = 8;

    /// <summary>Those that the rule of capitals without vowel does not hold.</summary>
    public static readonly WordList Listed = new(
        """
        UBND UBMTTQ UBTVQH UBKT UBQG TTg TTgCP TUQ TƯQ
        TAND TANDTC CAND BCA BYT SYT
        ATTP ATGT ATLĐ ANTT BHYT QLDA Tp Tx Tr tp tx tr
        Đ/c đ/c V/v v/v v.v vv Ô/B đ/v b/c Ts ThS Ths Bs Ks NGƯT NSƯT
        VNeID ID USB ATM VIP ISO IEC OCR EVN USD EUR VAT ODA WTO WHO UNESCO UNICEF ASEAN EU UAE USA
        kg km cm mm dm ml mg kW kWh kV Hz
        """);

    /// <summary>True for a listed one, and for capitals without a vowel: QĐ, CCCD, THCS.</summary>
    /// <param name="word">NFC, without full stop at its end.</param>
    public static bool Contains(ReadOnlySpan<char> word) => Listed.Contains(word) || IsCapitalsWithoutVowel(word);

    /// <summary>True for up to eight Latin capitals without a vowel.</summary>
    public static bool IsCapitalsWithoutVowel(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!(c is (>= 'A' and <= 'Z') or 'Đ') || Vowels.Contains(c))
            {
                return false;
            }
        }

        return word.Length is > 0 and <= LongestWithoutVowel;
    }
}
