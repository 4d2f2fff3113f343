using System.Globalization;
using Digitizer.Failures;

namespace Digitizer.Intake.DropFolders;

/// <summary>The reason file: what a clerk at the counter reads, Vietnamese first.</summary>
internal static class ReasonText
{
    public static string Of(Arrival arrival)
    {
        var refusal = arrival.Refusal!;
        var (what, todo) = Vietnamese(refusal.Kind);
        return string.Create(CultureInfo.InvariantCulture, $"""
            KHÔNG TIẾP NHẬN TỆP NÀY / FILE NOT TAKEN

            Tệp: {arrival.Shown}
            Lý do: {what}
            Cần làm: {todo}

            File: {arrival.Shown}
            Reason: {refusal.Message}

            Mã lỗi / Kind: {refusal.Kind}
            Thư mục / Folder: {arrival.Source}
            Thời điểm / Time: {arrival.Received.ToLocalTime():yyyy-MM-dd HH:mm:ss zzz}
            Mã tiếp nhận / Unit: {arrival.Unit}

            """);
    }

    private static (string What, string ToDo) Vietnamese(FailureKind kind) => kind switch
    {
        FailureKind.FileIncomplete => ("tệp chưa được ghi xong hoặc bị cắt cụt.", "quét hoặc chép lại tệp vào thư mục."),
        FailureKind.FileEmpty => ("tệp rỗng, không có nội dung.", "quét hoặc chép lại tệp vào thư mục."),
        FailureKind.FileTooLarge => ("tệp quá lớn.", "tách tệp thành nhiều phần, hoặc quét với độ phân giải thấp hơn."),
        FailureKind.FileUnreadable => ("không có quyền đọc tệp, hoặc ổ đĩa bị lỗi.", "cấp quyền đọc, rồi chép lại tệp vào thư mục."),
        FailureKind.FormatUnknown => ("nội dung không phải là ảnh quét hay PDF.", "kiểm tra lại tệp; quét lại ra JPEG, TIFF hoặc PDF."),
        FailureKind.FormatNotSupported => ("định dạng này không được tiếp nhận.", "chuyển sang JPEG, PNG hoặc TIFF rồi chép lại."),
        FailureKind.NotAPlainFile => ("đây không phải là một tệp thông thường (liên kết, ống dẫn, thiết bị).", "chép chính tệp đó vào thư mục."),
        FailureKind.ManifestInvalid => ("bản kê của lô không đọc được hoặc không khớp với các tệp.", "sửa bản kê hoặc quét lại lô."),
        _ => ("tệp không được tiếp nhận.", "xem lý do bằng tiếng Anh bên dưới và báo người quản trị."),
    };
}
