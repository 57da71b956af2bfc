"""Pictures as SVG, whole in themselves: a network, and bars."""

from __future__ import annotations

from html import escape
from typing import Any

WIDTH, HEIGHT, MARGIN = 860, 620, 40
# Okabe & Ito's colours, which colour-blind readers can tell apart.
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"]
OTHER = "#999999"
NAMED = 12  # points with a name beside them
BAR, ROW, LEFT = 16, 26, 230


def svg(width: int, height: int, parts: list[str], said: str) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" role="img" aria-label="{escape(said)}"'
        ' font-family="sans-serif" font-size="12">'
    )
    return "\n".join([head, f"<title>{escape(said)}</title>", *parts, "</svg>"])


def colours(groups: list[str | None]) -> dict[str | None, str]:
    """One for each of the most frequent groups, grey for the rest and for none."""
    named = {group for group in groups if group}
    ranked = sorted(named, key=lambda group: (-groups.count(group), group))
    return dict(zip(ranked, COLOURS, strict=False))


def network(found: dict[str, Any], said: str) -> str:
    """Points by group, dashed where a link is intangible alone."""
    nodes = {node["id"]: node for node in found["nodes"]}
    at = {key: place(node) for key, node in nodes.items()}
    known = colours([node["group"] for node in nodes.values()])
    parts = [line(link, at) for link in found["links"]]
    for node in reversed(list(nodes.values())):
        x, y = at[node["id"]]
        fill = known.get(node["group"], OTHER)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{4 + 10 * node["size"]:.1f}"'
            f' fill="{fill}" stroke="#fff"><title>{escape(node["title"])}</title>'
            "</circle>"
        )
    for node in list(nodes.values())[:NAMED]:
        x, y = at[node["id"]]
        parts.append(
            f'<text x="{x:.1f}" y="{y - 14:.1f}" text-anchor="middle">'
            f"{escape(node['title'])}</text>"
        )
    return svg(WIDTH, HEIGHT + 30, [*parts, *legend(known)], said)


def place(node: dict[str, Any]) -> tuple[float, float]:
    return (
        MARGIN + node["x"] * (WIDTH - 2 * MARGIN),
        MARGIN + node["y"] * (HEIGHT - 2 * MARGIN),
    )


def line(link: dict[str, Any], at: dict[str, tuple[float, float]]) -> str:
    (x1, y1), (x2, y2) = at[link["source"]], at[link["target"]]
    dashed = "" if link["tangible"] else ' stroke-dasharray="4 3"'
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        f' stroke="#888" stroke-opacity="0.5"{dashed}/>'
    )


def legend(known: dict[str | None, str]) -> list[str]:
    parts, x = [], float(MARGIN)
    for group, colour in known.items():
        name = escape(group or "")
        parts.append(f'<circle cx="{x:.0f}" cy="{HEIGHT + 14}" r="6" fill="{colour}"/>')
        parts.append(f'<text x="{x + 10:.0f}" y="{HEIGHT + 18}">{name}</text>')
        x += 30 + 7.5 * len(group or "")
    return parts


def bars(rows: list[tuple[str, float]], said: str) -> str:
    """One bar a row, its number beside it."""
    most = max((value for _, value in rows), default=0) or 1
    parts = []
    for i, (name, value) in enumerate(rows):
        y, long = i * ROW + 6, value / most * (WIDTH - LEFT - 80)
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{LEFT}" y="{y}" width="{max(long, 1):.1f}" height="{BAR}"'
            f' fill="{COLOURS[0]}"/>'
            f'<text x="{LEFT + long + 6:.1f}" y="{y + 13}">{value:.3g}</text>'
        )
    return svg(WIDTH, len(rows) * ROW + 10, parts, said)
