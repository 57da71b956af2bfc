"""Where the names of points have room in a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

LINE = 14.0  # the height of a line of text
# The width of one character of 12-pixel sans-serif text, in pixels: rather too wide.
CHARACTER = 6.9
GAP = 3.0  # between a point and its name
MOST_CHARACTERS = 30


@dataclass(frozen=True)
class Point:
    """A circle on the canvas."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Label:
    """A text and its rectangle."""

    text: str
    left: float
    top: float

    @property
    def right(self) -> float:
        return self.left + CHARACTER * len(self.text)

    @property
    def bottom(self) -> float:
        return self.top + LINE

    def covers(self, other: Label) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def touches(self, point: Point) -> bool:
        x = min(max(point.x, self.left), self.right)
        y = min(max(point.y, self.top), self.bottom)
        return (x - point.x) ** 2 + (y - point.y) ** 2 < point.radius**2

    def is_inside(self, width: float, height: float) -> bool:
        fits = self.left >= 0 and self.right <= width
        return fits and self.top >= 0 and self.bottom <= height


def placed_labels(
    names: list[tuple[Point, str]], points: list[Point], width: float, height: float
) -> list[Label]:
    """The names that have room, the first first.

    None covers another, or a point as large as its own; it covers as few as possible.
    """
    labels: list[Label] = []
    for point, name in names:
        possible = [
            label
            for label in candidates(point, shortened(name, MOST_CHARACTERS))
            if label.is_inside(width, height)
            and not any(label.covers(other) for other in labels)
        ]
        covered = [
            [other.radius for other in points if label.touches(other)]
            for label in possible
        ]
        best = min(range(len(possible)), key=lambda i: len(covered[i]), default=None)
        if best is not None and max(covered[best], default=0) < point.radius:
            labels.append(possible[best])
    return labels


def candidates(point: Point, text: str) -> Iterator[Label]:
    """Above, below, right and left of a point, then between these."""
    length, reach = CHARACTER * len(text), point.radius + GAP
    right, left = point.x + reach, point.x - reach - length
    middle, above, below = point.x - length / 2, -reach - LINE, reach
    for x, y in ((middle, above), (middle, below), (right, -LINE / 2)):
        yield Label(text, x, point.y + y)
    yield Label(text, left, point.y - LINE / 2)
    for x in (right - reach, left + reach):
        for y in (above, below):
            yield Label(text, x, point.y + y)


def shortened(text: str, most: int) -> str:
    """
    >>> shortened("Östersund Energi", 9), shortened("Fuktlys", 9)
    ('Östersun…', 'Fuktlys')
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
