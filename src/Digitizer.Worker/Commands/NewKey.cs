using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Worker.Api.Access;

namespace Digitizer.Worker.Commands;

/// <summary>What <c>keys add</c> is told about the key.</summary>
internal static partial class NewKey
{
    private const int MaxName = 100;

    private static readonly Option<string> Name = Checked(
        new Option<string>("--name") { Description = "Whose key it is.", HelpName = "NAME", Required = true },
        name => name.Trim().Length is 0 or > MaxName ? $"--name: write 1 to {MaxName} characters." : null);

    private static readonly Option<string[]> Rights = Checked(
        new Option<string[]>("--right") { Description = $"What it allows: {RightNames.All}, or several of them with commas between; submit,read if it is not said.", HelpName = "RIGHTS" },
        rights => RightNames.Parse(Words(rights), out var unknown) == Right.None || unknown is not null ? $"--right: write one or several of {RightNames.All}." : null);

    private static readonly Option<string[]> Sources = Checked(
        new Option<string[]>("--source") { Description = "A source that it may submit to and whose units it may see; all if none is named.", HelpName = "SOURCE" },
        sources => sources.Any(string.IsNullOrWhiteSpace) ? "--source: write the name of a source." : null);

    private static readonly Option<string[]> Dossiers = Checked(
        new Option<string[]>("--dossier") { Description = "Dossiers that it may name and see: a code, or its beginning and *; all if none are named.", HelpName = "PATTERN" },
        patterns => patterns.Select(PatternProblem).FirstOrDefault(problem => problem is not null));

    private static readonly Option<DateTimeOffset?> Expires = new("--expires")
    {
        Description = "Days that it holds (365d), or the last day (2027-12-31); for ever if it is not said.",
        HelpName = "WHEN",
        CustomParser = result => Or(result, ExpiryOf(result.Tokens[0].Value, TimeProvider.System), "write a number of days such as 365d, or a day to come such as 2027-12-31."),
    };

    private static readonly Option<int?> Requests = Number("--requests-per-minute", $"Most calls in a minute; {CallerLimits.Default.RequestsPerMinute} if it is not said.", 1_000_000);

    private static readonly Option<long?> Upload = new("--max-upload")
    {
        Description = "Largest upload, such as 512M or 2G; 512M if it is not said.",
        HelpName = "SIZE",
        CustomParser = result => Or(result, SizeOf(result.Tokens[0].Value), "write a size such as 512M or 2G, at most 1024G."),
    };

    private static readonly Option<int?> Uploads = Number("--uploads-at-a-time", $"Most uploads that are under way; {CallerLimits.Default.UploadsAtATime} if it is not said.", 10_000);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> Options { get; } = [Name, Rights, Sources, Dossiers, Expires, Requests, Upload, Uploads];

    /// <summary>The key that is asked for.</summary>
    /// <param name="parsed">Without errors.</param>
    /// <param name="text">Its text.</param>
    /// <param name="time">The clock.</param>
    public static ApiKey Of(ParseResult parsed, KeyText text, TimeProvider time)
    {
        var usual = CallerLimits.Default;
        var limits = new CallerLimits(parsed.GetValue(Requests) ?? usual.RequestsPerMinute, parsed.GetValue(Upload) ?? usual.UploadBytes, parsed.GetValue(Uploads) ?? usual.UploadsAtATime);
        var rights = parsed.GetValue(Rights) is { Length: > 0 } names ? RightNames.Parse(Words(names), out _) : Right.Submit | Right.Read;
        return new ApiKey(
            text.Id, parsed.GetRequiredValue(Name).Trim(), time.GetUtcNow(), parsed.GetValue(Expires), null, text.Sha256,
            new Grant(rights, OrAll(parsed.GetValue(Sources)), OrAll(parsed.GetValue(Dossiers)), limits));
    }

    private static string[] OrAll(string[]? said) => said is { Length: > 0 } ? said : [Grant.All];

    private static IEnumerable<string> Words(string[] rights)
        => rights.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(word => word.ToLowerInvariant());

    private static string? PatternProblem(string pattern)
    {
        if (Beginning().IsMatch(pattern))
        {
            return null;
        }

        try
        {
            // A code with the mistakes that are forgiven elsewhere would never be met again.
            var code = DossierKey.Parse(pattern, DateOnly.MaxValue.AddDays(-1)).Code;
            return code == pattern ? null : $"--dossier: write {code} as it is meant.";
        }
        catch (DigitizerException e)
        {
            return $"--dossier: {e.Message} All that begin alike: 000.00.01.H29-*";
        }
    }

    // The last day counts as a whole, where this machine is.
    private static DateTimeOffset? ExpiryOf(string text, TimeProvider time)
    {
        var now = time.GetUtcNow();
        if (Days().Match(text) is { Success: true } days)
        {
            return now.AddDays(int.Parse(days.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year > 9000)
        {
            return null;
        }

        var end = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var expiry = new DateTimeOffset(end, time.LocalTimeZone.GetUtcOffset(end));
        return expiry > now ? expiry : null;
    }

    private static long? SizeOf(string text)
    {
        var match = Size().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var unit = match.Groups[2].Value.ToUpperInvariant() switch { "K" => 10, "M" => 20, "G" => 30, _ => 0 };
        var bytes = (decimal)long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * (1L << unit);
        return bytes is >= 1 and <= (1L << 40) ? (long)bytes : null;
    }

    private static Option<int?> Number(string name, string description, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Or<int>(
            result,
            int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null,
            $"write a number from 1 to {most}."),
    };

    private static T? Or<T>(ArgumentResult result, T? value, string otherwise)
        where T : struct
    {
        if (value is null)
        {
            result.AddError($"{(result.Parent as OptionResult)?.IdentifierToken?.Value}: {otherwise}");
        }

        return value;
    }

    private static Option<T> Checked<T>(Option<T> option, Func<T, string?> problem)
    {
        option.Validators.Add(result => Add(result, problem(result.GetValueOrDefault<T>()!)));
        return option;
    }

    private static void Add(OptionResult result, string? problem)
    {
        if (problem is not null)
        {
            result.AddError(problem);
        }
    }

    [GeneratedRegex(@"^[0-9A-Z.-]*\*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"^([1-9][0-9]{0,4})d\z", RegexOptions.CultureInvariant)]
    private static partial Regex Days();

    [GeneratedRegex(@"^([0-9]{1,15})(?:([KMG])(?:i?B)?)?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}
