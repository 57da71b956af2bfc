"""The sections for a sheet that lists members or other records."""

from __future__ import annotations

import re
from dataclasses import replace

from service.formats.identities.nodes import BY_NAME
from service.formats.proposals.end_sections import EndSections
from service.formats.proposals.header_words import ENDS
from service.formats.proposals.profiles import SheetColumn, slot_of
from service.formats.proposals.proposal import Question
from service.formats.proposals.sections import DraftSection, SheetDraft, attribute_name
from service.formats.proposals.subjects import Subject
from service.formats.proposals.words import kind_source, role_source, says_kind
from service.formats.readers.mapping_cells import CellSource
from service.formats.records import LABELS, TABLES
from service.vocabulary import NODES, TIES
from service.vocabulary.enums import TieKind
from service.vocabulary.folding import fold
from service.vocabulary.kind_words import member_meaning

ORGANISATION = "ORGANISATION"
# The ties of a listed member to what another column of its line names: the kinds of
# members that have it, the kind of tie, and whether the other one is the source.
RELATED: dict[str, tuple[tuple[str, ...], TieKind, bool]] = {
    "organisation": (("PERSON",), TieKind.EMPLOYMENT, False),
    "contact": ((ORGANISATION, "TEAM"), TieKind.EMPLOYMENT, True),
    "person": ((ORGANISATION, "TEAM"), TieKind.EMPLOYMENT, True),
    "mentor": ((ORGANISATION, "PERSON"), TieKind.ADVICE, True),
    "investor": ((ORGANISATION,), TieKind.INVESTMENT, True),
    "startup": (("PERSON",), TieKind.EMPLOYMENT, False),
    "parent": ((ORGANISATION, "TEAM"), TieKind.AFFILIATION, False),
    "account_manager": ((ORGANISATION,), TieKind.ACCOUNT_MANAGEMENT, True),
    "supplier": ((ORGANISATION,), TieKind.EXCHANGE, True),
    "customer": ((ORGANISATION,), TieKind.EXCHANGE, False),
    "competitor": ((ORGANISATION,), TieKind.COMPETITION, False),
    "community": ((ORGANISATION, "TEAM", "PERSON"), TieKind.MEMBERSHIP, False),
    "capability": ((ORGANISATION, "TEAM", "PERSON"), TieKind.CAPABILITY, False),
    "need": ((ORGANISATION, "TEAM", "PERSON"), TieKind.NEED, False),
    "offering": ((ORGANISATION, "TEAM"), TieKind.OFFER, False),
    "initiative": ((ORGANISATION, "TEAM", "PERSON"), TieKind.WORK, False),
}
OF_TEAMS = {"organisation": (TieKind.AFFILIATION, False)}
# Investors hold what they have invested in.
OF_INVESTORS = {"startup": (TieKind.INVESTMENT, False)}
OTHER_SIDE = {"CUSTOMER": "SUPPLIER", "SUPPLIER": "CUSTOMER"}
EVENTS = TABLES.keys() - set(BY_NAME)  # a name does not tell two of them apart
# Numbers that several contracts of one party share.
OF_PARTIES = re.compile(
    "customer|client|supplier|vendor|member|account|compan|kund|leverant|medlem"
    "|leverandør|lieferant|mitglied|fournisseur|proveedor",
    re.IGNORECASE,
)
OWN_TIES = {"SUPPLIER": "EXCHANGE", "CUSTOMER": "EXCHANGE", "INVESTOR": "INVESTMENT"}


