#!/usr/bin/python3
"""Draws the sample scans of this folder, and what stands on them into the tests' fixtures. Seeded: same tools, same pages.

Needs python3-pil, python3-numpy, fonts-croscore and libtiff-tools. Usage: make-samples.py [NAME...], NAME without extension; all by default.
"""
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import numpy as np
from PIL import Image

from drawing import capture, forms, pages

HERE = Path(__file__).resolve().parent
TRUTH = HERE.parent / "tests/Digitizer.Tests/Fixtures/truth"


def cong_van(random):
    sheet = pages.letter(300)
    ink = sheet.printed()
    page = capture.printed_on(capture.paper(random, ink.size), ink)
    scan = capture.turned(capture.scanned(page, random, 0.8, 1.6), 0.15, (249, 247, 241))
    scan.save(HERE / "cong-van.jpg", quality=76, dpi=(300, 300))
    return [sheet]


def to_khai(random):
    sheets = [forms.form_first_page(200), forms.form_second_page(200)]
    scans = []
    for sheet, skew in zip(sheets, (0.35, -0.25)):
        ink = sheet.printed()
        grey = capture.printed_on(capture.paper(random, ink.size), ink).mean(axis=2)
        scan = capture.turned(capture.scanned(grey, random, 0.55, 0), skew, 246)
        scans.append(quieted(scan))
    with tempfile.TemporaryDirectory() as folder:
        plain = f"{folder}/plain.tif"
        scans[0].save(plain, save_all=True, append_images=scans[1:], dpi=(200, 200))
        # Not by Pillow, whose LZW files carry a padding byte that differs from run to run.
        subprocess.run(["tiffcp", "-c", "lzw", "-r", "128", plain, HERE / "to-khai.tif"], check=True)
    return sheets


def quieted(scan):
    """Sixteen levels of grey, as scanners' drivers clean a background; keeps the lossless file small."""
    return scan.point(lambda value: 255 if value > 236 else value // 12 * 12)


def quyet_dinh(random):
    sheet, (x, y) = pages.decision(200)
    ink = sheet.printed()
    page = capture.printed_on(capture.paper(random, ink.size), ink)
    blue = Image.new("L", sheet.image.size, 0)
    sheet.strokes(pages.signature(x, y, "loops"), 1.3, blue, 255)
    page = capture.stamped(page, np.asarray(blue.reduce(3), np.float32) / 255 * 0.92, (28, 48, 150))
    mark = capture.seal(random, round(36 / 25.4 * 200), "ỦY BAN NHÂN DÂN XÃ PHÚ HÒA", "H. MẪU SƠN - T. AN BÌNH")
    mark = np.asarray(Image.fromarray(mark).rotate(7, Image.Resampling.BICUBIC))
    left, top = (round(v / 72 * 200) - mark.shape[0] // 2 for v in (x - 52, y + 2))
    cover = np.zeros(page.shape[:2], np.float32)
    cover[top:top + mark.shape[0], left:left + mark.shape[1]] = mark
    page = capture.stamped(page, cover, (214, 36, 48))
    scan = capture.turned(capture.scanned(page, random, 0.6, 2), 1.2, (248, 246, 240))
    scan.save(HERE / "quyet-dinh-dau-do.jpg", quality=80, dpi=(200, 200))
    return [sheet]


def ban_sao(random):
    sheet = forms.copied_notice(300)
    scan = capture.copied(sheet.printed(), random, -1.0)
    scan.save(HERE / "ban-sao-g4.tif", compression="group4", dpi=(300, 300))
    return [sheet]


def anh_chup(random):
    sheet = forms.confirmation(250)
    ink = sheet.printed()
    page = Image.fromarray(capture.printed_on(capture.paper(random, ink.size), ink).clip(0, 255).astype(np.uint8))
    corners = [(206, 262), (2128, 196), (2222, 2872), (142, 2934)]
    scene = capture.photographed(page, random, (2340, 3120), corners)
    photo = capture.scanned(scene, random, 0.9, 3)
    exif = Image.Exif()
    exif[0x0112] = 6  # shown by turning 90 degrees clockwise, so the pixels are stored turned the other way
    photo.transpose(Image.Transpose.ROTATE_90).save(HERE / "anh-chup.jpg", quality=78, dpi=(72, 72), exif=exif)
    return [sheet]


def quet_ngang(random):
    sheet = forms.report(200)
    ink = sheet.printed()
    grey = capture.printed_on(capture.paper(random, ink.size), ink).mean(axis=2)
    scan = capture.turned(capture.scanned(grey, random, 0.6, 2.5), -0.4, 246)
    scan.transpose(Image.Transpose.ROTATE_270).save(HERE / "quet-ngang.jpg", quality=80, dpi=(200, 200))
    return [sheet]


SAMPLES = {"cong-van": cong_van, "to-khai": to_khai, "quyet-dinh-dau-do": quyet_dinh,
           "ban-sao-g4": ban_sao, "anh-chup": anh_chup, "quet-ngang": quet_ngang}


def main(names):
    TRUTH.mkdir(parents=True, exist_ok=True)
    for seed, (name, draw) in enumerate(SAMPLES.items(), 20260301):
        if names and name not in names:
            continue
        sheets = draw(np.random.default_rng(seed))
        text = "\f".join("\n".join(sheet.lines) + "\n" for sheet in sheets)
        (TRUTH / f"{name}.txt").write_text(unicodedata.normalize("NFC", text), encoding="utf-8", newline="\n")
        print(name)


main(sys.argv[1:])
