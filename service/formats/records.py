"""Rows become records: each cell read, each kind known, each key its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.formats.batches import Staged
from service.formats.cells import LONGEST, PROPERTIES, SCORES, indexed, listed, member
from service.formats.rows import Faults, Row, Rows
from service.formats.staging import Stage
from service.vocabulary import KINDS, MEMBERS, NODES, ROLE_LABELS, TIES
from service.vocabulary.enums import MemberRole, TieKind
from service.vocabulary.nodes import Link, Member, Record
from service.vocabulary.ties import Acquaintance, Tie
from service.writes.checks import NAMELESS
from service.writes.diff import BEGINS
from service.writes.records import NodeRecord, TieRecord

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
LABELS = {kind.value: label for label, kind in KINDS.items()}
TIE_KINDS = {kind.value: cls for kind, cls in TIES.items()} | {
    cls.type: cls
    for cls in TIES.values()
    if cls.type in ("HAS_CAPABILITY", "NEEDS", "OFFERS", "COVERS", "WORKS_ON")
}


def records(rows: Rows, faults: Faults) -> Stage:
    """Read every row; what cannot be read is a fault, and the row is left out."""
    stage = Stage()
    begun: set[tuple[str, str]] = set()
    for table, row in rows:
        if (table, row.file) not in begun:
            begun.add((table, row.file))
            header(table, row, faults)
        if table == "members":
            member_record(row, stage, faults)
        elif table == "ties":
            tie_record(row, stage, faults)
        else:
            node_record(TABLES[table], row, stage, faults)
    stage.settle()
    return stage


def header(table: str, row: Row, faults: Faults) -> None:
    """Each column that no kind of this table has is a fault of line 1."""
    for column in sorted(row.cells.keys() - COLUMNS[table]):
        faults.add(row.file, 1, column, "unknown column")


def member_record(row: Row, stage: Stage, faults: Faults) -> None:
    label = LABELS.get(row.cells.get("kind") or "")
    if label is None:
        expected = f"expected one of {', '.join(LABELS)}"
        faults.at(row, "kind", f"{expected}; got {row.cells.get('kind')!r}")
        return
    record = node(label, (), row, faults)
    if record and row.cells.get("name") is None:
        faults.at(row, "name", NAMELESS)
    given = roles(row, faults)
    if record and claimed("Member", label, record, stage, faults):
        stage.add(label, record._replace(roles=given))


def node_record(label: str, row: Row, stage: Stage, faults: Faults) -> None:
    record = node(label, NODES[label].links, row, faults)
    if record and claimed(label, label, record, stage, faults):
        stage.add(label, record)


def roles(row: Row, faults: Faults) -> list[str] | None:
    if "roles" not in row.cells:
        return None
    try:
        given = listed(row.cells["roles"] or "", lambda text: member(MemberRole, text))
    except ValueError as error:
        faults.at(row, "roles", str(error))
        return None
    return [ROLE_LABELS[MemberRole(role)] for role in given]


def node(
    label: str, links: Iterable[Link], row: Row, faults: Faults
) -> NodeRecord | None:
    key = row.cells.get("key")
    if key is None:
        faults.at(row, "key", "every record needs a key")
        return None
    check_key(row, key, faults)
    ends = {link.name: row.cells[link.name] for link in links if link.name in row.cells}
    for link in links:
        if link.required and not ends.get(link.name):
            faults.at(row, link.name, f"a {label} needs its {link.name}")
    aside = {"key", "kind", "roles"} if label in MEMBERS else {"key"}
    values = cells(NODES[label], row, aside | set(ends), faults)
    if label == "Feedback":
        score(row, values, faults)
    return NodeRecord(row, key, values, ends)


def check_key(row: Row, key: str, faults: Faults) -> None:
    try:
        indexed(key)
    except ValueError as error:
        if row.cells.get("key"):
            faults.at(row, "key", str(error))
        else:
            text = f"the key built from this tie has more than {LONGEST} characters"
            faults.at(row, "key", f"{text}; give it a key")


def score(row: Row, values: dict[str, Any], faults: Faults) -> None:
    if values.get("kind") is None or values.get("score") is None:
        return
    low, high = SCORES[values["kind"]]
    if not low <= values["score"] <= high:
        text = f"{values['kind']} is scored {low} to {high}, got {row.cells['score']}"
        faults.at(row, "score", text)


def tie_record(row: Row, stage: Stage, faults: Faults) -> None:
    cls = TIE_KINDS.get(row.cells.get("kind") or "")
    if cls is None:
        faults.at(row, "kind", kind_fault(row.cells.get("kind")))
        return
    record = tie(cls, row, faults)
    if not record or not claimed(cls.type, cls.kind.value, record, stage, faults):
        return
    if cls is Acquaintance:
        pair = f"{record.source}\0{record.target}"
        if first := stage.claim("pair", pair, cls.kind.value, row):
            faults.at(row, "key", f"a second tie of the pair of {first}")
    stage.add(cls.kind.value, record)


def kind_fault(kind: str | None) -> str:
    if kind == TieKind.REFERRAL.value:
        return "REFERRAL has a file of its own, referrals.csv"
    if kind in TieKind.__members__:
        return f"{kind} is derived from other ties and cannot be loaded"
    return f"expected one of {', '.join(TIE_KINDS)}; got {kind!r}"


def tie(cls: type[Tie], row: Row, faults: Faults) -> TieRecord | None:
    source, target = row.cells.get("source"), row.cells.get("target")
    if source is None or target is None:
        faults.at(row, "target" if source else "source", "a tie needs both its ends")
        return None
    values = cells(cls, row, {"key", "kind", "source", "target"}, faults)
    source, target = cls.stored(source, target)
    if source == target and cls.kind in (TieKind.DEPENDENCY, TieKind.ACQUAINTANCE):
        faults.at(row, "target", f"{source!r} cannot be tied to itself so")
    key = row.cells.get("key") or built_key(cls, source, target, values)
    check_key(row, key, faults)
    return TieRecord(row, key, source, target, values)


def built_key(cls: type[Tie], source: str, target: str, values: dict[str, Any]) -> str:
    """The key of a tie that was loaded without one."""
    since = None if cls is Acquaintance else values.get("since")
    parts = [cls.kind.value, source, target, since]
    parts += [values.get(cls.distinct)] if cls.distinct else []
    texts = ("" if part is None else str(part) for part in parts)
    return ":".join(text.replace("%", "%25").replace(":", "%3A") for text in texts)


def cells(
    cls: type[Record], row: Row, aside: set[str], faults: Faults
) -> dict[str, Any]:
    """The stored properties of a row; a blank cell is None and clears its property."""
    known = PROPERTIES[cls]
    values: dict[str, Any] = {}
    for column, text in row.cells.items():
        if column in aside:
            continue
        if (found := known.get(column)) is not None:
            values[found.stored] = text and read(row, column, text, cls, faults)
        elif text is not None and any(column in PROPERTIES[c] for c in siblings(cls)):
            faults.at(row, column, f"a {cls.__name__} has no {column}; leave it blank")
    begin = BEGINS.get(cls.__name__)
    if begin and values.get("since") is None and values.get(begin) is not None:
        value = values[begin]
        values["since"] = value.date() if begin == "openedAt" else value
    return values


def siblings(cls: type[Record]) -> Iterable[type[Record]]:
    """The kinds that share a file with `cls`, and so its header."""
    if issubclass(cls, Tie):
        return TIES.values()
    return MEMBERS.values() if issubclass(cls, Member) else ()


def read(
    row: Row, column: str, text: str | None, cls: type[Record], faults: Faults
) -> Any:
    if text is None:
        return None
    try:
        return PROPERTIES[cls][column].parse(text)
    except ValueError as error:
        faults.at(row, column, str(error))
        return None


def claimed(
    space: str, kind: str, record: Staged, stage: Stage, faults: Faults
) -> bool:
    """Whether the record has its key for itself."""
    row, key = record.row, record.key
    other = stage.claim(space, key, kind, row)
    if other is not None:
        advice = "" if row.cells.get("key") else "; give these ties keys"
        faults.at(row, "key", f"duplicate key {key!r}, as in {other}{advice}")
    return other is None


def columns(table: str) -> set[str]:
    """All that the header of a table may name."""
    if table in TABLES:
        cls = NODES[TABLES[table]]
        return {"key", *PROPERTIES[cls], *(link.name for link in cls.links)}
    kinds: Iterable[type[Record]] = MEMBERS.values()
    own = {"key", "kind", "roles"}
    if table == "ties":
        kinds, own = TIES.values(), {"key", "kind", "source", "target"}
    return own.union(*(PROPERTIES[cls] for cls in kinds))


COLUMNS = {table: columns(table) for table in ("members", "ties", *TABLES)}
