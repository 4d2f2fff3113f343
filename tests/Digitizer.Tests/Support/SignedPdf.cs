using System.Globalization;
using System.Text;

namespace Digitizer.Tests.Support;

/// <summary>PDFs with a signature field whose byte range is that of the file; the signature's value itself is made up, as nobody here judges it.</summary>
internal static class SignedPdf
{
    /// <summary>A signature's dictionary before the file is known: <see cref="Seal"/> puts in the byte range.</summary>
    public const string Value = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 1111111111 2222222222 3333333333] /Contents <3082010F06092A864886F70D010702> >>";

    /// <summary>A file of the given pages, signed as a whole in a field named <paramref name="field"/>.</summary>
    public static byte[] Of(string field, params ScanPage[] pages) => Of(field, "", pages);

    /// <summary>As above, with further entries in its catalog.</summary>
    public static byte[] Of(string field, string catalog, params ScanPage[] pages)
        => Seal(ScanPdf.Build($"/AcroForm << /SigFlags 3 /Fields [{{0}}] >> {catalog}", $"<< /FT /Sig /T ({field}) /V {Value} >>", pages));

    /// <summary>Puts the byte range into a file that has a <see cref="Value"/> in it: all but the value's own digits.</summary>
    public static byte[] Seal(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        var start = text.IndexOf("/Contents <3082", StringComparison.Ordinal) + "/Contents ".Length;
        var end = text.IndexOf('>', start) + 1;
        return Encoding.Latin1.GetBytes(text
            .Replace("1111111111", Padded(start), StringComparison.Ordinal)
            .Replace("2222222222", Padded(end), StringComparison.Ordinal)
            .Replace("3333333333", Padded(text.Length - end), StringComparison.Ordinal));
    }

    // As wide as what it stands for, so that nothing behind it moves.
    private static string Padded(int number) => number.ToString(CultureInfo.InvariantCulture).PadRight(10);
}
