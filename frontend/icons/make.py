"""Draws Keel's icons: dark water, one warm light, and under it the line of a keel; no letter."""

import math
from pathlib import Path

from PIL import Image, ImageDraw

WATER, LAMP, HULL = "#0e1518", "#f0b65a", "#a9b4b5"
OVERSIZE = 4
"""Drawn so many times larger, then shrunk, so that edges are smooth."""

SPREAD = 38
"""Degrees of the circle that the keel is, to each side of straight down."""

HERE = Path(__file__).parent


def draw(size: int, scale: float = 1.0) -> Image.Image:
    """A square of `size` pixels; `scale` shrinks the mark towards the middle, for masks."""
    edge = size * OVERSIZE
    image = Image.new("RGB", (edge, edge), WATER)
    pen = ImageDraw.Draw(image)

    def at(x: float, y: float) -> tuple[float, float]:
        return (0.5 + (x - 0.5) * scale) * edge, (0.5 + (y - 0.5) * scale) * edge

    # The keel: a shallow arc with round ends. The lamp: one disc above its middle.
    width = 0.05 * scale * edge
    (middle, height), reach = at(0.5, 0.08), 0.56 * scale * edge
    outer = reach + width / 2
    box = [middle - outer, height - outer, middle + outer, height + outer]
    pen.arc(box, 90 - SPREAD, 90 + SPREAD, fill=HULL, width=round(width))
    for side in (-1, 1):
        x = middle + side * reach * math.sin(math.radians(SPREAD))
        y = height + reach * math.cos(math.radians(SPREAD))
        pen.ellipse([x - width / 2, y - width / 2, x + width / 2, y + width / 2], fill=HULL)
    pen.ellipse([*at(0.4, 0.29), *at(0.6, 0.49)], fill=LAMP)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def make() -> None:
    """Writes every icon beside this file, the same bytes each time."""
    draw(192).save(HERE / "icon-192.png", optimize=True)
    draw(512).save(HERE / "icon-512.png", optimize=True)
    draw(512, 0.78).save(HERE / "maskable-512.png", optimize=True)
    draw(180, 0.9).save(HERE / "apple-touch-180.png", optimize=True)
    draw(48).save(HERE / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


if __name__ == "__main__":
    make()
