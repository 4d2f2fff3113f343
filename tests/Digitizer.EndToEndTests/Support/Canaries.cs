using System.Text;
using System.Text.Encodings.Web;

namespace Digitizer.EndToEndTests.Support;

/// <summary>Persons who do not exist, put where the product meets persons, and looked for where it must not speak of them.</summary>
internal static class Canaries
{
    public const string PersonalId = "001099012345";
    public const string Name = "Trần Thị Chim Yến";
    public const string Phone = "0912 555 678";
    public const string DossierCode = "000.00.01.H29-260310-7731";
    public const string FileName = "ho-so-cua-chim-hoang-yen";

    /// <summary>Those of the form in samples/, which stands on its page only.</summary>
    public static readonly IReadOnlyList<string> OnPage = ["Hoàng Văn Thử", "vidu@example.vn", "000.00.00.H27-240417-0009"];

    /// <summary>Those that are given in beside pages.</summary>
    public static readonly IReadOnlyList<string> Given = [PersonalId, Name, Phone, DossierCode, FileName];

    public static IEnumerable<string> All => Given.Concat(OnPage);

    /// <summary>True if a text is in the bytes, as UTF-8, UTF-16, or as JSON escapes it.</summary>
    public static bool IsIn(ReadOnlySpan<byte> bytes, string text)
        => bytes.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0
        || bytes.IndexOf(Encoding.Unicode.GetBytes(text)) >= 0
        || bytes.IndexOf(Encoding.ASCII.GetBytes(JavaScriptEncoder.Default.Encode(text))) >= 0;
}
