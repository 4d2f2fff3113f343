"""The forms and certificates among the sample pages. Every person, number and address is invented."""
from drawing.pages import LEFT, RIGHT, WIDTH, heading, recipients, signature, signature_cell, underline
from drawing.sheet import Sheet


def filled(sheet, y, *parts, size=13, x=LEFT, end=RIGHT):
    """A line of a form: label, answer, label, answer …; a dotted leader runs under each answer to its end."""
    words = []
    for label, answer, stop in parts:
        x += sheet.text(x, y, label, size, record=False) + 4
        if answer:
            sheet.text(x + 3, y - 0.8, answer, size, "Italic", record=False)
        sheet.dots(x, y + 1.6, stop or end)
        words += [label, answer] if answer else [label]
        x = (stop or end) + 4
    sheet.lines.append(" ".join(words))


def digit_boxes(sheet, y, label, digits, size=13):
    x = LEFT + sheet.text(LEFT, y, label, size, record=False) + 8
    for digit in digits:
        sheet.box(x, y - 13, 17, 18, 0.7)
        sheet.text(x + 8.5, y, digit, size, align="centre", record=False)
        x += 17
    sheet.lines.append(f"{label} {' '.join(digits)}")


def table(sheet, y, columns, rows, size=11.5, row_height=21):
    """A ruled table; the first row is its heading. The truth takes it cell by cell, in rows."""
    edges = [LEFT]
    for width in columns:
        edges.append(edges[-1] + width)
    for number, row in enumerate(rows):
        height = row_height * max(len(cell.split("\n")) for cell in row) * (0.82 if any("\n" in c for c in row) else 1)
        for left, right, cell in zip(edges, edges[1:], row):
            lines = cell.split("\n")
            top = y + (height - len(lines) * size * 1.2) / 2 + size * 0.95
            for index, line in enumerate(lines):
                middle = number == 0 or right - left < 60 or line.replace("/", "").isdigit()
                sheet.text((left + right) / 2 if middle else left + 5, top + index * size * 1.2, line, size,
                           "Bold" if number == 0 else "Regular", "centre" if middle else "left")
            sheet.box(left, y, right - left, height)
        y += height
    return y


def form_first_page(dpi):
    sheet = Sheet(dpi)
    sheet.text(310, 72, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "Bold", "centre")
    sheet.text(310, 89, "Độc lập - Tự do - Hạnh phúc", 13.5, "Bold", "centre")
    underline(sheet, 310, 95, 164)
    sheet.text(310, 132, "TỜ KHAI", 15, "Bold", "centre")
    sheet.text(310, 151, "ĐĂNG KÝ HỖ TRỢ CHI PHÍ HỌC TẬP", 13.5, "Bold", "centre")
    sheet.text(310, 182, "Kính gửi: Ủy ban nhân dân xã Phú Hòa, huyện Mẫu Sơn", 13, align="centre")
    sheet.text(LEFT, 214, "I. THÔNG TIN NGƯỜI KHAI", 13, "Bold")
    filled(sheet, 238, ("1. Họ và tên:", "PHẠM THỊ VÍ DỤ", 400), ("Giới tính:", "Nữ", None))
    filled(sheet, 262, ("2. Ngày, tháng, năm sinh:", "01/01/1990", 345), ("Dân tộc:", "Kinh", None))
    digit_boxes(sheet, 290, "3. Số định danh cá nhân:", "000000001234")
    filled(sheet, 318, ("4. Nơi thường trú:", "Thôn Đông Thượng, xã Phú Hòa, huyện Mẫu Sơn", None))
    filled(sheet, 342, ("5. Nơi ở hiện nay:", "Như trên", None))
    filled(sheet, 366, ("6. Số điện thoại:", "0000 000 123", 300), ("Thư điện tử:", "vidu@example.vn", None))
    sheet.text(LEFT, 400, "II. THÔNG TIN HỌC SINH", 13, "Bold")
    end = table(sheet, 412, [34, 150, 82, 64, 120], [
        ["TT", "Họ và tên", "Ngày sinh", "Lớp", "Trường"],
        ["1", "Hoàng Văn Thử", "12/05/2012", "6A", "THCS Phú Hòa"],
        ["2", "Hoàng Thị Mẫu", "30/09/2015", "3B", "Tiểu học Phú Hòa"],
        ["3", "Hoàng Minh Ảo", "08/02/2018", "Lá 1", "Mầm non Hoa Sen"],
    ])
    y = sheet.paragraph(LEFT, end + 28, WIDTH,
                        "Gia đình thuộc hộ cận nghèo theo Giấy chứng nhận số 000/GCN-HCN do Ủy ban nhân dân xã Phú Hòa cấp ngày "
                        "20 tháng 12 năm 2023. Tôi đề nghị được xét hỗ trợ chi phí học tập cho các con có tên nêu trên trong năm "
                        "học 2023 - 2024 theo quy định hiện hành.")
    filled(sheet, y + 8, ("7. Hình thức nhận kết quả:", "Trực tiếp tại Bộ phận Một cửa", None))
    filled(sheet, y + 32, ("8. Mã hồ sơ (nếu có):", "000.00.00.H27-240417-0009", None))
    return sheet


