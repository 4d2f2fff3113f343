using System.Globalization;
using System.Text;

namespace Digitizer.VietnameseText;

/// <summary>Letters without their diacritics.</summary>
internal static class Accents
{
    /// <summary>Drops tones, circumflex, breve and horn; đ becomes d: Đường → Duong.</summary>
    /// <param name="text">In any normal form; case stays.</param>
    public static string Dropped(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            // đ is a letter of its own in Unicode, not d with a mark.
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(c switch { 'đ' => 'd', 'Đ' => 'D', _ => c });
            }
        }

        return plain.ToString();
    }
}
