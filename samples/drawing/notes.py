"""Short papers of half a page or less, for tests. Every person, place, agency, number and address is invented."""
from drawing.forms import digit_boxes, filled, table
from drawing.pages import LEFT, RIGHT, WIDTH, heading, signature, underline
from drawing.sheet import Sheet

HALF = (595.2, 421.0)
CARD = (242.6, 153.0)   # 85.6 x 54 mm
SLIP = (205.0, 330.0)

# agency above, agency, number, place and date, title, paragraphs, office and name of who signed
NOTES = {
    "moi": ("HUYỆN MẪU SƠN", "UBND XÃ PHÚ HÒA", "Số: 021/GM-UBND", "Phú Hòa, ngày 06 tháng 3 năm 2025", "GIẤY MỜI",
            ["Ủy ban nhân dân xã Phú Hòa kính mời ông (bà) Trưởng thôn Đông Thượng đến dự cuộc họp bàn về việc sửa chữa đường liên "
             "thôn và nhà văn hóa, bắt đầu lúc 8 giờ 30 phút, thứ Ba, ngày 11 tháng 3 năm 2025.",
             "Đề nghị ông (bà) chuẩn bị ý kiến của các hộ dân, đến đúng giờ để cuộc họp đạt kết quả tốt./."], "CHỦ TỊCH", "Lê Văn Ví Dụ"),
    "nghi": ("TỈNH AN BÌNH", "SỞ TƯ PHÁP", "Số: 0338/STP-HCTP", "An Bình, ngày 19 tháng 5 năm 2025", "THÔNG BÁO NGHỈ LỄ",
             ["Thực hiện quy định của Bộ luật Lao động, Sở Tư pháp thông báo lịch nghỉ lễ Quốc khánh của công chức, viên chức: nghỉ từ "
              "ngày 30 tháng 8 đến hết ngày 02 tháng 9 năm 2025.",
              "Bộ phận tiếp nhận hồ sơ làm việc trở lại từ thứ Tư. Trường hợp cần chứng thực gấp, xin liên hệ số điện thoại "
              "0000.000.338 để được sắp xếp người trực giải quyết."], "GIÁM ĐỐC", "Trần Thử Nghiệm"),
    "dat": ("UBND HUYỆN MẪU SƠN", "CHI NHÁNH VPĐKĐĐ", "Số: 0745/PC-CNVPĐK", "Mẫu Sơn, ngày 27 tháng 6 năm 2024", "PHIẾU CHUYỂN THÔNG TIN",
            ["Chi nhánh Văn phòng đăng ký đất đai chuyển đến Chi cục Thuế khu vực thông tin địa chính của thửa đất số 000, tờ bản đồ "
             "số 00, diện tích 152,4 m2, loại đất ở tại nông thôn, của bà Ngô Thị Giả Thiết.",
             "Đề nghị cơ quan thuế xác định nghĩa vụ tài chính và gửi lại kết quả trong thời hạn 05 ngày làm việc."],
            "PHÓ GIÁM ĐỐC", "Đỗ Thị Ước Lệ"),
    "truong": ("UBND HUYỆN MẪU SƠN", "TRƯỜNG THCS PHÚ HÒA", "Số: 064/GXN-THCS", "Phú Hòa, ngày 02 tháng 10 năm 2024", "GIẤY XÁC NHẬN HỌC SINH",
               ["Trường Trung học cơ sở Phú Hòa xác nhận em Hoàng Văn Thử, sinh ngày 12 tháng 5 năm 2012, là học sinh lớp 7A của trường "
                "trong năm học 2024 - 2025; hạnh kiểm khá, học lực giỏi.",
                "Giấy này được cấp theo đề nghị của gia đình để bổ sung hồ sơ hưởng chế độ hỗ trợ chi phí học tập."],
               "HIỆU TRƯỞNG", "Vũ Đình Giả Định"),
    "dien": ("TỈNH AN BÌNH", "ĐIỆN LỰC MẪU SƠN", "Số: 0129/TB-ĐLMS", "Mẫu Sơn, ngày 14 tháng 7 năm 2025", "THÔNG BÁO NGỪNG CẤP ĐIỆN",
             ["Để bảo dưỡng trạm biến áp, Điện lực Mẫu Sơn tạm ngừng cấp điện tại các thôn Đông Thượng, Trung Lập và Hạ Vũ từ 5 giờ đến "
              "11 giờ ngày 20 tháng 7 năm 2025.",
              "Quý khách hàng cần biết thêm chi tiết xin gọi tổng đài 0000.000.129. Điện lực rất mong được quý khách thông cảm và chia sẻ."],
             "GIÁM ĐỐC", "Bùi Quang Tượng Trưng"),
    "thuyet": ("UBND TỈNH AN BÌNH", "SỞ XÂY DỰNG", "Số: 0552/SXD-QLN", "An Bình, ngày 23 tháng 9 năm 2024", "TRẢ LỜI KIẾN NGHỊ",
               ["Sở Xây dựng nhận được đơn của ông Phạm Đình Mô Phỏng đề nghị hướng dẫn thủ tục sửa chữa nhà ở riêng lẻ đã xuống cấp. "
                "Sau khi nghiên cứu, Sở trả lời như sau:",
                "Việc sửa chữa không làm thay đổi kết cấu chịu lực, công năng sử dụng và mặt ngoài thì được miễn giấy phép xây dựng; chủ "
                "nhà gửi thông báo khởi công đến Ủy ban nhân dân xã trước 07 ngày."], "KT. GIÁM ĐỐC", "Nguyễn Thị Minh Họa"),
    "thu": ("HUYỆN MẪU SƠN", "UBND XÃ PHÚ HÒA", "Số: 117/TB-UBND", "Phú Hòa, ngày 08 tháng 11 năm 2024", "THÔNG BÁO",
            ["Ủy ban nhân dân xã thông báo đến các hộ gia đình về việc thu quỹ đền ơn đáp nghĩa và quỹ phòng chống thiên tai năm 2024, "
             "thời gian thu từ ngày 15 đến ngày 30 tháng 11 tại nhà văn hóa các thôn.",
             "Hộ nghèo, hộ cận nghèo, gia đình chính sách được miễn theo quy định; người nộp nhận biên lai có chữ ký của thủ quỹ."],
            "PHÓ CHỦ TỊCH", "Lê Văn Ví Dụ"),
    "nuoc": ("TỈNH AN BÌNH", "CÔNG TY CẤP NƯỚC", "Số: 0206/CV-CN", "An Bình, ngày 30 tháng 01 năm 2025", "CÔNG VĂN TRẢ LỜI",
             ["Công ty đã kiểm tra đồng hồ nước tại nhà bà Hoàng Thị Mẫu, thôn Hạ Vũ, theo phản ánh ngày 21 tháng 01 năm 2025. Kết quả: "
              "đồng hồ chạy đúng, đường ống sau đồng hồ bị rò rỉ tại hai vị trí.",
              "Công ty đồng ý giảm 50% lượng nước vượt của kỳ này và đề nghị gia đình sửa chữa đường ống trước kỳ ghi chỉ số sau."],
             "GIÁM ĐỐC", "Đặng Thị Hư Cấu"),
    "hen": ("UBND XÃ PHÚ HÒA", "BỘ PHẬN MỘT CỬA", "Mã: 000.00.00.H27-250310-0077", "Phú Hòa, ngày 10 tháng 3 năm 2025", "GIẤY TIẾP NHẬN HỒ SƠ",
            ["Bộ phận Tiếp nhận và Trả kết quả xã Phú Hòa đã tiếp nhận hồ sơ của bà Phạm Thị Ví Dụ về việc đăng ký khai sinh cho con, "
             "gồm 03 loại giấy tờ; nộp trực tiếp lúc 9 giờ 15 phút.",
             "Thời gian trả kết quả: trước 16 giờ 30 phút ngày 12 tháng 3 năm 2025. Khi đến nhận kết quả xin mang theo giấy này."],
            "NGƯỜI TIẾP NHẬN", "Ngô Văn Thí Điểm"),
}


