"""The pictures of the report: what is drawn is what the answer has."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds import SEEDS
from service.report import QUESTION, WRITERS
from service.report.labels import CHARACTER, LINE, Point, placed_labels
from service.report.pictures import bar_chart, network_picture
from service.report.sections import sections
from tests.support.worlds import AS_OF

TEXT = QUESTION.read_text(encoding="utf-8")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def report(draw, ask):
    draw(SEEDS[0].folder)
    return ask(TEXT, community="demo", asOf=AS_OF)["ecosystemReport"]


def test_each_link_is_a_line_and_each_node_a_point(report):
    answer = report["map"]
    picture = ElementTree.fromstring(network_picture(answer, "Demo").svg)
    lines = picture.findall(f".//{SVG}line")
    assert len(lines) == len(answer["links"]) > 100
    dashed = [line for line in lines if line.get("stroke-dasharray") == "6 4"]
    intangible = [
        link for link in answer["links"] if link["intangible"] and not link["tangible"]
    ]
    assert len(dashed) == len(intangible) > 0
    named = picture.findall(f".//{SVG}circle/{SVG}title")
    assert sorted(title.text for title in named) == sorted(
        node["title"] for node in answer["nodes"]
    )
    ends = {(line.get("x1"), line.get("y1")) for line in lines}
    points = {
        (point.get("cx"), point.get("cy"))
        for point in picture.findall(f".//{SVG}circle")
    }
    assert ends <= points
    words = "".join(picture.itertext())
    assert "intangible only" in words
    assert "tangible exchange" in words


def link(kind="EXCHANGE", tangible=0, intangible=0):
    ends = {"source": "a", "target": "b"}
    return ends | {"kind": kind, "tangible": tangible, "intangible": intangible}


@pytest.mark.parametrize(
    ("links", "legend"),
    [
        ([link(tangible=3, intangible=1)], ["tangible exchange"]),
        ([link(intangible=2)], ["intangible only"]),
        ([link()], ["exchange, kind unknown"]),
        ([link("ADVICE")], ["other tie"]),
        ([link("ADVICE"), link(intangible=1)], ["other tie", "intangible only"]),
    ],
)
def test_the_legend_explains_the_lines_that_are_drawn_and_no_others(links, legend):
    nodes = [
        {"id": key, "title": key, "group": "North", "size": 1.0, "x": x, "y": 0.5}
        for key, x in (("a", 0.2), ("b", 0.8))
    ]
    svg = network_picture({"nodes": nodes, "links": links}, "Two").svg
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert texts == ["a", "b", "North", *legend]


boxes = st.lists(
    st.tuples(
        st.builds(Point, st.floats(0, 400), st.floats(0, 300), st.floats(3, 12)),
        st.text("abc ", min_size=1, max_size=40),
    ),
    max_size=25,
)


@given(boxes)
def test_no_label_covers_another_or_a_point_of_its_size(names):
    points = [point for point, _ in names]
    labels = placed_labels(names, points, 400, 300)
    edges = [
        (at.left, at.top, at.left + CHARACTER * len(at.text), at.top + LINE)
        for at in labels
    ]
    for (x1, y1, x2, y2), (u1, v1, u2, v2) in combinations(edges, 2):
        assert x2 <= u1 or u2 <= x1 or y2 <= v1 or v2 <= y1
    for x1, y1, x2, y2 in edges:
        assert 0 <= x1 <= x2 <= 400.001
        assert 0 <= y1 <= y2 <= 300.001
        for point in points:
            if x1 < point.x < x2 and y1 < point.y < y2:  # covered: a smaller point
                assert point.radius < max(other.radius for other in points)


def test_most_of_the_first_members_have_their_name(report):
    svg = network_picture(report["map"], "Demo").svg
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    titles = [node["title"] for node in report["map"]["nodes"][:20]]
    assert sum(title[:20] in " ".join(texts) for title in titles) >= 10


def test_the_longest_bar_is_the_largest_value_and_each_has_its_number():
    svg = bar_chart([("A & B", 12.5), ("C", 2.5)], "bars", "Bars").svg
    widths = re.findall(r'<rect x="300" y="\d+" width="([\d.]+)"', svg)
    assert [float(width) for width in widths] == [420.0, 84.0]
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert texts == ["A &amp; B", "12.5", "C", "2.5"]


def test_markdown_has_its_pictures_beside_it_and_json_none(report):
    parts = sections(report)
    page = WRITERS[".md"](report, parts, "Monday report.md")
    assert list(page) == [
        "Monday report.md",
        "Monday report-network.svg",
        "Monday report-brokers.svg",
        "Monday report-losses.svg",
    ]
    text = page["Monday report.md"]
    assert "<svg" not in text
    assert "](Monday%20report-network.svg)" in text
    assert len(text) < 20_000
    for name in list(page)[1:]:
        ElementTree.fromstring(page[name])
    assert "<svg" not in WRITERS[".json"](report, parts, "a.json")["a.json"]
    assert len(WRITERS[".html"](report, parts, "a.html")["a.html"]) < 100_000
