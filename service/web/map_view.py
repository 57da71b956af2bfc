"""The network of the map: its colours, sizes, legend, sentence and tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from service.report.section import number
from service.vocabulary.names import counted
from service.web.map_state import MapState
from service.web.panel import Answer, Cell, Panel, member_link
from service.web.visit import Visit
from service.web.words import value_words

MOST_NODES, MOST_LINKS = 2_000, 10_000
ROWS = 50  # of a table on the page; its CSV has all
COLOUR_COUNT = 7  # groups with a colour of their own
UNKNOWN, OTHER = "group-unknown", "group-other"
SIZE_TEXTS = {
    "degree": "the number of its neighbours",
    "brokerage": "the pairs that it brokers",
    "betweenness": "betweenness, the share of shortest paths that pass it",
    "constraint": "constraint; small points have room to broker",
}
EMPTY: Answer = {"nodeCount": 0, "linkCount": 0, "nodes": [], "links": []}


@dataclass(frozen=True)
class LegendEntry:
    """A colour by its class in the style sheet, what it means, and how many have it."""

    colour: str
    text: str
    count: int


@dataclass(frozen=True)
class MapView:
    """The answer of `networkMap` under a state; `names` are those of groups by key."""

    state: MapState
    answer: Answer
    names: dict[str, str]
    variables: Answer

    @property
    def nodes(self) -> list[Answer]:
        nodes: list[Answer] = self.answer["nodes"]
        return nodes

    @property
    def links(self) -> list[Answer]:
        links: list[Answer] = self.answer["links"]
        return links

    @cached_property
    def position(self) -> dict[str, int]:
        """The nodes by their ids, which links name."""
        return {node["id"]: i for i, node in enumerate(self.nodes)}

    @cached_property
    def groups(self) -> list[tuple[str, int]]:
        """The groups and their counts, the largest first."""
        counts = Counter(node["group"] for node in self.nodes if node["group"])
        return sorted(counts.items(), key=lambda group: (-group[1], group[0]))

    @cached_property
    def colours(self) -> dict[str, str]:
        """The class of each group that has a colour of its own."""
        largest = self.groups[:COLOUR_COUNT]
        return {name: f"group-{i}" for i, (name, _) in enumerate(largest, 1)}

    def colour(self, node: Answer) -> str:
        if node["group"] is None:
            return UNKNOWN
        return self.colours.get(node["group"], OTHER)

    @property
    def legend(self) -> list[LegendEntry]:
        entries = [
            LegendEntry(self.colours[name], self.group_name(name), count)
            for name, count in self.groups[:COLOUR_COUNT]
        ]
        if others := self.groups[COLOUR_COUNT:]:
            count = sum(count for _, count in others)
            text = counted(len(others), "other group")
            entries.append(LegendEntry(OTHER, text, count))
        if unknown := sum(node["group"] is None for node in self.nodes):
            entries.append(LegendEntry(UNKNOWN, "unknown", unknown))
        return entries

    def group_name(self, group: str | None) -> str:
        if group is None:
            return "unknown"
        if self.state.colour in ("KIND", "SIDE"):
            return group.lower()
        return self.names.get(group, group)

    def value(self, node: Answer) -> float | None:
        value: float | None = node[self.state.size]
        return value

    @cached_property
    def values(self) -> list[float]:
        """The scores of all nodes that have one."""
        values = map(self.value, self.nodes)
        return [value for value in values if value is not None]

    def size(self, node: Answer) -> float:
        """0..1, by the score; 0 where it is unknown."""
        largest = max(self.values, default=0)
        return (self.value(node) or 0) / largest if largest else 0

    @property
    def size_sentence(self) -> str:
        text = f"Size: {SIZE_TEXTS[self.state.size]}"
        if not self.values:
            return f"{text}; unknown for all."
        low, high = (number(edge(self.values), 3) for edge in (min, max))
        text += f", {low} to {high}."
        if unknown := len(self.nodes) - len(self.values):
            text += f" Unknown for {counted(unknown, 'member')}, which are small."
        return text

    @property
    def sentence(self) -> str:
        """How much of the network the map draws, or why it draws nothing."""
        if self.state.obstacle:
            return self.state.obstacle
        if not self.nodes:
            advice = "Choose other ties or another day"
            if not self.state.isolates:
                advice += ", or draw members without a tie too"
            return f"{self.answer['nullReason']} {advice}."
        drawn, total = len(self.nodes), self.answer["nodeCount"]
        if drawn == total:
            members = f"all {counted(total, 'member')}" if total > 1 else "1 member"
        else:
            order = "the nearest first" if self.state.focus else "by degree"
            members = f"{drawn:,} of {counted(total, 'member')}, {order},"
        drawn, total = len(self.links), self.answer["linkCount"]
        links = counted(total, "link")
        if drawn < total:
            links = f"{drawn:,} of {links} among them"
        elif not total:
            links = "no link"
        where = f" within {counted(self.state.steps, 'step')} of the focus"
        return f"The map draws {members}{where * bool(self.state.focus)} and {links}."

    @property
    def notes(self) -> list[str]:
        """The warnings, but for what the sentence says already."""
        warnings = self.answer.get("about", {}).get("warnings", [])
        return [text for text in warnings if "not shown" not in text]

    @property
    def network(self) -> str:
        """As JSON: nodes as key, name, colour, x, y, size; links as two positions."""
        nodes = [
            (
                node["key"],
                node["title"],
                self.colour(node),
                round(node["x"], 4),
                round(node["y"], 4),
                round(self.size(node), 4),
            )
            for node in self.nodes
        ]
        return orjson.dumps({"nodes": nodes, "links": self.pairs}).decode()

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The ends of each link, as positions among the nodes."""
        return [
            (self.position[link["source"]], self.position[link["target"]])
            for link in self.links
        ]

    def panels(self, most: int | None = ROWS) -> list[Panel]:
        """The same as tables, with at most so many rows."""
        return [self.member_panel(most), self.link_panel(most)]

    def member_panel(self, most: int | None) -> Panel:
        size = self.state.size
        is_lowest_first = size == "constraint"

        def rank(node: Answer) -> tuple[bool, float]:
            value = self.value(node)
            sign = 1 if is_lowest_first else -1
            return value is None, sign * (value or 0)

        rows = [
            (
                member_link({"key": node["key"], "name": node["title"]}),
                self.group_name(node["group"]),
                number(node["degree"]),
                *((number(self.value(node), 3),) if size != "degree" else ()),
                node["key"],
            )
            for node in sorted(self.nodes, key=rank)[:most]
        ]
        group = self.state.colour_text
        columns = ("member", group, "degree", *([size] * (size != "degree")), "key")
        order = f"by {size}{', the lowest first' * is_lowest_first}"
        sentence = cut(len(rows), len(self.nodes), "member", f", {order}")
        return Panel(
            id="members",
            title="Members of the map",
            sentence=sentence,
            columns=columns,
            rows=rows,
            document="map",
            variables=self.variables,
        )

    def link_panel(self, most: int | None) -> Panel:
        rows: list[tuple[Cell, ...]] = []
        for link in self.links[:most]:
            ends = [self.nodes[self.position[link[e]]] for e in ("source", "target")]
            names = (member_link({"key": e["key"], "name": e["title"]}) for e in ends)
            keys = (end["key"] for end in ends)
            rows.append((*names, value_words(link["kind"]), *keys))
        columns = ("from", "to", "tie", "key of from", "key of to")
        sentence = cut(len(rows), len(self.links), "link", ", along the flow of value")
        return Panel(
            id="links",
            title="Links of the map",
            sentence=sentence,
            columns=columns,
            rows=rows,
            document="map",
            variables=self.variables,
        )


