"""What paper, seal, scanner, copier and camera do to a printed sheet. All randomness comes from the given generator."""
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from drawing.sheet import font


def smooth_noise(random, size, cell):
    """Slowly varying noise in 0..1: a coarse random grid, enlarged bicubically to size (width, height)."""
    coarse = random.random((size[1] // cell + 3, size[0] // cell + 3)).astype(np.float32)
    return np.asarray(Image.fromarray(coarse, "F").resize(size, Image.Resampling.BICUBIC)).clip(0, 1)


def paper(random, size, tone=(250, 248, 242)):
    """Warm paper with soft mottle, as float RGB."""
    mottle = (smooth_noise(random, size, 90) - 0.5) * 3 + (smooth_noise(random, size, 7) - 0.5) * 2
    return np.array(tone, np.float32) + mottle[..., None].astype(np.float32)


def printed_on(background, ink, colour=(28, 28, 32)):
    """Lays ink (grey, 255 = none) of one colour over an RGB background."""
    cover = (1 - np.asarray(ink, np.float32) / 255)[..., None]
    return background * (1 - cover) + np.array(colour, np.float32) * cover


def stamped(background, cover, colour):
    """Multiplies a translucent ink (cover 0..1) into the page: black print below stays black."""
    return background * (1 - cover[..., None] * (1 - np.array(colour, np.float32) / 255))


def scanned(pixels, random, blur=0.7, noise=2.2):
    """Optics and sensor: a slight blur, then noise. Returns an image of the mode that the array suggests."""
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(blur))
    grain = random.normal(0, noise, np.asarray(image).shape)
    return Image.fromarray((np.asarray(image, np.float32) + grain).clip(0, 255).astype(np.uint8))


def turned(image, clockwise, fill):
    """Skewed on the glass: same canvas, turned by degrees clockwise."""
    return image.rotate(-clockwise, Image.Resampling.BICUBIC, fillcolor=fill)


def seal(random, diameter, agency, place):
    """A round seal with lettering along its rings, as ink cover 0..1 with worn spots."""
    size = diameter * 2
    image = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(image)
    middle, radius = size / 2, size / 2 - 4
    ring(pen, middle, radius, size * 0.018)
    ring(pen, middle, radius * 0.94, size * 0.006)
    ring(pen, middle, radius * 0.60, size * 0.008)
    around(image, agency, middle, radius * 0.775, size * 0.074, -90)
    around(image, place, middle, radius * 0.775, size * 0.066, 90, True)
    pen.polygon([star_point(k, middle, radius) for k in range(10)], fill=255)
    image = image.resize((diameter, diameter), Image.Resampling.LANCZOS)
    worn = smooth_noise(random, (diameter, diameter), 14) * 0.55 + smooth_noise(random, (diameter, diameter), 60) * 0.45
    return np.asarray(image, np.float32) / 255 * (0.62 + 0.5 * worn).clip(0.35, 0.97)


def star_point(k, middle, radius):
    reach = radius * (0.36 if k % 2 == 0 else 0.14)
    return (middle + reach * math.sin(k * math.pi / 5), middle - reach * math.cos(k * math.pi / 5))


def ring(pen, middle, radius, width):
    pen.ellipse([middle - radius, middle - radius, middle + radius, middle + radius], outline=255, width=round(width))


def around(image, text, middle, radius, height, centre_degrees, inward=False):
    """Letters along a circle around centre_degrees (clockwise, 0 = right); inward: feet to the outside, for the lower half."""
    face = font("Arimo-Bold", round(height))
    advance = [face.getlength(letter) * 1.12 for letter in text]
    position = -sum(advance) / 2
    for letter, width in zip(text, advance):
        along = (position + width / 2) / radius
        position += width
        angle = math.radians(centre_degrees) + (-along if inward else along)
        tile = Image.new("L", (round(height * 2),) * 2, 0)
        ImageDraw.Draw(tile).text((height, height), letter, 255, face, anchor="mm")
        tile = tile.rotate(-math.degrees(angle) + (90 if inward else -90), Image.Resampling.BICUBIC)
        place = (round(middle + radius * math.cos(angle) - height), round(middle + radius * math.sin(angle) - height))
        image.paste(255, place, tile)


def copied(ink, random, clockwise):
    """A copier's bitonal output: grown and eaten letters, specks, punch holes, a dark edge."""
    width, height = ink.size
    page = np.asarray(turned(ink.filter(ImageFilter.GaussianBlur(1.1)), clockwise, 255), np.float32)
    page = page + (smooth_noise(random, ink.size, 120) - 0.5) * 70 + random.normal(0, 26, page.shape)
    page = np.asarray(Image.fromarray(page.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8)))
    bits = Image.fromarray(np.where(page < 142, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(bits)
    for _ in range(420):
        x, y, r = random.integers(width), random.integers(height), random.choice([1, 1, 1, 2, 2, 3, 4])
        pen.ellipse([x, y, x + r, y + r], fill=0)
    for y in (height / 2 - 472, height / 2 + 472):
        pen.ellipse([112, y - 35, 182, y + 35], fill=0)
    dark = (np.arange(width)[None, :] > width - 14 - smooth_noise(random, ink.size, 200) * 22)
    return Image.fromarray(np.where(dark, 0, np.asarray(bits)).astype(np.uint8)).convert("1", dither=Image.Dither.NONE)


def wood(random, size):
    """A brown table with stretched grain and boards, as float RGB."""
    width, height = size
    long_grain = np.asarray(Image.fromarray(random.random((height // 3, 8)).astype(np.float32), "F").resize(size, Image.Resampling.BICUBIC))
    waves = np.sin((np.arange(height)[:, None] + smooth_noise(random, size, 500) * 260) / 17) * 0.5
    value = 0.55 + 0.16 * (long_grain - 0.5) + 0.05 * waves + 0.12 * (smooth_noise(random, size, 300) - 0.5)
    boards = (np.arange(height) % 780 < 6)[:, None]
    return np.where(boards, value * 0.5, value)[..., None] * np.array([196, 138, 88], np.float32)


def photographed(page, random, size, corners):
    """Puts an RGB page onto a table so that its corners (TL, TR, BR, BL) fall where given, under uneven light."""
    width, height = page.size
    table = wood(random, size)
    coefficients = perspective(corners, [(0, 0), (width, 0), (width, height), (0, height)])
    placed = np.asarray(page.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC), np.float32)
    mask = Image.new("L", (width, height), 255).transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
    shadow = np.roll(np.asarray(mask.filter(ImageFilter.GaussianBlur(22)), np.float32), (18, 24), (0, 1)) / 255
    cover = np.asarray(mask.filter(ImageFilter.GaussianBlur(0.8)), np.float32)[..., None] / 255
    scene = table * (1 - 0.55 * shadow[..., None]) * (1 - cover) + placed * cover
    return scene * lamp(random, size)[..., None] * np.array([1.0, 0.965, 0.90], np.float32)


def lamp(random, size):
    """Light from the upper right, and the soft shadow of the hand with the phone from the lower left."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    light = 1.02 - 0.30 * np.hypot(x / width - 0.75, y / height - 0.15)
    edge = (x / width * 0.9 + (1 - y / height) * 0.75 - 0.52 + 0.10 * smooth_noise(random, size, 700)) / 0.09
    return light * (1 - 0.26 / (1 + np.exp(edge.clip(-30, 30))))


def perspective(source, target):
    """The eight coefficients that map output points (source) to input points (target), as PIL's PERSPECTIVE wants them."""
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.linalg.solve(np.array(rows, np.float64), np.array(values, np.float64)).tolist()
