#!/usr/bin/python3
"""Writes formats/: one small page in every encoding that the product takes in. Then damage.py writes damaged/.

Needs python3-pil, python3-numpy, fonts-croscore, libtiff-tools (tiffcp, tiffset, tiffinfo) and webp (cwebp).
"""
import struct
import subprocess
import sys
import unicodedata
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

import damage

HERE = Path(__file__).resolve().parent
FORMATS = HERE / "formats"
SIZE, DPI = (900, 500), (200, 200)
LINES = ["Cộng hòa xã hội chủ nghĩa Việt Nam", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
         "Mã số: 000.00.00.H27-240417-0009", "Người nộp: Phạm Thị Ví Dụ, thôn Đông Thượng"]
UPRIGHT = {1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
           5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
           8: Image.Transpose.ROTATE_270}  # what an upright page undergoes so that the tag turns it back


def draw_page():
    """Four lines at 13 points and 200 dpi, and coloured squares at the top left that tell channels and corners apart,
    too pale for OCR to take for ink."""
    page = Image.new("RGB", (SIZE[0] * 3, SIZE[1] * 3), (250, 250, 240))
    pen = ImageDraw.Draw(page)
    face = ImageFont.truetype("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf", round(13 / 72 * 200 * 3))
    for row, line in enumerate(LINES):
        pen.text((180, 390 + row * 270), unicodedata.normalize("NFC", line), (25, 25, 30), face, anchor="ls")
    for index, colour in enumerate([(250, 190, 190), (190, 250, 190), (190, 190, 250)]):
        pen.rectangle([60 + index * 180, 30, 239 + index * 180, 210], fill=colour)
    page = page.reduce(3).filter(ImageFilter.GaussianBlur(0.4))
    return page.point(lambda value: value // 10 * 10)  # few levels keep the lossless files small


def jpegs(rgb, grey):
    grey.save(FORMATS / "gray-baseline.jpg", quality=70, dpi=DPI)
    rgb.save(FORMATS / "rgb-progressive.jpg", quality=70, dpi=DPI, progressive=True)
    # Pillow stores CMYK inverted with an Adobe marker, as Photoshop does.
    rgb.convert("CMYK").save(FORMATS / "cmyk-adobe.jpg", quality=50, dpi=DPI)
    for tag, change in UPRIGHT.items():
        exif = Image.Exif()
        exif[0x0112] = tag
        stored = rgb.transpose(change) if change is not None else rgb
        stored.save(FORMATS / f"exif-{tag}.jpg", quality=65, dpi=DPI, exif=exif)


def pngs(rgb, grey):
    few = flattened(grey)
    few.save(FORMATS / "gray8.png", dpi=DPI, optimize=True)
    rgb.save(FORMATS / "rgb.png", dpi=DPI, optimize=True)
    rgba = rgb.copy()
    rgba.putalpha(grey.point(lambda value: 0 if value >= 235 else 255))  # paper transparent: a page must show white there
    rgba.save(FORMATS / "rgba.png", dpi=DPI, optimize=True)
    rgb.quantize(32, dither=Image.Dither.NONE).save(FORMATS / "palette.png", dpi=DPI, optimize=True)
    Image.fromarray(np.asarray(few, np.uint16) * 257).save(FORMATS / "gray16.png", dpi=DPI)
    bitonal(grey).save(FORMATS / "bit1.png", dpi=DPI)
    (FORMATS / "interlaced.png").write_bytes(interlaced(np.asarray(few)))


def flattened(grey):
    return grey.point(lambda value: value // 8 * 8)


def bitonal(grey):
    return grey.point(lambda value: 255 if value > 150 else 0).convert("1", dither=Image.Dither.NONE)


def interlaced(pixels):
    """An Adam7 grey PNG (PNG specification, 8.2), which Pillow cannot write."""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    rows = b"".join(b"\0" + row.tobytes() for x, y, dx, dy in passes for row in pixels[y::dy, x::dx])
    height, width = pixels.shape
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 1)
    resolution = struct.pack(">IIB", 7874, 7874, 1)  # 200 dpi in pixels a metre
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        png_chunk(*part) for part in ((b"IHDR", header), (b"pHYs", resolution), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")))


def png_chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def tiffs(rgb, grey):
    few = flattened(grey)
    deep = Image.fromarray(np.asarray(few, np.uint16) * 257)
    bits, plain = bitonal(grey), FORMATS / "plain.tif"
    bits.save(plain, dpi=DPI, tiffinfo={262: 1})
    tiffcp("-c", "g4", plain, FORMATS / "g4-minisblack.tif")
    tiffcp("-c", "g3:2d", plain, FORMATS / "g3.tif")
    bits.save(FORMATS / "g4.tif", compression="group4", dpi=DPI, tiffinfo={262: 0})
    rgb.save(plain, dpi=DPI)
    tiffcp("-c", "lzw:2", plain, FORMATS / "lzw-rgb.tif")
    tiffcp("-c", "jpeg:80", "-r", "96", plain, FORMATS / "jpeg-ycbcr-strips.tif")
    few.save(plain, dpi=DPI)
    tiffcp("-c", "zip:2", plain, FORMATS / "deflate-gray.tif")
    tiffcp("-c", "jpeg:80", "-r", "504", plain, FORMATS / "jpeg-gray-one-strip.tif")
    tiffcp("-c", "zip", "-t", "-w", "256", "-l", "128", plain, FORMATS / "tiled.tif")
    tiffcp("-c", "lzw", "-B", plain, FORMATS / "big-endian.tif")
    deep.save(plain, dpi=DPI)
    tiffcp("-c", "zip:2", plain, FORMATS / "gray16.tif")
    few.transpose(UPRIGHT[6]).save(FORMATS / "orientation-6.tif", compression="tiff_lzw", dpi=DPI, tiffinfo={274: 6})
    plain.unlink()
    # Pages of different kinds in one file: a bitonal G4 page, a colour JPEG page, a grey LZW page.
    tiffcp(FORMATS / "g4.tif", FORMATS / "jpeg-ycbcr-strips.tif", FORMATS / "big-endian.tif", FORMATS / "multi-mixed.tif")


def tiffcp(*arguments):
    subprocess.run(["tiffcp", *map(str, arguments)], check=True)


def others(rgb, grey):
    first_line = (0, 0, 620, 150)  # BMP does not compress
    rgb.crop(first_line).save(FORMATS / "bmp24.bmp", dpi=DPI)
    grey.crop(first_line).save(FORMATS / "bmp8.bmp", dpi=DPI)
    for name, options in (("lossy.webp", ["-q", "80"]), ("lossless.webp", ["-lossless"])):
        subprocess.run(["cwebp", "-quiet", *options, FORMATS / "rgb.png", "-o", FORMATS / name], check=True)


def main():
    FORMATS.mkdir(exist_ok=True)
    rgb = draw_page()
    grey = rgb.convert("L")
    for write in (jpegs, pngs, tiffs, others):
        write(rgb, grey)
    text = "\n".join(LINES) + "\n"
    (HERE / "truth/formats.txt").write_text(unicodedata.normalize("NFC", text), encoding="utf-8", newline="\n")
    damage.write(FORMATS, HERE / "damaged")


if __name__ == "__main__":
    sys.exit(main())
