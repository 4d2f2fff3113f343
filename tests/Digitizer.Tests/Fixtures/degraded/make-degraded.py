#!/usr/bin/python3
"""Draws the degraded pages of this folder with their truth. Seeded: same tools, same pages.

Needs python3-pil, python3-numpy and fonts-croscore. Usage: make-degraded.py [PROFILE...]; all by default.
What is written: pages/, gt/ and manifest.json, as docs/accuracy.md describes such folders.
"""
import json
import sys
import unicodedata
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[3] / "samples"))

from drawing import capture, notes, wear  # noqa: E402
from drawing.sheet import Sheet  # noqa: E402


def grey(page):
    return page.mean(axis=2) if page.ndim == 3 else page


def on_paper(random, ink, colour=(28, 28, 32)):
    return capture.printed_on(capture.paper(random, ink.size), ink, colour)


def saved(name, image, quality=60, dpi=200, **facts):
    """Writes the picture; bitonal ones as CCITT G4."""
    if image.mode == "1":
        file = f"pages/{name}.tif"
        image.save(HERE / file, compression="group4", dpi=(dpi, dpi))
    else:
        file = f"pages/{name}.jpg"
        image.save(HERE / file, quality=quality, dpi=(dpi, dpi))
    return {"file": file, "width": image.width, "height": image.height, "dpi": dpi} | facts


def clean(random, name):
    sheet, fields, _ = notes.note(200, "moi")
    scan = capture.scanned(grey(on_paper(random, sheet.printed())), random, 0.6, 1.2)
    return sheet, fields, saved(name, capture.turned(scan, 0.2, 247), skew_deg=0.2)


def skewed(random, name):
    sheet, fields, _ = notes.note(200, "nghi")
    scan = capture.turned(Image.fromarray(grey(on_paper(random, sheet.printed())).astype(np.uint8)), 4, 247)
    return sheet, fields, saved(name, capture.scanned(np.asarray(scan, np.float32), random, 0.6, 1.2), skew_deg=4.0)


def turned(key, skew, transpose, clockwise, family):
    def draw(random, name):
        sheet, fields, _ = notes.note(200, key, family)
        scan = capture.turned(capture.scanned(grey(on_paper(random, sheet.printed())), random, 0.6, 1.5), skew, 247)
        return sheet, fields, saved(name, scan.transpose(transpose), skew_deg=skew, rotated_cw=clockwise, rotate_to_fix_cw=(360 - clockwise) % 360)
    return draw


def faint(random, name):
    sheet, fields, _ = notes.note(200, "truong")
    ink = sheet.printed()
    pale = on_paper(random, ink, (150, 150, 154))
    pale = pale + (250 - pale) * (0.45 * capture.smooth_noise(random, ink.size, 180))[..., None]
    return sheet, fields, saved(name, capture.turned(capture.scanned(grey(pale), random, 0.7, 2.2), -0.4, 247), skew_deg=-0.4)


def photocopy(random, name):
    sheet, fields, _ = notes.note(300, "dat")
    return sheet, fields, saved(name, capture.copied(sheet.printed(), random, -1.0), dpi=300, skew_deg=-1.0)


def sealed(random, key, degrees):
    """A note with blue signature and red seal over it, as float RGB."""
    sheet, fields, (x, y) = notes.note(200, key, signed=False)
    page = on_paper(random, sheet.printed())
    blue = Image.new("L", sheet.image.size, 0)
    sheet.strokes(notes.signature(x, y, "loops"), 1.2, blue, 255)
    page = capture.stamped(page, np.asarray(blue.reduce(3), np.float32) / 255 * 0.92, (28, 48, 150))
    return sheet, fields, stamped(random, page, x - 56, y - 6, degrees)


