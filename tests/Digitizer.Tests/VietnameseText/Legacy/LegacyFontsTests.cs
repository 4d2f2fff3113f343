using Digitizer.VietnameseText.Legacy;

namespace Digitizer.Tests.VietnameseText.Legacy;

public sealed class LegacyFontsTests
{
    [Theory]
    [InlineData(".VnTime", nameof(LegacyEncoding.Tcvn3))]
    [InlineData(".VnTimeH", nameof(LegacyEncoding.Tcvn3))]
    [InlineData("ABCDEF+.VnTime", nameof(LegacyEncoding.Tcvn3))]
    [InlineData("ABCDEF+#2EVnTimeH,Bold", nameof(LegacyEncoding.Tcvn3))]
    [InlineData("#2EVnArial#20Narrow", nameof(LegacyEncoding.Tcvn3))]
    [InlineData(".VnCentury Schoolbook", nameof(LegacyEncoding.Tcvn3))]
    [InlineData(".Vn3DH", nameof(LegacyEncoding.Tcvn3))]
    [InlineData("VnTime-Bold", nameof(LegacyEncoding.Tcvn3))]
    [InlineData("VNtimeH", nameof(LegacyEncoding.Tcvn3))]
    [InlineData("VNI-Times", nameof(LegacyEncoding.Vni))]
    [InlineData("XYZABC+VNI-Helve-Condense,Italic", nameof(LegacyEncoding.Vni))]
    [InlineData("VNI Times", nameof(LegacyEncoding.Vni))]
    [InlineData("Vni 08 Springtime2", nameof(LegacyEncoding.Vni))]
    [InlineData("VPS Times", nameof(LegacyEncoding.Vps))]
    [InlineData("ABCDEF+VPS-Helv", nameof(LegacyEncoding.Vps))]
    [InlineData("VI Times", nameof(LegacyEncoding.Viscii))]
    [InlineData("TimesVISCII", nameof(LegacyEncoding.Viscii))]
    [InlineData("BK HCM Times", nameof(LegacyEncoding.BkHcm2))]
    [InlineData("VNtimes new roman", nameof(LegacyEncoding.VietwareX))]
    [InlineData("SVNtimes new roman", nameof(LegacyEncoding.VietwareF))]
    public void Old_fonts_are_known_by_their_names(string font, string encoding) => Assert.Equal(Enum.Parse<LegacyEncoding>(encoding), LegacyFonts.EncodingOf(font));

    [Theory]
    [InlineData("TimesNewRomanPSMT")]
    [InlineData("ABCDEF+TimesNewRoman,Bold")]
    [InlineData("Arial")]
    [InlineData("Vnique")]
    [InlineData("VnpayFont")]
    [InlineData("UTM-Times")]
    [InlineData("SVN-Times New Roman")]
    [InlineData("SVN-Arial")]
    [InlineData("VNF-Comic Sans")]
    [InlineData("VPSans-Regular")]
    [InlineData("Vinhan")]
    [InlineData("Vivaldi")]
    [InlineData("VictorMono")]
    [InlineData("Unicode VNI")]
    [InlineData("ABCDEF+")]
    [InlineData("")]
    public void Other_fonts_are_not(string font) => Assert.Null(LegacyFonts.EncodingOf(font));
}
