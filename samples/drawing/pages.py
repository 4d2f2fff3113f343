"""What stands on the sample pages. Every person, place of work, number and address is invented."""
from drawing.sheet import Sheet

LEFT, WIDTH, RIGHT = 85, 450, 535  # margins of Decree 30/2020: 30 mm left, about 20 mm right
LEFT_CELL, RIGHT_CELL = 160, 395   # middles of the two heading cells


def heading(sheet, above, agency, number, subject, place_and_date, size=13):
    sheet.text(LEFT_CELL, 72, above, size - 0.5, align="centre")
    below = sheet.centred(LEFT_CELL, 88, agency, size - 0.5, "Bold")
    underline(sheet, LEFT_CELL, below - 10, 62)
    sheet.text(LEFT_CELL, below + 10, number, size, align="centre")
    sheet.centred(LEFT_CELL, below + 28, subject, size - 1)
    sheet.text(RIGHT_CELL, 72, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size - 0.8, "Bold", "centre")
    sheet.text(RIGHT_CELL, 88, "Độc lập - Tự do - Hạnh phúc", size, "Bold", "centre")
    underline(sheet, RIGHT_CELL, 94, 158)
    sheet.text(RIGHT_CELL, below + 10, place_and_date, size, "Italic", "centre")


def underline(sheet, middle, y, length):
    sheet.line(middle - length / 2, y, middle + length / 2, y)


def recipients(sheet, y, rows):
    sheet.text(LEFT, y, "Nơi nhận:", 12, "BoldItalic")
    for row in rows:
        y += 13.5
        sheet.text(LEFT, y, row, 11)


def signature_cell(sheet, y, titles, name, middle=415):
    sheet.centred(middle, y, titles, 13, "Bold", 1.22)
    sheet.text(middle, y + 108, name, 13.5, "Bold", "centre")


def signature(middle, y, variant):
    """Points of an invented signature around (middle, y): a capital, a run of loops, a flourish; in points."""
    capital, loops, pitch, flourish = {
        "loops": ([(-58, 8), (-46, -30), (-36, -34), (-44, 18), (-54, 22), (-34, -2)], 4, 15, [(60, -14), (20, 22), (-52, 24), (74, 8)]),
        "quick": ([(-44, -26), (-62, 2), (-40, 18), (-28, -10), (-44, -8)], 3, 19, [(46, 10), (70, -32), (30, 28), (-30, 30)]),
        "small": ([(-40, 10), (-34, -24), (-24, -26), (-26, -6), (-38, -2), (-24, 10)], 3, 12, [(24, -4), (52, -12)]),
    }[variant]
    x, points = capital[-1][0] + pitch * 0.8, list(capital)
    for loop in range(loops):
        height = 17 - 3.5 * loop
        points += [(x, 4), (x + pitch * 0.9, -height), (x + pitch * 0.35, -height - 2), (x + pitch * 0.55, 7)]
        x += pitch
    return [(middle + px, y + py) for px, py in points + flourish]


