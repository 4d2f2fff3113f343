namespace Digitizer.Benchmarks.Scoring;

/// <summary>What is right and wrong in the reading of one page, as counts that can be added up.</summary>
internal sealed record PageScore
{
    /// <summary>Characters of the truth.</summary>
    public required int Length { get; init; }

    /// <summary>Edit distance in characters.</summary>
    public required int Errors { get; init; }

    /// <summary>The same without diacritics: errors of shape.</summary>
    public required int ShapeErrors { get; init; }

    /// <summary>The same with lines in any order.</summary>
    public required int FreeErrors { get; init; }

    /// <summary>Words of the truth.</summary>
    public required int Words { get; init; }

    /// <summary>Edit distance in words.</summary>
    public required int WordErrors { get; init; }

    /// <summary>Values that are asked for: numbers, dates, names.</summary>
    public required int Fields { get; init; }

    /// <summary>Those that stand in the reading letter by letter.</summary>
    public required int FieldsFound { get; init; }

    /// <summary>Characters that were read, right or wrong.</summary>
    public required int Read { get; init; }

    /// <summary>Character error rate.</summary>
    public double Rate => (double)Errors / Math.Max(1, Length);

    /// <summary>Character error rate with lines in any order.</summary>
    public double FreeRate => (double)FreeErrors / Math.Max(1, Length);

    /// <param name="truth">One visual line a line.</param>
    /// <param name="read">What the reader wrote.</param>
    /// <param name="fields">Values that stand on the page.</param>
    public static PageScore Of(string truth, string read, IReadOnlyCollection<string> fields)
    {
        var (a, b) = (ComparedText.Folded(truth), ComparedText.Folded(read));
        var (wordsOfTruth, found) = (ComparedText.Words(a), ComparedText.ToneFolded(b));
        return new PageScore
        {
            Length = ComparedText.Characters(a).Length,
            Errors = Distance(a, b),
            ShapeErrors = Distance(ComparedText.WithoutMarks(a), ComparedText.WithoutMarks(b)),
            FreeErrors = OrderFree.Distance(truth.Split('\n').Select(line => ComparedText.ToneFolded(ComparedText.Folded(line))), found),
            Words = wordsOfTruth.Length,
            WordErrors = EditDistance.Between(wordsOfTruth, ComparedText.Words(b)),
            Fields = fields.Count,
            FieldsFound = fields.Count(value => found.Contains(ComparedText.ToneFolded(ComparedText.Folded(value)), StringComparison.Ordinal)),
            Read = ComparedText.Characters(b).Length,
        };
    }

    /// <summary>All pages as one long one: rates of the sum weigh every character alike.</summary>
    public static PageScore Sum(IReadOnlyCollection<PageScore> pages) => new()
    {
        Length = pages.Sum(p => p.Length),
        Errors = pages.Sum(p => p.Errors),
        ShapeErrors = pages.Sum(p => p.ShapeErrors),
        FreeErrors = pages.Sum(p => p.FreeErrors),
        Words = pages.Sum(p => p.Words),
        WordErrors = pages.Sum(p => p.WordErrors),
        Fields = pages.Sum(p => p.Fields),
        FieldsFound = pages.Sum(p => p.FieldsFound),
        Read = pages.Sum(p => p.Read),
    };

    private static int Distance(string a, string b) => EditDistance.Between(ComparedText.Characters(a), ComparedText.Characters(b));
}
