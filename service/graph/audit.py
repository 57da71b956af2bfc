"""Checks of the database: its schema is complete, and no data breaks answers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from service.graph import Graph, migrations
from service.graph.statements import Statement, statement
from service.vocabulary import NODES, TIES
from service.vocabulary.countries import country_codes

Definition = tuple[str, tuple[str, ...], bool]  # owner, properties, uniqueness
MOST = 20  # keys listed for one kind of finding


@dataclass(frozen=True)
class ServerVersion:
    version: str
    edition: str


@dataclass(frozen=True)
class Index:
    owners: list[str]
    properties: list[str]
    unique: bool


@dataclass(frozen=True)
class KeyRow:
    key: str | None


@dataclass(frozen=True)
class Finding:
    """One problem of the data; a hint breaks no answer."""

    message: str
    key: str
    is_hint: bool = False


async def server_version(graph: Graph) -> ServerVersion:
    return (await graph.rows(statement("audit/server"), ServerVersion))[0]


async def missing_indexes(graph: Graph) -> list[Finding]:
    """Constraints and indexes that the database lacks."""
    present = await present_definitions(graph)
    return [
        Finding(
            "A constraint or an index is missing; run its statement of cypher/setup.",
            f"{missing[0]}({', '.join(missing[1])})",
        )
        for missing in map(definition, migrations.definitions())
        if missing not in present
    ]


async def foreign_indexes(graph: Graph) -> list[str]:
    """Constraints and indexes that valuenet did not make."""
    ours = set(map(definition, migrations.definitions()))
    foreign = await present_definitions(graph) - ours
    return sorted(
        f"{owner}({', '.join(properties)})" for owner, properties, _ in foreign
    )


async def present_definitions(graph: Graph) -> set[Definition]:
    rows = await graph.rows(statement("audit/indexes"), Index)
    return {
        (owner_names(row.owners), tuple(row.properties), row.unique) for row in rows
    }


def definition(setup: Statement) -> Definition:
    """What a statement of cypher/setup defines: its owner, properties, and uniqueness.

    >>> definition(statement("setup/node_key", NODE="Member"))
    ('Member', ('key',), True)
    """
    owners = re.search(r":(\w+(\|\w+)*)", setup.text)
    properties = re.findall(r"\b[nr]\.(\w+)", setup.text)
    owner = owner_names(owners[1].split("|") if owners else [])
    return owner, tuple(properties), "UNIQUE" in setup.text


def owner_names(owners: list[str]) -> str:
    return "|".join(sorted(owners))


async def findings(graph: Graph) -> AsyncIterator[Finding]:
    """Problems of the data, each kind in the order of its keys."""
    for audit, is_hint in audit_statements():
        samples = {
            "limit": MOST + 1,
            "types": [tie.type for tie in TIES.values()],
            "codes": sorted(country_codes()),
        }
        params = {name: samples[name] for name in audit.params}
        for count, row in enumerate(await graph.rows(audit, KeyRow, **params)):
            key = row.key or "(no key)"
            yield Finding(
                audit.question, key if count < MOST else "… and more", is_hint
            )


def audit_statements() -> Iterator[tuple[Statement, bool]]:
    """The statements of cypher/audit, and whether each gives hints only."""
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
    for name in ("countries", "production_apart", "research_apart"):
        yield statement(f"audit/{name}"), True


def missing_ends() -> Iterator[tuple[Statement, bool]]:
    """Records without a link that they must have."""
    for label, cls in NODES.items():
        for link in getattr(cls, "links", ()):
            if link.required:
                out = link.outgoing
                left, right = ("(n)-[", "]->(") if out else ("(n)<-[", "]-(")
                words = {"LEFT": left, "TYPE": link.type, "RIGHT": right}
                words |= {"NODE": label, "END": link.label}
                yield statement("audit/missing_end", **words), False
