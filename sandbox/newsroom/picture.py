"""Pictures for articles that never happened: drawn, a scene by topic, the same for the same article."""

import random
from functools import lru_cache
from io import BytesIO

from sandbox.newsroom.canvas import Canvas
from sandbox.newsroom.scenes import SCENES, pattern

WIDTH, HEIGHT = 800, 450


@lru_cache(maxsize=100)
def picture(topic: str, name: str) -> bytes:
    """A JPEG of a topic's scene, of any other word a pattern; `name` makes it another one.

    Takes some tens of milliseconds: not for the event loop. The latest hundred are remembered.
    """
    canvas = Canvas.blank(random.Random(name))
    SCENES.get(topic, pattern)(canvas)
    file = BytesIO()
    canvas.image.reduce(2).save(file, "JPEG", quality=86)
    return file.getvalue()
