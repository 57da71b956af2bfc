"""Is the graph as we made it, and does anything in it break answers?"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from service.graph import Graph, migrations
from service.graph.statements import Statement, statement
from service.vocabulary import NODES, TIES

MOST = 20  # keys told of one kind of finding


@dataclass(frozen=True)
class Server:
    version: str
    edition: str


@dataclass(frozen=True)
class Index:
    owners: list[str]
    properties: list[str]
    unique: bool


@dataclass(frozen=True)
class Key:
    key: str | None


@dataclass(frozen=True)
class Finding:
    """One thing that is odd; a hint breaks no answer."""

    what: str
    key: str
    hint: bool = False


async def server(graph: Graph) -> Server:
    return (await graph.rows(statement("audit/server"), Server))[0]


async def missing_indexes(graph: Graph) -> list[Finding]:
    """Constraints and indexes of ours that the database lacks."""
    rows = await graph.rows(statement("audit/indexes"), Index)
    there = {(names(row.owners), tuple(row.properties), row.unique) for row in rows}
    return [
        Finding(
            "A constraint or an index is missing; run its statement of cypher/setup.",
            f"{wanted[0]}({', '.join(wanted[1])})",
        )
        for wanted in map(definition, migrations.definitions())
        if wanted not in there
    ]


def definition(wanted: Statement) -> tuple[str, tuple[str, ...], bool]:
    """What a statement of cypher/setup defines: whose, of which properties, unique?

    >>> definition(statement("setup/node_key", NODE="Member"))
    ('Member', ('key',), True)
    """
    owners = re.search(r":(\w+(\|\w+)*)", wanted.text)
    properties = re.findall(r"\b[nr]\.(\w+)", wanted.text)
    owner = names(owners[1].split("|") if owners else [])
    return owner, tuple(properties), "UNIQUE" in wanted.text


def names(owners: list[str]) -> str:
    return "|".join(sorted(owners))


async def findings(graph: Graph) -> AsyncIterator[Finding]:
    """What is odd in the data, each kind in the order of its keys."""
    for look, hint in looks():
        known = {"limit": MOST + 1, "types": [tie.type for tie in TIES.values()]}
        params = {name: known[name] for name in look.params}
        for count, row in enumerate(await graph.rows(look, Key, **params)):
            key = row.key or "(no key)"
            yield Finding(look.about, key if count < MOST else "… and more", hint)


def looks() -> Iterator[tuple[Statement, bool]]:
    """The statements of cypher/audit, each with whether it only hints."""
    yield statement("audit/unfinished_loads"), False
    for name in ("nodes_without_key", "ties_without_key", "members_without_kind"):
        yield statement(f"audit/{name}"), False
    for cls in TIES.values():
        ends = {"SOURCE": "|".join(cls.sources), "TARGET": "|".join(cls.targets)}
        yield statement("audit/wrong_ends", TYPE=cls.type, **ends), False
    yield from missing_ends()
    for name in ("contracts_without_parties", "depends_on_itself"):
        yield statement(f"audit/{name}"), False
    for cls in TIES.values():
        yield statement("audit/ended_before_begun", TYPE=cls.type), True
    for name in ("production_apart", "research_apart"):
        yield statement(f"audit/{name}"), True


def missing_ends() -> Iterator[tuple[Statement, bool]]:
    """A record lacks an end that it must have."""
    for label, cls in NODES.items():
        for link in getattr(cls, "links", ()):
            if link.required:
                out = link.outgoing
                left, right = ("(n)-[", "]->(") if out else ("(n)<-[", "]-(")
                words = {"LEFT": left, "TYPE": link.type, "RIGHT": right}
                words |= {"NODE": label, "END": link.label}
                yield statement("audit/missing_end", **words), False
