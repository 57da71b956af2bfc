"""Pictures as SVG, drawn by matplotlib: a network, and bars."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT, ROW = 8.6, 6.5, 0.26  # inches; a row of bars is so high
# Okabe & Ito's colours, which colour-blind readers can tell apart.
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"]
OTHER = "#999999"
NAMED = 12  # points with a name beside them
STYLE: Any = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "valuenet",  # the same picture has the same ids
    "text.parse_math": False,  # a name is never a formula
    "font.family": "sans-serif",
    "font.size": 9,
}


@contextmanager
def drawing(height: float) -> Iterator[tuple[Figure, Axes]]:
    """An empty canvas; matplotlib is imported only by who draws."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(STYLE), warnings.catch_warnings():
        # Names may have signs that its own font lacks; the reader's browser has more.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        figure = Figure(figsize=(WIDTH, height))
        yield figure, figure.add_subplot()


def svg(figure: Figure, said: str) -> str:
    """What stands inside a page; `said` is for those who hear it."""
    file = io.StringIO()
    figure.savefig(
        file,
        format="svg",
        bbox_inches="tight",
        metadata={"Date": None},
        transparent=True,
    )
    _, _, drawn = file.getvalue().partition("<svg ")
    told = escape(said)
    return f'<svg role="img" aria-label="{told}" {drawn.strip()}'


def colours(groups: list[str | None]) -> dict[str | None, str]:
    """One for each of the most frequent groups, grey for the rest and for none."""
    named = {group for group in groups if group}
    ranked = sorted(named, key=lambda group: (-groups.count(group), group))
    return dict(zip(ranked, COLOURS, strict=False))


def network(found: dict[str, Any], said: str) -> str:
    """Points by group, dashed where a link is intangible alone."""
    from matplotlib.collections import LineCollection
    from matplotlib.lines import Line2D

    nodes = {node["id"]: node for node in found["nodes"]}
    at = {key: (node["x"], -node["y"]) for key, node in nodes.items()}
    known = colours([node["group"] for node in nodes.values()])
    with drawing(HEIGHT) as (figure, axes):
        axes.set_axis_off()
        for tangible, style in ((True, "solid"), (False, "dashed")):
            links = [n for n in found["links"] if n["tangible"] is tangible]
            ends = [(at[link["source"]], at[link["target"]]) for link in links]
            lines = LineCollection(ends, colors="#888", linewidths=1, linestyles=style)
            axes.add_collection(lines)
        drawn = list(reversed(nodes.values()))  # the first on top
        axes.scatter(
            [at[node["id"]][0] for node in drawn],
            [at[node["id"]][1] for node in drawn],
            s=[(6 + 15 * node["size"]) ** 2 for node in drawn],
            c=[known.get(node["group"], OTHER) for node in drawn],
            edgecolors="white",
            zorder=2,
        )
        for node in list(nodes.values())[:NAMED]:
            axes.annotate(
                node["title"],
                at[node["id"]],
                xytext=(0, 9),
                textcoords="offset points",
                ha="center",
            )
        marks = [
            Line2D([], [], color=colour, marker="o", linestyle="")
            for colour in known.values()
        ]
        # A space before: a name that begins with _ would be left out.
        names = [f" {group}" for group in known]
        if marks:
            figure.legend(marks, names, loc="lower center", ncols=4, frameon=False)
        return svg(figure, said)


def bars(rows: list[tuple[str, float]], said: str) -> str:
    """One bar a row, its number beside it."""
    with drawing(len(rows) * ROW + 0.4) as (figure, axes):
        places = range(len(rows))
        drawn = axes.barh(places, [value for _, value in rows], color=COLOURS[0])
        axes.bar_label(drawn, [f"{value:.3g}" for _, value in rows], padding=4)
        axes.set_yticks(places, [name for name, _ in rows])
        axes.invert_yaxis()
        axes.set_xticks([])
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
        return svg(figure, said)
