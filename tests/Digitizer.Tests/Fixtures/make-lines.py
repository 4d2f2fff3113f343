#!/usr/bin/python3
"""Writes lines/: single lines of text, bold and soft, so that a hook is hard to tell from an acute.

Needs python3-pil and fonts-croscore.
"""
import unicodedata
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

LINES = Path(__file__).resolve().parent / "lines"
DPI, POINTS, FINER = 200, 13, 3
TEXTS = {"hook": "Đề nghị sửa đổi, bổ sung hồ sơ", "grave": "Đề nghị sửa đồi, bổ sung hồ sơ"}


def draw_line(text):
    face = ImageFont.truetype("/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf", round(POINTS / 72 * DPI * FINER))
    line = Image.new("L", (int(face.getlength(text)) + 60 * FINER, 72 * FINER), 250)
    ImageDraw.Draw(line).text((30 * FINER, 49 * FINER), unicodedata.normalize("NFC", text), 25, face, anchor="ls")
    soft = line.reduce(FINER).filter(ImageFilter.GaussianBlur(1.0))
    return soft.point(lambda value: value // 10 * 10)  # few levels keep the files small


for name, text in TEXTS.items():
    draw_line(text).save(LINES / f"{name}.png", dpi=(DPI, DPI), optimize=True)
