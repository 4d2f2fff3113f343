"""More of what happens to paper: patterns, other sides, needles, carbon, pens, and small papers on a scanner's glass."""
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from drawing.capture import paper, printed_on, smooth_noise, stamped


def guilloche(random, size):
    """Security paper: three families of fine wavy lines in pale colours, as float RGB."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    page = paper(random, size, (252, 249, 243))
    for colour, period, swing, length, slope in (((232, 150, 160), 15, 26, 170, 0.35), ((110, 190, 150), 18, 38, 260, -0.5), ((140, 165, 230), 22, 20, 120, 1.4)):
        phase = (y + slope * x + swing * np.sin(x / length * 2 * np.pi) + swing * 0.6 * np.sin((x + y) / length * 3)) / period
        lines = (np.cos(phase * 2 * np.pi) - 0.45).clip(0, 0.55) / 0.55
        page = stamped(page, lines * 0.5, colour)
    return page


def bled_through(page, back, random, strength=0.3):
    """The other side's print, mirrored, softened and uneven, shines through."""
    soft = back.transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(1.6))
    cover = (1 - np.asarray(soft, np.float32) / 255) * strength * (0.65 + 0.5 * smooth_noise(random, back.size, 160))
    return stamped(page, cover, (70, 66, 60))


def needled(ink, random, dpi, pitch_dpi=108):
    """A needle printer: print becomes dots of one grid, pale where the ribbon is worn, as ink cover 0..1."""
    width, height = ink.size
    grid = Image.fromarray(np.asarray(ink)).resize((round(width * pitch_dpi / dpi), round(height * pitch_dpi / dpi)), Image.Resampling.BOX)
    hit = np.asarray(grid) < 142
    scale, fine = dpi / pitch_dpi, 4
    dots = Image.new("L", (width * fine // 2, height * fine // 2), 0)
    pen, reach = ImageDraw.Draw(dots), scale * fine / 2 * 0.62
    for row, column in zip(*np.nonzero(hit)):
        x, y = ((v + 0.5) * scale * fine / 2 + random.normal(0, 0.25) for v in (column, row))
        pen.ellipse([x - reach, y - reach, x + reach, y + reach], fill=int(random.integers(185, 256)))
    cover = np.asarray(dots.resize((width, height), Image.Resampling.BOX), np.float32) / 255
    ribbon = 0.62 + 0.25 * smooth_noise(random, (width, height), 240) + 0.06 * np.sin(np.arange(height) / 30)[:, None]
    return cover * ribbon.clip(0, 0.95)


def continuous(random, size):
    """Continuous paper with green bars and a row of holes along each side, as float RGB."""
    width, height = size
    page = paper(random, size)
    bars = ((np.arange(height) // 80) % 2 == 0)[:, None] & (abs(np.arange(width)[None, :] - width / 2) < width / 2 - 110)
    page = np.where(bars[..., None], page * np.array([0.93, 0.975, 0.94], np.float32), page)
    image = Image.fromarray(page.clip(0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for y in range(40, height, 100):
        for x in (45, width - 45):
            pen.ellipse([x - 15, y - 15, x + 15, y + 15], fill=(208, 206, 202), outline=(150, 148, 145))
    return np.asarray(image, np.float32)


def carbon(ink, random):
    """A carbon copy: soft violet-blue letters of uneven pressure, smears, a film over the sheet. Float RGB."""
    soft = np.asarray(ink.filter(ImageFilter.GaussianBlur(1.5)), np.float32)
    cover = (1 - soft / 255) * (0.42 + 0.6 * smooth_noise(random, ink.size, 46)).clip(0.3, 0.95)
    width, height = ink.size
    smear = Image.new("L", ink.size, 0)
    pen = ImageDraw.Draw(smear)
    for _ in range(9):
        x, y, reach = random.integers(width), random.integers(height), random.integers(60, 240)
        pen.line([x, y, x + reach, y + random.integers(-40, 40)], fill=int(random.integers(18, 46)), width=int(random.integers(8, 36)))
    film = np.asarray(smear.filter(ImageFilter.GaussianBlur(7)), np.float32) / 255 + 0.03 * smooth_noise(random, ink.size, 130)
    return stamped(paper(random, ink.size, (246, 240, 226)), (cover + film).clip(0, 0.96), (58, 48, 150))


# Letters of nobody's hand, as points in a box of one by one; feet at 0, up is negative.
HAND = [
    [(0.0, -0.05), (0.55, -0.45), (0.15, -0.5), (0.05, -0.1), (0.4, -0.05), (0.58, -0.45), (0.6, -0.05), (0.8, -0.1)],
    [(0.0, -0.1), (0.4, -0.3), (0.35, -0.5), (0.1, -0.35), (0.15, 0.0), (0.6, -0.1)],
    [(0.0, -0.1), (0.35, -0.9), (0.25, -1.05), (0.12, -0.6), (0.2, 0.0), (0.5, -0.1)],
    [(0.0, -0.4), (0.1, -0.5), (0.12, 0.0), (0.3, -0.5), (0.4, -0.4), (0.42, 0.0), (0.6, -0.5), (0.72, -0.4), (0.75, -0.02), (0.9, -0.1)],
    [(0.0, -0.1), (0.3, -0.95), (0.15, -0.9), (0.12, 0.0), (0.3, -0.45), (0.48, -0.4), (0.5, -0.02), (0.7, -0.1)],
    [(0.0, -0.4), (0.5, -0.5), (0.15, -0.45), (0.2, -0.05), (0.5, -0.4), (0.45, 0.4), (0.2, 0.45), (0.3, 0.1), (0.75, -0.15)],
    [(0.0, -0.3), (0.2, -0.8), (0.2, -0.05), (0.35, 0.0), (0.5, -0.1)],
    [(0.0, -0.45), (0.1, -0.5), (0.1, -0.1), (0.3, 0.0), (0.5, -0.45), (0.48, -0.05), (0.7, -0.1)],
]


def handwritten(sheet, random, x, y, end, size, image):
    """Scribbles a line of made-up letters with a pen, sloping and uneven; it is no text that anybody could read."""
    while x < end:
        points = []
        for letter in random.integers(len(HAND), size=random.integers(2, 6)):
            wide = size * random.uniform(0.75, 1.05)
            points += [(x + px * wide - py * size * 0.22, y + py * size * random.uniform(0.9, 1.1)) for px, py in HAND[letter]]
            x += wide * HAND[letter][-1][0]
        sheet.strokes(points, size * 0.055, image, 255)
        if random.random() < 0.6:
            top = (points[0][0] + x) / 2
            sheet.strokes([(top, y - size * 0.95), (top + size * 0.12, y - size * 0.75), (top + size * 0.2, y - size * 0.9)], size * 0.05, image, 255)
        x += size * random.uniform(0.45, 0.8)
        y += random.normal(0, size * 0.05)


def glass(random, size):
    """An empty scanner under its white lid: light grey, darker to the edges, with dust. Float RGB."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    value = 236 - 16 * ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) + 3 * (smooth_noise(random, size, 80) - 0.5)
    image = Image.fromarray(value.clip(0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for _ in range(30):
        px, py, r = random.integers(width), random.integers(height), random.choice([1, 1, 2])
        pen.ellipse([px, py, px + r, py + r], fill=int(random.integers(150, 210)))
    return np.repeat(np.asarray(image, np.float32)[..., None], 3, axis=2)


def laid(scene, piece, left, top, clockwise):
    """Lays an RGB piece of paper (uint8) on the glass, turned by degrees, with the shadow of its edge."""
    turned = Image.fromarray(piece).rotate(-clockwise, Image.Resampling.BICUBIC, expand=True)
    mask = Image.new("L", piece.shape[1::-1], 255).rotate(-clockwise, Image.Resampling.BICUBIC, expand=True)
    whole = Image.new("L", scene.shape[1::-1], 0)
    whole.paste(mask, (left, top))
    shadow = np.asarray(whole.filter(ImageFilter.GaussianBlur(4)), np.float32)[..., None] / 255
    cover = np.asarray(whole, np.float32)[..., None] / 255
    paste = Image.new("RGB", scene.shape[1::-1])
    paste.paste(turned, (left, top))
    return scene * (1 - 0.4 * shadow) * (1 - cover) + np.asarray(paste, np.float32) * cover


def plastic_card(sheet, random):
    """A printed plastic card: pale green and blue with fine lines, a portrait that shows nobody, a chip, a star. Uint8 RGB."""
    ink = sheet.printed()
    width, height = ink.size
    unit = width / 242.6
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    blend = (x / width)[..., None]
    page = np.array([206, 228, 214], np.float32) * (1 - blend) + np.array([208, 222, 238], np.float32) * blend
    for period, slope, colour in ((7, 0.4, (150, 200, 178)), (8, -0.6, (166, 186, 222))):
        wave = np.cos((y + slope * x + 14 * np.sin(x / 90)) / period * 2 * np.pi)
        page = stamped(page, (wave - 0.5).clip(0, 0.5) * 0.5, colour)
    image = Image.fromarray(page.clip(0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    box = lambda *v: [round(value * unit) for value in v]
    pen.ellipse(box(18, 10, 48, 40), fill=(200, 60, 52))
    pen.polygon([(33 * unit + math.sin(k * math.pi / 5) * r * unit, 25 * unit - math.cos(k * math.pi / 5) * r * unit)
                 for k, r in enumerate([11, 4.3] * 5)], fill=(240, 208, 90))
    pen.rectangle(box(12, 50, 72, 128), fill=(196, 206, 216))
    pen.ellipse(box(29, 62, 55, 96), fill=(132, 138, 150))
    pen.pieslice(box(15, 98, 69, 158), 180, 360, fill=(110, 118, 134))
    pen.rectangle(box(206, 48, 230, 68), fill=(214, 190, 120), outline=(150, 128, 70))
    pen.line(box(206, 58, 230, 58), fill=(150, 128, 70))
    pen.line(box(218, 48, 218, 68), fill=(150, 128, 70))
    page = printed_on(np.asarray(image, np.float32), ink, (34, 34, 40))
    return page.clip(0, 255).astype(np.uint8)
