"""The map as files: a picture (SVG), and its network for other programs (GEXF)."""

from __future__ import annotations

from html import escape

from service.formats.replacements import NOT_XML
from service.formats.writers.gexf import SPACE
from service.formats.writers.graph_writer import XML, xml_attributes
from service.report.labels import Point
from service.report.pictures import (
    COLOURS,
    GREY,
    HEIGHT,
    MARGIN,
    NAMED,
    WIDTH,
    circle,
    label_texts,
    legend_marks,
    picture,
)
from service.web.map_member import LOSSES, MapMarks
from service.web.map_view import OTHER, UNKNOWN, MapView
from service.web.panel import Answer

# The classes of the style sheet on white paper.
PAPER_COLOURS = {f"group-{i}": colour for i, colour in enumerate(COLOURS, 1)}
LOSS_COLOURS = ("#FDD0A2", "#FDAE6B", "#F16913", "#D94801", "#7F2704")
PAPER_COLOURS |= {f"loss-{i}": colour for i, colour in enumerate(LOSS_COLOURS, 1)}
PAPER_COLOURS |= {OTHER: GREY, UNKNOWN: "#c4c8cc"}
MARKED, DIM = "#D55E00", "#eee"


def svg(view: MapView, marks: MapMarks, title: str) -> str:
    """The map as it is on the page: the same places, colours, sizes and marks."""
    points = {node["key"]: point_of(view, node) for node in view.nodes}
    nodes = {node["key"]: node for node in view.nodes}
    parts = ['<g stroke="#aaa" stroke-width="0.5">']
    for source, target in view.pairs:
        ends = view.nodes[source]["key"], view.nodes[target]["key"]
        parts.append(line(points[ends[0]], points[ends[1]]))
    parts.append(f'</g><g stroke="{MARKED}" stroke-width="2">')
    for a, b in marks.lines:
        if a in points and b in points:
            parts.append(line(points[a], points[b]))
    parts.append('</g><g stroke="#fff" stroke-width="0.5">')
    # Later points cover earlier ones, so the first nodes are drawn last.
    for key, node in reversed(nodes.items()):
        colour, label = marks.members.get(key, ("", ""))
        if marks.members and key not in marks.members:
            fill = DIM
        else:
            fill = PAPER_COLOURS[colour or view.colour(node)]
        name = f"{node['title']}, {label}" if label else node["title"]
        parts.append(circle(points[key], fill, name))
    parts.append("</g>" + label_texts(*names_of(view, marks, points)))
    legend = legend_of(view, marks)
    parts += legend_marks(
        [(circle(Point(0, 0, 6), colour), text) for colour, text in legend]
    )
    rows = -(-len(legend) // 4)
    size = f'<text x="30" y="{HEIGHT + 22 * rows + 18}">'
    parts.append(f"{size}{escape(view.size_sentence)}</text>")
    image = picture("map", title, parts, HEIGHT + 22 * rows + 32)
    return NOT_XML.sub("\ufffd", image.svg)


def names_of(
    view: MapView, marks: MapMarks, points: dict[str, Point]
) -> tuple[list[Answer], dict[str, Point]]:
    """The nodes to name: the marked ones if there are any, the large first."""
    nodes = sorted(
        view.nodes,
        key=lambda node: (node["key"] not in marks.members, -view.size(node)),
    )
    named = []
    for node in nodes[:NAMED]:
        label = marks.members.get(node["key"], ("", ""))[1]
        title = f"{node['title']}, {label}" if label else node["title"]
        named.append({"id": node["key"], "title": title})
    return named, points


def point_of(view: MapView, node: Answer) -> Point:
    x = MARGIN + node["x"] * (WIDTH - 2 * MARGIN)
    y = MARGIN + node["y"] * (HEIGHT - 2 * MARGIN)
    return Point(round(x, 1), round(y, 1), round(2.5 + 8 * view.size(node) ** 0.5, 1))


def line(source: Point, target: Point) -> str:
    return f'<path d="M{source.x} {source.y}L{target.x} {target.y}"/>'


def legend_of(view: MapView, marks: MapMarks) -> list[tuple[str, str]]:
    """Each colour with its text."""
    entries = [
        (PAPER_COLOURS[entry.colour], f"{entry.text} ({entry.count:,})")
        for entry in view.legend
    ]
    losses = {colour for colour, _ in marks.members.values() if colour}
    return entries + [
        (PAPER_COLOURS[f"loss-{i}"], loss_text(i))
        for i in range(1, LOSSES + 1)
        if f"loss-{i}" in losses
    ]


def loss_text(step: int) -> str:
    """
    >>> loss_text(1), loss_text(5)
    ('loss up to 20 %', 'loss 80 to 100 %')
    """
    width = 100 // LOSSES
    if step == 1:
        return f"loss up to {width} %"
    return f"loss {(step - 1) * width} to {step * width} %"


def gexf(view: MapView) -> str:
    """The members and links of the map, with places, sizes and colours for Gephi."""
    score = view.state.size
    columns = {"kind": "string", "key": "string", "group": "string"}
    columns["degree"] = "integer"
    columns |= {score: "double"} if score != "degree" else {}
    viz = {"xmlns": SPACE, "xmlns:viz": f"{SPACE}/viz", "version": "1.3"}
    parts = [XML, f"<gexf{xml_attributes(**viz)}>\n"]
    parts.append("<meta><creator>valuenet</creator></meta>\n")
    parts.append('<graph defaultedgetype="directed" mode="static">\n')
    parts.append('<attributes class="node">\n')
    for name, kind in columns.items():
        parts.append(f"<attribute{xml_attributes(id=name, title=name, type=kind)}/>\n")
    parts.append('</attributes>\n<attributes class="edge">\n')
    parts.append('<attribute id="kind" title="kind" type="string"/>\n')
    parts.append("</attributes>\n<nodes>\n")
    for node in view.nodes:
        values = {"kind": node["member"]["__typename"].upper(), "key": node["key"]}
        values |= {"group": view.group_name(node["group"])}
        values |= {score: view.value(node), "degree": int(node["degree"])}
        parts.append(
            f"<node{xml_attributes(id=node['key'], label=node['title'])}>"
            f"<attvalues>{attribute_values(values)}</attvalues>{viz_of(view, node)}"
            "</node>\n"
        )
    parts.append("</nodes>\n<edges>\n")
    for number, (link, pair) in enumerate(zip(view.links, view.pairs, strict=True)):
        source, target = (view.nodes[end]["key"] for end in pair)
        ends = xml_attributes(id=str(number), source=source, target=target)
        kind = attribute_values({"kind": link["kind"]})
        parts.append(f"<edge{ends}><attvalues>{kind}</attvalues></edge>\n")
    parts.append("</edges>\n</graph>\n</gexf>\n")
    return NOT_XML.sub("\ufffd", "".join(parts))


def attribute_values(values: Answer) -> str:
    return "".join(
        f"<attvalue{xml_attributes(**{'for': name, 'value': value})}/>"
        for name, value in values.items()
        if value is not None
    )


def viz_of(view: MapView, node: Answer) -> str:
    """Where, how large and in which colour Gephi draws a node; its y runs upwards."""
    at = point_of(view, node)
    hex = PAPER_COLOURS[view.colour(node)].lstrip("#")
    full = hex if len(hex) == 6 else "".join(2 * digit for digit in hex)
    red, green, blue = bytes.fromhex(full)
    return (
        f'<viz:size value="{2 * at.radius:g}"/>'
        f'<viz:position x="{at.x:g}" y="{-at.y:g}" z="0"/>'
        f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
    )
