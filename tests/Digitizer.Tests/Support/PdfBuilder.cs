using System.Globalization;
using System.Text;

namespace Digitizer.Tests.Support;

/// <summary>Writes PDF files object by object, sound or broken: whatever it is given.</summary>
internal sealed class PdfBuilder
{
    private readonly List<byte[]> objects = [];

    /// <summary>The next object's number.</summary>
    public int Next => objects.Count + 1;

    /// <summary>Adds an object.</summary>
    /// <returns>Its number.</returns>
    public int Add(string content)
    {
        objects.Add(Encoding.Latin1.GetBytes(content));
        return objects.Count;
    }

    /// <summary>Adds a stream.</summary>
    /// <param name="entries">Of its dictionary, without /Length.</param>
    /// <param name="data">As coded.</param>
    /// <returns>Its number.</returns>
    public int Add(string entries, byte[] data)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"<< {entries} /Length {data.Length} >>\nstream\n");
        objects.Add([.. Encoding.Latin1.GetBytes(head), .. data, .. "\nendstream"u8]);
        return objects.Count;
    }

    /// <summary>Leaves a place for an object that others name first.</summary>
    public int Reserve() => Add("null");

    public void Set(int number, string content) => objects[number - 1] = Encoding.Latin1.GetBytes(content);

    /// <summary>The file with a cross-reference table.</summary>
    /// <param name="root">Number of the catalog.</param>
    /// <param name="trailer">Further entries of the trailer.</param>
    public byte[] ToArray(int root, string trailer = "")
    {
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n%\u00E2\u00E3\n"u8);
        var places = new List<long>();
        for (var i = 0; i < objects.Count; i++)
        {
            places.Add(file.Position);
            Write(file, $"{i + 1} 0 obj\n");
            file.Write(objects[i]);
            Write(file, "\nendobj\n");
        }

        var table = file.Position;
        Write(file, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
        {
            Write(file, $"{place:0000000000} 00000 n \n");
        }

        Write(file, $"trailer\n<< /Size {objects.Count + 1} /Root {root} 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    private static void Write(MemoryStream file, FormattableString text) => file.Write(Encoding.Latin1.GetBytes(text.ToString(CultureInfo.InvariantCulture)));

    private static void Write(MemoryStream file, string text) => file.Write(Encoding.Latin1.GetBytes(text));
}
