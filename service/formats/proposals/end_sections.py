"""Sections for what the columns of ties name, where no sheet of the file lists it."""

from __future__ import annotations

from collections.abc import Mapping

from service.formats.proposals.column_texts import attribute_name
from service.formats.proposals.profiles import SheetColumn
from service.formats.proposals.sections import DraftSection, SheetDraft, end_of
from service.formats.readers.mapping_cells import CellSource
from service.formats.records import LABELS, TABLES
from service.vocabulary import NODES
from service.vocabulary.folding import fold

ORGANISATION = "ORGANISATION"
ADDRESSES = (
    "e-mail addresses become names; put the list of who has them into the same workbook"
)
NO_KINDS: Mapping[str, str] = {}


def share_round(
    draft: SheetDraft, ties: DraftSection, end: str, column: SheetColumn
) -> None:
    """The investors in other columns of a line have a tie each; the first may lead."""
    if others := draft.beside(column):
        ties.cells[end] = draft.joint_names([column, *others])
        ties.cells[attribute_name(column)] = CellSource((column.name,))
        for other in others:
            draft.use(other, "a tie runs from it too; its round is that of the line")


class EndSections:
    """Adds a section for each column whose names are not listed elsewhere."""

    def __init__(self, draft: SheetDraft) -> None:
        self.draft = draft
        self._done: set[str] = set()

    def add_end(
        self,
        column: SheetColumn,
        kind: str | None = None,
        kinds: Mapping[str, str] = NO_KINDS,
    ) -> None:
        """`kind` is that of members under a header that does not say it, and `kinds`
        that of each name where they differ.
        """
        if column.name in self._done:
            return
        self._done.add(column.name)
        if column.is_of_addresses and not self.draft.known.kinds_of(column):
            self.draft.remark(ADDRESSES, column.name)
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
            section = self.add_members(column, own_kind or kind)
            if others := self.draft.beside(column):
                section.cells["name"] = self.draft.joint_names([column, *others])
            if role and not listed:
                section.cells["roles"] = CellSource(value=role)
            if kinds and own_kind is None:
                self.set_kinds(section, column, kinds)
        else:
            cls = NODES[TABLES[table]]
            section = self.draft.add(table, [cls] * len(self.draft.profile.rows))
            label = "title" if table == "contracts" else "name"
            section.cells[label] = self.draft.names(column)

    def add_members(self, column: SheetColumn, kind: str | None) -> DraftSection:
        draft = self.draft
        kind = kind or draft.answers.kind or ORGANISATION
        cls = NODES[LABELS[kind]]
        section = draft.add("members", [cls] * len(draft.profile.rows))
        section.cells["name"] = draft.names(column)
        section.cells["kind"] = CellSource(value=kind)
        for slot in column.slots:
            draft.take_fields(section, owner=slot)
            draft.take_attributes(section, owner=slot)
        return section

    def add_firm(self, name: str) -> None:
        """Our firm, which no column names."""
        firm = self.draft.add("members", [None] * len(self.draft.profile.rows))
        firm.cells["name"] = CellSource(value=name)
        firm.cells["kind"] = CellSource(value=ORGANISATION)

    def set_kinds(
        self, section: DraftSection, column: SheetColumn, kinds: Mapping[str, str]
    ) -> None:
        """The kind of each name; in such a sheet a name is one member."""
        if section.cells["name"].split:
            return
        words = {fold(name): kinds[name] for name in column.values if name in kinds}
        source = CellSource((column.name,), words=words)
        if len(set(words.values())) > 1:
            section.cells["kind"] = self.draft.spell(source, column)
            self.draft.remark("kinds of its members by their ties", column.name)
        elif words:
            section.cells["kind"] = CellSource(value=next(iter(words.values())))
        section.id = column.name