def form_second_page(dpi):
    sheet = Sheet(dpi)
    sheet.text(310, 52, "2", 13, align="centre")
    sheet.text(LEFT, 84, "III. GIẤY TỜ KÈM THEO", 13, "Bold")
    end = table(sheet, 96, [34, 236, 80, 100], [
        ["TT", "Tên giấy tờ", "Số lượng", "Hình thức"],
        ["1", "Giấy khai sinh của học sinh", "3", "Bản sao"],
        ["2", "Giấy chứng nhận hộ cận nghèo", "1", "Bản chụp"],
        ["3", "Giấy xác nhận đang theo học của\nnhà trường", "3", "Bản chính"],
        ["4", "Thông tin tài khoản ngân hàng", "1", "Bản khai"],
    ])
    sheet.text(LEFT, end + 34, "IV. CAM ĐOAN", 13, "Bold")
    y = sheet.paragraph(LEFT, end + 56, WIDTH,
                        "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về nội dung "
                        "đã khai. Tôi đồng ý để cơ quan tiếp nhận khai thác thông tin của tôi trong Cơ sở dữ liệu quốc gia về dân "
                        "cư phục vụ việc giải quyết hồ sơ này.")
    y += 22
    sheet.centred(180, y, ["XÁC NHẬN CỦA", "NHÀ TRƯỜNG"], 12.5, "Bold")
    sheet.text(180, y + 118, "Vũ Đình Giả Định", 13, "Bold", "centre")
    sheet.text(415, y, "Phú Hòa, ngày 15 tháng 4 năm 2024", 12.5, "Italic", "centre")
    sheet.text(415, y + 17, "NGƯỜI KHAI", 12.5, "Bold", "centre")
    sheet.text(415, y + 33, "(Ký, ghi rõ họ tên)", 12, "Italic", "centre")
    sheet.text(415, y + 118, "Phạm Thị Ví Dụ", 13, "Bold", "centre")
    sheet.strokes(signature(180, y + 66, "quick"), 1.0)
    sheet.strokes(signature(415, y + 74, "small"), 1.0)
    return sheet


def copied_notice(dpi):
    """ban-sao-g4: a notice as it comes out of a tired copier."""
    sheet = Sheet(dpi)
    heading(sheet, "UBND HUYỆN MẪU SƠN", ["PHÒNG TÀI NGUYÊN", "VÀ MÔI TRƯỜNG"], "Số: 238/TB-TNMT", [],
            "Mẫu Sơn, ngày 05 tháng 02 năm 2024")
    sheet.text(310, 184, "THÔNG BÁO", 15, "Bold", "centre")
    sheet.centred(310, 203, ["Về việc bổ sung hồ sơ đăng ký biến động đất đai"], 13.5, "Bold")
    sheet.text(310, 236, "Kính gửi: Ông Đặng Văn Mẫu, thôn Trung Lập, xã Phú Hòa", 13.5, align="centre")
    y = 264
    for text in (
        "Ngày 30 tháng 01 năm 2024, Phòng Tài nguyên và Môi trường nhận được hồ sơ đăng ký biến động đất đai mã số "
        "000.00.00.H27-240130-0021 của ông. Qua kiểm tra, hồ sơ chưa đủ điều kiện giải quyết vì các lý do sau:",
        "1. Bản sao Giấy chứng nhận quyền sử dụng đất bị mờ số thửa, không đọc được diện tích và mục đích sử dụng;",
        "2. Đơn đăng ký biến động chưa ghi rõ nội dung thay đổi và chưa có chữ ký của vợ (chồng) người nộp;",
        "3. Thiếu văn bản xác nhận ranh giới của các hộ sử dụng đất liền kề.",
        "Đề nghị ông hoàn thiện hồ sơ và nộp lại tại Bộ phận Tiếp nhận và Trả kết quả của huyện trước ngày 28 tháng 02 "
        "năm 2024. Quá thời hạn trên, hồ sơ được trả lại theo quy định. Thời gian giải quyết được tính lại từ ngày nhận đủ "
        "hồ sơ hợp lệ.",
        "Phòng Tài nguyên và Môi trường thông báo để ông biết và thực hiện./.",
    ):
        y = sheet.paragraph(LEFT, y, WIDTH, text) + 4
    y += 18
    recipients(sheet, y, ["- Như trên;", "- Bộ phận TN&TKQ huyện;", "- UBND xã Phú Hòa;", "- Lưu: VT, HS."])
    signature_cell(sheet, y, ["TRƯỞNG PHÒNG"], "Bùi Quốc Tưởng Tượng")
    sheet.strokes(signature(415, y + 58, "quick"), 1.3)
    return sheet


