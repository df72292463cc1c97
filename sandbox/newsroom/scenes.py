"""What the pictures show: one scene for each kind of news, another each time."""

from collections.abc import Callable, Mapping

from sandbox.newsroom.canvas import DAWN, DAY, DUSK, GOLD, GREEN, GREY, MOON, Canvas, Colour, H, Hour, Line, W, mix

WHITE: Colour = (250, 248, 240)
RED: Colour = (206, 72, 60)
LAMP: Colour = (255, 214, 122)
FELT: Colour = (30, 34, 48)


def harbour(canvas: Canvas) -> None:
    """The bay: waves, a boat, at times the lighthouse."""
    hour = canvas.chance.choice([DAWN, DAY, GOLD, DUSK, MOON])
    sea = canvas.chance.uniform(470, 540)
    canvas.sky(hour)
    canvas.sun(canvas.chance.uniform(250, 1350), sea - canvas.chance.uniform(60, 260), 70, hour)
    canvas.below(canvas.rolling(sea - 30, 24, 900), mix(hour.far, hour.horizon, 0.35))
    if canvas.chance.random() < 0.6:
        _lighthouse(canvas, hour, sea)
    _sea(canvas, hour, sea)


def hills(canvas: Canvas) -> None:
    """Hills behind hills, and trees on the nearest."""
    hour = canvas.chance.choice([DAWN, GREEN, GREEN, GOLD, DAY])
    canvas.sky(hour)
    canvas.sun(canvas.chance.uniform(200, 1400), canvas.chance.uniform(140, 300), 80, hour)
    for layer in range(5):
        line = canvas.rolling(400 + layer * 105, 62 - layer * 5, 1100 - layer * 90)
        colour = mix(hour.far, hour.near, layer / 4)
        canvas.below(line, colour)
        if layer >= 2:
            _trees(canvas, line, mix(colour, hour.near, 0.55), 9 + layer * 5)


def town(canvas: Canvas) -> None:
    """Roofs of the town, and a tram before them."""
    hour = canvas.chance.choice([DAWN, DUSK, MOON, GOLD])
    canvas.sky(hour)
    canvas.sun(canvas.chance.uniform(200, 1400), canvas.chance.uniform(130, 260), 64, hour)
    for row in range(3):
        _houses(canvas, 330 + row * 110, mix(hour.far, hour.near, row / 2.4), lit=row > 0)
    ground = mix(hour.near, FELT, 0.4)
    canvas.box(0, 770, W, H, ground)
    _tram(canvas, canvas.chance.uniform(150, 850), canvas.chance.choice([RED, (46, 122, 108), (214, 158, 52)]))
    canvas.box(0, 820, W, 6, mix(ground, WHITE, 0.25))


def night(canvas: Canvas) -> None:
    """Stars, at times a comet, and the observatory on its hill."""
    canvas.sky(MOON)
    for _ in range(170):
        x, y = canvas.chance.uniform(0, W), canvas.chance.uniform(0, 640)
        size = canvas.chance.choice([1.6, 1.6, 2.4, 3.6])
        canvas.disc(x, y, size, mix(MOON.zenith, WHITE, canvas.chance.uniform(0.35, 1)))
    if canvas.chance.random() < 0.7:
        _comet(canvas)
    for layer in range(3):
        line = canvas.rolling(640 + layer * 80, 50, 1000)
        canvas.below(line, mix(MOON.far, MOON.near, 0.4 + layer * 0.3))
        if layer == 1:
            _observatory(canvas, line)


def weather(canvas: Canvas) -> None:
    """Clouds over low land, at times with rain."""
    hour = canvas.chance.choice([GREY, GREY, DAY, DUSK])
    canvas.sky(hour)
    canvas.sun(canvas.chance.uniform(300, 1300), 190, 90, hour)
    for row in range(3):
        _clouds(canvas, 150 + row * 110, mix(hour.horizon, hour.near, 0.1 + row * 0.16))
    if hour is GREY:
        _rain(canvas)
    for layer in range(2):
        canvas.below(canvas.rolling(720 + layer * 80, 26, 1300), mix(hour.far, hour.near, 0.5 + layer * 0.5))


def pitch(canvas: Canvas) -> None:
    """A playing field from above."""
    grass = canvas.chance.choice([(58, 128, 84), (70, 138, 96), (44, 112, 100), (196, 112, 74)])
    for stripe in range(10):
        canvas.box(stripe * 160, 0, 160, H, mix(grass, WHITE, 0.1 * (stripe % 2)))
    shift = canvas.chance.uniform(-400, 400)
    for frame in ((90, 70, 1510, 830), (90, 250, 330, 650), (1270, 250, 1510, 650)):
        x1, y1, x2, y2 = frame
        canvas.pencil.rectangle((x1 + shift, y1, x2 + shift, y2), outline=WHITE, width=9)
    canvas.pencil.line((800 + shift, 70, 800 + shift, 830), fill=WHITE, width=9)
    canvas.pencil.ellipse((650 + shift, 300, 950 + shift, 600), outline=WHITE, width=9)
    _players(canvas)


