"""The member that is chosen on the map: its facts, and what its mode marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil
from typing import Any

import orjson

from service.errors import ErrorCode
from service.report.section import number
from service.vocabulary.names import counted
from service.web.impacts import IMPACT_COLUMNS, days_text, impact_rows
from service.web.map_state import MapState
from service.web.panel import Answer, Cell, PageLink, Panel, member_link
from service.web.visit import AnswerRefusal, Visit

MOST_MARKS = 1_000
NEIGHBOURS = 12
LOSSES = 5  # colours of the cascade: up to 20 %, 40 % …
Pair = tuple[str, str]


@dataclass(frozen=True)
class MapMarks:
    """What a mode marks: members with a colour and a label, and lines between them."""

    members: dict[str, tuple[str, str]] = field(default_factory=dict)
    lines: list[Pair] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)

    @property
    def json(self) -> str:
        """Members as key, colour (blank: that of its group) and label."""
        members = [(key, *mark) for key, mark in self.members.items()]
        return orjson.dumps({"members": members, "lines": self.lines}).decode()


@dataclass(frozen=True)
class ChosenMember:
    """A member beside the map. Without a record there is only the sentence."""

    sentence: str
    record: Answer = field(default_factory=dict)
    node: Answer | None = None  # of the network of the map
    neighbours: list[Answer] = field(default_factory=list)
    marks: MapMarks = MapMarks()

    @property
    def is_startup(self) -> bool:
        return "STARTUP" in self.record["roles"]


async def chosen_member(visit: Visit, state: MapState) -> ChosenMember:
    if state.selected is None:
        return ChosenMember("Click a member of the map to see it here.")
    if state.obstacle:
        return ChosenMember(state.obstacle)
    variables: dict[str, Any] = {
        "key": state.selected,
        "network": state.network,
        **state.grouping,
        "first": NEIGHBOURS + 1,
        **state.scores,
    }
    try:
        answer = await visit.ask("map_member", **variables)
    except AnswerRefusal as error:
        if error.error_code == ErrorCode.NOT_FOUND:
            return ChosenMember(str(error))
        raise
    network = answer["networkMap"]
    sentence, node, neighbours = network["nullReason"], None, []
    if network["nodes"]:
        node, *neighbours = network["nodes"]
        count = network["nodeCount"] - 1
        sentence = f"It has ties to {counted(count, 'member')} of this network"
        sentence += f"; the {NEIGHBOURS} with most ties:" if count > NEIGHBOURS else ":"
        if not count:
            sentence = "It has no tie in this network."
    marks = await MARKS[state.mode](visit, state, state.selected)
    return ChosenMember(sentence, answer["member"], node, neighbours, marks)


async def no_marks(visit: Visit, state: MapState, key: str) -> MapMarks:
    return MapMarks()


async def pair_marks(visit: Visit, state: MapState, key: str) -> MapMarks:
    """The pairs that a broker joins."""
    variables = {
        "key": key,
        "network": state.network,
        **state.grouping,
        "first": MOST_MARKS,
    }
    answer = (await visit.ask("map_pairs", **variables))["brokerage"]
    pairs = [pair for broker in answer["brokers"] for pair in broker["evidence"]]
    count = sum(broker["evidenceCount"] for broker in answer["brokers"])
    listed = len(pairs)
    sentence = f"It joins {counted(count, 'pair')} that have no tie of their own."
    if listed < count:
        sentence += f" {listed:,} of them are marked and listed."
    rows = [
        (member_link(p["source"]), member_link(p["target"]), p["role"].lower())
        for p in pairs
    ]
    lines = [(p["source"]["key"], key) for p in pairs]
    lines += [(key, p["target"]["key"]) for p in pairs]
    panel = Panel(
        id="pairs",
        title="Pairs that it brokers",
        sentence=sentence,
        columns=("from", "to", "role"),
        rows=rows,
        notes=answer["about"]["warnings"],
        document="map_pairs",
        variables=variables,
    )
    return marks_of(lines, {}, panel)


async def cascade_marks(visit: Visit, state: MapState, key: str) -> MapMarks:
    """Who is hit if it stops: the loss as colour, the days as label."""
    variables = {
        "key": key,
        "operability": state.works / 100,
        "outageDays": state.days,
        "day": state.day,
        "first": MOST_MARKS,
    }
    answer = (await visit.ask("map_cascade", **variables))["weakNodeImpact"]
    impacts = [impact for impact in answer["impacts"] if impact["loss"]]
    members = {i["member"]["key"]: (loss_colour(i["loss"]), "") for i in impacts}
    waits = [*impacts, *answer["customersWaiting"]]
    for wait in waits:
        member = wait.get("member") or wait["customer"]
        colour, label = members.get(member["key"], ("", ""))
        label = days_text(wait["waitDays"]) if wait["waitDays"] is not None else label
        members[member["key"]] = colour, label
    lines = [
        (a["key"], b["key"]) for i in impacts for a, b in pairwise(i["decidingPath"])
    ]
    how = f"works at {state.works:g} %" if state.works else "stops"
    waiting = counted(len(answer["customersWaiting"]), "customer")
    hit = counted(answer["affectedCount"], "member")
    sentence = f"If it {how}, {hit} lose work and {waiting} wait."
    if answer["nullReason"]:
        sentence += f" {answer['nullReason']}"
    if answer["impactCount"] > MOST_MARKS:
        sentence += f" {MOST_MARKS:,} of {answer['impactCount']:,} are marked."
    panel = Panel(
        id="cascade",
        title="Who is hit",
        sentence=sentence,
        columns=IMPACT_COLUMNS,
        rows=impact_rows(answer),
        notes=answer["about"]["warnings"],
        document="map_cascade",
        variables=variables,
    )
    return marks_of(lines, members, panel)


def loss_colour(loss: float) -> str:
    """
    >>> loss_colour(0.2), loss_colour(0.21), loss_colour(1)
    ('loss-1', 'loss-2', 'loss-5')
    """
    return f"loss-{max(1, ceil(round(loss * LOSSES, 9)))}"


async def introduction_marks(visit: Visit, state: MapState, key: str) -> MapMarks:
    """The best path to each partner that it needs, or that of one need."""
    needs = [state.need] if state.need else None
    variables = {"startup": key, "needs": needs, "day": state.day}
    answer = (await visit.ask("partner_paths", **variables))["partnerPaths"]
    rows: list[tuple[Cell, ...]] = []
    lines: list[Pair] = []
    for stage in answer["stages"]:
        capability = stage["capability"]
        text = capability["name"] or capability["key"]
        need = PageLink(text, state.address(need=capability["key"]))
        if not stage["paths"]:
            rows.append((need, stage["nullReason"] or "no path", "-"))
            continue
        path = stage["paths"][0]
        people = [path["steps"][0]["from"], *(step["to"] for step in path["steps"])]
        names = " → ".join(member["name"] for member in people)
        rows.append((need, names, f"{path['success']:.0%}"))
        lines += [(a["key"], b["key"]) for a, b in pairwise(people)]
    sentence = "The best path to a partner for each need, and the chance that it works."
    if not rows:
        sentence = answer["nullReason"] or "It has no need on this day."
    panel = Panel(
        id="paths",
        title="Introductions",
        sentence=sentence,
        columns=("need", "path", "chance"),
        rows=rows,
        notes=answer["about"]["warnings"],
        document="partner_paths",
        variables=variables,
    )
    return marks_of(lines, {}, panel)


def marks_of(
    lines: Iterable[Pair], members: dict[str, tuple[str, str]], panel: Panel
) -> MapMarks:
    """The ends of all lines are marked too."""
    lines = list(dict.fromkeys(lines))
    ends = dict.fromkeys((end for line in lines for end in line), ("", ""))
    return MapMarks({**ends, **members}, lines, [panel])


MARKS = {
    "": no_marks,
    "brokerage": pair_marks,
    "cascade": cascade_marks,
    "introductions": introduction_marks,
}


def score_text(state: MapState, node: Answer) -> str:
    """The score that sizes are made of, in words."""
    text = f"degree {number(node['degree'])}"
    if state.size != "degree":
        text += f", {state.size} {number(node[state.size], 3)}"
    return text
