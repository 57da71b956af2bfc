"""The rows of sources that a person has decided about, in this load or an earlier one.

A decision is stored with the member that a row became. So the next file of the source,
which has the same row, means the same member before any rule about names applies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from service.formats.identities.entity import Entity, PairDecisions
from service.formats.identities.member_keys import key_order
from service.vocabulary.provenance import (
    IMPORTED_APART,
    IMPORTED_AS,
    joined_rows,
)


class DecidedRows:
    """Takes the members of each kind before any of them are merged."""

    def __init__(self, decisions: PairDecisions) -> None:
        self._decisions = decisions
        self._references = {
            reference
            for pair in decisions.same | decisions.different
            for reference in pair
        }
        self._by_reference: dict[str, Entity] = {}
        self._rows: dict[Entity, set[str]] = {}
        self._cells: dict[Entity, dict[str, str]] | None = None

    def add(self, entities: Sequence[Entity]) -> None:
        """Note the members that decisions of this load are about, and their rows."""
        for entity in entities if self._references else ():
            if entity.reference in self._references:
                self._by_reference[entity.reference] = entity
                if not entity.owns_key:
                    self._rows[entity] = entity.source_rows()

    def cells(self, entity: Entity) -> dict[str, str]:
        """What a member has to store of these decisions, once all are merged."""
        if self._cells is None:
            self._cells = self._decided_cells()
        return self._cells.get(entity, {})

    def _decided_cells(self) -> dict[Entity, dict[str, str]]:
        cells: dict[Entity, dict[str, str]] = defaultdict(dict)
        answers = (
            (IMPORTED_AS, self._decisions.same),
            (IMPORTED_APART, self._decisions.different),
        )
        for name, pairs in answers:
            for pair in sorted(pairs):
                sides = [self._by_reference.get(reference) for reference in pair]
                members = {side.root if side else None for side in sides}
                is_one = len(members) == 1
                if None in members or is_one != (name == IMPORTED_AS):
                    continue
                for side in filter(None, sides):
                    rows = sorted(self._rows.get(side, ()))
                    own = cells[side.root]
                    if text := joined_rows(own.get(name), "\n".join(rows)):
                        own[name] = text
        return cells


def remembered_pairs(entities: Sequence[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Stored members, each with one of a file that has a row of it.

    `entities` are of one kind. Rows that say the same take turns where several members
    have them.
    """
    own: dict[str, list[Entity]] = defaultdict(list)
    apart: dict[str, list[Entity]] = defaultdict(list)
    for entity in sorted(filter(has_rows, entities), key=key_order):
        for row in entity.own_rows:
            own[row].append(entity)
        for row in entity.apart_rows:
            apart[row].append(entity)
    for entity in entities if own or apart else ():
        if entity.owns_key or entity.replaced_by:
            continue
        rows = sorted(entity.source_rows())
        stored = next((of[row] for of in (apart, own) for row in rows if row in of), [])
        if stored:
            yield min(stored, key=lambda other: bool(other.files)), entity


def has_rows(entity: Entity) -> bool:
    return bool(entity.own_rows or entity.apart_rows)
