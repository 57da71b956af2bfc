"""Whether a sheet lists members or other records, and under which columns."""

from __future__ import annotations

from service.formats.proposals.header_words import ENDS
from service.formats.proposals.profiles import SheetColumn, slot_of
from service.formats.proposals.row_kinds import name_of_row
from service.formats.proposals.sheet_names import SheetMeaning
from service.formats.proposals.sheet_signs import (
    LEAST_SHARE,
    MEMBERS,
    TIES,
    SheetSigns,
    is_nearly_unique,
)
from service.formats.proposals.subjects import Subject
from service.formats.records import TABLES
from service.vocabulary.enums import MemberKind
from service.vocabulary.kind_words import member_meaning

PERSONAL_SIGNS = ("first_name", "last_name", "title")
DESCRIPTION_SLOTS = "sector country region url founded_on description headcount"
DESCRIPTIONS = (*DESCRIPTION_SLOTS.split(), "kind", "roles", "status")
# They say where a tie runs, and not what a list is about.
ONE_SIDED = ("source", "target", "provider", "dependent", "followed", "follower")
WITH_NAMES = ("EXCHANGE", "INVESTMENT")  # ties that may have names of their own
# Tables that a line belongs to by the slots of its columns: one of several pairs.
BY_SLOTS = (
    ("referrals", ("referrer", "customer")),
    ("introductions", ("requester", "introducer")),
    ("introductions", ("introducer", "meets")),
    ("introductions", ("requester", "meets")),
    ("feedback", ("giver", "score")),
    ("service_cases", ("opened_at", "customer")),
)
INTRODUCTIONS = "introductions"  # they have no names; a name is of who is introduced
LINKED = ("contracts", "initiatives")  # lists whose lines name members as well
OWN_SLOT = {"contracts": "contract", "offerings": "offering"}
OWN_SLOT |= {"capabilities": "capability", "communities": "community"}
OWN_SLOT |= {"initiatives": "initiative", "service_cases": "case"}
Names = tuple[SheetColumn, ...]


