"""The map: what it draws, its colours, sizes, marks, tables and files are right."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
from datetime import date
from xml.etree import ElementTree

import networkx
import pytest

import seeds
from service.server.tokens import TokenScope, create_token
from service.web import documents
from service.web.map_state import USUAL_TIES, MapState
from service.web.map_view import MapView
from service.web.pages.map import LONGEST
from service.web.routes import MAP_PARTS
from tests.support.worlds import member, tie

DAY = "day=2026-11-01"
# hub gives to five; p1 depends on hub, p2 on p1; nobody knows the sector of p5
HUB = {
    "members": [
        member("hub", sector="Trade", recovery_days="10", **{"x:Batch": "W24"}),
        *(member(f"p{i}", sector="Trade" if i < 3 else "Work") for i in range(1, 5)),
        member("p5", sector=""),
        member("alone", sector="Trade"),
        member("single"),
    ],
    "ties": [
        *(tie("EXCHANGE", "hub", f"p{i}") for i in range(1, 6)),
        tie("EXCHANGE", "p1", "hub", since="2024-02-03"),
        tie("DEPENDENCY", "p1", "hub", strength="1", criticality="1"),
        tie("DEPENDENCY", "p2", "p1", strength="1", criticality="1"),
        *(tie("MEMBERSHIP", key, "c") for key in ("hub", "p1", "p2", "p3", "alone")),
        *(tie("MEMBERSHIP", f"p{i}", "c") for i in (4, 5)),
        tie("MEMBERSHIP", "single", "one"),
    ],
    "communities": [
        {"key": "c", "kind": "OTHER", "name": "All of them"},
        {"key": "one", "kind": "OTHER"},
        {"key": "none", "kind": "OTHER"},
    ],
}


@pytest.fixture
def get(serve):
    """The responses to some paths."""

    def get(*paths, **settings):
        async def work(client):
            return [await client.get(path) for path in paths]

        return serve(work, **settings)

    return get


@pytest.fixture(scope="module")
def hub(draw):
    draw(HUB)


def data_of(page, name):
    return json.loads(html.unescape(re.search(rf'data-{name}="([^"]*)"', page.text)[1]))


def legend_of(page):
    part = page.text[page.text.index('aria-label="Colours by') :]
    part = part[: part.index("</ul>")]
    return re.findall(r'swatch ([\w-]+)"></span>([^<]*)', part)


@pytest.mark.database
def test_the_network_of_the_page_is_that_of_the_question(hub, get):
    [page] = get(f"/map?community=c&colour=SECTOR&{DAY}")
    assert "The map draws all 6 members and 8 links." in page.text
    network = data_of(page, "network")
    nodes = {key: (group, size) for key, _, group, _, _, size in network["nodes"]}
    assert nodes == {
        "hub": ("group-1", 1),
        "p1": ("group-1", 0.4),
        "p2": ("group-1", 0.4),
        "p3": ("group-2", 0.2),
        "p4": ("group-2", 0.2),
        "p5": ("group-unknown", 0.2),
    }
    assert all(0 <= x <= 1 and 0 <= y <= 1 for *_, x, y, _ in network["nodes"])
    keys = [node[0] for node in network["nodes"]]
    links = sorted((keys[a], keys[b]) for a, b in network["links"])
    # A dependency runs with the flow of value: from the provider
    given = [("hub", f"p{i}") for i in range(1, 6)] + [("p1", "hub")]
    assert links == sorted([*given, ("hub", "p1"), ("p1", "p2")])
    assert legend_of(page) == [
        ("group-1", "Trade (3)"),
        ("group-2", "Work (2)"),
        ("group-unknown", "unknown (1)"),
    ]
    assert "Size: the number of its neighbours, 1 to 5." in page.text


@pytest.mark.database
def test_sizes_are_the_scores_of_the_network(hub, get):
    scores = {
        # of the pairs that hub joins, p1 to p2 has an arc of its own
        "brokerage": ("the pairs that it brokers", "0 to 3"),
        # hub is between p1 to p5 (10 pairs), but for p1 and p2, which are tied
        "betweenness": ("betweenness, the share of", "0 to 0.9"),
        "constraint": ("small points have room to broker", "to 1."),
    }
    ties = "ties=EXCHANGE,DEPENDENCY"
    paths = [f"/map?community=c&size={size}&{ties}&{DAY}" for size in scores]
    for page, (text, bounds) in zip(get(*paths), scores.values(), strict=True):
        [sentence] = re.findall(r"<p>(Size: [^<]*)</p>", page.text)
        assert text in sentence
        assert bounds in sentence


@pytest.mark.database
def test_ties_isolates_and_a_focus_choose_the_members(hub, get):
    exchange, isolates, focus, scoped = get(
        f"/map?community=c&ties=DEPENDENCY&{DAY}",
        f"/map?community=c&isolates=yes&{DAY}",
        f"/map?focus=p2&steps=1&ties=EXCHANGE&{DAY}",
        f"/map?focus=p3&steps=1&ties=EXCHANGE&ties=CO_MEMBERSHIP&{DAY}",
    )
    assert "all 3 members and 2 links" in exchange.text
    assert "all 7 members and 8 links" in isolates.text
    assert "all 2 members within 1 step of the focus and 1 link." in focus.text
    names = [node[0] for node in data_of(scoped, "network")["nodes"]]
    assert names[0] == "p3"
    assert "single" not in names


@pytest.mark.database
def test_a_broker_marks_the_pairs_that_it_joins(hub, get):
    [page] = get(f"/map?community=c&ties=EXCHANGE&selected=hub&mode=brokerage&{DAY}")
    marks = data_of(page, "marks")
    # p1 gives to hub, which gives to p2 to p5; a pair is not its own way back
    assert sorted(marks["lines"]) == sorted(
        [["p1", "hub"], *(["hub", f"p{i}"] for i in range(2, 6))]
    )
    assert {key for key, *_ in marks["members"]} == {
        "hub",
        *(f"p{i}" for i in range(1, 6)),
    }
    assert "It joins 4 pairs that have no tie of their own." in page.text


@pytest.mark.database
def test_a_cascade_has_the_loss_as_colour_and_the_days_as_label(hub, get):
    full, part = get(
        f"/map/member?community=c&selected=hub&mode=cascade&{DAY}",
        f"/map/member?community=c&selected=hub&mode=cascade&works=70&days=4&{DAY}",
    )
    marks = {key: tuple(mark) for key, *mark in data_of(full, "marks")["members"]}
    assert set(marks) == {"hub", "p1", "p2"}
    assert marks["p1"][0] == marks["p2"][0] == "loss-5"
    assert marks["p1"][1] == "10 days"
    assert sorted(data_of(full, "marks")["lines"]) == [["hub", "p1"], ["p1", "p2"]]
    assert "If it stops, 2 members lose work" in full.text
    marks = {key: tuple(mark) for key, *mark in data_of(part, "marks")["members"]}
    assert marks["p1"] == ("loss-2", "1.2 days")
    assert "If it works at 70 %" in part.text


@pytest.mark.database
def test_the_tables_have_all_that_the_map_draws(hub, get):
    members, links, pairs = get(
        f"/map?community=c&colour=SECTOR&csv=members&{DAY}",
        f"/map?community=c&csv=links&{DAY}",
        f"/map?community=c&selected=hub&mode=brokerage&ties=EXCHANGE&csv=pairs&{DAY}",
    )
    header, *rows = csv.reader(io.StringIO(members.text))
    assert header == ["member", "sector", "degree", "key"]
    assert rows[0] == ["Name of hub", "Trade", "5", "hub"]
    assert ["Name of p5", "unknown", "1", "p5"] in rows
    header, *rows = csv.reader(io.StringIO(links.text))
    assert header[-2:] == ["key of from", "key of to"]
    assert len(rows) == 8
    assert ["Name of p1", "Name of p2", "dependency", "p1", "p2"] in rows
    assert len(pairs.text.splitlines()) == 1 + 4


@pytest.mark.database
def test_the_files_have_what_the_map_draws(hub, get):
    path = f"community=c&colour=SECTOR&size=betweenness&{DAY}"
    picture, network = get(f"/map/picture.svg?{path}", f"/map/network.gexf?{path}")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    root = ElementTree.fromstring(picture.text)
    space = "{http://www.w3.org/2000/svg}"
    titles = [title.text for title in root.iter(f"{space}title")]
    assert sorted(titles) == sorted(
        f"Name of {key}" for key in ("hub", "p1", "p2", "p3", "p4", "p5")
    )
    assert "Trade (3)" in picture.text
    graph = networkx.read_gexf(io.BytesIO(network.content))
    assert graph.nodes["p5"]["label"] == "Name of p5"
    assert graph.nodes["p5"]["group"] == "unknown"
    assert graph.nodes["hub"]["kind"] == "ORGANISATION"
    assert graph.nodes["hub"]["degree"] == 5
    assert graph.nodes["hub"]["betweenness"] == 0.9
    assert graph.nodes["hub"]["viz"]["color"] == {"r": 0, "g": 114, "b": 178, "a": 1.0}
    kinds = [kind for *_, kind in graph.edges(data="kind")]
    assert sorted(kinds) == ["DEPENDENCY"] * 2 + ["EXCHANGE"] * 6


@pytest.mark.database
@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("community=none", "No member is in this network on that day."),
        ("community=one", "draw members without a tie too"),
        ("community=one&isolates=yes", "The map draws 1 member and no link."),
        ("community=c&selected=nobody", "No Member has the key 'nobody'."),
        ("community=c&selected=single", "is not in this network"),
        ("community=c&selected=p5", "It has ties to 1 member of this network:"),
        ("colour=SIDE", "Give its key under “Ties and members”."),
        ("colour=SIDE&organisation=hub", "external (5)"),
        ("community=c&colour=COMMUNITY", "All of them (6)"),
        ("colour=x:Batch", "W24 (1)"),
        ("colour=x:Batch", ">Batch</option>"),
        ("colour=x:none", "unknown (6)"),
        ("colour=x:Batch&selected=hub&mode=brokerage", "Pairs that it brokers"),
        ("community=c&colour=ORGANISATION", "Name of hub (1)"),
        ("community=c&selected=hub&mode=introductions", "hub"),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence(hub, get, path, sentence):
    [page] = get(f"/map?{path}&{DAY}")
    assert page.status_code == 200, page.text
    assert sentence in html.unescape(page.text)


@pytest.mark.database
@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("community=nix", 404, "nix"),
        ("focus=nobody", 404, "nobody"),
        ("ties=NEED", 400, "ties: expected one of EXCHANGE"),
        ("colour=RED", 400, "colour: expected one of KIND"),
        ("size=big", 400, "size: expected one of degree"),
        ("mode=x", 400, "mode: expected one of brokerage"),
        ("steps=9", 400, "steps: expected 1 to 5"),
    ],
)
def test_a_wrong_address_says_what_is_expected(hub, get, path, status, text):
    [page] = get(f"/map?{path}&{DAY}")
    assert page.status_code == status
    assert text in page.text


@pytest.mark.database
def test_hostile_names_are_texts_in_every_part(draw, get):
    name = "<script>alert(1)</script>\u202e\"'&"
    members = [member("a", name=name, sector=name), member("b", name="B")]
    draw({"members": members, "ties": [tie("EXCHANGE", "a", "b")]})
    page, part, picture, network = get(
        f"/map?colour=SECTOR&selected=a&{DAY}",
        *(f"{path}?colour=SECTOR&selected=a&{DAY}" for path in MAP_PARTS),
    )
    for answer in (page, part, picture, network):
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
    assert name in [node[1] for node in data_of(page, "network")["nodes"]]
    assert name in "".join(ElementTree.fromstring(picture.text).itertext())
    graph = networkx.read_gexf(io.BytesIO(network.content))
    assert graph.nodes["a"]["label"] == name


@pytest.mark.database
def test_the_slider_covers_the_days_of_the_ties_but_ten_years_at_most(draw, get):
    members = [member(key) for key in "abc"]
    ties = [tie("EXCHANGE", "a", "b", since="1990-01-01")]
    ties += [tie("MEMBERSHIP", key, "new") for key in "bc"]
    ties += [tie("EXCHANGE", "b", "c", since="2031-05-06")]
    communities = [{"key": key, "kind": "OTHER"} for key in ("new", "old")]
    draw({"members": members, "ties": ties, "communities": communities})
    whole, new = get(f"/map?{DAY}", f"/map?community=new&{DAY}")
    undated = get(f"/map?community=old&{DAY}")[0]
    assert "data-days" not in undated.text
    for page, first in ((whole, date(2031, 5, 6) - LONGEST), (new, date(2031, 5, 6))):
        assert f'data-days="{first} 2031-05-06"' in page.text


@pytest.mark.database
def test_the_parts_need_the_token_of_the_page(draw, get, tmp_path):
    draw({"members": [member("m0", name="Secret firm")]})
    create_token(tmp_path / "tokens", "reader", TokenScope.READ)
    for part in get(*MAP_PARTS, tokens=tmp_path / "tokens"):
        assert part.status_code == 303
        assert part.headers["location"].startswith("/login")


@pytest.mark.database
def test_the_map_of_the_demo_marks_the_introductions_of_a_startup(draw, get):
    draw(seeds.FOLDER / "demo")
    path = f"community=demo&selected=fuktlys&mode=introductions&{DAY}"
    page, one = get(f"/map?{path}", f"/map/member?{path}&need=prototype-making")
    marks = data_of(page, "marks")
    assert ["bergslund-ventures"] in [line[:1] for line in marks["lines"]]
    assert set(map(tuple, data_of(one, "marks")["lines"])) <= set(
        map(tuple, marks["lines"])
    )
    assert "All needs" in one.text


def view_of(nodes, links, node_count, link_count, **state):
    usual = dict.fromkeys(MapState.__dataclass_fields__)
    usual |= {"ties": USUAL_TIES, "colour": "SECTOR", "size": "degree", "mode": ""}
    usual |= {"steps": 2, "works": 0, "isolates": False}
    answer = {"nodeCount": node_count, "linkCount": link_count, "nodes": nodes}
    answer |= {"links": links, "nullReason": None}
    return MapView(MapState(**usual | state), answer, {}, {})


def node(key, group="A", degree=1):
    return {"id": key, "key": key, "title": key, "group": group, "degree": degree}


def test_a_cut_map_says_of_how_many_it_is_a_part():
    nodes = [node("a"), node("b")]
    links = [{"source": "a", "target": "b", "kind": "EXCHANGE"}]
    assert view_of(nodes, links, 5_300, 9).sentence == (
        "The map draws 2 of 5,300 members, by degree, and 1 of 9 links among them."
    )
    assert view_of(nodes, links, 53, 1, focus="a").sentence == (
        "The map draws 2 of 53 members, the nearest first, within 2 steps of the focus"
        " and 1 link."
    )


def test_the_largest_groups_have_colours_and_the_others_one_together():
    sizes = [5, 4, 4, 3, 3, 2, 2, 1, 1]
    nodes = [
        node(f"{group}{i}", group)
        for group, size in zip("ABCDEFGHI", sizes, strict=True)
        for i in range(size)
    ]
    view = view_of([*nodes, node("z", None)], [], 26, 0)
    assert [(e.colour, e.text, e.count) for e in view.legend] == [
        *((f"group-{i}", name, sizes[i - 1]) for i, name in enumerate("ABCDEFG", 1)),
        ("group-other", "2 other groups", 2),
        ("group-unknown", "unknown", 1),
    ]


def test_a_state_survives_its_address():
    view = view_of([], [], 0, 0, ties=("EXCHANGE",), isolates=True, days=3.0, steps=1)
    assert view.state.address(colour="KIND") == (
        "/map?ties=EXCHANGE&isolates=yes&steps=1&days=3"
    )


def test_the_scripts_of_others_are_small_and_come_with_the_map_alone():
    web = documents.FOLDER.parent
    scripts = (web / "static" / "vendor").glob("*.js")
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) <= 120_000
    using = [
        path.name
        for path in (web / "templates").iterdir()
        if "sigma" in path.read_text()
    ]
    assert using == ["map.html"]
