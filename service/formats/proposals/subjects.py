"""What the lines of a sheet are about: members, ties or other records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.formats.proposals.header_words import (
    ENDS,
    SheetMeaning,
    sheet_meanings,
)
from service.formats.proposals.known_names import KnownNames, list_names
from service.formats.proposals.profiles import SheetColumn, SheetProfile, slot_of
from service.formats.proposals.proposal import NO_ANSWERS, Answers
from service.formats.proposals.tie_rules import TIE_SLOTS, EndColumns, end_columns
from service.formats.records import TABLES
from service.vocabulary.enums import MemberKind, TieKind
from service.vocabulary.folding import fold
from service.vocabulary.kind_words import member_meaning, tie_meaning

LEAST_SHARE = 0.6  # of the different words of a column, which say a kind
SKIP = "skip"  # what a person says of a sheet that is not meant
PERSONAL_SIGNS = ("first_name", "last_name", "title")
DESCRIPTION_SLOTS = "sector country region url founded_on description headcount"
DESCRIPTIONS = (*DESCRIPTION_SLOTS.split(), "kind", "roles", "status")
# They say where a tie runs, and not what a list is about.
ONE_SIDED = ("source", "target", "provider", "dependent", "followed", "follower")
# Tables that a line belongs to by the slots of its columns.
BY_SLOTS = {
    "referrals": {"referrer", "customer"},
    "introductions": {"requester", "introducer"},
    "feedback": {"giver", "score"},
    "service_cases": {"opened_at", "customer"},
}
OWN_SLOT = {"contracts": "contract", "offerings": "offering"}
OWN_SLOT |= {"capabilities": "capability", "communities": "community"}
OWN_SLOT |= {"initiatives": "initiative", "service_cases": "case"}


@dataclass(frozen=True)
class Subject:
    """What the lines of a sheet are about, and where that is written."""

    table: str
    kind: str | None = None  # of members or ties; None: a column says it
    role: str | None = None
    name: tuple[SheetColumn, ...] = ()
    kinds: SheetColumn | None = None  # with words for kinds
    ends: EndColumns | None = None
    is_sure: bool = True
    why: str = ""


class SubjectSearch:
    """Finds out what a sheet is about: by its columns, then by its name."""

    def __init__(
        self,
        profile: SheetProfile,
        known: KnownNames,
        others: Sequence[SheetProfile] = (),
        answers: Answers = NO_ANSWERS,
    ) -> None:
        self.profile, self.known, self.others = profile, known, others
        self.sources = answers.sources
        self.meanings = sheet_meanings(profile.name)
        self.answer = None
        if subject := answers.subjects.get(fold(profile.name)):
            table, _, kind = subject.partition(" ")
            self.answer = SheetMeaning(table, kind or None)
            self.meanings = [self.answer]
        self.columns = [c for c in profile.columns.values() if not c.is_blank]

    def meaning(self, *tables: str) -> SheetMeaning | None:
        return next((m for m in self.meanings if m.table in tables), None)

    def has(self, slot: str) -> bool:
        return any(slot in c.slots and not c.meaning.owner for c in self.columns)

    def list_subject(self) -> Subject | None:
        """A list of members or other records; None if the lines are ties."""
        if self.answer and self.answer.table == "ties":
            return None
        for table, slots in BY_SLOTS.items():
            if all(map(self.has, slots)):
                return Subject(table, name=self.name_columns())
        name = self.name_columns()
        if name and (referred := self.table_by_references(name)):
            return Subject(referred, name=name)
        meaning = self.meaning(*TABLES)
        if meaning and meaning is self.meanings[0]:
            own = name or self.own_name(meaning.table)
            if own and not (self.is_of_pairs(meaning.table) and not name):
                return Subject(meaning.table, name=own)
        if not name and self.is_of_contracts():
            return Subject("contracts", name=self.own_name("contracts"))
        if name and not self.is_of_ties():
            return self.member_subject(name)
        return self.list_by_slot()

    def name_columns(self) -> tuple[SheetColumn, ...]:
        first, last = self.profile.at("first_name"), self.profile.at("last_name")
        name = self.profile.at("name")
        if first and (last or name):
            return (first, last) if last else (first, name) if name else (first,)
        one = name or last or first
        return (one,) if one else ()

    def own_name(self, table: str) -> tuple[SheetColumn, ...]:
        slot = OWN_SLOT.get(table, "")
        slots = (slot, "title", "id") if table == "contracts" else (slot,)
        own = next((c for p in slots if (c := self.profile.at(p))), None)
        return (own,) if own else ()

    def is_of_pairs(self, table: str) -> bool:
        """Whether a line says which member has what the sheet is named after."""
        members = [
            c for c in self.columns if ENDS.get(slot_of(c) or "", ("",))[0] == "members"
        ]
        return bool(members) and table not in ("contracts", "initiatives")

    def table_by_references(self, name: tuple[SheetColumn, ...]) -> str | None:
        """What other sheets call the names of this one, such as communities."""
        names = set(filter(None, list_names(self.profile, [c.name for c in name])))
        for other in self.others:
            for column in other.columns.values():
                table = ENDS.get(slot_of(column) or "", ("members",))[0]
                is_other = other is not self.profile and table != "members"
                if is_other and len(column.values.keys() & names) >= LEAST_SHARE * len(
                    column.values
                ):
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
        relation = self.relation_column()
        return relation is not None and self.has("source") and self.has("target")

    def member_subject(self, name: tuple[SheetColumn, ...]) -> Subject:
        meaning = self.meaning("members") or SheetMeaning("members")
        kinds = self.kind_column()
        kind = meaning.kind
        if kind is None and kinds is None and self.is_of_people():
            kind = "PERSON"
        return Subject("members", kind, meaning.role, name, kinds)

    def is_of_people(self) -> bool:
        has_employer = any(slot_of(c) == "organisation" for c in self.columns)
        signs = [slot for slot in PERSONAL_SIGNS if self.has(slot)]
        return bool(signs) or has_employer

    def kind_column(self) -> SheetColumn | None:
        """The column whose words say kinds of members."""
        every = [c for c in self.columns if not c.meaning.owner]
        headers = [c for c in every if "kind" in c.slots or "roles" in c.slots]
        others = [c for c in every if not c.meaning.slots]
        for column in [*headers, *others]:
            words = [v for v in column.values if (m := member_meaning(v)) and m]
            if len(words) >= LEAST_SHARE * len(column.values):
                return column
        return None

    def relation_column(self) -> SheetColumn | None:
        """The column whose words say kinds of ties."""
        headers = [c for c in self.columns if {"relation", "kind"} & set(c.slots)]
        others = [c for c in self.columns if not c.meaning.slots]
        for column in [*headers, *others]:
            words = [value for value in column.values if tie_meaning(value)]
            if len(words) >= LEAST_SHARE * len(column.values):
                return column
        return None

    def list_by_slot(self) -> Subject | None:
        """A list whose names stand under "Company", "Supplier" or such."""
        ends = [c for c in self.columns if slot_of(c) in ENDS]
        members = [c for c in ends if ENDS[slot_of(c) or ""][0] == "members"]
        if members and slot_of(members[0]) in ONE_SIDED:
            return None
        if self.meaning("ties") and len(ends) > 1:
            return None
        if not members:
            return self.list_of_texts() if len(ends) < 2 else None
        is_described = any(map(self.has, DESCRIPTIONS))
        first = members[0]
        if len(ends) > 1 and not (is_described and first.is_unique):
            return None
        _, kind, role = ENDS[slot_of(first) or ""]
        meaning = self.meaning("members") or SheetMeaning("members")
        kinds = self.kind_column()
        kind = None if kinds else kind or meaning.kind
        return Subject("members", kind, role or meaning.role, (first,), kinds)

    def list_of_texts(self) -> Subject | None:
        """Names under a header that says nothing."""
        unknown = [c for c in self.columns if c.is_of_names and not c.meaning.slots]
        name = next((c for c in unknown if is_nearly_unique(c)), None)
        meaning = self.meaning("members", *TABLES)
        if name is None or (self.meaning("ties") and meaning is None):
            return None
        is_sure = meaning is not None
        meaning = meaning or SheetMeaning("members")
        kinds = self.kind_column() if meaning.table == "members" else None
        subject = Subject(meaning.table, meaning.kind, meaning.role, (name,), kinds)
        return replace(subject, is_sure=is_sure)

    def tie_subject(self) -> Subject | None:
        """Ties: the two columns that fit one kind best."""
        relation = self.relation_column()
        meaning = self.meaning("ties")
        columns = [c for c in self.columns if self.may_be_end(c) and c is not relation]
        if self.answer and len(columns) < 2:
            columns = [c for c in self.columns if c.is_of_names and c is not relation]
        if relation:
            kinds = kinds_of_words(relation)
            ends = end_columns(kinds, columns, self.known, self.sources)
            return ends and Subject("ties", None, kinds=relation, ends=ends)
        named = meaning.kind if meaning else None
        kinds = [TieKind[named]] if named else list(TIE_SLOTS)
        ends = end_columns(kinds, columns, self.known, self.sources)
        if ends is None:
            return None
        is_clear = named is not None or ends.is_typical or self.answer is not None
        return Subject("ties", ends.kind.value, ends=ends, is_sure=is_clear)

    def may_be_end(self, column: SheetColumn) -> bool:
        if column.meaning.owner:
            return False
        is_slot = any(slot in ENDS for slot in column.slots)
        return is_slot or bool(self.known.kinds_of(column))


def kinds_of_words(column: SheetColumn) -> list[TieKind]:
    meanings = [meaning for v in column.values if (meaning := tie_meaning(v))]
    return list(dict.fromkeys(m.kinds[0] for m in meanings))


def is_nearly_unique(column: SheetColumn) -> bool:
    return len(column.values) >= 0.9 * column.values.total()


def is_subject(text: str) -> bool:
    """Whether a person may say this of a sheet.

    >>> is_subject("ties EXCHANGE"), is_subject("members"), is_subject("orders")
    (True, True, False)
    """
    table, _, kind = text.partition(" ")
    kinds = {"members": MemberKind.__members__, "ties": TieKind.__members__}
    if table in kinds:
        return not kind or kind in kinds[table]
    return (table in TABLES or table == SKIP) and not kind
