using System.Text;
using Digitizer.VietnameseText;
using Digitizer.VietnameseText.Legacy;

namespace Digitizer.Tests.VietnameseText.Legacy;

public sealed class LegacyTableTests
{
    private const string Small = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ";

    public static TheoryData<string> Encodings => [.. LegacyText.Encodings.Select(encoding => encoding.ToString())];

    [Theory]
    [InlineData(nameof(LegacyEncoding.Tcvn3), "TØnh Ninh B×nh", "Tỉnh Ninh Bình")]
    [InlineData(nameof(LegacyEncoding.Tcvn3), "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam")]
    [InlineData(nameof(LegacyEncoding.Tcvn3), "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc")]
    [InlineData(nameof(LegacyEncoding.Tcvn3), "Ng\u00ADêi lao ®éng ph¶i ®\u00ADîc tr¶ l\u00AD¬ng ®óng h¹n.", "Người lao động phải được trả lương đúng hạn.")]
    [InlineData(nameof(LegacyEncoding.Vni), "Xin chaøo caùc baïn", "Xin chào các bạn")]
    [InlineData(nameof(LegacyEncoding.Vni), "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam")]
    [InlineData(nameof(LegacyEncoding.Vni), "ÑOÄC LAÄP TÖÏ DO HAÏNH PHUÙC", "ĐỘC LẬP TỰ DO HẠNH PHÚC")]
    [InlineData(nameof(LegacyEncoding.Vni), "Aùo ñöôïc Ôû ñaây", "Áo được Ở đây")]
    [InlineData(nameof(LegacyEncoding.Viscii), "Cµng hòa xã hµi chü nghîa Vi®t Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam")]
    [InlineData(nameof(LegacyEncoding.Vps), "C¶ng hòa xã h¶i chû nghïa Vi\u008Ct Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam")]
    [InlineData(nameof(LegacyEncoding.Windows1258), "Viêòt", "Việt")]
    public void Known_texts_are_read(string encoding, string written, string text)
        => Assert.Equal(text, LegacyTable.Of(Enum.Parse<LegacyEncoding>(encoding)).Decode(written, CodeView.Windows));

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_small_letter_goes_there_and_back_in_every_view(string name)
    {
        var encoding = Enum.Parse<LegacyEncoding>(name);
        Assert.All(LegacyText.Readers.Keys, reader => Assert.All(Small, letter
            => Assert.Equal(letter.ToString(), Decoded(LegacyText.Written(letter.ToString(), encoding, reader), encoding, reader))));
    }

    [Theory]
    [InlineData(nameof(LegacyEncoding.Vni))]
    [InlineData(nameof(LegacyEncoding.Vps))]
    [InlineData(nameof(LegacyEncoding.Viscii))]
    [InlineData(nameof(LegacyEncoding.VietwareX))]
    [InlineData(nameof(LegacyEncoding.Windows1258))]
    public void Every_capital_goes_there_and_back(string name)
    {
        var encoding = Enum.Parse<LegacyEncoding>(name);
        Assert.All(Small.ToUpperInvariant(), letter => Assert.Equal(letter.ToString(), Decoded(LegacyText.Written(letter.ToString(), encoding), encoding, "Latin-1")));
    }

    [Fact]
    public void Tcvn3_has_seven_capitals_and_67_small_letters()
    {
        var codes = LegacyTable.Of(LegacyEncoding.Tcvn3).Codes;

        Assert.Equal("ÂÊÔĂĐƠƯ", string.Concat(codes.Keys.Where(char.IsUpper).Order()));
        Assert.Equal(67, codes.Keys.Count(char.IsLower));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void No_two_small_letters_share_a_code(string name)
        => Assert.Equal(67, LegacyTable.Of(Enum.Parse<LegacyEncoding>(name)).Codes.Where(c => char.IsLower(c.Key)).Select(c => c.Value).Distinct().Count());

    [Theory]
    [MemberData(nameof(Encodings))]
    public void All_syllables_go_there_and_back(string name)
    {
        var encoding = Enum.Parse<LegacyEncoding>(name);
        Assert.All(Spelling.Toned.Select(syllable => syllable.Written(ToneStyle.Old)).Where((_, at) => at % 7 == 0), syllable
            => Assert.Equal(syllable, Decoded(LegacyText.Written(syllable, encoding), encoding, "Latin-1")));
    }

    private static string Decoded(string written, LegacyEncoding encoding, string reader)
        => LegacyTable.Of(encoding).Decode(written, reader == "MacRoman" ? CodeView.Mac : CodeView.Windows).Normalize(NormalizationForm.FormC);
}