def letter(dpi):
    """cong-van: a clean official letter."""
    sheet = Sheet(dpi)
    heading(sheet, "UBND TỈNH AN BÌNH", ["SỞ NỘI VỤ"], "Số: 0417/SNV-CCHC",
            ["V/v đôn đốc số hóa hồ sơ, kết quả", "giải quyết thủ tục hành chính"], "An Bình, ngày 09 tháng 3 năm 2026")
    sheet.text(150, 205, "Kính gửi:", 13.5, record=False)
    sheet.text(208, 205, "- Các sở, ban, ngành cấp tỉnh;", 13.5, record=False)
    sheet.lines.append("Kính gửi: - Các sở, ban, ngành cấp tỉnh;")
    sheet.text(208, 223, "- Ủy ban nhân dân các xã, phường.", 13.5)
    y = 252
    for text in (
        "Thực hiện Kế hoạch số 000/KH-UBND ngày 12 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh về số hóa hồ sơ, giấy tờ, "
        "kết quả giải quyết thủ tục hành chính, trong hai tháng đầu năm các cơ quan, đơn vị đã tiếp nhận 12.486 hồ sơ, "
        "trong đó số hồ sơ được số hóa thành phần đầu vào là 9.731 hồ sơ, đạt tỷ lệ 77,9%.",
        "Tuy nhiên, qua kiểm tra thực tế tại Bộ phận Một cửa, một số bản quét còn bị nghiêng, mờ hoặc thiếu trang; tệp tin "
        "chưa tìm kiếm được theo nội dung; việc gắn tệp vào đúng mã hồ sơ còn chậm, dẫn đến cán bộ phải nhập lại dữ liệu.",
        "Để khắc phục những hạn chế nêu trên, Sở Nội vụ đề nghị Thủ trưởng các cơ quan, đơn vị quan tâm chỉ đạo thực hiện "
        "một số nội dung sau đây:",
        "1. Quét bản chính ở độ phân giải từ 200 dpi trở lên, đủ trang, đúng chiều; kiểm tra lại từng bản quét trước khi trả "
        "giấy tờ cho người dân.",
        "2. Lưu kết quả ở định dạng PDF có lớp chữ tiếng Việt để tra cứu, gắn vào hồ sơ điện tử trong ngày làm việc.",
        "3. Báo cáo kết quả thực hiện về Sở Nội vụ trước ngày 25 hằng tháng để tổng hợp, trình Chủ tịch Ủy ban nhân dân "
        "tỉnh xem xét, quyết định.",
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh kịp thời về Sở Nội vụ qua số điện thoại "
        "0000.000.417 để được hướng dẫn, giải quyết./.",
    ):
        y = sheet.paragraph(LEFT, y, WIDTH, text) + 4
    y += 14
    recipients(sheet, y, ["- Như trên;", "- Chủ tịch, các PCT UBND tỉnh (b/c);", "- Giám đốc, các PGĐ Sở;", "- Lưu: VT, CCHC."])
    signature_cell(sheet, y, ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Trần Thử Nghiệm")
    sheet.strokes(signature(415, y + 62, "loops"), 1.2)
    return sheet


def decision(dpi):
    """quyet-dinh: a decision; its seal and blue signature are added in colour. Returns the sheet and the signature's place."""
    sheet = Sheet(dpi)
    heading(sheet, "HUYỆN MẪU SƠN", ["ỦY BAN NHÂN DÂN", "XÃ PHÚ HÒA"], "Số: 0096/QĐ-UBND", [],
            "Phú Hòa, ngày 17 tháng 4 năm 2024", 13)
    sheet.text(310, 172, "QUYẾT ĐỊNH", 15, "Bold", "centre")
    sheet.centred(310, 191, ["Về việc công nhận Tổ công nghệ số cộng đồng", "thôn Đông Thượng, xã Phú Hòa"], 13.5, "Bold")
    underline(sheet, 310, 216, 110)
    sheet.text(310, 242, "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ PHÚ HÒA", 13.5, "Bold", "centre")
    y = 268
    for text in (
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Kế hoạch số 000/KH-UBND ngày 02 tháng 02 năm 2024 của Ủy ban nhân dân tỉnh về chuyển đổi số;",
        "Xét đề nghị của công chức Văn phòng - Thống kê tại Tờ trình số 15/TTr-VPTK ngày 15 tháng 4 năm 2024.",
    ):
        y = sheet.paragraph(LEFT, y, WIDTH, text)
    sheet.text(310, y + 14, "QUYẾT ĐỊNH:", 13.5, "Bold", "centre")
    y += 40
    for text in (
        "Điều 1. Công nhận Tổ công nghệ số cộng đồng thôn Đông Thượng, xã Phú Hòa gồm 05 thành viên, do ông Lê Văn Ví Dụ, "
        "Trưởng thôn, làm Tổ trưởng.",
        "Điều 2. Tổ công nghệ số cộng đồng có nhiệm vụ hướng dẫn người dân nộp hồ sơ trực tuyến, sử dụng tài khoản định danh "
        "điện tử và thanh toán không dùng tiền mặt.",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Công chức Văn phòng - Thống kê, Trưởng thôn Đông Thượng và các "
        "thành viên có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    ):
        y = sheet.paragraph(LEFT, y, WIDTH, text) + 5
    y += 16
    recipients(sheet, y, ["- Như Điều 3;", "- UBND huyện (b/c);", "- TT Đảng ủy, HĐND xã;", "- Lưu: VT."])
    signature_cell(sheet, y, ["CHỦ TỊCH"], "Nguyễn Thị Minh Họa")
    return sheet, (415, y + 52)
