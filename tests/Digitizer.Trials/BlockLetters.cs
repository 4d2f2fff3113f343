namespace Digitizer.Trials;

/// <summary>Writes in block letters of five by seven squares, for people who look at a trial's pages.</summary>
internal static class BlockLetters
{
    private const int Wide = 6;

    // Five bits a row, seven rows, the top row first.
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['0'] = "0E11131519110E", ['1'] = "040C040404040E", ['2'] = "0E11010204081F", ['3'] = "1F02040201110E", ['4'] = "02060A121F0202",
        ['5'] = "1F101E0101110E", ['6'] = "0608101E11110E", ['7'] = "1F010204080808", ['8'] = "0E11110E11110E", ['9'] = "0E11110F01020C",
        ['A'] = "0E11111F111111", ['D'] = "1C12111111121C", ['G'] = "0E11101711110F", ['H'] = "1111111F111111", ['I'] = "0E04040404040E",
        ['N'] = "11191513111111", ['O'] = "0E11111111110E", ['R'] = "1E11111E141211", ['T'] = "1F040404040404", ['V'] = "11111111110A04",
        ['.'] = "00000000000C0C", ['-'] = "0000001F000000", ['/'] = "00010204081000", [' '] = "00000000000000",
    };

    /// <summary>Writes a line.</summary>
    /// <param name="page">What to write on.</param>
    /// <param name="text">Capitals, digits, full stop, hyphen, slash and blank of those above.</param>
    /// <param name="left">Pixels.</param>
    /// <param name="top">Pixels.</param>
    /// <param name="square">Side of a square, pixels.</param>
    public static void Write(GreyPage page, string text, int left, int top, int square)
    {
        foreach (var (i, letter) in text.Index())
        {
            var rows = Convert.FromHexString(Letters[letter]);
            for (var bit = 0; bit < 35; bit++)
            {
                if ((rows[bit / 5] & (0x10 >> (bit % 5))) != 0)
                {
                    var (x, y) = (left + (((i * Wide) + (bit % 5)) * square), top + (bit / 5 * square));
                    page.Blacken(x, y, x + square, y + square);
                }
            }
        }
    }
}
