using Digitizer.Pages.Jbig2;

namespace Digitizer.Tests.Pages.Jbig2;

public sealed class MqEncoderTests
{
    /// <summary>ITU-T T.88, H.2: 256 symbols in one context, and what they are coded as.</summary>
    private const string Symbols = "00020051000000C00352872AAAAAAAAA82C02000FCD79EF6BF7FED904F46A3BF";
    private const string Coded = "84C73BFCE1A1430402200000410DBB86F4317FFF88FF37471ADB6ADFFFAC";

    [Fact]
    public void The_test_sequence_of_the_standard_is_coded_as_the_standard_says()
    {
        var coder = new MqEncoder(contexts: 1);
        foreach (var bit in Bits())
        {
            coder.Encode(0, bit);
        }

        Assert.Equal(Coded, Convert.ToHexString(coder.Finish()));
    }

    [Fact]
    public void A_run_is_coded_as_its_symbols_are_one_by_one()
    {
        var random = new Random(88);
        var (single, runs) = (new MqEncoder(contexts: 4), new MqEncoder(contexts: 4));
        for (var i = 0; i < 3000; i++)
        {
            var (context, bit, count) = (random.Next(4), random.Next(5) == 0 ? 1 : 0, (int)Math.Pow(10, 4 * random.NextDouble()) - 1);
            runs.EncodeRun(context, bit, count);
            for (var n = 0; n < count; n++)
            {
                single.Encode(context, bit);
            }
        }

        Assert.Equal(Convert.ToHexString(single.Finish()), Convert.ToHexString(runs.Finish()));
    }

    private static IEnumerable<int> Bits()
        => Convert.FromHexString(Symbols).SelectMany(b => Enumerable.Range(0, 8).Select(i => (b >> (7 - i)) & 1));
}