class ListSearch(SheetSigns):
    """Finds the subject of a list: by its columns, then by the name of the sheet."""

    def subject(self) -> Subject | None:
        """None if the lines are ties, or nothing is clear."""
        name = self.name_columns()
        if self.answer:
            return self.subject_by_answer(self.answer, name)
        for table, slots in BY_SLOTS:
            if all(map(self.has, slots)):
                return Subject(table, name=() if table == INTRODUCTIONS else name)
        if name and (referred := self.table_by_references(name)):
            return Subject(referred, name=name)
        if subject := self.subject_by_sheet(name):
            return subject
        if not name and self.is_of_contracts():
            return Subject("contracts", name=self.own_name("contracts"))
        if name and not self.is_of_ties():
            return self.member_subject(name)
        return None if name and self.is_end(name) else self.subject_by_slot()

    def subject_by_answer(self, answer: SheetMeaning, name: Names) -> Subject | None:
        """The list that a person says it is."""
        if answer.table == TIES:
            return None
        texts = [column for column in self.columns if column.is_of_names]
        if answer.table != MEMBERS:
            own = name or self.own_name(answer.table) or tuple(texts[:1])
            return Subject(answer.table, name=own)
        own = name or tuple([*self.ends(MEMBERS), *texts][:1])
        return self.member_subject(own) if own else None

    def subject_by_sheet(self, name: Names) -> Subject | None:
        """A list of what the sheet is named after, other than members."""
        meaning = self.meaning(*TABLES)
        if meaning is None or not self.is_named_after(meaning.table):
            return None
        if meaning.table == INTRODUCTIONS and len(self.ends(MEMBERS)) > 1:
            return Subject(INTRODUCTIONS)
        own = name or self.own_name(meaning.table)
        is_of_pairs = bool(self.ends(MEMBERS)) and not name
        if not own or (is_of_pairs and meaning.table not in LINKED):
            return None
        return Subject(meaning.table, name=own)

    def name_columns(self) -> Names:
        first, last = self.profile.at("first_name"), self.profile.at("last_name")
        name = self.profile.at("name")
        if first and (last or name):
            return (first, last) if last else (first, name) if name else (first,)
        own = name or last or first
        return (own,) if own else ()

    def own_name(self, table: str) -> Names:
        slot = OWN_SLOT.get(table, "")
        slots = (slot, "title", "id") if table == "contracts" else (slot,)
        own = next((c for s in slots if (c := self.profile.at(s))), None)
        return (own,) if own else ()

    def table_by_references(self, name: Names) -> str | None:
        """What other sheets call the names of this one, such as communities."""
        names = {name_of_row(Subject(MEMBERS, name=name), r) for r in self.profile.rows}
        for column in (c for other in self.others for c in other.columns.values()):
            table = ENDS.get(slot_of(column) or "", (MEMBERS,))[0]
            shared = column.values.keys() & names
            if table != MEMBERS and len(shared) >= LEAST_SHARE * len(column.values):
                return table
        return None

    def is_of_contracts(self) -> bool:
        """Whether lines are contracts or deals, each with its own name."""
        contract = self.profile.at("contract")
        if contract is None or not is_nearly_unique(contract):
            return False
        is_known = bool(self.known.kinds_of(contract))
        return not is_known and (self.has("value") or self.has("status"))

    def is_of_ties(self) -> bool:
        """Whether a sheet with a name is about ties nevertheless."""
        if self.is_named_after(TIES) and self.ends():
            return True
        has_ends = self.has("source") and self.has("target")
        return has_ends and self.relation_column() is not None

    def is_end(self, name: Names) -> bool:
        """Whether a name in a sheet of ties is one end; orders have names as well."""
        meaning = self.meaning(TIES)
        kind = meaning.kind if meaning else None
        return kind not in WITH_NAMES or bool(self.known.kinds_of(name[0]))

    def member_subject(self, name: Names) -> Subject:
        """Members: their kind is in words, else in the name of the sheet."""
        meaning = self.meaning(MEMBERS) or SheetMeaning(MEMBERS)
        own = ENDS.get(slot_of(name[0]) or "", (MEMBERS, None, None))
        if self.answer and self.answer.role:
            return Subject(MEMBERS, self.answer.kind, self.answer.role, name)
        kind = meaning.kind or own[1]
        if kind is None and self.is_of_people():
            kind = "PERSON"
        kinds = self.kind_column()
        if kinds and kind == "PERSON" and not has_words_for_firms(kinds):
            return Subject(MEMBERS, kind, own[2] or meaning.role, name)
        if kinds and (kind is None or has_words_for_kinds(kinds)):
            return Subject(MEMBERS, None, meaning.role or own[2], name, kinds)
        return Subject(MEMBERS, kind, own[2] or meaning.role, name)

    def is_of_people(self) -> bool:
        has_employer = any(slot_of(c) == "organisation" for c in self.columns)
        return has_employer or any(map(self.has, PERSONAL_SIGNS))

    def subject_by_slot(self) -> Subject | None:
        """A list whose names stand under "Company", "Supplier" or such."""
        ends, members = self.ends(), self.ends(MEMBERS)
        if (self.meaning(TIES) and len(ends) > 1) or (len(ends) > 1 and not members):
            return None
        if not members:
            return self.subject_of_texts()
        first = members[0]
        is_described = first.is_unique and any(map(self.has, DESCRIPTIONS))
        if slot_of(first) in ONE_SIDED or (len(ends) > 1 and not is_described):
            return None
        return self.member_subject((first,))

    def subject_of_texts(self) -> Subject | None:
        """Names under a header that says nothing."""
        unknown = [c for c in self.columns if c.is_of_names and not c.meaning.slots]
        name = next((c for c in unknown if is_nearly_unique(c)), None)
        meaning = self.meaning(MEMBERS, *TABLES)
        if name is None or (self.meaning(TIES) and meaning is None):
            return None
        if meaning is None:
            return Subject(MEMBERS, name=(name,), is_sure=False)
        if meaning.table == MEMBERS:
            return self.member_subject((name,))
        return Subject(meaning.table, name=(name,))


def has_words_for_firms(column: SheetColumn) -> bool:
    """Whether a word says a kind of members other than people, and not only a role."""
    meanings = filter(None, map(member_meaning, column.values))
    return any(m.role is None and m.kind is not MemberKind.PERSON for m in meanings)


def has_words_for_kinds(column: SheetColumn) -> bool:
    """Whether a word says a kind, such as "Person", and not only a role."""
    meanings = filter(None, map(member_meaning, column.values))
    return any(meaning.role is None for meaning in meanings)
