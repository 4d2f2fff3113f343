namespace Digitizer.VietnameseText;

/// <summary>
/// All syllables that the spelling allows, without tone. It is loose by design: about twice as many
/// toned ones follow from it as are in use, but hardly a word of a text is missing.
/// </summary>
internal static class SyllableTable
{
    private static readonly string[] MainRimes = Words(
        """
        a ac ach ai am an ang anh ao ap at au ay
        ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
        e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
        i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
        o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
        oc oe oen oeo oet oi om on ong ooc oong op ot
        ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
        u ua uân uâng uât uây uc uê uêch uên uênh uêt uêu ui um un ung uơ uôc uôi uôm uôn uông uôt
        up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu
        ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
        """);

    private static readonly string[] RimesAfterQu = Words(
        """
        a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây
        e en eng eo et ê êch ên ênh êt êu i ich it ơ ôc y ych yên yêt ynh yp yt
        """);

    private static readonly string[] OnsetsOfAllRimes = Words("b ch d đ h kh l m n nh p ph r s t th tr v x");

    // The i of gi is written once: gi + iêng is giêng.
    private static readonly string[] OwnSyllables = Words("gi gin gim giêng giêc gich yêm yên yêng yêt yêu");

    // In use (Phú Quới), but of no rule above.
    private static readonly string[] Gaps = Words("quơi quơt quinh");

    /// <summary>Small letters, each once.</summary>
    public static IEnumerable<string> Toneless { get; } =
    [
        .. new[]
        {
            MainRimes,
            From(OnsetsOfAllRimes, MainRimes),
            From(["c", "g", "ng"], MainRimes.Where(rime => !StartsBright(rime))),
            From(["k", "gh", "ngh"], MainRimes.Where(StartsBright)),
            From(["gi"], MainRimes.Where(rime => rime[0] != 'i')),
            From(["qu"], RimesAfterQu),
            From(["", "h", "k", "l", "m", "s", "t", "th", "v"], ["y"]),
            OwnSyllables,
            Gaps,
        }.SelectMany(syllables => syllables).Distinct(),
    ];

    /// <summary>A syllable that ends in a stop has one of two tones; all others have any.</summary>
    /// <param name="syllable">Small letters without tone.</param>
    /// <param name="tone">The tone in question.</param>
    public static bool Allows(ReadOnlySpan<char> syllable, Tone tone)
        => tone is Tone.Sac or Tone.Nang || !(syllable[^1] is 'c' or 'p' or 't' || syllable.EndsWith("ch"));

    private static IEnumerable<string> From(string[] onsets, IEnumerable<string> rimes)
        => onsets.SelectMany(onset => rimes.Select(rime => onset + rime));

    private static bool StartsBright(string rime) => rime[0] is 'e' or 'ê' or 'i';

    private static string[] Words(string list) => list.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
