using System.Buffers;
using System.Text;

namespace Digitizer.VietnameseText.Legacy;

/// <summary>A page read as if it were in a legacy encoding: how many of its words become Vietnamese by that.</summary>
internal sealed class LegacyReading
{
    private const char DroppedHyphen = '\u00AD';

    private static readonly SearchValues<char> Horned = SearchValues.Create("ơớờởỡợƠỚỜỞỠỢ");

    private readonly LegacyTable table;
    private readonly CodeView view;
    private readonly HashSet<string> kinds = new(StringComparer.Ordinal);

    private LegacyReading(LegacyTable table, CodeView view) => (this.table, this.view) = (table, view);

    /// <summary>The encoding that was tried.</summary>
    public LegacyEncoding Encoding => table.Encoding;

    /// <summary>Words that become Vietnamese.</summary>
    public int For { get; private set; }

    /// <summary>Words that speak against it.</summary>
    public int Against { get; private set; }

    /// <summary>How many different words became Vietnamese: one that is repeated is one witness.</summary>
    public int Kinds => kinds.Count;

    /// <summary>The page in each encoding and each view.</summary>
    /// <param name="words">As taken from the page, NFC, without blanks.</param>
    public static IEnumerable<LegacyReading> All(IReadOnlyCollection<PageWord> words)
        => from table in LegacyTable.All
           from view in Enum.GetValues<CodeView>()
           select Of(table, view, words);

    private static LegacyReading Of(LegacyTable table, CodeView view, IEnumerable<PageWord> words)
    {
        var reading = new LegacyReading(table, view);
        foreach (var word in words)
        {
            reading.Count(word);
        }

        return reading;
    }

    private void Count(PageWord word)
    {
        switch (VoteOf(word))
        {
            case LegacyVote.For:
                For++;
                kinds.Add(word.Text);
                break;
            case LegacyVote.Against:
                Against++;
                break;
            case LegacyVote.None:
                break;
        }
    }

    private LegacyVote VoteOf(PageWord word)
    {
        if (!word.HasUpperHalf || word.HasDigit)
        {
            return LegacyVote.None;
        }

        var uses = word.Bare.Any(c => table.Uses(c, view));
        var sound = word.IsWord && !word.Bare.Any(c => !char.IsLetter(c) && table.Uses(c, view));
        return sound && (word.IsBeyondCodePages || !uses) ? LegacyVote.None
            : !uses ? (word.HasAccent ? LegacyVote.Against : LegacyVote.None)
            : Decoded(word.Bare) switch
            {
                DecodedWord.Vietnamese => sound ? LegacyVote.None : LegacyVote.For,
                DecodedWord.Abbreviation => LegacyVote.None,
                _ => word.HasLetters ? LegacyVote.Against : LegacyVote.None,
            };
    }

    private DecodedWord Decoded(string text)
    {
        var decoded = table.Decode(text, view);
        var kind = DecodedWords.Of(decoded);
        return kind != DecodedWord.None || table.Encoding != LegacyEncoding.Tcvn3 ? kind : DecodedWords.Of(WithLostHorn(decoded));
    }

    // ư has the code of the soft hyphen: it comes as a hyphen or not at all.
    private static string WithLostHorn(string decoded)
    {
        if (decoded.Contains('-', StringComparison.Ordinal) || decoded.Contains(DroppedHyphen, StringComparison.Ordinal))
        {
            return decoded.Replace('-', 'ư').Replace(DroppedHyphen, 'ư');
        }

        var at = decoded.AsSpan().IndexOfAny(Horned);
        return at < 0 ? decoded : new StringBuilder(decoded).Insert(at, 'ư').ToString();
    }
}