class ListSections:
    """Puts together the sections of one list."""

    def __init__(self, draft: SheetDraft, subject: Subject) -> None:
        self.draft, self.subject = draft, subject
        self.profile = draft.profile
        self.ends = EndSections(draft)

    def build(self) -> None:
        subject = self.subject
        section = self.add_subject()
        if subject.table == "members":
            self.add_kind(section)
            self.add_related(section)
            self.add_own_firm(section)
        elif subject.table == "contracts":
            self.add_parties(section)
        else:
            self.add_links(section)
        self.draft.take_fields(section)
        self.add_draft_states(section)
        self.draft.take_attributes(section)

    def add_subject(self) -> DraftSection:
        subject, draft = self.subject, self.draft
        kinds = kinds_of_rows(subject, self.profile.rows)
        section = draft.add(subject.table, [NODES[LABELS[k]] for k in kinds])
        if subject.table != "members":
            section.classes = [NODES[TABLES[subject.table]]] * len(kinds)
        names = [column.name for column in subject.name]
        if names:
            label = "title" if subject.table == "contracts" else "name"
            section.cells[label] = CellSource(tuple(names))
            if len(names) == 1:
                section.cells[label] = draft.names(subject.name[0])
        for column in subject.name:
            draft.use(column, f"the name of the {noun(subject)}")
        if key := self.profile.at("key"):
            section.cells["key"] = CellSource((key.name,))
            draft.use(key, "`key`: your own keys")
        self.add_id(section)
        return section

    def add_id(self, section: DraftSection) -> None:
        if "key" in section.cells:
            return
        column = self.draft.known.id_columns.get(self.profile.sheet.file)
        if column and column not in self.subject.name:
            self.draft.remark("other sheets mean the lines by it", column.name)
        if column is None and section.table in EVENTS:
            column = self.number_column()
            if column:
                self.draft.remark("the lines are recognised by it", column.name)
        section.id = column.name if column else None

    def number_column(self) -> SheetColumn | None:
        """The numbers that the source gives to its lines, such as those of a CRM."""
        columns = self.profile.columns.values()
        ids = [c for c in columns if "id" in c.meaning.slots and not c.is_index]
        own = [c for c in ids if c.is_unique and not OF_PARTIES.search(c.name)]
        return own[0] if own else None

    def add_kind(self, section: DraftSection) -> None:
        subject, draft = self.subject, self.draft
        if subject.kinds:
            source = kind_source(subject.kinds, draft.answers.kind or ORGANISATION)
            section.cells["kind"] = draft.spell(source, subject.kinds)
            draft.use(subject.kinds, "the kind of member, by its words")
            unknown = [word for word in subject.kinds.values if not says_kind(word)]
            if unknown:
                self.keep_unknown(section, subject.kinds, unknown)
        else:
            kind = subject.kind or draft.answers.kind or ORGANISATION
            section.cells["kind"] = CellSource(value=kind)
        self.add_roles(section)

    def add_roles(self, section: DraftSection) -> None:
        """The roles that words say, in a column of theirs or in that of the kinds."""
        subject, draft = self.subject, self.draft
        own = self.profile.at("roles")
        columns = dict.fromkeys(filter(None, (subject.kinds, own)))
        every = [column for column in columns if role_source([column])]
        source = role_source(every) if every else None
        if source is None:
            if subject.role:
                section.cells["roles"] = CellSource(value=subject.role)
            return
        for column in every:
            source = draft.spell(source, column)
            if column is not subject.kinds:
                draft.use(column, "`roles`, by its words")
        unknown = [word for word in source.words if not member_meaning(word)]
        if unknown and own in every and own is not subject.kinds:
            self.keep_unknown(section, own, unknown)
        section.cells["roles"] = source

    def keep_unknown(
        self, section: DraftSection, column: SheetColumn, words: list[str]
    ) -> None:
        section.cells[attribute_name(column)] = CellSource((column.name,))
        texts = ", ".join(sorted(words)[:3])
        text = f"kept as an extra attribute too, for words that we do not know: {texts}"
        self.draft.remark(text, column.name)

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
        draft.use(column, f"{tie.value} {'from' if is_source else 'to'} it")
        only = "title function founder since until" if tie in PERSONAL else ""
        draft.take_fields(ties, only=only or "round amount currency on board_seat")

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
        self.add_firm(draft.answers.our_firm)
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
            self.add_firm(firm)
            ties = draft.add("ties", [TIES[TieKind.CONTRACT]] * len(self.profile.rows))
            ties.cells = {
                "kind": CellSource(value="CONTRACT"),
                "source": CellSource(value=firm),
                "target": section.cells["title"],
                "role": CellSource(value=OTHER_SIDE[roles.pop()]),
            }

    def add_firm(self, name: str) -> None:
        firm = self.draft.add("members", [None] * len(self.profile.rows))
        firm.cells["name"] = CellSource(value=name)
        firm.cells["kind"] = CellSource(value=ORGANISATION)

    def add_links(self, section: DraftSection) -> None:
        """What a record such as a referral is linked to."""
        label = TABLES[self.subject.table]
        for link in NODES[label].links:
            column = next((c for c in self.draft.free if link.name in c.slots), None)
            if column and not column.meaning.owner:
                self.ends.add_end(column)
                section.cells[link.name] = self.draft.names(column)
                self.draft.use(column, f"`{link.name}`")


PERSONAL = (TieKind.EMPLOYMENT,)


def related_rule(
    slot: str | None, kind: str, role: str | None
) -> tuple[TieKind, bool] | None:
    """The tie between a listed member of a kind and what a slot names."""
    if slot is None or slot not in ENDS:
        return None
    if kind == "TEAM" and slot in OF_TEAMS:
        return OF_TEAMS[slot]
    if role == "INVESTOR" and slot in OF_INVESTORS:
        return OF_INVESTORS[slot]
    kinds, tie, is_source = RELATED.get(slot, ((), TieKind.EXCHANGE, False))
    return (tie, is_source) if kind in kinds else None


def kinds_of_rows(subject: Subject, rows: list[dict[str, str | None]]) -> list[str]:
    if subject.kinds is None:
        return [subject.kind or ORGANISATION] * len(rows)
    words = kind_source(subject.kinds, ORGANISATION).words
    column = subject.kinds.name
    return [words.get(fold(row.get(column) or ""), ORGANISATION) for row in rows]


def noun(subject: Subject) -> str:
    if subject.table == "members":
        return (subject.kind or "member").lower()
    return TABLES[subject.table].lower()
