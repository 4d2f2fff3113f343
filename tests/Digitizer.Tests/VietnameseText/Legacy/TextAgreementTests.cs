using System.Text;
using Digitizer.VietnameseText.Legacy;

namespace Digitizer.Tests.VietnameseText.Legacy;

public sealed class TextAgreementTests
{
    private static readonly string[] Lines =
    [
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "1 Nguyễn Thị Thúy Hằng 12/03/1975 000.00.12.H26-220101-0001 12.500.000 đ",
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 55/TTr-SNV ngày 02/3/2021",
        "Nơi nhận: Như Điều 3; Lưu: VT, NC.",
        "All human beings are born free and equal in dignity and rights.",
        "Tous les êtres humains naissent libres et égaux en dignité et en droits.",
        "29A-123.45 51F-678.90 43C-111.22 36B-999.99 30H-555.66",
        "Tổng cộng 27.800.000 30.580.000 100% 5,2% -1,7%",
    ];

    [Fact]
    public void Right_text_agrees_with_what_a_noisy_reader_makes_of_it()
    {
        var random = new Random(3);
        var shares = Enumerable.Range(0, 2000).Select(i => TextAgreement.Of(Lines[i % Lines.Length], Misread(Lines[i % Lines.Length], random, 0.06))!.Value).Order().ToList();
        Assert.True(shares[20] > TextAgreement.Least, $"{shares[0]:F2} {shares[20]:F2} {shares[200]:F2} {shares[1000]:F2}");
    }

    [Fact]
    public void Another_line_does_not_agree()
    {
        var shares = from kept in Lines from read in Lines where kept != read select TextAgreement.Of(kept, read)!.Value;
        Assert.InRange(shares.Max(), 0, TextAgreement.Least - 0.25);
    }

    [Fact]
    public void Old_encodings_do_not_agree()
    {
        var shares = from encoding in LegacyText.Encodings
                     from line in Lines.Take(3)
                     select TextAgreement.Of(LegacyText.Written(line, encoding), line)!.Value;
        Assert.InRange(shares.Max(), 0, TextAgreement.Least);
    }

    [Fact]
    public void Shifted_codes_do_not_agree()
        => Assert.All(Lines, line => Assert.InRange(TextAgreement.Of(string.Concat(line.Select(c => c == ' ' ? c : (char)(c - 29))), line) ?? 0, 0, 0.5));

    [Theory]
    [InlineData("Số: 1O/QĐ-UBND", "Số: 10/QĐ-UBND")]
    [InlineData("Điều 1. Phạm vi điều chỉnh .......... 3", "ĐIỀU l PHẠM VI ĐIỀU CHỈNH 3")]
    [InlineData("“Quoted” – the ﬁrst ofﬁce", "\"Quoted\" - the first office")]
    [InlineData("Ðộc lập – Tự do", "Độc lập - Tự do")]
    public void What_readers_confuse_is_one(string kept, string read) => Assert.Equal(1, TextAgreement.Of(kept, read));

    [Fact]
    public void Normal_forms_do_not_matter()
        => Assert.All(Lines, line => Assert.Equal(1, TextAgreement.Of(line.Normalize(NormalizationForm.FormD), line)));

    [Theory]
    [InlineData("Trang 2", "Trang 2")]
    [InlineData("", "something that was read")]
    [InlineData(". . . . . . . . . . . .", "")]
    [InlineData("Все люди рождаются свободными", "Bce lioan poxqaioтсa")]
    [InlineData("人人生而自由在尊严和权利上一律平等", "AAEmBB")]
    public void Too_little_and_other_scripts_are_not_compared(string kept, string read) => Assert.Null(TextAgreement.Of(kept, read));

    [Fact]
    public void Of_three_lines_the_one_in_the_middle_decides()
    {
        Assert.True(TextAgreement.Agree([(Lines[0], Lines[0]), (Lines[1], Lines[1]), (Lines[2], Lines[4])]));
        Assert.False(TextAgreement.Agree([(Lines[0], Lines[0]), (Lines[1], Lines[3]), (Lines[2], Lines[4])]));
        Assert.False(TextAgreement.Agree([(Lines[0], "")]));
        Assert.Null(TextAgreement.Agree([("2", "2")]));
    }

    /// <summary>Loses, doubles and exchanges characters, and drops accents.</summary>
    private static string Misread(string line, Random random, double share)
    {
        var read = new StringBuilder();
        foreach (var c in line)
        {
            var kind = random.NextDouble() < share ? random.Next(4) : -1;
            read.Append(kind switch
            {
                0 => "",
                1 => $"{c}{c}",
                2 => ((char)('a' + random.Next(26))).ToString(),
                3 => c.ToString().Normalize(NormalizationForm.FormD)[..1],
                _ => c.ToString(),
            });
        }

        return read.ToString();
    }
}
