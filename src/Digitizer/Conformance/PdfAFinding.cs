namespace Digitizer.Conformance;

/// <summary>What keeps a file from claiming PDF/A-2u.</summary>
/// <param name="Clause">Of ISO 19005-2, for instance <c>6.2.11.4</c>.</param>
/// <param name="What">What is wrong, or what cannot be decided; one sentence without page text.</param>
/// <param name="Where">The place: <c>page 3</c>, <c>object 12</c>, <c>the trailer</c>.</param>
internal sealed record PdfAFinding(string Clause, string What, string Where)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Clause} ({Where}): {What}";
}