def pattern(canvas: Canvas) -> None:
    """Quarter circles and discs in a grid: for news of no kind in particular."""
    colours = canvas.chance.choice(_PATTERN_COLOURS)
    for column in range(8):
        for row in range(5):
            _tile(canvas, column * 200, row * 200 - 50, canvas.chance.sample(colours, 2))


def _sea(canvas: Canvas, hour: Hour, level: float) -> None:
    water = mix(hour.zenith, hour.near, 0.35)
    canvas.box(0, level, W, H, mix(water, hour.horizon, 0.4))
    boat_after = canvas.chance.randint(1, 3)
    for band in range(6):
        line = canvas.rolling(level + 30 + band * 66, 5 + band * 3, 420 + band * 60)
        if band == boat_after:
            _boat(canvas, canvas.chance.uniform(280, 1250), level + 34 + band * 66, 0.6 + band * 0.28)
        canvas.below(line, mix(mix(water, hour.horizon, 0.3), hour.near, (band + 1) / 6))


def _boat(canvas: Canvas, x: float, y: float, size: float) -> None:
    hull = canvas.chance.choice([RED, (44, 62, 92), WHITE, (232, 176, 64)])
    canvas.shape([(x + dx * size, y + dy * size) for dx, dy in ((-90, -34), (96, -34), (64, 14), (-66, 14))], hull)
    if canvas.chance.random() < 0.6:
        canvas.box(x - 3 * size, y - 210 * size, 6 * size, 180 * size, FELT)
        for corners in (((8, -206), (8, -48), (92, -48)), ((-10, -180), (-10, -48), (-70, -48))):
            canvas.shape([(x + dx * size, y + dy * size) for dx, dy in corners], WHITE)
        return
    canvas.box(x - 62 * size, y - 74 * size, 116 * size, 40 * size, WHITE)
    canvas.box(x - 4 * size, y - 112 * size, 28 * size, 38 * size, RED)
    for window in range(5):
        canvas.box(x + (-54 + window * 22) * size, y - 62 * size, 12 * size, 12 * size, (74, 110, 140))


def _lighthouse(canvas: Canvas, hour: Hour, sea: float) -> None:
    edge, x, toe = canvas.chance.choice([(0, 310, 620), (W, 1290, 980)])
    rock = mix(hour.near, hour.far, 0.25)
    canvas.shape([(edge, sea + 60), (edge, sea - 70), (x, sea - 90), ((x + toe) / 2, sea - 40), (toe, sea + 60)], rock)
    for stripe in range(6):
        half = 34 - stripe * 3
        canvas.box(x - half, sea - 130 - stripe * 42, half * 2, 42, RED if stripe % 2 else WHITE)
    canvas.box(x - 14, sea - 372, 28, 32, LAMP)
    canvas.shape([(x - 24, sea - 372), (x + 24, sea - 372), (x, sea - 402)], FELT)


def _trees(canvas: Canvas, line: Line, colour: Colour, size: float) -> None:
    for _ in range(canvas.chance.randint(8, 16)):
        x = canvas.chance.uniform(0, W)
        y, tall = line(x), size * canvas.chance.uniform(0.8, 1.5)
        if canvas.chance.random() < 0.5:
            canvas.shape([(x - tall * 0.8, y + 6), (x + tall * 0.8, y + 6), (x, y - tall * 3)], colour)
        else:
            canvas.box(x - tall * 0.15, y - tall * 1.6, tall * 0.3, tall * 1.8, colour)
            canvas.disc(x, y - tall * 1.9, tall, colour)


def _houses(canvas: Canvas, level: float, colour: Colour, *, lit: bool) -> None:
    x = -canvas.chance.uniform(0, 90)
    while x < W:
        width, top = canvas.chance.uniform(90, 190), level + canvas.chance.uniform(0, 130)
        canvas.box(x, top, width, H, colour)
        _roof(canvas, x, top, width, colour)
        if lit:
            _windows(canvas, x, top, width, mix(colour, FELT, 0.3))
        x += width + canvas.chance.choice([0, 0, 8])


def _roof(canvas: Canvas, x: float, top: float, width: float, colour: Colour) -> None:
    tall = canvas.chance.choice([0, 60, 80, 100, 210])
    middle = x + width / 2
    if tall == 210:
        canvas.box(middle - 24, top - 120, 48, 130, colour)
        canvas.shape([(middle - 34, top - 118), (middle + 34, top - 118), (middle, top - tall)], colour)
    elif tall:
        canvas.shape([(x - 8, top + 2), (x + width + 8, top + 2), (middle, top - tall)], colour)


