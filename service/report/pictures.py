"""Pictures as SVG: a network and a bar chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from service.report.labels import LINE, Label, Point, placed_labels, shortened
from service.report.section import Answer, Picture, number
from service.vocabulary.names import counted

WIDTH, HEIGHT, MARGIN = 860, 620, 24
BAR, ROW, NAMES = 420, 24, 300  # the widest bar, the height of a row, of names
LEGEND_COLUMN = 205
# Okabe & Ito's colours, which colour-blind readers can tell apart.
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"]
GREY, LINK = "#999", "#888"
NAMED = 40  # points that may carry a name; most of them have room for it


@dataclass(frozen=True)
class LineStyle:
    """How links of one sort are drawn, and what the legend says of them."""

    text: str
    dashes: str
    matches: Callable[[Answer], bool]


EXCHANGE_LINES = (
    LineStyle("tangible exchange", "", lambda link: link["tangible"] > 0),
    LineStyle("intangible only", "6 4", lambda link: link["intangible"] > 0),
    LineStyle("exchange, kind unknown", "1 4", lambda link: link["kind"] == "EXCHANGE"),
)
OTHER_LINE = LineStyle("other tie", "", lambda link: True)


def line_style(link: Answer) -> LineStyle:
    styles = (*EXCHANGE_LINES, OTHER_LINE)
    return next(style for style in styles if style.matches(link))


def network_picture(answer: Answer, description: str) -> Picture:
    """Members coloured by group, and the links between them."""
    nodes, links = answer["nodes"], answer["links"]
    points = {node["id"]: point(node) for node in nodes}
    colours = group_colours([node["group"] for node in nodes])
    styles = [line_style(link) for link in links]
    parts = ['<g stroke-width="1" stroke="#888">']
    for link, style in zip(links, styles, strict=True):
        ends = points[link["source"]], points[link["target"]]
        parts.append(line(*ends, style))
    parts.append('</g><g stroke="#fff" stroke-width="1">')
    # Later points cover earlier ones, so the first nodes are drawn last.
    for node in reversed(nodes):
        parts.append(circle(points[node["id"]], colours[node["group"]], node["title"]))
    parts.append("</g>" + label_texts(nodes, points))
    used = list(dict.fromkeys(styles))
    marks = [
        *((circle(Point(0, 0, 6), colour), name) for name, colour in legend(colours)),
        *((sample(style), style.text) for style in used),
    ]
    parts += legend_marks(marks)
    rows = -(-len(marks) // (WIDTH // LEGEND_COLUMN))
    return picture("network", description, parts, HEIGHT + 22 * rows + 10)


def point(node: Answer) -> Point:
    """A node on the canvas, with its radius."""
    width, height = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    x, y = MARGIN + node["x"] * width, MARGIN + node["y"] * height
    return Point(round(x, 1), round(y, 1), round(3.5 + 8.5 * node["size"], 1))


def group_colours(groups: list[str | None]) -> dict[str | None, str]:
    """A colour for each of the most frequent groups; the others stay grey."""
    counts = Counter(group for group in groups if group)
    ranked = sorted(counts, key=lambda group: (-counts[group], group))
    colours: dict[str | None, str] = dict.fromkeys(ranked, GREY)
    colours |= dict(zip(ranked, COLOURS, strict=False))
    return colours | ({None: "#ddd"} if None in groups else {})


def legend(colours: dict[str | None, str]) -> list[tuple[str, str]]:
    """The name and the colour of each mark; all grey groups share one."""
    marks = [
        (name, colour) for name, colour in colours.items() if name and colour != GREY
    ]
    if others := list(colours.values()).count(GREY):
        marks.append((counted(others, "other group"), GREY))
    return marks + ([("no group", colours[None])] if None in colours else [])


def legend_marks(marks: list[tuple[str, str]]) -> list[str]:
    """Rows of marks with their texts, below the network."""
    columns, parts = WIDTH // LEGEND_COLUMN, []
    for position, (mark, text) in enumerate(marks):
        row, column = divmod(position, columns)
        x, y = 30 + column * LEGEND_COLUMN, HEIGHT + 14 + 22 * row
        words = f'<text x="20" y="4">{escape(shortened(text, 26))}</text>'
        parts.append(f'<g transform="translate({x} {y})">{mark}{words}</g>')
    return parts


def line(source: Point, target: Point, style: LineStyle) -> str:
    dashes = f' stroke-dasharray="{style.dashes}"' if style.dashes else ""
    x, y = f'x1="{source.x}" y1="{source.y}"', f'x2="{target.x}" y2="{target.y}"'
    return f"<line {x} {y}{dashes}/>"


def sample(style: LineStyle) -> str:
    """A piece of line for the legend; a path, so that each <line> is a link."""
    dashes = f' stroke-dasharray="{style.dashes}"' if style.dashes else ""
    return f'<path d="M-16 0H14" stroke="{LINK}"{dashes}/>'


def circle(at: Point, colour: str, name: str = "") -> str:
    shape = f'<circle cx="{at.x}" cy="{at.y}" r="{at.radius}" fill="{colour}"'
    return f"{shape}><title>{escape(name)}</title></circle>" if name else f"{shape}/>"


def label_texts(nodes: list[Answer], points: dict[str, Point]) -> str:
    """The names that have room, over a white edge that keeps them readable."""
    names = [(points[node["id"]], node["title"]) for node in nodes[:NAMED]]
    labels = placed_labels(names, list(points.values()), WIDTH, HEIGHT)
    texts = "".join(map(label_text, labels))
    return f'<g stroke="#fff" stroke-width="3" paint-order="stroke">{texts}</g>'


def label_text(label: Label) -> str:
    x, y = round(label.left, 1), round(label.top + LINE - 3, 1)
    return f'<text x="{x}" y="{y}">{escape(label.text)}</text>'


def bar_chart(rows: list[tuple[str, float]], name: str, description: str) -> Picture:
    """One bar for each row, with its number."""
    most, parts = max(value for _, value in rows), []
    for position, (text, value) in enumerate(rows):
        middle, width = 20 + position * ROW, round(BAR * value / most, 1)
        words = escape(shortened(text, 40))
        parts += [
            f'<text x="{NAMES - 8}" y="{middle + 4}" text-anchor="end">{words}</text>',
            f'<rect x="{NAMES}" y="{middle - 8}" width="{width}" height="16"'
            f' fill="{COLOURS[0]}"/>',
            f'<text x="{NAMES + width + 6}" y="{middle + 4}">{number(value, 3)}</text>',
        ]
    return picture(name, description, parts, 16 + ROW * len(rows))


def picture(name: str, description: str, parts: list[str], height: int) -> Picture:
    """The element of a page; screen readers read the description."""
    words = escape(description)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' width="{WIDTH}" height="{height}" role="img" aria-label="{words}"'
        ' font-family="sans-serif" font-size="12">'
    )
    background = '<rect width="100%" height="100%" fill="#fff"/>'
    return Picture(name, description, "\n".join([head, background, *parts, "</svg>"]))
