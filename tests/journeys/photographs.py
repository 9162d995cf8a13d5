"""Pictures as a phone's camera leaves them: turned on their side, with place and maker inside."""

import random
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

MAKER = "Canary Camera 9000"
LINES = [
    "My plan",
    "1  Staying in bed, not answering",
    "2  Walk the dog round the block",
    "    My calm playlist, lights low",
    "3  Grandma's kitchen, the mall",
    "4  Maya  555-0117",
    "    Sam, by message",
    "5  Dr. Okafor, weekdays until six",
    "6  The key stays with my neighbour",
    "7  Biscuit. The lake in October",
]


def photographed(upright: Image.Image) -> bytes:
    """The JPEG of it, lying on its side as cameras store it, with the note to turn it upright."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right by a quarter to see it upright
    exif[0x010F] = MAKER
    place: Any = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (47.0, 22.0, 30.0), 3: "E", 4: (8.0, 32.0, 10.0)})
    out = BytesIO()
    lying = upright.transpose(Image.Transpose.ROTATE_90)
    lying.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def page_of_paper() -> Image.Image:
    """A written page of 12 megapixels: grey paper in uneven light, with grain, and ink on it."""
    grain = random.Random(7)
    light = Image.linear_gradient("L").resize((3000, 4000)).point(lambda v: 150 + v // 4)
    noise = Image.effect_noise((1500, 2000), 24).resize((3000, 4000))
    paper = Image.blend(light, noise, 0.15).convert("RGB")
    pen = ImageDraw.Draw(paper)
    for number, line in enumerate(LINES):
        at = (220 + grain.randint(-12, 12), 260 + number * 350)
        pen.text(at, line, fill=(28, 34, 92), font=ImageFont.load_default(120))
    return paper


def colours() -> Image.Image:
    """Something in colour, higher than wide, red above and blue below."""
    picture = Image.new("RGB", (1500, 2000), (200, 40, 40))
    picture.paste((40, 60, 200), (0, 1000, 1500, 2000))
    return picture