def cut(length: int, count: int, noun: str, order: str) -> str:
    """
    >>> cut(100, 2_000, "member", ", by degree"), cut(1, 1, "link", "")
    ('100 of 2,000 members are listed, by degree; the CSV has all.', '1 link.')
    """
    if length < count:
        text = f"{length:,} of {counted(count, noun)} are listed"
        return f"{text}{order}; the CSV has all."
    return f"{counted(count, noun)}{order}."


async def map_view(visit: Visit, state: MapState, kinds: bool = False) -> MapView:
    """Asks for the network of a state, perhaps with the kind of each member."""
    variables: dict[str, Any] = {
        "network": state.network,
        **state.grouping,
        "first": MOST_NODES,
        "firstLinks": MOST_LINKS,
        "focus": state.focus,
        "steps": state.steps,
        "kinds": kinds,
        **state.scores,
    }
    if state.obstacle:
        return MapView(state, EMPTY, {}, variables)
    answer = (await visit.ask("map", **variables))["networkMap"]
    names = {node["key"]: node["title"] for node in answer["nodes"]}
    if state.colour == "COMMUNITY":
        communities = (await visit.ask("communities"))["communities"]["nodes"]
        names = {each["key"]: each["name"] or each["key"] for each in communities}
    return MapView(state, answer, names, variables)
