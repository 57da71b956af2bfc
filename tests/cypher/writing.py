"""The statements that loading, writing and exporting run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from service.formats.blocks import (
    attributes_statement,
    links_statement,
    records_statement,
)
from service.formats.checks import absent_kinds_statement
from service.formats.connections import CONNECTIONS
from service.formats.load import read_records
from service.formats.writers.node_ids import shared_key_statements
from service.graph.statements import Statement, statement
from service.vocabulary import MEMBERS, NODES, TIES
from service.writes.apply import statements
from service.writes.diff import diff
from service.writes.existing import ExistingRecords, ExistingTie
from service.writes.mentions import nodes_with_name, ties_with_name
from service.writes.records import Records
from tests.cypher.files import NAMES, header, sample
from tests.support.everything import everything
from tests.support.worlds import write

LABELS = ["Member", *(label for label in NODES if label not in MEMBERS)]


def held(found: Records) -> ExistingRecords:
    """As if all of it were there, and different."""
    nodes = {n: {key: {} for key in group} for n, group in found.nodes.items()}
    ties = {
        cls: {t.key: ExistingTie(t.key, t.source, t.target, {}) for t in group.values()}
        for cls, group in found.ties.items()
    }
    return ExistingRecords(nodes, ties)


def loaded(folder: Path) -> Iterator[Statement]:
    """What loading the world of everything takes, new and again."""
    write(everything(), folder)
    stage, faults = read_records(folder, "tables")
    faults.refuse()
    found = stage.records(stage.batches())
    for old in (ExistingRecords(), held(found)):
        yield from (text for text, _ in statements(diff(found, old)))


def family(name: str) -> list[Statement]:
    """One statement of each label, or of each type of tie, that a file is for."""
    match sorted(header(name).words):
        case ["NODE"]:
            return [statement(name, NODE=label) for label in LABELS]
        case ["TYPE"]:
            return [statement(name, TYPE=tie.type) for tie in TIES.values()]
    return [sample(name)]


def written(folder: Path) -> list[Statement]:
    """All statements of writing: those of a load, and each file for all its kinds."""
    texts: list[Any] = [
        *loaded(folder),
        absent_kinds_statement(),
        nodes_with_name(),
        ties_with_name(),
    ]
    for name in NAMES:
        if name.startswith("writes/"):
            texts += family(name)
    return list(dict.fromkeys(texts))


def exporting() -> list[Statement]:
    """All statements that an export runs."""
    found = [*shared_key_statements(), statement("exports/attributes")]
    found += [attributes_statement(c) for c in CONNECTIONS.values()]
    for day in (None, date(2026, 11, 1)):
        found += [records_statement(c, day) for c in CONNECTIONS.values()]
        found += [links_statement(c, day) for c in CONNECTIONS.values() if c.links]
    return found