def note(dpi, key, family="Tinos", signed=True):
    """Half a page with heading, title, two paragraphs and who signed. Returns the sheet and the values that may be asked for."""
    above, agency, number, date, title, paragraphs, office, name = NOTES[key]
    sheet = Sheet(dpi, family, HALF)
    heading(sheet, above, [agency], number, [], date, 12.5)
    sheet.text(310, 152, title, 14.5, "Bold", "centre")
    y = 180
    for text in paragraphs:
        y = sheet.paragraph(LEFT, y, WIDTH, text, 13) + 3
    sheet.text(415, y + 14, office, 12.5, "Bold", "centre")
    if signed:
        sheet.strokes(signature(415, y + 46, ("quick", "loops", "small")[len(key) % 3]), 1.1)
    sheet.text(415, y + 86, name, 13, "Bold", "centre")
    return sheet, {"so_ky_hieu": number.split(": ")[1], "ngay_ban_hanh": date.split(", ")[1], "nguoi_ky": name}, (415, y + 46)


def form(dpi):
    """A form with dotted leaders and a box for each digit."""
    sheet = Sheet(dpi, paper=HALF)
    sheet.text(310, 56, "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC", 14, "Bold", "centre")
    sheet.text(310, 76, "Kính gửi: Ủy ban nhân dân xã Phú Hòa", 13, align="centre")
    filled(sheet, 108, ("Họ, chữ đệm, tên người yêu cầu:", "ĐẶNG THỊ HƯ CẤU", None))
    filled(sheet, 133, ("Ngày, tháng, năm sinh:", "17/11/1988", 350), ("Giới tính:", "Nữ", None))
    digit_boxes(sheet, 162, "Số định danh cá nhân:", "000000004321")
    filled(sheet, 190, ("Nơi cư trú:", "Số 00, thôn Trung Lập, xã Phú Hòa", None))
    filled(sheet, 215, ("Quan hệ với người được cấp bản sao:", "Mẹ", None))
    filled(sheet, 240, ("Loại việc hộ tịch:", "Khai sinh", 300), ("Số bản:", "02", None))
    sheet.paragraph(LEFT, 270, WIDTH, "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.", 13)
    sheet.text(415, 318, "Người yêu cầu", 12.5, "Bold", "centre")
    sheet.strokes(signature(415, 346, "small"), 1.0)
    sheet.text(415, 384, "Đặng Thị Hư Cấu", 13, "Bold", "centre")
    return sheet, {"ho_ten": "ĐẶNG THỊ HƯ CẤU"}


