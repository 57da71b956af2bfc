"""Sections for a sheet of contracts, or of other records that name members."""

from __future__ import annotations

from dataclasses import replace

from service.formats.proposals.end_sections import EndSections
from service.formats.proposals.profiles import slot_of
from service.formats.proposals.sections import DraftSection, SheetDraft
from service.formats.proposals.subjects import Subject
from service.formats.readers.mapping_cells import CellSource
from service.formats.records import TABLES
from service.vocabulary import NODES, TIES
from service.vocabulary.enums import TieKind

OTHER_SIDE = {"CUSTOMER": "SUPPLIER", "SUPPLIER": "CUSTOMER"}


class RecordSections:
    """Adds what the records of a sheet are linked to."""

    def __init__(self, draft: SheetDraft, subject: Subject) -> None:
        self.draft, self.subject = draft, subject
        self.profile = draft.profile
        self.ends = EndSections(draft)

    def add_parties(self, section: DraftSection) -> None:
        """The parties of contracts, each with its role."""
        roles = {"customer": "CUSTOMER", "supplier": "SUPPLIER"}
        roles |= {"investor": "INVESTOR", "organisation": "CUSTOMER"}
        cls, sides = TIES[TieKind.CONTRACT], set()
        for column in self.draft.free:
            slot = slot_of(column) or ""
            if slot not in (*roles, "member", "person", "contact"):
                continue
            self.ends.add_end(column)
            ties = self.draft.add("ties", [cls] * len(self.profile.rows))
            ends = {
                "source": self.draft.names(column),
                "target": section.cells["title"],
            }
            ties.cells = {"kind": CellSource(value="CONTRACT"), **ends}
            if role := roles.get(slot):
                ties.cells["role"] = CellSource(value=role)
                sides.add(role)
            self.draft.use(column, "a party to the contract")
        self.add_own_party(section, sides)

    def add_draft_states(self, section: DraftSection) -> None:
        """A deal in a state that we do not know is not agreed yet."""
        source = section.cells.get("status")
        if self.subject.table != "contracts" or source is None:
            return
        if "DRAFT" in source.words.values():
            words = {text: word or "DRAFT" for text, word in source.words.items()}
            section.cells["status"] = replace(source, words=words)

    def add_own_party(self, section: DraftSection, roles: set[str]) -> None:
        """Our firm is the other side of contracts with customers or suppliers alone."""
        draft, firm = self.draft, self.draft.answers.our_firm
        if firm and len(roles) == 1 and roles <= OTHER_SIDE.keys():
            self.ends.add_firm(firm)
            ties = draft.add("ties", [TIES[TieKind.CONTRACT]] * len(self.profile.rows))
            ties.cells = {
                "kind": CellSource(value="CONTRACT"),
                "source": CellSource(value=firm),
                "target": section.cells["title"],
                "role": CellSource(value=OTHER_SIDE[roles.pop()]),
            }

    def add_links(self, section: DraftSection) -> None:
        """What a record such as a referral is linked to."""
        label = TABLES[self.subject.table]
        for link in NODES[label].links:
            column = next((c for c in self.draft.free if link.name in c.slots), None)
            if column and not column.owner:
                self.ends.add_end(column)
                section.cells[link.name] = self.draft.names(column)
                self.draft.use(column, f"`{link.name}`")