def _windows(canvas: Canvas, x: float, top: float, width: float, dark: Colour) -> None:
    columns = int((width - 26) // 38)
    left = x + (width - columns * 38 + 18) / 2
    for column in range(columns):
        for row in range(5):
            colour = LAMP if canvas.chance.random() < 0.4 else dark
            canvas.box(left + column * 38, top + 28 + row * 58, 20, 30, colour)


def _tram(canvas: Canvas, x: float, colour: Colour) -> None:
    canvas.pencil.line((0, 560, W, 548), fill=FELT, width=4)
    canvas.pencil.line((x + 300, 620, x + 340, 590, x + 300, 556), fill=FELT, width=6)
    canvas.pencil.rounded_rectangle((x, 620, x + 620, 806), 34, fill=colour)
    canvas.box(x + 6, 742, 608, 12, WHITE)
    for window in range(6):
        canvas.pencil.rounded_rectangle((x + 30 + window * 96, 652, x + 108 + window * 96, 722), 10, fill=LAMP)
    for wheel in (110, 200, 420, 510):
        canvas.disc(x + wheel, 808, 24, FELT)


def _comet(canvas: Canvas) -> None:
    x, y, lean = canvas.chance.uniform(350, 800), canvas.chance.uniform(150, 340), canvas.chance.uniform(-0.5, -0.2)
    for step in range(60, 0, -1):
        share = step / 60
        behind = mix(MOON.zenith, MOON.horizon, (y + lean * step * 10) / H)
        canvas.disc(x + step * 10, y + lean * step * 10, 6 + 26 * share, mix((206, 226, 255), behind, share**0.5))
    canvas.disc(x, y, 13, WHITE)


def _observatory(canvas: Canvas, line: Line) -> None:
    x = canvas.chance.uniform(250, 1350)
    y, wall = line(x), mix(MOON.far, WHITE, 0.35)
    canvas.pencil.pieslice((x - 92, y - 180, x + 92, y + 4), 180, 360, fill=wall)
    canvas.box(x - 92, y - 90, 184, 110, mix(wall, MOON.near, 0.3))
    canvas.shape([(x + 4, y - 176), (x + 34, y - 172), (x + 60, y - 92), (x + 22, y - 92)], MOON.near)
    canvas.box(x - 18, y - 40, 36, 60, LAMP)


def _clouds(canvas: Canvas, level: float, colour: Colour) -> None:
    for _ in range(4):
        x = canvas.chance.uniform(0, W)
        for puff in range(6):
            radius = canvas.chance.uniform(44, 92) * (1 - abs(puff - 2.5) / 5)
            canvas.disc(x + puff * 62 - 160, level - radius * 0.3, radius, colour)
        canvas.pencil.rounded_rectangle((x - 210, level - 22, x + 200, level + 34), 28, fill=colour)


def _rain(canvas: Canvas) -> None:
    for _ in range(170):
        x, y, long = canvas.chance.uniform(0, W + 100), canvas.chance.uniform(330, H), canvas.chance.uniform(26, 58)
        canvas.pencil.line((x, y, x - long * 0.3, y + long), fill=(228, 236, 242), width=3)


def _players(canvas: Canvas) -> None:
    shirts = canvas.chance.sample([RED, (44, 74, 138), (240, 196, 78), FELT], 2)
    for place in range(14):
        x, y = canvas.chance.uniform(120, 1480), canvas.chance.uniform(110, 790)
        canvas.disc(x + 9, y + 9, 25, mix((30, 70, 56), FELT, 0.5))
        canvas.disc(x, y, 25, shirts[place % 2])
    canvas.disc(canvas.chance.uniform(300, 1300), canvas.chance.uniform(200, 700), 13, WHITE)


def _tile(canvas: Canvas, x: float, y: float, colours: list[Colour]) -> None:
    ground, figure = colours
    canvas.box(x, y, 200, 200, ground)
    kind = canvas.chance.randint(0, 5)
    if kind < 4:
        _quarter(canvas, x, y, kind, figure)
    elif kind == 4:
        canvas.disc(x + 100, y + 100, canvas.chance.choice([40, 70]), figure)


def _quarter(canvas: Canvas, x: float, y: float, corner: int, colour: Colour) -> None:
    middle_x, middle_y = x + 200 * (corner % 2), y + 200 * (corner // 2)
    start = (0, 90, 270, 180)[corner]
    frame = (middle_x - 200, middle_y - 200, middle_x + 200, middle_y + 200)
    canvas.pencil.pieslice(frame, start, start + 90, fill=colour)


_PATTERN_COLOURS: list[list[Colour]] = [
    [(236, 226, 204), (206, 92, 66), (38, 70, 83), (42, 138, 128), (233, 176, 86)],
    [(244, 238, 226), (72, 92, 140), (226, 140, 120), (40, 48, 80), (160, 190, 210)],
    [(240, 232, 214), (94, 120, 84), (212, 168, 84), (60, 70, 62), (190, 96, 74)],
    [(238, 230, 238), (112, 72, 128), (236, 160, 148), (54, 42, 84), (150, 176, 204)],
]

SCENES: Mapping[str, Callable[[Canvas], None]] = {
    "harbour": harbour,
    "nature": hills,
    "food": hills,
    "city": town,
    "transport": town,
    "science": night,
    "weather": weather,
    "sport": pitch,
    "culture": pattern,
    "education": pattern,
}
