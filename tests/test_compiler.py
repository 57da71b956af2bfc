"""One statement per root field: the executor's route is the oracle of the compiled."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import orjson
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from schema.context import Context
from schema.execution import execute
from service.graph import Graph
from service.settings import Settings
from service.snapshots import Snapshots
from tests.documents import Document, documents
from tests.test_formats import everything
from tests.worlds import World, networks, prefixed, together

STEMS = {
    "member": "members",
    "contract": "contracts",
    "community": "communities",
    "referral": "referrals",
}


class Counting(Graph):
    """Notes which statements it runs, and by which door."""

    def __init__(self, graph: Graph):
        self.__dict__ = graph.__dict__.copy()
        self.compiled: list[tuple[str, dict[str, Any]]] = []
        self.batched = 0

    async def value(self, statement: Any, params: dict[str, Any]) -> Any:
        self.compiled.append((statement.text, params))
        return await super().value(statement, params)

    async def rows(self, statement: Any, row: Any, **params: Any) -> Any:
        self.batched += 1
        return await super().rows(statement, row, **params)


@pytest.fixture(scope="module")
def both(graph, runner):
    """The answers of both routes, compiled first, and what the first one ran."""
    given = Settings()
    snapshots = Snapshots(graph, given)

    def ask(text: str, variables: dict[str, Any], route: bool, door: Graph) -> bytes:
        context = Context(door, given, snapshots)
        answer = runner.run(execute(text, variables, None, context, compiled=route))
        return orjson.dumps(answer.body)

    def both(text: str, **variables: Any) -> tuple[bytes, bytes, Counting]:
        counting = Counting(graph)
        one = ask(text, variables, True, counting)
        return one, ask(text, variables, False, graph), counting

    return both


def keys_of(world: World) -> dict[str, list[str]]:
    """Keys by the root field that finds them, some of each."""
    found = {name: [r["key"] for r in world.get(s, [])] for name, s in STEMS.items()}
    for kind in ("organisation", "team", "person"):
        rows = world["members"]
        found[kind] = [row["key"] for row in rows if row["kind"].lower() == kind]
    found["investor"] = found["customer"] = found["member"]
    return found


def cursors(answer: Any, found: dict[str, list[str]], owner: str = "") -> None:
    """All cursors in an answer by the type of record, which aliases tell."""
    if isinstance(answer, list):
        for item in answer:
            cursors(item, found, owner)
    for name, item in answer.items() if isinstance(answer, dict) else ():
        told = re.match(r"[abz]\d+_([A-Z]\w+)_", name)
        if isinstance(item, str) and name in {"cursor", "startCursor", "e"}:
            found.setdefault(owner, []).append(item)
        cursors(item, found, told[1] if told else owner)


@settings(max_examples=4, phases=[Phase.generate])
@given(data=st.data())
def test_both_routes_give_the_same_answer_to_random_documents(data, draw, both):
    world = together([prefixed(data.draw(networks()), "x"), everything()])
    draw(world)
    routes: Counter[str] = Counter()
    for _ in range(30):
        document = data.draw(documents(keys_of(world)))
        one, other, counted = both(document.text, **document.variables)
        assert one == other, document.text
        routes[route(one, counted, document)] += 1
        found: dict[str, list[str]] = {"": ["not-a-cursor"]}
        cursors(orjson.loads(one)["data"], found)
        for _ in range(2 if document.bounds else 0):
            places = bounds(data, document, found)
            one, other, _ = both(document.text, **document.variables | places)
            assert one == other, (document.text, document.variables | places)
    assert routes["compiled"] > routes["executor"]


def route(answer: bytes, counted: Counting, document: Document) -> str:
    """Which one answered; the compiled one runs a statement for each root field."""
    body = orjson.loads(answer)
    assert "data" in body, body
    if counted.batched or "errors" in body:
        return "executor"
    assert len(counted.compiled) == len(body["data"])
    return "compiled"


def bounds(data: Any, document: Document, found: dict[str, list[str]]) -> Any:
    """A cursor for each variable that takes one, now and then of another type."""
    places = {}
    for name in document.bounds:
        fitting = found.get(name.partition("_")[2]) or found[""]
        others = [text for texts in found.values() for text in texts]
        places[name] = data.draw(st.sampled_from([None, *fitting * 3, *others[:2]]))
    return places
