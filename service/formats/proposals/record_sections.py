"""Sections for a sheet of contracts, or of other records that name members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from service.formats.proposals.end_sections import EndSections
from service.formats.proposals.fields import enum_values
from service.formats.proposals.header_words import ENDS
from service.formats.proposals.profiles import SheetColumn, slot_of
from service.formats.proposals.proposal import Question
from service.formats.proposals.sections import DraftSection, SheetDraft, end_of
from service.formats.proposals.subjects import Subject
from service.formats.proposals.words import enum_value
from service.formats.readers.mapping_cells import CellSource
from service.formats.records import TABLES
from service.vocabulary import NODES, TIES
from service.vocabulary.enums import TieKind
from service.vocabulary.folding import fold
from service.vocabulary.nodes import Link

INTRODUCTIONS = "introductions"
OF_OUR_FIRM = ("requester", "provider")  # links that a sheet of our firm leaves out
LINK_SLOTS = {"target": ("meets", "target")}
# The fields that the words of a column may mean, by its slot: first of all its own.
STATE_SLOTS = {"status": ("state", "outcome"), "outcome": ("outcome", "state")}
Words = dict[str, str]
OTHER_SIDE = {"CUSTOMER": "SUPPLIER", "SUPPLIER": "CUSTOMER"}


def words_of_field(column: SheetColumn, field: str) -> Words:
    """The value of a field of introductions that each word of a column means, or ""."""
    values = enum_values(field, [NODES[TABLES[INTRODUCTIONS]]])
    return {fold(t): enum_value(t, field, values) or "" for t in column.values}


def is_of_members(column: SheetColumn) -> bool:
    """Whether a column names members."""
    slot = slot_of(column)
    return slot == "name" or ENDS.get(slot or "", ("",))[0] == "members"


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
        links = NODES[TABLES[self.subject.table]].links
        for link in links:
            slots = LINK_SLOTS.get(link.name, (link.name,))
            free = [c for c in self.draft.free if not c.owner]
            columns = (c for s in slots for c in free if s in c.slots)
            if column := next(columns, None):
                self.add_link(section, link, column)
        for link in links:
            if link.required and link.name not in section.cells:
                self.add_other_end(section, link)

    def add_link(self, section: DraftSection, link: Link, column: SheetColumn) -> None:
        self.ends.add_end(column)
        section.cells[link.name] = self.draft.names(column)
        self.draft.use(column, f"`{link.name}`")
        _, kind, _ = end_of(column)
        if kind is None and not (
            self.draft.answers.kind or self.draft.known.kinds_of(column)
        ):
            text = "taken for organisations; people need another sheet that lists them"
            self.draft.remark(text, column.name)

    def add_other_end(self, section: DraftSection, link: Link) -> None:
        """Who is introduced may stand under "Start-up"; else our firm is meant."""
        columns = [c for c in self.draft.free if is_of_members(c)]
        if columns and self.subject.table == INTRODUCTIONS:
            self.add_link(section, link, columns[0])
        elif link.name not in OF_OUR_FIRM:
            return
        elif firm := self.draft.answers.our_firm:
            self.ends.add_firm(firm)
            section.cells[link.name] = CellSource(value=firm)
        else:
            text = f"sheet {self.profile.name!r}: who is the {link.noun}?"
            self.draft.ask(Question(text, "--our-firm"))

    def add_states(self, section: DraftSection) -> None:
        """A column may say the states of introductions, their outcomes, or both."""
        if self.subject.table != INTRODUCTIONS:
            return
        columns = {slot_of(column): column for column in reversed(self.draft.free)}
        for slot, fields in STATE_SLOTS.items():
            if column := columns.get(slot):
                own, other = (words_of_field(column, field) for field in fields)
                other = {t: "" if own[t] else word for t, word in other.items()}
                known = [text for text in own if own[text] or other[text]]
                if len(known) < len(own) / 2:
                    continue
                is_alone = columns.keys().isdisjoint(STATE_SLOTS.keys() - {slot})
                words = {fields[0]: own} | ({fields[1]: other} if is_alone else {})
                self.add_words(section, column, words)

    def add_words(
        self, section: DraftSection, column: SheetColumn, words: Mapping[str, Words]
    ) -> None:
        """Give fields the words of a column that are theirs."""
        fields = [field for field in words if any(words[field].values())]
        for field in fields:
            source = CellSource((column.name,), words=words[field])
            section.cells[field] = self.draft.spell(source, column)
        self.draft.use(
            column, " and ".join(f"`{f}`" for f in fields) + ", by its words"
        )
        meanings = [
            next((w for f in fields if (w := words[f][t])), "")
            for t in words[fields[0]]
        ]
        if "" in meanings or len(set(meanings)) < len(meanings):
            self.draft.keep_words(section, column)
