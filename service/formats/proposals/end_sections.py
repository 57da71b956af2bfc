"""Sections for what the columns of ties name, where no sheet of the file lists it."""

from __future__ import annotations

from service.formats.proposals.profiles import SheetColumn
from service.formats.proposals.sections import SheetDraft, end_of
from service.formats.readers.mapping_cells import CellSource
from service.formats.records import LABELS, TABLES
from service.vocabulary import NODES

ORGANISATION = "ORGANISATION"


class EndSections:
    """Adds a section for each column whose names are not listed elsewhere."""

    def __init__(self, draft: SheetDraft) -> None:
        self.draft = draft
        self._done: set[str] = set()

    def add_end(self, column: SheetColumn, kind: str | None = None) -> None:
        """`kind` is that of members under a header that does not say it."""
        if column.name in self._done:
            return
        self._done.add(column.name)
        listed = self.draft.known.kinds_of(column)
        unlisted = self.draft.known.unlisted(column)
        if listed and not unlisted:
            return
        if listed - {ORGANISATION}:
            names = ", ".join(unlisted[:3])
            text = f"{len(unlisted)} of its names are not on any other sheet ({names})"
            self.draft.remark(text, column.name)
            return
        table, own_kind, role = end_of(column)
        if table == "members":
            self.add_members(column, own_kind or kind, None if listed else role)
        else:
            cls = NODES[TABLES[table]]
            section = self.draft.add(table, [cls] * len(self.draft.profile.rows))
            label = "title" if table == "contracts" else "name"
            section.cells[label] = self.draft.names(column)

    def add_members(
        self, column: SheetColumn, kind: str | None, role: str | None
    ) -> None:
        draft = self.draft
        kind = kind or draft.answers.kind or ORGANISATION
        cls = NODES[LABELS[kind]]
        section = draft.add("members", [cls] * len(draft.profile.rows))
        section.cells["name"] = draft.names(column)
        section.cells["kind"] = CellSource(value=kind)
        if role:
            section.cells["roles"] = CellSource(value=role)
        for slot in column.slots:
            draft.take_fields(section, owner=slot)
