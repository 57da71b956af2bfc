"""Rows of text become checked records; each key is used once."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from service.formats.batches import StagedRecord
from service.formats.cells import PARSERS
from service.formats.rows import Faults, Rows, TableRow
from service.formats.staging import RecordStage
from service.vocabulary import MEMBER_LABELS, MEMBERS, NODES, TIES
from service.vocabulary.attributes import is_attribute
from service.vocabulary.enums import TieKind
from service.vocabulary.nodes import Record
from service.vocabulary.texts import InvalidValue
from service.vocabulary.ties import Acquaintance
from service.vocabulary.validation import CHECKS
from service.writes.record_inputs import node_record, tie_record
from service.writes.records import NAME_NEEDED, RecordInput

HALF_LIFE_DAYS = 180.0  # of acquaintances, where no setting says otherwise
TABLES = {
    "contracts": "Contract",
    "offerings": "Offering",
    "capabilities": "Capability",
    "communities": "Community",
    "initiatives": "Initiative",
    "referrals": "Referral",
    "introductions": "Introduction",
    "feedback": "Feedback",
    "service_cases": "ServiceCase",
}
# Two rows of one pair are two ties; of the other kinds they are one.
REPEATED = (TieKind.EXCHANGE, TieKind.INVESTMENT)
LABELS = {kind.value: label for kind, label in MEMBER_LABELS.items()}
TIE_KINDS = {kind.value: cls for kind, cls in TIES.items()} | {
    cls.type: cls
    for cls in TIES.values()
    if cls.type in ("HAS_CAPABILITY", "NEEDS", "OFFERS", "COVERS", "WORKS_ON")
}


def records(
    rows: Rows, faults: Faults, half_life: float = HALF_LIFE_DAYS
) -> RecordStage:
    """A stage with the records of all rows."""
    stage = RecordStage(half_life)
    add_rows(rows, stage, faults)
    return stage


def add_rows(rows: Rows, stage: RecordStage, faults: Faults) -> None:
    """Read every row; what cannot be read is a fault, and the row is left out."""
    begun: set[tuple[str, str]] = set()
    for table, row in rows:
        if (table, row.file) not in begun:
            begun.add((table, row.file))
            check_header(table, row, faults)
        if table == "members":
            add_member(row, stage, faults)
        elif table == "ties":
            add_tie(row, stage, faults)
        else:
            add_node(TABLES[table], row, stage, faults)
    stage.flush()


def space_of(table: str, row: TableRow) -> str:
    """The records among which the key of a row is the only one."""
    if table == "ties":
        return TIE_KINDS[row.cells["kind"] or ""].type
    return "Member" if table == "members" else TABLES[table]


def check_header(table: str, row: TableRow, faults: Faults) -> None:
    """Each column that no kind of this table has is a fault of line 1."""
    for column in sorted(row.cells.keys() - COLUMNS[table]):
        if not is_attribute(column):
            near = get_close_matches(column.casefold(), COLUMNS[table], 1)
            advice = f"; did you mean {near[0]}?" if near else ""
            faults.add(row.file, 1, column, f"unknown column{advice}")


def add_member(row: TableRow, stage: RecordStage, faults: Faults) -> None:
    label = LABELS.get(row.cells.get("kind") or "")
    if label is None:
        kind, names = row.cells.get("kind"), ", ".join(LABELS)
        text = f"must be one of {names}; got {kind}"
        if not kind:
            text = f"no kind; fill the column `kind` with one of {names}"
        faults.at(row, "kind", text)
        return
    input = typed(NODES[label], row, faults)
    record = node_record(label, input, faults)
    if record and "name" not in input.values:
        faults.at(row, "name", NAME_NEEDED)
    if record and claimed("Member", label, record, stage, faults):
        stage.add(label, record)


def add_node(label: str, row: TableRow, stage: RecordStage, faults: Faults) -> None:
    record = node_record(label, typed(NODES[label], row, faults), faults)
    if record and claimed(label, label, record, stage, faults):
        stage.add(label, record)


def add_tie(row: TableRow, stage: RecordStage, faults: Faults) -> None:
    cls = TIE_KINDS.get(row.cells.get("kind") or "")
    if cls is None:
        faults.at(row, "kind", kind_fault(row.cells.get("kind")))
        return
    record = tie_record(cls, typed(cls, row, faults), faults)
    if not record:
        return
    if cls is Acquaintance:
        pair = f"{record.source}\0{record.target}"
        if stage.claim("pair", pair, record.key, row):
            record = record._replace(key=stage.kind("pair", pair) or record.key)
            stage.add_again(cls, record)
            return
    if not row.cells.get("key"):
        if cls.kind in REPEATED:
            record = record._replace(key=stage.free_key(cls.type, record.key))
        elif stage.kind(cls.type, record.key):
            stage.add_again(cls, record)
            return
    if claimed(cls.type, cls.kind.value, record, stage, faults):
        stage.add(cls.kind.value, record)


def kind_fault(kind: str | None) -> str:
    if kind == TieKind.REFERRAL.value:
        return "a REFERRAL belongs in its own file, referrals.csv"
    if kind in TieKind.__members__:
        return f"{kind} is derived from other ties and cannot be loaded"
    return f"must be one of {', '.join(TIE_KINDS)}; got {kind or 'nothing'}"


def typed(cls: type[Record], row: TableRow, faults: Faults) -> RecordInput:
    """The row with typed values; a cell with another type is a fault."""
    parsers = PARSERS[cls]
    values: dict[str, Any] = dict(row.cells)
    for column, text in row.cells.items():
        if text is not None and (parse := parsers.get(column)) is not None:
            try:
                values[column] = parse(text)
            except InvalidValue as error:
                faults.at(row, column, str(error))
                values[column] = None
    return RecordInput(row.file, row.line, values)


def claimed(
    space: str, kind: str, record: StagedRecord, stage: RecordStage, faults: Faults
) -> bool:
    """Whether the record has its key for itself."""
    input, key = record.input, record.key
    other = stage.claim(space, key, kind, input)
    if other is not None:
        faults.at(input, "key", f"duplicate key; got {key!r}, as in {other}")
    return other is None


def columns(table: str) -> set[str]:
    """All that the header of a table may name."""
    if table in TABLES:
        cls = NODES[TABLES[table]]
        return {"key", *CHECKS[cls], *(link.name for link in cls.links)}
    kinds: Iterable[type[Record]] = MEMBERS.values()
    own = {"key", "kind", "roles"}
    if table == "ties":
        kinds, own = TIES.values(), {"key", "kind", "source", "target"}
    return own.union(*(CHECKS[cls] for cls in kinds))


COLUMNS = {table: columns(table) for table in ("members", "ties", *TABLES)}
