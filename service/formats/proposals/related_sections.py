"""Sections for ties of the members of a list to what other columns name."""

from __future__ import annotations

from service.formats.proposals.end_sections import (
    ORGANISATION,
    EndSections,
    share_round,
)
from service.formats.proposals.header_words import ENDS
from service.formats.proposals.profiles import SheetColumn, slot_of
from service.formats.proposals.proposal import Question
from service.formats.proposals.sections import OPEN_DAYS, DraftSection, SheetDraft
from service.formats.proposals.subjects import Subject
from service.formats.readers.mapping_cells import CellSource
from service.formats.records import LABELS
from service.vocabulary import NODES, TIES
from service.vocabulary.enums import TieKind
from service.vocabulary.names import with_article
from service.vocabulary.nodes import Person

# The ties of a listed member to what another column of its line names: the kinds of
# members that have it, the kind of tie, and whether the other one is the source.
RELATED: dict[str, tuple[tuple[str, ...], TieKind, bool]] = {
    "organisation": (("PERSON",), TieKind.EMPLOYMENT, False),
    "contact": ((ORGANISATION, "TEAM"), TieKind.EMPLOYMENT, True),
    "person": ((ORGANISATION, "TEAM"), TieKind.EMPLOYMENT, True),
    "ceo": ((ORGANISATION, "TEAM"), TieKind.EMPLOYMENT, True),
    "mentor": ((ORGANISATION, "PERSON"), TieKind.ADVICE, True),
    "investor": ((ORGANISATION,), TieKind.INVESTMENT, True),
    "startup": (("PERSON",), TieKind.EMPLOYMENT, False),
    "parent": ((ORGANISATION, "TEAM"), TieKind.AFFILIATION, False),
    "supplier": ((ORGANISATION,), TieKind.EXCHANGE, True),
    "customer": ((ORGANISATION,), TieKind.EXCHANGE, False),
    "competitor": ((ORGANISATION,), TieKind.COMPETITION, False),
    "community": ((ORGANISATION, "TEAM", "PERSON"), TieKind.MEMBERSHIP, False),
    "capability": ((ORGANISATION, "TEAM", "PERSON"), TieKind.CAPABILITY, False),
    "need": ((ORGANISATION, "TEAM", "PERSON"), TieKind.NEED, False),
    "offering": ((ORGANISATION, "TEAM"), TieKind.OFFER, False),
    "initiative": ((ORGANISATION, "TEAM", "PERSON"), TieKind.WORK, False),
}
OF_PEOPLE = ("organisation", "startup", "customer", "supplier")  # where they work
OF_TEAMS = {"organisation": (TieKind.AFFILIATION, False)}
# Investors hold what they have invested in.
OF_INVESTORS = {"startup": (TieKind.INVESTMENT, False)}
OWN_TIES = {"SUPPLIER": "EXCHANGE", "CUSTOMER": "EXCHANGE", "INVESTOR": "INVESTMENT"}


class RelatedSections:
    """Adds ties of the members that a sheet lists."""

    def __init__(self, draft: SheetDraft, subject: Subject) -> None:
        self.draft, self.subject = draft, subject
        self.profile = draft.profile
        self.ends = EndSections(draft)

    def add_related(self, section: DraftSection) -> None:
        """Ties to what other columns of the line name."""
        kinds = {cls: None for cls in section.classes if cls}
        for column in self.draft.free:
            slot = slot_of(column)
            rules = [
                (kind, rule)
                for kind in [k for k, label in LABELS.items() if NODES[label] in kinds]
                if (rule := related_rule(slot, kind, self.subject.role))
            ]
            if rules and column.is_of_names:
                self.ends.add_end(column)
                for kind, (tie, is_source) in rules:
                    self.add_tie(section, column, kind, tie, is_source)
                    if tie is TieKind.EMPLOYMENT and set(kinds) == {Person}:
                        self.draft.keep_open_days(section)

    def add_tie(
        self,
        section: DraftSection,
        column: SheetColumn,
        kind: str,
        tie: TieKind,
        is_source: bool,
    ) -> None:
        draft = self.draft
        own = NODES[LABELS[kind]]
        classes = [TIES[tie] if cls is own else None for cls in section.classes]
        ties = draft.add("ties", list(classes))
        name = section.cells["name"]
        ends = {"source": draft.names(column), "target": name}
        if not is_source:
            ends = {"source": name, "target": draft.names(column)}
        ties.cells = {"kind": CellSource(value=tie.value), **ends}
        if self.subject.kinds and len(set(section.classes)) > 1:
            source = section.cells["kind"]
            words = [text for text, of in source.words.items() if of == kind]
            ties.lines = {self.subject.kinds.name: tuple(words)}
        if tie is TieKind.EMPLOYMENT and "founder" in column.meaning.slots:
            ties.cells["founder"] = CellSource(value="true")
        if slot_of(column) == "ceo":
            ties.cells["title"] = CellSource(value=column.name)
        direction = "from" if is_source else "to"
        draft.use(column, f"{with_article(f'{tie.value} tie')} runs {direction} it")
        if is_source:
            share_round(draft, ties, "source", column)
        if tie is TieKind.EMPLOYMENT:
            only = "title function founder since until"
            draft.take_fields(ties, only=only, but=OPEN_DAYS)
        else:
            draft.take_fields(ties, only="round amount currency on board_seat")

    def add_own_firm(self, section: DraftSection) -> None:
        """Orders and holdings of a list that names one of the two ends only."""
        role, draft = self.subject.role, self.draft
        value = self.profile.at("value") or self.profile.at("share")
        if role not in OWN_TIES or value is None or value.name in draft.used:
            return
        if not draft.answers.our_firm:
            text = f"sheet {self.profile.name!r}: who is the other side of its amounts?"
            draft.ask(Question(text, "--our-firm"))
            draft.leave_out(value, "the other side of the amounts is not known")
            return
        tie = TIES[TieKind[OWN_TIES[role]]]
        self.ends.add_firm(draft.answers.our_firm)
        ours = CellSource(value=draft.answers.our_firm)
        ties = draft.add("ties", [tie] * len(self.profile.rows))
        ends = {"source": section.cells["name"], "target": ours}
        if role == "CUSTOMER":
            ends = {"source": ours, "target": section.cells["name"]}
        ties.cells = {"kind": CellSource(value=tie.kind.value), **ends}
        draft.take_fields(ties)
        if not all(column.is_unique for column in self.subject.name):
            draft.take_fields(section)
            draft.take_attributes(ties)  # a line is an order


def related_rule(
    slot: str | None, kind: str, role: str | None
) -> tuple[TieKind, bool] | None:
    """The tie between a listed member of a kind and what a slot names."""
    if slot is None or slot not in ENDS:
        return None
    if kind == "PERSON" and slot in OF_PEOPLE:
        return TieKind.EMPLOYMENT, False
    if kind == "TEAM" and slot in OF_TEAMS:
        return OF_TEAMS[slot]
    if role == "INVESTOR" and slot in OF_INVESTORS:
        return OF_INVESTORS[slot]
    kinds, tie, is_source = RELATED.get(slot, ((), TieKind.EXCHANGE, False))
    return (tie, is_source) if kind in kinds else None