def wide_table(dpi):
    """A landscape list with many ruled columns."""
    sheet = Sheet(dpi, "Arimo", HALF)
    sheet.text(310, 50, "DANH SÁCH HỘ ĐƯỢC HỖ TRỢ SỬA CHỮA NHÀ Ở NĂM 2025", 12.5, "Bold", "centre")
    sheet.text(310, 66, "(Kèm theo Tờ trình số 045/TTr-UBND ngày 04 tháng 4 năm 2025)", 11, "Italic", "centre")
    end = table(sheet, 80, [30, 128, 56, 104, 62, 70], [
        ["TT", "Chủ hộ", "Năm sinh", "Thôn", "Loại hộ", "Số tiền (đ)"],
        ["1", "Lê Thị Tưởng Tượng", "1951", "Đông Thượng", "Nghèo", "40.000.000"],
        ["2", "Phạm Đình Mô Phỏng", "1967", "Trung Lập", "Cận nghèo", "25.000.000"],
        ["3", "Bùi Quang Tượng Trưng", "1948", "Hạ Vũ", "Nghèo", "40.000.000"],
        ["4", "Ngô Văn Thí Điểm", "1972", "Đông Thượng", "Cận nghèo", "25.000.000"],
        ["5", "Hoàng Thị Mẫu", "1980", "Hạ Vũ", "Nghèo", "40.000.000"],
        ["6", "Đỗ Văn Giả Tưởng", "1959", "Trung Lập", "Chính sách", "60.000.000"],
        ["7", "Trần Thị Phác Thảo", "1963", "Thượng Đồng", "Nghèo", "40.000.000"],
    ], 10.5, 20)
    sheet.text(LEFT, end + 24, "Tổng cộng: 07 hộ, 270.000.000 đồng (Hai trăm bảy mươi triệu đồng).", 11.5)
    sheet.text(440, end + 52, "NGƯỜI LẬP BIỂU", 11.5, "Bold", "centre")
    sheet.text(440, end + 108, "Đỗ Thị Ước Lệ", 11.5, "Bold", "centre")
    sheet.strokes(signature(440, end + 78, "loops"), 1.0)
    return sheet, {"so_ky_hieu": "045/TTr-UBND"}


def delivery(dpi):
    """A slip of a storehouse, as printed on continuous paper: one type width, short lines."""
    sheet = Sheet(dpi, "Cousine", HALF)
    y = 62
    for indent, line in ((150, "PHIẾU XUẤT KHO"), (120, "Số: 00417   Ngày 18/09/2024"), (0, "Đơn vị: HTX Nông nghiệp Phú Hòa"),
                         (0, "Người nhận: Trần Thị Phác Thảo"), (0, "Lý do xuất: Giao giống vụ đông"), (0, "Kho: Trung Lập"),
                         (0, "1. Lúa giống TB225     120 kg"), (0, "2. Phân lân nung chảy   80 kg"), (0, "3. Vôi bột              35 kg"),
                         (0, "Cộng: 03 mặt hàng, 235 kg"), (0, "Thủ kho: Đỗ Văn Giả Tưởng")):
        sheet.text(LEFT + indent, y, line, 14)
        y += 29
    return sheet, {"so": "00417", "ngay": "18/09/2024"}