def confirmation(dpi):
    """anh-chup: a short confirmation, photographed on a table."""
    sheet = Sheet(dpi)
    heading(sheet, "HUYỆN MẪU SƠN", ["ỦY BAN NHÂN DÂN", "XÃ PHÚ HÒA"], "Số: 052/GXN-UBND", [],
            "Phú Hòa, ngày 22 tháng 5 năm 2024")
    sheet.text(310, 190, "GIẤY XÁC NHẬN", 16, "Bold", "centre")
    sheet.text(310, 210, "Về tình trạng cư trú", 14, "Bold", "centre")
    sheet.text(LEFT + 28, 250, "Ủy ban nhân dân xã Phú Hòa xác nhận:", 14)
    filled(sheet, 278, ("Ông (bà):", "NGÔ THỊ GIẢ THIẾT", 390), ("Sinh năm:", "1985", None), size=14)
    filled(sheet, 306, ("Số định danh cá nhân:", "000000005678", None), size=14)
    filled(sheet, 334, ("Nghề nghiệp:", "Giáo viên", None), size=14)
    filled(sheet, 362, ("Nơi thường trú:", "Số 00, thôn Trung Lập, xã Phú Hòa", None), size=14)
    y = sheet.paragraph(LEFT, 396, WIDTH,
                        "Hiện đang cư trú ổn định tại địa phương từ năm 2012 đến nay, chấp hành tốt chủ trương của Đảng, chính "
                        "sách, pháp luật của Nhà nước và quy ước của thôn.", 14)
    y = sheet.paragraph(LEFT, y + 6, WIDTH,
                        "Giấy xác nhận này được cấp để bổ sung hồ sơ đề nghị cấp phép xây dựng nhà ở và có giá trị trong thời hạn "
                        "06 tháng kể từ ngày ký./.", 14)
    signature_cell(sheet, y + 26, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Nguyễn Thị Minh Họa")
    sheet.strokes(signature(415, y + 92, "loops"), 1.2)
    return sheet


def report(dpi):
    """quet-ngang: a report with a table, fed into the scanner sideways. Set in a sans serif face."""
    sheet = Sheet(dpi, "Arimo")
    heading(sheet, "UBND XÃ PHÚ HÒA", ["BỘ PHẬN MỘT CỬA"], "Số: 31/BC-BPMC", [], "Phú Hòa, ngày 28 tháng 6 năm 2024", 12)
    sheet.text(310, 172, "BÁO CÁO", 14, "Bold", "centre")
    sheet.text(310, 190, "Kết quả tiếp nhận và giải quyết hồ sơ quý II năm 2024", 12.5, "Bold", "centre")
    y = sheet.paragraph(LEFT, 220, WIDTH,
                        "Trong quý II năm 2024, Bộ phận Một cửa xã Phú Hòa đã tiếp nhận 1.284 hồ sơ, trong đó có 902 hồ sơ nộp "
                        "trực tuyến. Kết quả cụ thể theo từng lĩnh vực như sau:", 12, 1.4)
    y = table(sheet, y + 4, [34, 176, 80, 80, 80], [
        ["TT", "Lĩnh vực", "Tiếp nhận", "Đúng hạn", "Quá hạn"],
        ["1", "Hộ tịch", "486", "484", "2"],
        ["2", "Chứng thực", "531", "531", "0"],
        ["3", "Đất đai", "148", "139", "9"],
        ["4", "Bảo trợ xã hội", "87", "85", "2"],
        ["5", "Giáo dục và Đào tạo", "32", "32", "0"],
    ], 11)
    y = sheet.paragraph(LEFT, y + 30, WIDTH,
                        "Nguyên nhân quá hạn chủ yếu do phải chờ kết quả phối hợp của cơ quan chuyên môn cấp huyện. Bộ phận Một "
                        "cửa đã gửi văn bản xin lỗi và hẹn lại ngày trả kết quả cho người dân theo đúng quy định.", 12, 1.4)
    y = sheet.paragraph(LEFT, y + 4, WIDTH,
                        "Trong quý III, đơn vị tiếp tục rà soát, số hóa hồ sơ còn tồn đọng và bố trí người hướng dẫn tại quầy./.",
                        12, 1.4)
    recipients(sheet, y + 24, ["- UBND xã;", "- Văn phòng UBND huyện;", "- Lưu: BPMC."])
    signature_cell(sheet, y + 24, ["PHỤ TRÁCH BỘ PHẬN"], "Đỗ Thị Ước Lệ")
    sheet.strokes(signature(415, y + 82, "small"), 1.1)
    return sheet
