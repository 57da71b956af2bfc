"""The account managers that lists of customers, contacts and contracts name."""

from __future__ import annotations

from service.formats.proposals.end_sections import EndSections
from service.formats.proposals.profiles import slot_of
from service.formats.proposals.related_sections import OF_PEOPLE
from service.formats.proposals.sections import DraftSection, SheetDraft
from service.formats.readers.mapping_cells import CellSource
from service.formats.records import LABELS
from service.vocabulary import NODES, TIES
from service.vocabulary.enums import TieKind

CUSTOMER = CellSource(value="CUSTOMER")


def add_account_managers(draft: SheetDraft, section: DraftSection) -> None:
    """Who looks after the customer on each line, and works for our firm."""
    customers, ends = customers_of(draft, section), EndSections(draft)
    for column in draft.free:
        if slot_of(column) != "account_manager" or not column.is_of_names:
            continue
        if customers is None:
            return
        ends.add_end(column)
        people, text = draft.names(column), "an ACCOUNT_MANAGEMENT tie runs from it"
        add_ties(draft, TieKind.ACCOUNT_MANAGEMENT, people, customers)
        if draft.answers.our_firm:
            add_ties(draft, TieKind.EMPLOYMENT, people, our_firm(draft, ends))
            text += ", an EMPLOYMENT tie to our firm"
        draft.use(column, text)


def customers_of(draft: SheetDraft, section: DraftSection) -> CellSource | None:
    """The party of a contract, the firm of a contact, else the listed member."""
    if section.table != "members":
        parties = (s for s in draft.sections if s.cells.get("role") == CUSTOMER)
        return next((party.cells["source"] for party in parties), None)
    column = next((c for slot in OF_PEOPLE if (c := draft.profile.at(slot))), None)
    is_of_people = NODES[LABELS["PERSON"]] in section.classes
    return draft.names(column) if is_of_people and column else section.cells["name"]


def add_ties(
    draft: SheetDraft, kind: TieKind, source: CellSource, target: CellSource
) -> None:
    ties = draft.add("ties", [TIES[kind]] * len(draft.profile.rows))
    ends = {"source": source, "target": target}
    ties.cells = {"kind": CellSource(value=kind.value), **ends}


def our_firm(draft: SheetDraft, ends: EndSections) -> CellSource:
    """What names our firm, which is a member."""
    name = CellSource(value=draft.answers.our_firm)
    if not any(section.cells.get("name") == name for section in draft.sections):
        ends.add_firm(draft.answers.our_firm or "")
    return name