def stamped(random, page, x, y, degrees):
    mark = capture.seal(random, round(36 / 25.4 * 200), "ỦY BAN NHÂN DÂN XÃ PHÚ HÒA", "H. MẪU SƠN - T. AN BÌNH")
    mark = np.asarray(Image.fromarray(mark).rotate(degrees, Image.Resampling.BICUBIC))
    left, top = (round(v / 72 * 200) - mark.shape[0] // 2 for v in (x, y))
    top = min(top, page.shape[0] - mark.shape[0])
    cover = np.zeros(page.shape[:2], np.float32)
    cover[top:top + mark.shape[0], left:left + mark.shape[1]] = mark
    return capture.stamped(page, cover, (214, 36, 48))


def red_seal(random, name):
    sheet, fields, page = sealed(random, "thuyet", 9)
    return sheet, fields, saved(name, capture.turned(capture.scanned(page, random, 0.6, 1.0), 0.7, (248, 246, 240)), 62, skew_deg=0.7)


def grey_seal(random, name):
    sheet, fields, page = sealed(random, "thu", -14)
    return sheet, fields, saved(name, capture.turned(capture.scanned(grey(page), random, 0.7, 1.5), -0.6, 247), skew_deg=-0.6)


def guilloche(random, name):
    sheet, fields, _ = notes.note(200, "nuoc")
    ink = sheet.printed()
    page = capture.printed_on(wear.guilloche(random, ink.size), ink)
    return sheet, fields, saved(name, capture.scanned(page, random, 0.6, 0.6), 50, skew_deg=0.0)


def bleed(random, name):
    sheet, fields, _ = notes.note(200, "dien")
    back, _, _ = notes.note(200, "dat")
    page = wear.bled_through(on_paper(random, sheet.printed()), back.printed(), random, 0.34)
    return sheet, fields, saved(name, capture.turned(capture.scanned(grey(page), random, 0.6, 1.2), 0.5, 247), skew_deg=0.5)


def phone(random, name):
    sheet, fields, _ = notes.note(200, "hen")
    page = Image.fromarray(on_paper(random, sheet.printed()).clip(0, 255).astype(np.uint8))
    scene = capture.photographed(page, random, (1880, 1400), [(118, 158), (1768, 104), (1806, 1250), (62, 1296)])
    return sheet, fields, saved(name, capture.scanned(scene, random, 0.8, 1.5), 62, 72, skew_deg=None)


def coarse(random, name):
    sheet, fields, _ = notes.note(150, "thuyet", "Arimo")
    return sheet, fields, saved(name, capture.turned(capture.scanned(grey(on_paper(random, sheet.printed())), random, 0.55, 1.8), -0.3, 247), 70, 150, skew_deg=-0.3)


def fine(random, name):
    sheet, fields = notes.cutting(600)
    return sheet, fields, saved(name, capture.turned(capture.scanned(grey(on_paper(random, sheet.printed())), random, 1.3, 1.2), 0.4, 247), 50, 600, skew_deg=0.4)


def needles(random, name):
    sheet, fields = notes.delivery(200)
    ink = sheet.printed()
    page = capture.stamped(wear.continuous(random, ink.size), wear.needled(ink, random, 200), (52, 50, 62))
    return sheet, fields, saved(name, capture.turned(capture.scanned(grey(page), random, 0.6, 1.3), 0.3, 240), skew_deg=0.3)


def carbon(random, name):
    sheet, fields, _ = notes.note(200, "dien", signed=False)
    page = wear.carbon(sheet.printed(), random)
    return sheet, fields, saved(name, capture.turned(capture.scanned(page, random, 0.6, 1.2), -0.5, (244, 238, 224)), 58, skew_deg=-0.5)


def pen(random, name):
    sheet, fields, _ = notes.note(200, "truong")
    page = on_paper(random, sheet.printed())
    blue = Image.new("L", sheet.image.size, 0)
    for x, y, end, size in ((92, 300, 300, 13), (92, 324, 330, 13), (100, 350, 250, 14), (98, 378, 300, 12), (440, 148, 540, 11)):
        wear.handwritten(sheet, random, x, y, end, size, blue)
    page = capture.stamped(page, np.asarray(blue.reduce(3), np.float32) / 255 * 0.9, (36, 58, 158))
    return sheet, fields, saved(name, capture.turned(capture.scanned(page, random, 0.6, 1.0), 0.4, (248, 246, 240)), 62, skew_deg=0.4)


def receipts(random, name):
    scene, lines = wear.glass(random, (1500, 1130)), []
    for number, (left, top, clockwise) in enumerate(((110, 90, -1.6), (820, 120, 2.1))):
        sheet = notes.slip(200, number)
        piece = on_paper(random, sheet.printed(), (48, 46, 50)).clip(0, 255).astype(np.uint8)
        scene = wear.laid(scene, piece, left, top, clockwise)
        lines += sheet.lines
    sheet.lines = lines
    return sheet, {"so": "0001287", "ma_kh": "00-4471"}, saved(name, capture.scanned(grey(scene), random, 0.6, 1.2), skew_deg=None)


def card(random, name):
    sheet, fields = notes.card(300)
    scene = wear.laid(wear.glass(random, (1300, 900)), wear.plastic_card(sheet, random), 130, 120, 0.8)
    return sheet, fields, saved(name, capture.scanned(scene, random, 0.6, 1.0), 66, 300, skew_deg=0.8)


def table(random, name):
    sheet, fields = notes.wide_table(200)
    return sheet, fields, saved(name, capture.turned(capture.scanned(grey(on_paper(random, sheet.printed())), random, 0.6, 1.4), -0.5, 247), skew_deg=-0.5)


def form(random, name):
    sheet, fields = notes.form(200)
    return sheet, fields, saved(name, capture.turned(capture.scanned(grey(on_paper(random, sheet.printed())), random, 0.6, 1.4), 0.6, 247), skew_deg=0.6)


def blank(random, name):
    back, _, _ = notes.note(200, "nghi")
    page = wear.bled_through(capture.paper(random, back.printed().size), back.printed(), random, 0.3)
    return Sheet(200, paper=notes.HALF), {}, saved(name, capture.scanned(grey(page), random, 0.7, 1.2), blank=True)


def only_seal(random, name):
    sheet = Sheet(200, paper=notes.HALF)
    page = stamped(random, capture.paper(random, sheet.printed().size), 400, 250, 5)
    return sheet, {}, saved(name, capture.scanned(page, random, 0.6, 1.0), 62, skew_deg=None)


# profile → kind of paper, how it is drawn; the order gives the seeds and is only added to
PAGES = {
    "clean": ("note", clean),
    "skewed": ("note", skewed),
    "turned90": ("note", turned("thu", 0.4, Image.Transpose.ROTATE_270, 90, "Tinos")),
    "turned180": ("note", turned("hen", -0.3, Image.Transpose.ROTATE_180, 180, "Arimo")),
    "faint": ("note", faint),
    "photocopy": ("note", photocopy),
    "red-seal": ("note", red_seal),
    "grey-seal": ("note", grey_seal),
    "guilloche": ("note", guilloche),
    "bleed": ("note", bleed),
    "phone": ("note", phone),
    "150dpi": ("note", coarse),
    "600dpi": ("cutting", fine),
    "needles": ("delivery", needles),
    "carbon": ("note", carbon),
    "pen": ("note", pen),
    "receipts": ("slip", receipts),
    "card": ("card", card),
    "table": ("table", table),
    "form": ("form", form),
    "blank": ("blank", blank),
    "only-seal": ("seal", only_seal),
}


def main(wanted):
    for folder in ("pages", "gt"):
        (HERE / folder).mkdir(exist_ok=True)
    file = HERE / "manifest.json"
    known = {page["id"]: page for page in json.loads(file.read_text(encoding="utf-8"))["pages"]} if file.exists() else {}
    for number, (profile, (kind, draw)) in enumerate(PAGES.items(), 1):
        name = f"{number:02}-{profile}"
        if wanted and profile not in wanted:
            continue
        sheet, fields, facts = draw(np.random.default_rng(20260310 + number), name)
        text = unicodedata.normalize("NFC", "".join(line + "\n" for line in sheet.lines))
        (HERE / "gt" / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
        known[name] = {"id": name, "profile": profile, "kind": kind, "blank": False, "skew_deg": 0.0,
                       "rotated_cw": 0, "rotate_to_fix_cw": 0, "fields": fields} | facts
        print(name, f"{(HERE / facts['file']).stat().st_size // 1000} kB")
    pages = [known[name] for name in sorted(known)]
    file.write_text(json.dumps({"pages": pages}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


main(sys.argv[1:])