def slip(dpi, number):
    """A small receipt of a counter; number 0 or 1."""
    sheet = Sheet(dpi, "Arimo", SLIP)
    rows = [("BIÊN LAI THU PHÍ", 13, "Bold"), ("Ký hiệu: AB-24T   Số: 0001287", 9.5, "Regular"), ("Đơn vị thu: UBND xã Phú Hòa", 10, "Regular"),
            ("Người nộp: Lê Thị Tưởng Tượng", 10, "Regular"), ("Nội dung: Phí chứng thực bản sao", 10, "Regular"),
            ("Số lượng: 06 trang", 10, "Regular"), ("Số tiền: 12.000 đồng", 11, "Bold"), ("Bằng chữ: Mười hai nghìn đồng", 10, "Italic"),
            ("Ngày 21 tháng 8 năm 2024", 9.5, "Italic"), ("Người thu tiền", 10, "Bold"), ("Ngô Văn Thí Điểm", 10.5, "Bold")]
    if number == 1:
        rows = [("PHIẾU THU TIỀN NƯỚC", 12.5, "Bold"), ("Kỳ 07/2024   Mã KH: 00-4471", 9.5, "Regular"), ("Công ty Cấp nước An Bình", 10, "Regular"),
                ("Khách hàng: Hoàng Thị Mẫu", 10, "Regular"), ("Chỉ số cũ: 482   mới: 497", 10, "Regular"),
                ("Tiêu thụ: 15 m3", 10, "Regular"), ("Đơn giá: 7.200 đồng", 10, "Regular"), ("Thuế 5%: 5.400 đồng", 10, "Regular"),
                ("Tổng tiền: 113.400 đồng", 11, "Bold"), ("Xin cảm ơn quý khách", 10, "Italic"), ("Thu ngân: Bùi Thị Giả Sử", 10, "Bold")]
    y = 34
    for line, size, style in rows:
        centred = style == "Bold" and size > 11.5
        sheet.text(102 if centred else 16, y, line, size, style, "centre" if centred else "left")
        y += 26
    return sheet


def card(dpi):
    """The front of a citizen card of a person who does not exist; it says that it is a pattern."""
    sheet = Sheet(dpi, "Arimo", CARD)
    for x, y, text, size, style in (
            (146, 15, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 6.6, "Bold"), (146, 23.5, "Độc lập - Tự do - Hạnh phúc", 6.4, "Bold"),
            (146, 40, "CĂN CƯỚC CÔNG DÂN", 10.5, "Bold"), (146, 49, "Citizen Identity Card", 6, "Italic")):
        sheet.text(x, y, text, size, style, "centre")
    for x, y, text, size, style in (
            (84, 64, "Số / No.: 000000001234", 8.6, "Bold"), (84, 76, "Họ và tên / Full name:", 5.8, "Regular"),
            (84, 86, "NGUYỄN THỊ MINH HỌA", 8, "Bold"), (84, 97, "Ngày sinh / Date of birth: 01/01/1990", 6.6, "Regular"),
            (84, 107, "Giới tính / Sex: Nữ   Quốc tịch / Nationality: Việt Nam", 6, "Regular"), (84, 117, "Quê quán / Place of origin:", 5.8, "Regular"),
            (84, 126, "Xã Phú Hòa, Mẫu Sơn, An Bình", 7, "Regular"), (84, 136, "Nơi thường trú / Place of residence: Thôn Trung Lập", 6, "Regular"),
            (84, 145, "Xã Phú Hòa, Mẫu Sơn, An Bình", 7, "Regular"), (14, 139, "BẢN MẪU", 8, "Bold")):
        sheet.text(x, y, text, size, style)
    return sheet, {"so_dinh_danh": "000000001234", "ho_ten": "NGUYỄN THỊ MINH HỌA"}


def cutting(dpi):
    """A few lines of a page, so that a scan at a high resolution stays small."""
    sheet = Sheet(dpi, paper=(255.0, 118.0))
    sheet.text(127, 24, "TRÍCH LỤC KHAI SINH", 13, "Bold", "centre")
    for y, line in ((44, "Họ, chữ đệm, tên: Hoàng Minh Ảo"), (61, "Ngày, tháng, năm sinh: 08/02/2018"),
                    (78, "Nơi sinh: Trạm y tế xã Phú Hòa"), (95, "Quê quán: Mẫu Sơn, tỉnh An Bình")):
        sheet.text(24, y, line, 12.5)
    return sheet, {"ho_ten": "Hoàng Minh Ảo", "ngay_sinh": "08/02/2018"}
