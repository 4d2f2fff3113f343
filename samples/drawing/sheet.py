"""Typesetting for the sample pages: a greyscale sheet drawn at three times its size, and the lines that were drawn.

Lengths are in typographic points (1/72 inch), on an A4 page unless another paper is given; a sheet turns them into pixels.
"""
import unicodedata
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

FONTS = "/usr/share/fonts/truetype/croscore"
OVERSAMPLING = 3
A4 = (595.2, 841.9)


@lru_cache(maxsize=None)
def font(face, pixels):
    return ImageFont.truetype(f"{FONTS}/{face}.ttf", pixels, layout_engine=ImageFont.Layout.BASIC)


class Sheet:
    """White paper (255) with black ink (0), and the ground truth of what was set on it."""

    def __init__(self, dpi, family="Tinos", paper=A4):
        self.dpi = dpi
        self.scale = dpi * OVERSAMPLING / 72
        size = [round(side / 72 * dpi) * OVERSAMPLING for side in paper]
        self.image = Image.new("L", size, 255)
        self.pen = ImageDraw.Draw(self.image)
        self.family = family
        self.lines = []

    def px(self, points):
        return points * self.scale

    def face(self, size, style="Regular"):
        return font(f"{self.family}-{style}", round(self.px(size)))

    def width(self, text, size, style="Regular"):
        return self.face(size, style).getlength(text) / self.scale

    def text(self, x, baseline, text, size=13, style="Regular", align="left", record=True):
        """One line; x is its left edge, middle or right edge. Returns its width."""
        text = unicodedata.normalize("NFC", text)
        width = self.width(text, size, style)
        left = x - {"left": 0, "centre": width / 2, "right": width}[align]
        self.pen.text((self.px(left), self.px(baseline)), text, font=self.face(size, style), fill=15, anchor="ls")
        if record:
            self.lines.append(text)
        return width

    def line(self, x1, y1, x2, y2, width=0.6):
        self.pen.line([self.px(v) for v in (x1, y1, x2, y2)], fill=15, width=max(1, round(self.px(width))))

    def box(self, x, y, width, height, stroke=0.6):
        for ends in ((x, y, x + width, y), (x, y + height, x + width, y + height),
                     (x, y, x, y + height), (x + width, y, x + width, y + height)):
            self.line(*ends, stroke)

    def dots(self, x, baseline, end):
        """A dotted leader as typewritten forms have it; not part of the text."""
        step, radius = 2.9, 0.42
        while x + step < end:
            x += step
            self.pen.ellipse([self.px(x - radius), self.px(baseline - 2 * radius),
                              self.px(x + radius), self.px(baseline)], fill=40)

    def centred(self, x, baseline, rows, size, style="Regular", leading=1.25):
        for row in rows:
            self.text(x, baseline, row, size, style, "centre")
            baseline += size * leading
        return baseline

    def paragraph(self, x, baseline, width, text, size=13, leading=1.32, indent=28):
        """Sets justified text; each visual line becomes one line of the truth. Returns the next baseline."""
        words, start = text.split(), indent
        while words:
            count = self._fitting(words, size, width - start)
            row, words = words[:count], words[count:]
            self._justified(x + start, baseline, row, size, width - start if words else None)
            baseline += size * leading
            start = 0
        return baseline

    def _fitting(self, words, size, width):
        count = 1
        while count < len(words) and self.width(" ".join(words[:count + 1]), size) <= width:
            count += 1
        return count

    def _justified(self, x, baseline, words, size, width):
        space = self.width(" ", size)
        if width is not None and len(words) > 1:
            space = (width - sum(self.width(word, size) for word in words)) / (len(words) - 1)
        for word in words:
            x += self.text(x, baseline, word, size, record=False) + space
        self.lines.append(unicodedata.normalize("NFC", " ".join(words)))

    def strokes(self, points, width=1.1, image=None, fill=15):
        """A handwritten curve through the points (Catmull-Rom), thicker on the way down."""
        pen = ImageDraw.Draw(image) if image else self.pen
        path = [points[0], *points, points[-1]]
        for a, b, c, d in zip(path, path[1:], path[2:], path[3:]):
            previous = b
            for step in range(1, 25):
                t = step / 24
                here = tuple(_spline(a[i], b[i], c[i], d[i], t) for i in (0, 1))
                weight = width * (1.25 if here[1] > previous[1] else 0.75)
                pen.line([self.px(v) for v in (*previous, *here)], fill=fill, width=max(1, round(self.px(weight))))
                radius = self.px(weight) / 2
                x, y = self.px(here[0]), self.px(here[1])
                pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=fill)
                previous = here

    def printed(self):
        """The sheet at its real size, edges smoothed."""
        return self.image.reduce(OVERSAMPLING)


def _spline(a, b, c, d, t):
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t ** 3)
