namespace Digitizer.Assembly.Check;

/// <summary>What can stand in a PDF object (ISO 32000-1, 7.3).</summary>
internal abstract record PdfValue;

internal sealed record PdfNumber(double Value) : PdfValue;

/// <param name="Text">Without the slash.</param>
internal sealed record PdfName(string Text) : PdfValue;

/// <summary>A string, literal or hexadecimal.</summary>
internal sealed record PdfBytes(byte[] Bytes) : PdfValue;

internal sealed record PdfArray(IReadOnlyList<PdfValue> Items) : PdfValue;

internal sealed record PdfReference(int Number) : PdfValue;

/// <summary><c>true</c>, <c>false</c>, <c>null</c>, or an operator.</summary>
internal sealed record PdfKeyword(string Text) : PdfValue;

internal sealed record PdfDictionary(IReadOnlyDictionary<string, PdfValue> Entries) : PdfValue
{
    public PdfValue? this[string key] => Entries.GetValueOrDefault(key);

    public bool IsName(string key, string name) => this[key] is PdfName found && found.Text == name;
}

/// <summary>An object as found in the file.</summary>
/// <param name="Value">Its value, or its dictionary if it is a stream.</param>
/// <param name="DataAt">Where the stream's bytes begin, or null if it is no stream.</param>
internal sealed record PdfObject(PdfValue Value, long? DataAt)
{
    public PdfDictionary? Dictionary => Value as PdfDictionary;
}
