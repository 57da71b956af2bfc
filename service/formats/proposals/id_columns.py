"""Ids and numbers of a file: which columns have them, and which others mean them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from service.formats.proposals.header_words import ENDS
from service.formats.proposals.known_names import LEAST_SHARE, KnownNames
from service.formats.proposals.profiles import SheetColumn, SheetProfile
from service.formats.proposals.row_kinds import kind_of_row
from service.formats.proposals.subjects import Subject


def add_ids(
    lists: Sequence[tuple[SheetProfile, Subject]],
    profiles: Sequence[SheetProfile],
    known: KnownNames,
) -> None:
    """The columns with ids that other sheets mean; two lists must not share an id."""
    columns: dict[str, list[tuple[SheetColumn, SheetProfile, Subject]]] = {}
    for profile, subject in lists:
        others = [other for other in profiles if other is not profile]
        for column in id_columns(profile, subject):
            if any(references(column, other) for other in others):
                entry = (column, profile, subject)
                columns.setdefault(subject.table, []).append(entry)
                break
    for entries in columns.values():
        counts = Counter(id for column, _, _ in entries for id in column.values)
        for column, profile, subject in entries:
            if max(counts[id] for id in column.values) == 1:
                add_column(column, profile, subject, known)
                others = [other for other in profiles if other is not profile]
                for own in (c for other in others for c in references(column, other)):
                    own.refers_to = own.meaning.owner


def add_column(
    column: SheetColumn, profile: SheetProfile, subject: Subject, known: KnownNames
) -> None:
    for row in profile.all_rows():
        if id := row.get(column.name):
            known.add_id(id, kind_of_row(subject, row), column)


def id_columns(profile: SheetProfile, subject: Subject) -> list[SheetColumn]:
    """What may be ids: the first numbers, e-mail addresses, and titles of contracts.

    Further numbers in a line are mostly those of others.
    """
    columns = [c for c in profile.columns.values() if "id" in c.meaning.slots][:1]
    columns += [c for c in profile.columns.values() if c.is_of_addresses][:1]
    if subject.table in ("contracts", "service_cases"):
        columns += subject.name
    return [column for column in columns if column.is_unique]


def references(column: SheetColumn, other: SheetProfile) -> list[SheetColumn]:
    """The columns of another sheet that have these ids."""
    return [
        own
        for own in other.columns.values()
        if is_end(own) and shares_most(own, column)
    ]


def is_end(column: SheetColumn) -> bool:
    """Whether a header names a record, or the id of one."""
    is_id = "id" in column.meaning.slots and column.meaning.owner is not None
    return is_id or any(slot in ENDS for slot in column.meaning.slots)


def shares_most(column: SheetColumn, ids: SheetColumn) -> bool:
    shared = column.values.keys() & ids.values.keys()
    fewest = min(len(column.values), len(ids.values))
    return len(shared) >= max(LEAST_SHARE * fewest, 1)
