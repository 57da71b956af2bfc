"""The keys of what rows point to: by the id in the file, else by key, else by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from service.formats.identities.entity import Entity
from service.formats.identities.members import MemberIdentities
from service.formats.identities.nodes import NodeIdentities
from service.formats.records import LABELS, TABLES, TIE_KINDS
from service.formats.rows import Faults, TableRow
from service.vocabulary import MEMBERS, NODES
from service.vocabulary.names import noun_of

KIND_OF = {label: kind for kind, label in LABELS.items()}
PERSON = "PERSON"
MANY = 10  # members of one name
MemberLookup = Callable[[int, str], Entity | None]  # takes a file and a text


class EndLookup:
    """Looks up the ends of ties and the links of other records."""

    def __init__(
        self,
        members: MemberIdentities,
        nodes: NodeIdentities,
        faults: Faults,
        is_final: bool,
    ) -> None:
        """`is_final`: the members of the database are known, so a missing one is a
        fault.
        """
        self._members, self._nodes = members, nodes
        self._faults, self._is_final = faults, is_final
        self._namesakes: dict[tuple[object, ...], tuple[str | None, str]] = {}

    def of_tie(self, file: int, row: TableRow) -> Iterator[TableRow]:
        cls = TIE_KINDS.get(row.cells.get("kind") or "")
        labels = {"source": cls.sources, "target": cls.targets} if cls else {}
        if linked := self._linked(file, row, labels, self._members.known):
            yield linked

    def of_node(self, file: int, table: str, row: TableRow) -> TableRow | None:
        links = NODES[TABLES[table]].links
        labels = {
            link.name: tuple(MEMBERS) if link.label == "Member" else (link.label,)
            for link in links
        }
        return self._linked(file, row, labels, self._members.linked)

    def _linked(
        self,
        file: int,
        row: TableRow,
        labels: dict[str, tuple[str, ...]],
        lookup: MemberLookup,
    ) -> TableRow | None:
        """The row with keys; None if one of its ends is missing, which is a fault."""
        cells = dict(row.cells)
        for column, allowed in labels.items():
            if not (text := cells.get(column)):
                continue
            if allowed[0] in MEMBERS:
                kinds = [KIND_OF[label] for label in allowed]
                known = lookup(file, text)
                key = known.key if known else self._named_key(file, row, column, kinds)
            else:
                key = self._nodes.known(allowed[0], file, text) or text
            if key is None:
                return None
            cells[column] = key
        return row._replace(cells=cells)

    def _named_key(
        self, file: int, row: TableRow, column: str, kinds: Sequence[str]
    ) -> str | None:
        text = row.cells.get(column) or ""
        name = (file, text, *kinds)
        key, fault = self._namesakes.get(name) or self._of_name(name, file, text, kinds)
        if key is None and not self._is_final:
            return text
        if key is None:
            self._faults.at(row, column, fault)
        return key

    def _of_name(
        self, name: tuple[object, ...], file: int, text: str, kinds: Sequence[str]
    ) -> tuple[str | None, str]:
        """The key of the only member of a name; without one, why it is not known."""
        named = self._members.named(text, kinds)
        source = self._members.source_of(file)
        choices = (
            [entity for entity in named if file in entity.files],
            [entity for entity in named if entity.files],
            [e for e in named if e.kind != PERSON or source in e.sources],
        )
        keys = (chosen[0].key for chosen in choices if len(chosen) == 1)
        key = next(keys, None)
        found = key, "" if key else missing(named, kinds, text)
        if len(named) > MANY:  # a look-up for each line would take quadratic time
            self._namesakes[name] = found
        return found


def missing(named: Sequence[Entity], kinds: Sequence[str], text: str) -> str:
    """Why no member is meant by a text."""
    if not named:
        nouns = " or ".join(noun_of(LABELS[kind]) for kind in kinds)
        return f"no {nouns} has this key or name; got {text!r}"
    keys = ", ".join(sorted(entity.key or "" for entity in named)[:5])
    if len(named) == 1:
        advice = f"use the key {keys}; got {text!r}"
        return f"the name alone does not identify a person; {advice}"
    return (
        f"{len(named)} members have this name; use one of the keys {keys}; got {text!r}"
    )
