using System.Text;
using Digitizer.VietnameseText;
using Digitizer.VietnameseText.Legacy;

namespace Digitizer.Tests.VietnameseText.Legacy;

public sealed class TextTrustTests
{
    private const string Sentence = "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân tỉnh Ninh Bình báo cáo kết quả thực hiện nhiệm vụ năm 2009 như sau:";
    private const string Capitals = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ĐỘC LẬP - TỰ DO - HẠNH PHÚC";
    private const string EightWords = "Về việc thu hồi đất của bà Hoa";
    private const string Form = "1. Họ và tên: Nguyễn Văn Đức; sinh ngày 12/3/1975; nơi cấp: Công an tỉnh; số 15/QĐ-UBND (bản sao).";

    public static TheoryData<string> Sound => [.. SoundTexts.All.Select(text => text.Name)];

    public static TheoryData<string, string, string> Written
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var encoding in LegacyText.Encodings)
            {
                foreach (var reader in LegacyText.Readers.Keys)
                {
                    foreach (var text in (string[])[Sentence, Capitals, EightWords, Form])
                    {
                        cases.Add(encoding.ToString(), reader, text);
                    }
                }
            }

            return cases;
        }
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "replacement characters", Sentence.Replace('ứ', '\uFFFD').Replace('ệ', '\uFFFD').Replace('ị', '\uFFFD') },
        { "nothing but replacement characters", string.Join(' ', Sentence.Split(' ').Select(word => new string('\uFFFD', word.Length))) },
        { "private characters", string.Join(' ', Sentence.Split(' ').Select(word => string.Concat(word.Select(c => (char)(0xE000 + c % 200))))) },
        { "some private letters", Sentence.Replace('ậ', '\uE123').Replace('ư', '\uE145').Replace('ế', '\uE146') },
        { "control characters", string.Concat(Sentence.Select(c => c == ' ' ? ' ' : (char)(c % 29 + 1))).Replace('\t', '\u0001').Replace('\n', '\u0002').Replace('\r', '\u0003').Replace('\f', '\u0004') },
        { "halves of pairs", Sentence.Replace('ứ', '\uD800').Replace('ệ', '\uDC00').Replace('ị', '\uD801') },
        { "letters of other fonts", "ŚƚƵĚĞŶƚ ƌĞƋƵĞƐƚ ĨŽƌŵ ĂƉƉůŝĐĂƚŝŽŶ ĚĞƉĂƌƚŵĞŶƚ ŽĨ ĞĚƵĐĂƚŝŽŶ ŶĂŵĞ ĂĚĚƌĞƐƐ" },
        { "UTF-8 read as Windows-1252", Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Sentence)) },
        { "wrong letters of Vietnamese", Exchanged(Sentence + Capitals, "ăâđêôơưạảấầậắệếộồổịợứựủũ", "ộựấạệịđủợắảâậăếêầơồôứổưũ") },
        { "scripts mixed in words", "Cộнг hòа xãё нội chủж nghĩаю Việтт Naмм Độcфф lậрр Tựуу doоо Hạnнн phúссс Чứcng thựжжc Quyếтттt địииnh" },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void Sound_text_is_trusted(string name)
    {
        var trust = Judge(SoundTexts.All.Single(text => text.Name == name).Text);
        Assert.Null(trust.Reason);
        Assert.True(trust.Verdict is TextVerdict.Trusted or TextVerdict.TooLittle, trust.ToString());
    }

    [Fact]
    public void All_kinds_of_sound_text_together_are_trusted()
        => Assert.Equal(TextVerdict.Trusted, TextTrust.Judge(SoundTexts.All.Select(text => text.Text), []).Verdict);

    [Theory]
    [MemberData(nameof(Sound))]
    public void Twice_the_text_changes_nothing(string name)
    {
        var text = SoundTexts.All.Single(text => text.Name == name).Text;
        Assert.Null(Judge(text + ' ' + text + ' ' + text).Reason);
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void Text_in_an_old_encoding_is_found_whatever_the_font_is_called(string encoding, string reader, string text)
    {
        var trust = Judge(LegacyText.Written(text, Enum.Parse<LegacyEncoding>(encoding), reader));
        Assert.True(trust.Verdict == TextVerdict.Legacy, $"{trust} {LegacyText.Written(text, Enum.Parse<LegacyEncoding>(encoding), reader)}");
        Assert.InRange(trust.Share, 0, 0.75);
    }

    [Theory]
    [InlineData(nameof(LegacyEncoding.Tcvn3), TextReason.LegacyTcvn3)]
    [InlineData(nameof(LegacyEncoding.Vni), TextReason.LegacyVni)]
    [InlineData(nameof(LegacyEncoding.Vps), TextReason.LegacyVps)]
    [InlineData(nameof(LegacyEncoding.Viscii), TextReason.LegacyViscii)]
    [InlineData(nameof(LegacyEncoding.BkHcm1), TextReason.LegacyBkHcm)]
    [InlineData(nameof(LegacyEncoding.VietwareX), TextReason.LegacyVietware)]
    [InlineData(nameof(LegacyEncoding.Windows1258), TextReason.LegacyWindows1258)]
    public void The_reason_names_the_encoding(string encoding, string reason)
        => Assert.Equal(reason, Judge(LegacyText.Written(Sentence, Enum.Parse<LegacyEncoding>(encoding))).Reason);

    [Theory]
    [InlineData("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM §éc lËp - Tù do - H¹nh phóc")]
    [InlineData("Ng-êi lao ®éng ph¶i ®-îc tr¶ l-¬ng ®óng h¹n theo qui ®Þnh")]
    [InlineData("Ngêi lao ®éng ph¶i ®îc tr¶ l¬ng ®óng h¹n theo qui ®Þnh")]
    [InlineData("Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập Tự do Hạnh phúc KÝnh göi: Uû ban nh©n d©n huyÖn Gia ViÔn, tØnh Ninh B×nh")]
    [InlineData("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam kính gửi Ủy ban nhân dân huyện Gia Viễn tỉnh Ninh Bình")]
    [InlineData("Ðảng bộ ®Þa ph­¬ng ®· thùc hiÖn nghÞ quyÕt cña Ban ChÊp hµnh")]
    public void Text_that_readers_and_people_changed_is_found(string text) => Assert.Equal(TextVerdict.Legacy, Judge(text).Verdict);

    [Fact]
    public void The_name_of_the_font_decides_where_words_are_few()
    {
        Assert.Equal(TextVerdict.TooLittle, Judge("Céng hoµ").Verdict);
        Assert.Equal(TextReason.LegacyTcvn3, Judge("Céng hoµ", "ABCDEF+.VnTime").Reason);
    }

    [Fact]
    public void The_name_of_the_font_does_not_condemn_right_text()
        => Assert.Equal(TextVerdict.Trusted, Judge(Sentence, ".VnTime", "VNI-Times").Verdict);

    [Theory]
    [MemberData(nameof(Broken))]
    public void Text_that_is_no_language_is_broken(string what, string text)
    {
        var trust = Judge(text);
        Assert.True(trust.Verdict == TextVerdict.Broken, $"{what}: {trust} {text}");
        Assert.Equal(TextReason.Broken, trust.Reason);
    }

    [Theory]
    [InlineData(-29)]
    [InlineData(-31)]
    [InlineData(3)]
    [InlineData(-1)]
    public void Codes_that_are_all_off_by_the_same_are_broken(int shift)
    {
        var vietnamese = string.Join(' ', Enumerable.Repeat(Sentence, 2));
        Assert.All([vietnamese, English, SearchKey.Of(vietnamese)], text
            => Assert.True(Judge(Shifted(text, shift)).Verdict == TextVerdict.Broken, Shifted(text, shift)));
    }

    [Fact]
    public void Most_exchanges_of_letters_are_seen_in_fifty_words()
    {
        var random = new Random(5);
        var pages = Enumerable.Range(0, 200).Select(_ =>
        {
            var letters = "abcdefghijklmnopqrstuvwxyz".ToCharArray();
            var others = letters.ToArray();
            random.Shuffle(others);
            return Exchanged(SearchKey.Of(Page(random, 50)), new string(letters), new string(others));
        });

        Assert.InRange(pages.Count(page => Judge(page).Verdict == TextVerdict.Broken), 150, 200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12 345 67,8 ...... - 100%")]
    [InlineData("Trang 2/5")]
    [InlineData("\uF0B7 \uF0A8 \uFFFD \uF0FE")]
    public void A_page_of_few_words_is_not_judged(string text)
    {
        var trust = Judge(text);
        Assert.Equal(TextVerdict.TooLittle, trust.Verdict);
        Assert.Equal(1, trust.Share);
    }

    [Fact]
    public void Sentences_of_the_administration_are_never_a_false_alarm()
    {
        var random = new Random(1);
        Assert.All(Enumerable.Range(0, 1500).Select(i => Page(random, 1 + (i % 80))), page => Assert.Null(Judge(page).Reason));
        Assert.All(Enumerable.Range(0, 300).Select(i => SearchKey.Of(Page(random, 1 + (i % 80)))), page => Assert.Null(Judge(page).Reason));
        Assert.All(Enumerable.Range(0, 300).Select(i => Page(random, 1 + (i % 80)).Normalize(NormalizationForm.FormD)), page => Assert.Null(Judge(page).Reason));
        Assert.All(Enumerable.Range(0, 300).Select(i => Page(random, 1 + (i % 80)).ToUpperInvariant()), page => Assert.Null(Judge(page).Reason));
    }

    [Fact]
    public void Sentences_of_the_administration_are_always_found_in_an_old_encoding()
    {
        var random = new Random(2);
        var encodings = LegacyText.Encodings.ToList();
        var readers = LegacyText.Readers.Keys.ToList();
        for (var i = 0; i < 2000; i++)
        {
            var text = Page(random, 12 + (i % 30));
            var (encoding, reader) = (encodings[i % encodings.Count], readers[i / encodings.Count % readers.Count]);
            var written = LegacyText.Written(i % 5 == 0 ? text.ToUpperInvariant() : text, encoding, reader);
            Assert.True(Judge(written).Verdict == TextVerdict.Legacy, $"{encoding} {reader}: {written} {Judge(written)}");
        }
    }

    private static string English => SoundTexts.All.Single(text => text.Name == "english").Text;

    private static TextTrust Judge(string text, params string[] fonts) => TextTrust.Judge(text.Split(' '), fonts);

    private static string Shifted(string text, int shift) => string.Concat(text.Select(c => c == ' ' ? c : (char)(c + shift)));

    private static string Exchanged(string text, string letters, string others)
        => string.Concat(text.Select(c => letters.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal) is >= 0 and var at ? others[at] : c));

    /// <summary>Phrases of administrative Vietnamese, at least so many words.</summary>
    private static string Page(Random random, int words)
    {
        var page = new List<string>();
        while (page.Count < words)
        {
            page.AddRange(PhraseLines[random.Next(PhraseLines.Count)].Split(' '));
        }

        return string.Join(' ', page);
    }

    private static List<string> PhraseLines { get; } = [.. Lines().Where(line => line.Length > 0 && line[0] != '#')];

    private static string[] Lines()
    {
        using var reader = new StreamReader(typeof(Phrases).Assembly.GetManifestResourceStream("phrases.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
    }
}
