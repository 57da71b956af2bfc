"""Pictures as SVG, drawn by matplotlib: a network and a bar chart."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

from service.report.section import Answer

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT, ROW = 8.6, 6.5, 0.26  # inches; ROW is the height of a bar
# Okabe & Ito's colours, which colour-blind readers can tell apart.
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"]
OTHER = "#999999"
NAMED = 12  # points that carry a name
STYLE: Any = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "valuenet",  # the same picture has the same ids
    "text.parse_math": False,  # a name is never a formula
    "font.family": "sans-serif",
    "font.size": 9,
}


@contextmanager
def drawing(height: float) -> Iterator[tuple[Figure, Axes]]:
    """An empty canvas. matplotlib is slow to import, so only drawing imports it."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(STYLE), warnings.catch_warnings():
        # matplotlib's font lacks some characters of names; browsers have them.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        figure = Figure(figsize=(WIDTH, height))
        yield figure, figure.add_subplot()


def svg(figure: Figure, description: str) -> str:
    """The figure as an element of a page; screen readers read the description."""
    file = io.StringIO()
    figure.savefig(
        file,
        format="svg",
        bbox_inches="tight",
        metadata={"Date": None},
        transparent=True,
    )
    _, _, element = file.getvalue().partition("<svg ")
    return f'<svg role="img" aria-label="{escape(description)}" {element.strip()}'


def group_colours(groups: list[str | None]) -> dict[str | None, str]:
    """A colour for each of the most frequent groups; the others stay grey."""
    named = {group for group in groups if group}
    ranked = sorted(named, key=lambda group: (-groups.count(group), group))
    return dict(zip(ranked, COLOURS, strict=False))


def network_picture(answer: Answer, description: str) -> str:
    """Members coloured by group; a dashed line is an intangible exchange only."""
    nodes = answer["nodes"]
    colours = group_colours([node["group"] for node in nodes])
    with drawing(HEIGHT) as (figure, axes):
        axes.set_axis_off()
        draw_links(axes, nodes, answer["links"])
        draw_nodes(axes, nodes, colours)
        draw_legend(figure, colours)
        return svg(figure, description)


def draw_links(axes: Axes, nodes: list[Answer], links: list[Answer]) -> None:
    from matplotlib.collections import LineCollection

    points = {node["id"]: (node["x"], -node["y"]) for node in nodes}
    for tangible, style in ((True, "solid"), (False, "dashed")):
        lines = [
            (points[link["source"]], points[link["target"]])
            for link in links
            if link["tangible"] is tangible
        ]
        axes.add_collection(
            LineCollection(lines, colors="#888", linewidths=1, linestyles=style)
        )


def draw_nodes(axes: Axes, nodes: list[Answer], colours: dict[str | None, str]) -> None:
    """Later points cover earlier ones, so the first nodes are drawn last."""
    backwards = nodes[::-1]
    axes.scatter(
        [node["x"] for node in backwards],
        [-node["y"] for node in backwards],
        s=[(6 + 15 * node["size"]) ** 2 for node in backwards],
        c=[colours.get(node["group"], OTHER) for node in backwards],
        edgecolors="white",
        zorder=2,
    )
    for node in nodes[:NAMED]:
        axes.annotate(
            node["title"],
            (node["x"], -node["y"]),
            xytext=(0, 9),
            textcoords="offset points",
            ha="center",
        )


def draw_legend(figure: Figure, colours: dict[str | None, str]) -> None:
    from matplotlib.lines import Line2D

    marks = [
        Line2D([], [], color=colour, marker="o", linestyle="")
        for colour in colours.values()
    ]
    # The space keeps names that begin with _, which matplotlib would leave out.
    names = [f" {group}" for group in colours]
    if marks:
        figure.legend(marks, names, loc="lower center", ncols=4, frameon=False)


def bar_chart(rows: list[tuple[str, float]], description: str) -> str:
    """One bar for each row, with its number."""
    with drawing(len(rows) * ROW + 0.4) as (figure, axes):
        positions = range(len(rows))
        bars = axes.barh(positions, [value for _, value in rows], color=COLOURS[0])
        axes.bar_label(bars, [f"{value:.3g}" for _, value in rows], padding=4)
        axes.set_yticks(positions, [name for name, _ in rows])
        axes.invert_yaxis()
        axes.set_xticks([])
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
        return svg(figure, description)
