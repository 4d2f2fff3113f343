using System.Text;
using Digitizer.VietnameseText;

namespace Digitizer.Tests.VietnameseText;

public sealed class VowelsTests
{
    private const string Plain = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";

    // The marks as Unicode has them, in the order of the enum.
    private static readonly string[] Marks = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"];

    [Fact]
    public void Letters_come_apart_and_together_as_in_Unicode()
    {
        foreach (var plain in Plain)
        {
            foreach (var tone in Enum.GetValues<Tone>())
            {
                var letter = (plain + Marks[(int)tone]).Normalize(NormalizationForm.FormC).Single();
                Assert.Equal((plain, tone), Vowels.Split(letter));
                Assert.Equal(letter, Vowels.With(plain, tone));
                Assert.Equal(plain, Vowels.With(letter, Tone.Ngang));
                Assert.True(Vowels.Contains(letter));
            }
        }
    }

    [Theory]
    [InlineData('đ')]
    [InlineData('b')]
    [InlineData('ń')]
    [InlineData('ö')]
    [InlineData('ŭ')]
    [InlineData('`')]
    [InlineData('Ạ' - 1)]
    [InlineData('ỹ' + 1)]
    [InlineData('語')]
    public void What_is_no_vowel_stays(char c)
    {
        Assert.False(Vowels.Contains(c));
        Assert.Equal((c, Tone.Ngang), Vowels.Split(c));
        Assert.Equal(c, Vowels.With(c, Tone.Sac));
    }
}
