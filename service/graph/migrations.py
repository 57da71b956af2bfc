"""The schema of the graph: its constraints, its indexes, and its version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.errors import ForeignDatabase, NewerDatabase
from service.graph import Graph
from service.graph.statements import Statement, statement
from service.vocabulary import KEYED, MEMBERS, NODES, ROLE_LABELS, TIES, camel
from service.vocabulary.countries import country_code
from service.vocabulary.nodes import Member

SCHEMA_VERSION = 6
# The properties that `search` covers.
SEARCH_PROPERTIES = (
    "name",
    "title",
    "description",
    "sector",
    "region",
    "function",
    "need",
    "reason",
    "comment",
    "lesson",
    "terms",
)


@dataclass(frozen=True)
class DatabaseState:
    version: int | None
    empty: bool


@dataclass(frozen=True)
class SupersededIndex:
    name: str  # of an index


@dataclass(frozen=True)
class StoredCountry:
    country: str


async def read_state(graph: Graph) -> DatabaseState:
    return (await graph.rows(statement("setup/state"), DatabaseState))[0]


async def prepare(graph: Graph) -> str | None:
    """Bring the database to this version; a line that says so, or None if it has it."""
    state = await read_state(graph)
    if state.version is None and not state.empty:
        raise ForeignDatabase(
            "This database holds data that valuenet did not write. Nothing was changed."
            " Point NEO4J_URI and NEO4J_DATABASE at an empty database."
        )
    if state.version is not None and state.version > SCHEMA_VERSION:
        raise NewerDatabase(
            f"This database has schema version {state.version}, newer than"
            f" {SCHEMA_VERSION}; update valuenet."
        )
    if state.version == SCHEMA_VERSION:
        return None
    if state.version is not None and state.version < 5:
        await graph.define([statement("setup/drop_index")], name="search")
    await define_schema(graph)
    if state.version is not None:
        await drop_superseded(graph)
        await convert_countries(graph)
    await graph.define([statement("setup/version")], version=SCHEMA_VERSION)
    await graph.define([statement("writes/member_numbers")])
    if state.version is None:
        return f"Prepared an empty database (schema version {SCHEMA_VERSION})."
    return f"Migrated from schema version {state.version} to {SCHEMA_VERSION}."


async def define_schema(graph: Graph) -> None:
    """Make the missing constraints and indexes; returns when they are ready."""
    await graph.define(list(definitions()))
    await graph.define([statement("setup/await_indexes")])


async def drop_superseded(graph: Graph) -> None:
    """Until version 3 these indexes covered one value, without name and key."""
    labels, properties = ["Member", *MEMBERS], list(Member.filtered)
    old = statement("setup/superseded_indexes")
    for row in await graph.rows(
        old, SupersededIndex, labels=labels, properties=properties
    ):
        await graph.define([statement("setup/drop_index")], name=row.name)


async def convert_countries(graph: Graph) -> None:
    """Until version 4 a country was any text."""
    for row in await graph.rows(statement("setup/stored_countries"), StoredCountry):
        code = country_code(row.country)
        if code and code != row.country:
            replace = statement("setup/replace_country")
            await graph.write_in_batches(replace, country=row.country, code=code)


def definitions() -> Iterator[Statement]:
    """Every constraint and index of the graph."""
    for label in KEYED:
        yield statement("setup/node_key", NODE=label)
    yield statement("setup/member_number")
    yield statement("setup/change_number")
    yield statement("setup/change_key")
    yield statement("setup/answer_key")
    for tie in TIES.values():
        yield statement("setup/tie_key", TYPE=tie.type)
    for label, cls in NODES.items():
        yield statement("setup/node_order", NODE=label, PROPERTY=camel(cls.sort))
    for label in ["Member", *ROLE_LABELS.values()]:
        yield statement("setup/node_order", NODE=label, PROPERTY=camel(Member.sort))
    for label in ["Member", *MEMBERS]:
        for name in Member.filtered:
            yield statement("setup/node_value", NODE=label, PROPERTY=name)
    properties = ", ".join(f"n.{name}" for name in SEARCH_PROPERTIES)
    yield statement("setup/search", NODES="|".join(NODES), PROPERTIES=properties)
