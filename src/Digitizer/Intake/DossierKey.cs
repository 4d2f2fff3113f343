using System.Globalization;
using System.Text.RegularExpressions;
using Digitizer.Failures;

namespace Digitizer.Intake;

/// <summary>
/// A dossier code (mã hồ sơ): agency – day – number, as issued by the systems of the one-stop
/// counters. Agencies are written by QCVN 102:2016 (<c>000.00.01.H29</c>) or by QĐ 20/2020 (<c>G09.20</c>).
/// </summary>
internal sealed partial record DossierKey
{
    private const string Example = "000.00.01.H29-260310-0420";

    private DossierKey(string code) => Code = code;

    /// <summary>In its written form; letters, digits, full stops and hyphens only, so it can name a folder.</summary>
    public string Code { get; }

    /// <summary>Checks a code and mends how it was typed.</summary>
    /// <param name="text">Blanks around stops and hyphens, long dashes, small letters, and O, I, l, T for digits are mended.</param>
    /// <param name="today">The day in the code may be at most a day after this one (time zones).</param>
    /// <exception cref="DigitizerException">DossierCodeInvalid.</exception>
    public static DossierKey Parse(string text, DateOnly today)
    {
        var tidy = Tidy(text);
        var match = Pattern().Match(tidy);
        if (!match.Success)
        {
            match = Pattern().Match(MendDigits(tidy));
        }

        if (!match.Success)
        {
            throw Invalid(text, "is not of the form agency-date-number");
        }

        var day = match.Groups["date"].Value;
        var isDay = DateOnly.TryParseExact(day.Length == 6 ? "20" + day : day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        if (!isDay)
        {
            throw Invalid(text, $"holds {day}, which is no day");
        }

        return date <= today.AddDays(1) ? new DossierKey(match.Value) : throw Invalid(text, "holds a day that is still to come");
    }

    public override string ToString() => Code;

    private static string Tidy(string text)
    {
        var hyphens = LongDashes().Replace(text.Trim(), "-");
        return BlanksAroundSigns().Replace(hyphens, "$1");
    }

    // Only where the grammar wants digits: an agency may have letters of its own.
    private static string MendDigits(string code) => string.Concat(Segments().Split(code).Select(MendSegment)).ToUpperInvariant();

    private static string MendSegment(string segment)
    {
        if (LikeDigits().IsMatch(segment))
        {
            return AsDigits(segment);
        }

        return LikeLetterAndDigits().IsMatch(segment) ? segment[..1] + AsDigits(segment[1..]) : segment;
    }

    private static string AsDigits(string text)
        => text.Replace('O', '0').Replace('o', '0').Replace('I', '1').Replace('l', '1').Replace('T', '7');

    private static DigitizerException Invalid(string text, string why) => new(
        FailureKind.DossierCodeInvalid,
        $"The dossier code {ShownName.Escape(text)} {why}. Write it as on the receipt, for instance {Example}.");

    [GeneratedRegex(@"^(?<org>(?:[0-9]{2,3}\.){1,3}[A-Z][0-9]{2}|[A-Z][0-9]{2}(?:\.[0-9A-Z]{1,6}){0,4})-(?<date>(?:20)?[0-9]{6})-(?<seq>[0-9]{4,7})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"[\u2010-\u2015\u2212]", RegexOptions.CultureInvariant)]
    private static partial Regex LongDashes();

    [GeneratedRegex(@"\s*([.-])\s*", RegexOptions.CultureInvariant)]
    private static partial Regex BlanksAroundSigns();

    [GeneratedRegex("([.-])", RegexOptions.CultureInvariant)]
    private static partial Regex Segments();

    [GeneratedRegex("^[0-9OoIl]+$", RegexOptions.CultureInvariant)]
    private static partial Regex LikeDigits();

    [GeneratedRegex("^[A-Za-z][0-9OoIlT]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex LikeLetterAndDigits();
}
