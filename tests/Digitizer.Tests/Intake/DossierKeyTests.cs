using Digitizer.Failures;
using Digitizer.Intake;

namespace Digitizer.Tests.Intake;

public sealed class DossierKeyTests
{
    private static readonly DateOnly Today = new(2026, 10, 1);

    [Theory]
    [InlineData("000.00.01.H29-260310-0420")]
    [InlineData("38.98.H29-210519-0013")]
    [InlineData("G09.20-20260609-0092637")]
    [InlineData("H27.12.5-260310-00420")]
    public void Codes_as_counters_issue_them_are_taken_as_they_are(string code)
        => Assert.Equal(code, DossierKey.Parse(code, Today).Code);

    [Theory]
    [InlineData(" 000.00.01.H29 - 260310 – 0420 ")]
    [InlineData("000. 00 .01.H29-260310-0420")]
    [InlineData("000.00.01.h29-260310-0420")]
    [InlineData("000.00.01.H29-260310-0420\n")]
    [InlineData("OOO.00.0l.H29-2603I0-0420")]
    public void Slips_of_typing_and_reading_are_mended(string code)
        => Assert.Equal("000.00.01.H29-260310-0420", DossierKey.Parse(code, Today).Code);

    [Fact]
    public void A_seven_read_as_T_is_mended_in_an_agency_only()
        => Assert.Equal("000.00.00.H27-260310-0420", DossierKey.Parse("000.00.00.H2T-260310-0420", Today).Code);

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("000.00.01.H29-260310")]
    [InlineData("000.00.01.H29-260310-042")]
    [InlineData("000.00.01.H29-260310-0420/..")]
    [InlineData("../../etc-260310-0420")]
    [InlineData("000.00.01.H29-261332-0420")]
    [InlineData("000.00.01.H29-261003-0420")]
    [InlineData("٠٠٠.00.01.H29-260310-0420")]
    public void Anything_else_is_refused_with_an_example(string code)
    {
        var failure = Assert.Throws<DigitizerException>(() => DossierKey.Parse(code, Today));
        Assert.Equal(FailureKind.DossierCodeInvalid, failure.Kind);
        Assert.Contains("for instance 000.00.01.H29-260310-0420", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_of_tomorrow_is_taken_for_the_sake_of_time_zones()
        => Assert.Equal("H29-261002-0420", DossierKey.Parse("H29-261002-0420", Today).Code);
}
