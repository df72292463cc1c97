"""A sheet to draw on with a few brushes: skies, suns, ridges, and the colours of the hours."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sin, tau
from typing import NamedTuple

from PIL import Image, ImageDraw

# Twice as large as the picture, which is shrunk at the end: that smooths every edge.
W, H = 1600, 900

Colour = tuple[int, int, int]
Line = Callable[[float], float]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The first colour with this share, 0 to 1, of the second."""
    red, green, blue = (round(one + (other - one) * share) for one, other in zip(first, second, strict=True))
    return red, green, blue


class Hour(NamedTuple):
    """The colours of a time of day: the sky above and at the horizon, its light, what is far and what is near."""

    zenith: Colour
    horizon: Colour
    light: Colour
    far: Colour
    near: Colour


DAWN = Hour((94, 124, 176), (253, 210, 184), (255, 244, 214), (186, 152, 172), (70, 64, 104))
DAY = Hour((78, 156, 214), (214, 238, 244), (255, 250, 226), (142, 190, 200), (28, 92, 106))
GOLD = Hour((238, 150, 92), (255, 226, 160), (255, 250, 220), (222, 150, 104), (112, 56, 62))
DUSK = Hour((56, 48, 110), (240, 128, 112), (255, 220, 168), (150, 88, 128), (38, 30, 74))
MOON = Hour((12, 20, 52), (52, 84, 132), (244, 244, 226), (44, 70, 112), (10, 18, 42))
GREY = Hour((112, 130, 148), (206, 214, 216), (236, 238, 234), (140, 156, 166), (52, 68, 82))
GREEN = Hour((132, 196, 208), (250, 240, 206), (255, 252, 230), (170, 200, 150), (40, 96, 72))


@dataclass(frozen=True)
class Canvas:
    """The sheet, the pencil on it, and the chance that makes each picture another."""

    image: Image.Image
    pencil: ImageDraw.ImageDraw
    chance: random.Random

    @classmethod
    def blank(cls, chance: random.Random) -> "Canvas":
        """An empty sheet."""
        image = Image.new("RGB", (W, H))
        return cls(image, ImageDraw.Draw(image), chance)

    def sky(self, hour: Hour) -> None:
        """Fills the sheet from the zenith's colour down to the horizon's."""
        column = Image.new("RGB", (1, 64))
        column.putdata([mix(hour.zenith, hour.horizon, row / 63) for row in range(64)])
        self.image.paste(column.resize((W, H), Image.Resampling.BILINEAR))

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle."""
        self.pencil.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    def sun(self, x: float, y: float, radius: float, hour: Hour) -> None:
        """A sun or moon in its halo."""
        behind = mix(hour.zenith, hour.horizon, y / H)
        for ring in range(4, 0, -1):
            self.disc(x, y, radius * (1 + ring * 0.42), mix(behind, hour.light, 0.34 - ring * 0.07))
        self.disc(x, y, radius, hour.light)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle from its upper left corner."""
        self.pencil.rectangle((x, y, x + width, y + height), fill=colour)

    def shape(self, points: Sequence[tuple[float, float]], colour: Colour) -> None:
        """A filled polygon."""
        self.pencil.polygon(points, fill=colour)

    def below(self, line: Line, colour: Colour) -> None:
        """Fills everything below a line."""
        self.shape([(0, H), *((x, line(x)) for x in range(0, W + 20, 10)), (W + 20, H)], colour)

    def rolling(self, level: float, height: float, length: float) -> Line:
        """A rolling line about this level: hills when it is high, waves when it is low."""
        swings = [(length / step, self.chance.uniform(0, tau), height / step**1.2) for step in (1, 1.9, 3.3)]
        return lambda x: level + sum(swing * sin(tau * x / wave + start) for wave, start, swing in swings)
