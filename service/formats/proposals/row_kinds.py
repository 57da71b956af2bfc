"""What each line of a list is: a kind of member, or a table."""

from __future__ import annotations

from service.formats.proposals.profiles import Cells
from service.formats.proposals.subjects import Subject
from service.formats.proposals.words import kind_meaning
from service.vocabulary.enums import MemberKind

ORGANISATION = MemberKind.ORGANISATION.value


def kind_of_row(subject: Subject, row: Cells) -> str:
    if subject.table != "members":
        return subject.table
    if subject.kinds is None:
        return subject.kind or ORGANISATION
    meaning = kind_meaning(row.get(subject.kinds.name) or "")
    return str(meaning.kind.value) if meaning else ORGANISATION


def name_of_row(subject: Subject, row: Cells) -> str | None:
    parts = (row.get(column.name) for column in subject.name)
    return " ".join(filter(None, parts)) or None
