"""Rows become records: each cell read, each kind known, each key its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.formats.cells import LONGEST, PROPERTIES, SCORES, indexed, listed, member
from service.formats.rows import Faults, Row, Tables
from service.vocabulary import KINDS, MEMBERS, NODES, ROLE_LABELS, TIES
from service.vocabulary.enums import MemberRole, TieKind
from service.vocabulary.nodes import Link, Member, Record
from service.vocabulary.ties import Acquaintance, Tie
from service.writing.checks import NAMELESS
from service.writing.merged import BEGINS
from service.writing.records import NodeRecord, Records, TieRecord

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


def records(tables: Tables, faults: Faults) -> Records:
    """Read every row; what cannot be read is a fault, and the row is left out."""
    found = Records()
    members(tables.pop("members", []), found, faults)
    ties(tables.pop("ties", []), found, faults)
    for table in list(tables):
        label = TABLES[table]
        links = NODES[label].links
        rows = tables.pop(table)
        header(rows, {"key", *PROPERTIES[NODES[label]], *names(links)}, faults)
        group = found.nodes.setdefault(label, {})
        for row in rows:
            kept(group, node(label, links, row, faults), faults)
    return found


def members(rows: list[Row], found: Records, faults: Faults) -> None:
    allowed = {"key", "kind", "roles"}
    header(rows, allowed.union(*(PROPERTIES[c] for c in MEMBERS.values())), faults)
    known: dict[str, NodeRecord] = {}
    for row in rows:
        label = LABELS.get(row.cells.get("kind") or "")
        if label is None:
            fault = (
                f"expected one of {', '.join(LABELS)}; got {row.cells.get('kind')!r}"
            )
            faults.at(row, "kind", fault)
            continue
        record = node(label, (), row, faults)
        if record and row.cells.get("name") is None:
            faults.at(row, "name", NAMELESS)
        record = record and record._replace(roles=roles(row, faults))
        if kept(known, record, faults) and record:
            found.nodes.setdefault(label, {})[record.key] = record


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
    ends = {name: row.cells[name] for name in names(links) if name in row.cells}
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


def names(links: Iterable[Link]) -> list[str]:
    return [link.name for link in links]


def score(row: Row, values: dict[str, Any], faults: Faults) -> None:
    if values.get("kind") is None or values.get("score") is None:
        return
    low, high = SCORES[values["kind"]]
    if not low <= values["score"] <= high:
        text = f"{values['kind']} is scored {low} to {high}, got {row.cells['score']}"
        faults.at(row, "score", text)


def ties(rows: list[Row], found: Records, faults: Faults) -> None:
    allowed = {"key", "kind", "source", "target"}
    header(rows, allowed.union(*(PROPERTIES[c] for c in TIES.values())), faults)
    pairs: dict[tuple[str, str], TieRecord] = {}
    for row in rows:
        cls = TIE_KINDS.get(row.cells.get("kind") or "")
        if cls is None:
            faults.at(row, "kind", kind_fault(row.cells.get("kind")))
            continue
        record = tie(cls, row, faults)
        new = kept(found.ties.setdefault(cls, {}), record, faults)
        if new and record and cls is Acquaintance:
            first = pairs.setdefault((record.source, record.target), record)
            if first is not record:
                where = f"{first.row.file} line {first.row.line}"
                faults.at(row, "key", f"a second tie of the pair of {where}")


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
    if cls is Acquaintance and target < source:  # one tie an unordered pair
        source, target = target, source
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
        if column in known:
            values[known[column].stored] = read(row, column, text, cls, faults)
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


def header(rows: list[Row], allowed: set[str], faults: Faults) -> None:
    if rows:
        for column in sorted(rows[0].cells.keys() - allowed):
            faults.add(rows[0].file, 1, column, "unknown column")


def kept(group: dict[str, Any], record: Any, faults: Faults) -> bool:
    """Put a record under its key, unless another stands there."""
    if record is None:
        return False
    if (other := group.get(record.key)) is not None:
        where = f"{other.row.file} line {other.row.line}"
        advice = "" if record.row.cells.get("key") else "; give these ties keys"
        faults.at(
            record.row, "key", f"duplicate key {record.key!r}, as in {where}{advice}"
        )
        return False
    group[record.key] = record
    return True
