namespace Digitizer.VietnameseText;

/// <summary>The twelve vowel letters in both cases, with their tone marks. All is NFC.</summary>
internal static class Vowels
{
    private const int Tones = 6;

    // A vowel with its tones, in the order of the enum, after the other.
    private const string Rows =
        "aáàảãạăắằẳẵặâấầẩẫậ" +
        "eéèẻẽẹêếềểễệiíìỉĩị" +
        "oóòỏõọôốồổỗộơớờởỡợ" +
        "uúùủũụưứừửữựyýỳỷỹỵ" +
        "AÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬ" +
        "EÉÈẺẼẸÊẾỀỂỄỆIÍÌỈĨỊ" +
        "OÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢ" +
        "UÚÙỦŨỤƯỨỪỬỮỰYÝỲỶỸỴ";

    // By character: 1 + where it stands in the rows, or 0.
    private static readonly byte[] Places = PlacesInRows();

    /// <summary>True for the twelve vowel letters, with or without tone.</summary>
    public static bool Contains(char letter) => PlaceOf(letter) >= 0;

    /// <summary>The letter without its tone, and the tone: ấ → â and sắc. Circumflex, breve and horn belong to the letter.</summary>
    /// <param name="letter">What is no vowel has no tone.</param>
    public static (char Letter, Tone Tone) Split(char letter)
        => PlaceOf(letter) is >= 0 and var place ? (Rows[place - (place % Tones)], (Tone)(place % Tones)) : (letter, Tone.Ngang);

    /// <summary>The vowel with another tone; its case stays.</summary>
    /// <param name="vowel">With or without tone. What is no vowel stays as it is.</param>
    /// <param name="tone">Takes the place of the tone that it has.</param>
    public static char With(char vowel, Tone tone)
        => PlaceOf(vowel) is >= 0 and var place ? Rows[place - (place % Tones) + (int)tone] : vowel;

    private static int PlaceOf(char letter) => letter < Places.Length ? Places[letter] - 1 : -1;

    private static byte[] PlacesInRows()
    {
        var places = new byte[Rows.Max() + 1];
        foreach (var (place, letter) in Rows.Index())
        {
            places[letter] = (byte)(place + 1);
        }

        return places;
    }
}
