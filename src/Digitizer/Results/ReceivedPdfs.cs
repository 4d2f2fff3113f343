using Digitizer.Pages.Pdf;

namespace Digitizer.Results;

/// <summary>What a result file says of the PDFs that its pages came from.</summary>
internal static class ReceivedPdfs
{
    /// <summary>Its cross-reference table was broken.</summary>
    public const string Repaired = "PDF-REPAIRED";

    /// <summary>It may be read in two ways.</summary>
    public const string Ambiguous = "PDF-AMBIGUOUS";

    /// <summary>Something in it was not carried on.</summary>
    public const string Stripped = "PDF-STRIPPED";

    /// <summary>It was encrypted with an empty password.</summary>
    public const string Decrypted = "PDF-DECRYPTED";

    /// <summary>It is signed, and something was added after a signature was made.</summary>
    public const string SignedInPart = "PDF-SIGNED-IN-PART";

    /// <summary>What was taken over keeps the document from being PDF/A.</summary>
    public const string NotArchival = "PDF-NOT-ARCHIVAL";

    /// <summary>Files of which there is something to say, in the order of their pages.</summary>
    public static IReadOnlyList<ReceivedPdf> Of(IReadOnlyList<ReadPage> pages, IReadOnlyList<SourceOfPage> sources)
        => [.. pages.Zip(sources)
            .Where(p => p.First.Frame.Origin is { } origin && HasNews(origin))
            .DistinctBy(p => p.Second)
            .Select(p => Of(p.Second.FileName, p.First.Frame.Origin!))];

    /// <summary>As rules that a clerk reads.</summary>
    public static IEnumerable<RuleResult> Rules(ReceivedPdf pdf)
    {
        if (pdf.WasRepaired)
        {
            yield return Rule(Repaired, $"{pdf.File}: bảng tham chiếu của tệp PDF bị hỏng, đã được dựng lại; hãy kiểm tra đủ trang.");
        }

        if (pdf.IsAmbiguous)
        {
            yield return Rule(Ambiguous, $"{pdf.File}: tệp PDF có thể hiển thị khác nhau tùy phần mềm; hãy so kết quả với bản giấy.");
        }

        // A signed file stays encrypted, as it is handed on byte for byte.
        if (pdf.WasEncrypted && pdf.Signatures.Count == 0)
        {
            yield return Rule(Decrypted, $"{pdf.File}: tệp PDF được mã hóa không mật khẩu; kết quả không còn mã hóa.");
        }

        if (pdf.LeftOut.Count > 0)
        {
            yield return Rule(Stripped, $"{pdf.File}: đã bỏ phần hoạt động hoặc đính kèm trong tệp PDF ({string.Join(", ", pdf.LeftOut.Select(Vietnamese))}).");
        }

        if (pdf.Signatures.Count > 0 && !pdf.Signatures.Any(s => s.CoversAll))
        {
            yield return Rule(SignedInPart, $"{pdf.File}: tệp đã ký số nhưng có phần thêm vào sau khi ký; hãy kiểm tra chữ ký.");
        }
    }

    /// <summary>The document cannot be PDF/A; null: it is, or nobody changed it.</summary>
    public static RuleResult? NotArchivalRule(PdfResult pdf) => pdf.NotArchival is null
        ? null
        : Rule(NotArchival, "Tệp kết quả không đạt chuẩn lưu trữ PDF/A, thường do tệp gốc thiếu phông chữ nhúng; hãy xin lại bản PDF/A hoặc in ra rồi quét.");

    private static string Vietnamese(string what) => what switch
    {
        "scripts" => "mã lệnh",
        "embedded files" or "embedded files or media" => "tệp đính kèm",
        "an XFA form" => "biểu mẫu XFA",
        "links to addresses" => "liên kết ra ngoài",
        "a command to start a program" => "lệnh chạy chương trình",
        _ => "hành động ra ngoài tệp",
    };

    private static bool HasNews(PdfOrigin origin) => origin.IsSealed || origin.WasEncrypted || origin.WasRepaired || origin.IsAmbiguous || origin.LeftOut.Count > 0;

    private static ReceivedPdf Of(string file, PdfOrigin origin) => new(file, origin.Signatures, origin.WasEncrypted, origin.WasRepaired, origin.IsAmbiguous, origin.LeftOut);

    private static RuleResult Rule(string id, string message) => new(id, RuleResult.Warning, null, message);
}
