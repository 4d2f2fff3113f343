namespace Digitizer.Results;

/// <summary>What a document's size means to people.</summary>
internal static class SizeRules
{
    /// <summary>There is a smaller copy for the dossier.</summary>
    public const string Tuned = "PDF-TUNED";

    /// <summary>A page has more bytes than a page may.</summary>
    public const string PageTooLarge = "PDF-PAGE-SIZE";

    /// <summary>The file has more bytes than a file may.</summary>
    public const string FileTooLarge = "PDF-FILE-SIZE";

    /// <summary>Of a document.</summary>
    /// <param name="smaller">Pages that are smaller in the copy for its dossier.</param>
    /// <param name="pagesTooLarge">Numbers of pages that are too large whatever is done.</param>
    /// <param name="isTooLarge">The file is too large whatever is done.</param>
    public static IEnumerable<RuleResult> Of(int smaller, IEnumerable<int> pagesTooLarge, bool isTooLarge)
    {
        if (isTooLarge)
        {
            yield return new RuleResult(FileTooLarge, RuleResult.Error, null, "Tệp quá lớn so với mức hệ thống tiếp nhận cho phép, không thể thu nhỏ hơn mà vẫn đọc được; hãy tách thành nhiều tệp.");
        }
        else if (smaller > 0)
        {
            yield return new RuleResult(Tuned, RuleResult.Warning, null, $"Đã tạo bản thu nhỏ ({smaller} trang) để gửi vào hồ sơ cho vừa mức hệ thống tiếp nhận; bản lưu trữ giữ nguyên.");
        }

        foreach (var page in pagesTooLarge)
        {
            yield return new RuleResult(PageTooLarge, RuleResult.Warning, page, "Trang quá lớn so với mức hệ thống tiếp nhận cho phép, không thể thu nhỏ hơn; hãy quét lại ở 300 dpi.");
        }
    }
}
