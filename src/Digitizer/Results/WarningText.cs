using System.Globalization;
using Digitizer.Cleanup;

namespace Digitizer.Results;

/// <summary>What a page's warnings say to people, with the figure that was measured and what to do.</summary>
internal static class WarningText
{
    private const double White = 255;

    // 4,2 and not 4.2, whatever locale the process has.
    private static readonly NumberFormatInfo Vietnam = new() { NumberDecimalSeparator = "," };

    /// <summary>For the clerk; null for what is no warning, such as why a page could not be read.</summary>
    /// <param name="id">Of <see cref="PageWarning"/>.</param>
    /// <param name="page">The page that it stands at.</param>
    public static string? Vietnamese(string id, PageEntry page)
    {
        var q = page.Quality ?? new PageQuality();
        return id switch
        {
            PageWarning.LowResolution => string.Create(Vietnam, $"Ảnh chỉ có {page.Dpi:0} dpi; hãy quét ở 300 dpi."),
            PageWarning.SmallLetters => string.Create(Vietnam, $"Chữ quá nhỏ, thân chữ chỉ cao {q.XHeight:0.0} điểm ảnh, dễ mất dấu; hãy quét ở 300 dpi trở lên."),
            PageWarning.WrongTag => string.Create(Vietnam, $"Độ phân giải ghi trong tệp bị sai, thực tế khoảng {page.Dpi:0} dpi; hãy chỉnh lại máy quét."),
            PageWarning.Faint => string.Create(Vietnam, $"Chữ mờ, độ tương phản chỉ {Contrast(q):0} %; hãy quét đậm hơn hoặc quét từ bản gốc."),
            PageWarning.Dark => string.Create(Vietnam, $"Ảnh thiếu sáng, nền giấy chỉ sáng {Percent(q.Background):0} %; hãy quét sáng hơn hoặc chụp lại nơi đủ sáng."),
            PageWarning.Uneven => string.Create(Vietnam, $"Ảnh sáng không đều, nền giấy chênh nhau {Percent(q.BackgroundSpread):0} %; hãy chụp lại nơi không có bóng, hoặc quét."),
            PageWarning.Skewed => string.Create(Vietnam, $"Trang nghiêng {Math.Abs(q.Skew):0.0}°; hãy đặt giấy thẳng khi quét."),
            PageWarning.BleedThrough => string.Create(Vietnam, $"Chữ ở mặt sau hằn qua, đậm {Percent(q.BleedThrough):0} %; hãy lót giấy sẫm màu sau trang khi quét."),
            PageWarning.Dirty => string.Create(Vietnam, $"Trang có nhiều vết bẩn, {100 * q.Specks:0} vết trên 100 chữ cái; hãy lau mặt kính hoặc quét từ bản gốc."),
            PageWarning.TextReplaced => "Chữ có sẵn trong tệp PDF không đúng với chữ nhìn thấy (thường do phông chữ cũ), đã được đọc lại từ hình trang.",
            PageWarning.Handwriting => "Trang có chữ viết tay, máy không đọc phần này; hãy tự kiểm tra.",
            PageWarning.Damaged => "Dữ liệu ảnh bị hỏng, có thể thiếu một phần trang; hãy so với bản giấy hoặc quét lại.",
            _ => null,
        };
    }

    /// <summary>For the administrator; null for what is no warning.</summary>
    /// <param name="id">Of <see cref="PageWarning"/>.</param>
    /// <param name="page">The page that it stands at.</param>
    public static string? English(string id, PageEntry page)
    {
        var q = page.Quality ?? new PageQuality();
        return id switch
        {
            PageWarning.LowResolution => Invariant($"only {page.Dpi:0} dpi"),
            PageWarning.SmallLetters => Invariant($"letters only {q.XHeight:0.0} pixels high"),
            PageWarning.WrongTag => Invariant($"wrong resolution tag, true are about {page.Dpi:0} dpi"),
            PageWarning.Faint => Invariant($"faint print, {Contrast(q):0} % contrast"),
            PageWarning.Dark => Invariant($"too dark, paper at {Percent(q.Background):0} % of white"),
            PageWarning.Uneven => Invariant($"unevenly lit, paper differs by {Percent(q.BackgroundSpread):0} % of white"),
            PageWarning.Skewed => Invariant($"askew by {Math.Abs(q.Skew):0.0}°"),
            PageWarning.BleedThrough => Invariant($"the other side shines through at {Percent(q.BleedThrough):0} %"),
            PageWarning.Dirty => Invariant($"dirty, {100 * q.Specks:0} specks for 100 letters"),
            PageWarning.TextReplaced => "its text was not what is seen, and was read anew",
            PageWarning.Handwriting => "handwriting, which is not read",
            PageWarning.Damaged => "bad data in the picture",
            _ => null,
        };
    }

    private static double Contrast(PageQuality quality) => 100 * quality.Contrast / Math.Max(1, quality.Background);

    private static double Percent(double level) => 100 * level / White;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
