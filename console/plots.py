"""Plots as SVG, made here: bars and lines, named for screen readers, coloured by the page's style sheet.

Each plot stands beside a table with the same numbers; the drawing is for the eye.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

WIDTH, LABELS, BAR, GAP = 720, 300, 18, 8
HEIGHT, MARGIN = 240, 44
_SVG = '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">'


def bars(title: str, values: Sequence[tuple[str, float]], unit: str = "", top: float | None = None) -> Markup:
    """One horizontal bar a (label, value), in the given order; values are 0 or more. `top`: value of a full bar, the
    largest one by default."""
    top = top or max((value for _, value in values), default=0) or 1
    scale = (WIDTH - LABELS - 80) / top
    drawn = [Markup(_SVG).format(WIDTH, max(1, len(values)) * (BAR + GAP) + GAP, title)]
    for row, (label, value) in enumerate(values):
        y = GAP + row * (BAR + GAP)
        middle = y + BAR - 5
        width = round(value * scale, 1)
        drawn += [
            Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(LABELS - 8, middle, _short(label)),
            Markup('<rect class="mark" x="{}" y="{}" width="{}" height="{}"/>').format(LABELS, y, width, BAR),
            Markup('<text x="{}" y="{}">{}{}</text>').format(LABELS + width + 6, middle, _number(value), unit),
        ]
    return Markup("").join([*drawn, Markup("</svg>")])


def lines(title: str, days: Sequence[str], series: Sequence[Sequence[float | None]], unit: str = "") -> Markup:
    """One line a series over the same days; None leaves a gap. The second line is dashed."""
    top = _round_up(max((value for line in series for value in line if value is not None), default=0))
    step = (WIDTH - 2 * MARGIN) / max(1, len(days) - 1)
    height = HEIGHT - 2 * MARGIN
    drawn = [Markup(_SVG).format(WIDTH, HEIGHT, title)]
    for part in (0, 0.5, 1):
        y = HEIGHT - MARGIN - part * height
        drawn += [
            Markup('<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(MARGIN, WIDTH - MARGIN, y, y),
            Markup('<text x="{}" y="{}" text-anchor="end">{}{}</text>').format(
                MARGIN - 4, y + 4, _number(part * top), unit
            ),
        ]
    for number, line in enumerate(series):
        points = [
            None if value is None else (round(MARGIN + i * step, 1), round(HEIGHT - MARGIN - value / top * height, 1))
            for i, value in enumerate(line)
        ]
        second = " second" if number else ""
        drawn += [Markup('<path class="line{}" d="{}"/>').format(second, _path(points))]
        dot = Markup('<circle class="mark{}" cx="{}" cy="{}" r="3"/>')
        drawn += [dot.format(second, *point) for point in points if point]
    for i in sorted({0, len(days) // 2, len(days) - 1} if days else set()):
        text = Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>')
        drawn.append(text.format(round(MARGIN + i * step, 1), HEIGHT - MARGIN + 18, days[i]))
    return Markup("").join([*drawn, Markup("</svg>")])


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    drawn, pen_down = [], False
    for point in points:
        if point:
            drawn.append(f"{'L' if pen_down else 'M'}{point[0]} {point[1]}")
        pen_down = point is not None
    return " ".join(drawn)


def _round_up(value: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10 ** math.floor(math.log10(value))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= value))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",") if value < 10 else str(round(value))


def _short(label: str, most: int = 40) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"
