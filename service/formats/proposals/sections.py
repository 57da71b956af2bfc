"""The sections of a mapping for one sheet, while they are put together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from service.formats.proposals.column_texts import (
    PERSONAL_DATA,
    attribute_name,
    is_placeholder,
    type_text,
)
from service.formats.proposals.currencies import CurrencyChoice
from service.formats.proposals.fields import (
    OTHERS,
    field_source,
    fitting_field,
    unfit_value,
)
from service.formats.proposals.header_words import ENDS
from service.formats.proposals.known_names import KnownNames
from service.formats.proposals.name_lists import split
from service.formats.proposals.profiles import SheetColumn, SheetProfile, slot_of
from service.formats.proposals.proposal import (
    WHOLE,
    Answers,
    Proposal,
    Question,
    Remark,
)
from service.formats.readers.mapping_cells import CellSource
from service.formats.readers.mapping_file import MappingSection
from service.formats.sheets.column_kinds import ColumnKind
from service.vocabulary.attributes import MAX_TEXT
from service.vocabulary.folding import fold
from service.vocabulary.nodes import Person, Record
from service.vocabulary.ties import Employment
from service.vocabulary.validation import CHECKS

NUMBER = ColumnKind.NUMBER
MOST_ATTRIBUTES = 90  # of a record, below the limit
# Days that a header gives to the job of a person, and those that it gives to nobody.
JOB_DAYS = frozenset(("employed_since", "employed_until"))
OPEN_DAYS = frozenset(("since", "until", "date"))
MONEY = ("value", "amount", "budget", "revenue", "compensation", "cost")
OPEN_DAY = (
    "it may be a day of the person, of the firm or of the job; a header such as"
    " 'Employed since' says it"
)
RowClasses = list[type[Record] | None]


@dataclass(eq=False)
class DraftSection:
    """A section, with the record type of each row that it is about."""

    table: str
    classes: RowClasses
    cells: dict[str, CellSource] = field(default_factory=dict)
    id: str | None = None
    lines: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        kinds = dict.fromkeys(cls for cls in self.classes if cls)
        fields = dict.fromkeys(f for cls in kinds for f in CHECKS[cls])
        return [f for f in fields if f not in OTHERS and f not in self.cells]


class SheetDraft:
    """The sections for one sheet; each column is used once, with a remark."""

    def __init__(
        self,
        profile: SheetProfile,
        known: KnownNames,
        answers: Answers,
        proposal: Proposal,
    ) -> None:
        self.profile, self.known = profile, known
        self.answers, self.proposal = answers, proposal
        self.currencies = CurrencyChoice(profile.columns, answers, self.ask)
        self.sections: list[DraftSection] = []
        self.used: set[str] = set()

    @property
    def free(self) -> list[SheetColumn]:
        columns = self.profile.columns.values()
        return [c for c in columns if c.name not in self.used]

    def add(self, table: str, classes: RowClasses) -> DraftSection:
        section = DraftSection(table, classes)
        self.sections.append(section)
        return section

    def use(self, column: SheetColumn, text: str) -> None:
        self.used.add(column.name)
        self.remark(text, column.name)

    def remark(self, text: str, column: str | None = None) -> None:
        remark = Remark(self.profile.name, text, column)
        if remark not in self.proposal.reasons:
            self.proposal.reasons.append(remark)

    def leave_out(self, column: SheetColumn, text: str) -> None:
        self.used.add(column.name)
        self.proposal.unused.append(Remark(self.profile.name, text, column.name))

    def spell(self, source: CellSource, column: SheetColumn) -> CellSource:
        """The source; its words get their spelling in the file back."""
        for value in column.values:
            for text in (value, *split(value, source.split)):
                if fold(text) in source.words:
                    self.proposal.spellings.setdefault(fold(text), text)
        return source

    def names(self, column: SheetColumn) -> CellSource:
        """The names in a column: several in a cell, and none where it says so."""
        separators = self.known.separators(column)
        answer = self.answers.separators.get(column.name)
        if answer is not None:
            separators = answer and "".join(dict.fromkeys(separators + answer))
        elif self.known.may_be_list(column):
            text = f"column {column.name!r}: does a comma separate several names?"
            choices = (",", WHOLE)
            self.ask(Question(text, "--split", choices, f"{column.name}="))
        words = {fold(text): "" for text in column.values if is_placeholder(text)}
        source = CellSource((column.name,), words=words, split=separators)
        return self.spell(source, column)

    def joint_names(self, columns: Sequence[SheetColumn]) -> CellSource:
        """The names in several columns of one line, such as those of investors."""
        sources = [self.names(column) for column in columns]
        marks = dict.fromkeys(";" + "".join(source.split for source in sources))
        words = {
            text: word for source in sources for text, word in source.words.items()
        }
        names = tuple(column.name for column in columns)
        return CellSource(names, join=";", words=words, split="".join(marks))

    def beside(self, column: SheetColumn) -> list[SheetColumn]:
        """The other columns with investors of a line: they share its round."""
        if slot_of(column) != "investor":
            return []
        every = self.profile.every("investor")
        return [c for c in every if c is not column and c.is_of_names]

    def take_fields(
        self,
        section: DraftSection,
        owner: str | None = None,
        only: str = "",
        but: Collection[str] = (),
    ) -> None:
        """Give the section the properties that the free columns are.

        `owner` is the slot in the line that the columns must be about. `but` has slots
        that are not meant.
        """
        others = but if Employment in section.classes else JOB_DAYS
        for column in self.free:
            if column.is_blank or column.is_index or column.owner != owner:
                continue
            if slot_of(column) in others:
                continue
            fields = [f for f in section.fields if not only or f in only.split()]
            for name in fitting_field(column, fields):
                if self.take_field(section, column, name):
                    break

    def take_field(self, section: DraftSection, column: SheetColumn, name: str) -> bool:
        source = field_source(column, name, section.classes)
        if isinstance(source, str):
            return False
        rows, classes = self.profile.rows, section.classes
        if unfit_value(column, name, rows, classes) is not None:
            return False
        if name == "currency":
            source = self.currencies.source(column)
        section.cells[name] = self.spell(source, column)
        self.use(column, f"`{name}`{type_text(column)}")
        self.ask_format(column)
        if name in MONEY:
            self.take_currency(section, column)
        meanings = list(source.words.values())
        if "" in meanings or len(set(meanings)) < len(meanings):
            self.keep_words(section, column)
        return True

    def keep_words(self, section: DraftSection, column: SheetColumn) -> None:
        """Words that are not all different values of ours are kept beside them."""
        section.cells[attribute_name(column)] = CellSource((column.name,))
        self.remark("its words are kept as an extra attribute too", column.name)

    def ask_format(self, column: SheetColumn) -> None:
        """Ask about dates and numbers that can be read in two ways."""
        if column.type.is_ambiguous:
            is_number = column.type.kind is ColumnKind.NUMBER
            option = "--decimal" if is_number else "--date"
            example = next(iter(column.values))
            text = f"column {column.name!r}: how is {example!r} written?"
            self.ask(Question(text, option, column.type.alternatives))

    def ask(self, question: Question) -> None:
        if question not in self.proposal.questions:
            self.proposal.questions.append(question)

    def take_currency(self, section: DraftSection, column: SheetColumn) -> None:
        """The currency of an amount, unless another column has it."""
        if "currency" in section.cells or self.profile.at("currency"):
            return
        if code := self.currencies.of_amount(column):
            section.cells["currency"] = CellSource(value=code)
            self.remark(f"in {code}", column.name)

    def take_attributes(self, section: DraftSection, owner: str | None = None) -> None:
        """What has no place in our model is kept under the name of its header.

        With an owner, only the columns about it are meant.
        """
        for column in self.free:
            if owner and column.owner != owner:
                continue
            if column.is_blank:
                self.leave_out(column, "it is blank")
            elif column.is_index:
                self.leave_out(column, "it numbers the lines")
            elif self.is_personal(column) and not self.answers.keeps_personal_data:
                self.leave_out(column, PERSONAL_DATA)
            else:
                self.take_attribute(section, column)

    def take_attribute(self, section: DraftSection, column: SheetColumn) -> None:
        count = sum(name.startswith("x:") for name in section.cells)
        if count >= MOST_ATTRIBUTES:
            self.leave_out(column, f"more than {MOST_ATTRIBUTES} extra attributes")
        elif max(map(len, column.values)) > MAX_TEXT:
            self.leave_out(column, f"it has texts of more than {MAX_TEXT:,} characters")
        else:
            section.cells[attribute_name(column)] = CellSource((column.name,))
            is_scaled = column.meaning.is_scaled and column.type.kind is NUMBER
            why = "; its amounts are in thousands or millions" if is_scaled else ""
            self.use(column, f"kept as an extra attribute{why}")

    def keep_open_days(self, section: DraftSection) -> None:
        """Keep days of which nobody knows whether they are a person's or a firm's."""
        for column in self.free:
            if slot_of(column) in OPEN_DAYS:
                self.take_attribute(section, column)
                self.remark(OPEN_DAY, column.name)

    def is_personal(self, column: SheetColumn) -> bool:
        """Whether it says how to reach a person, or who exactly that is."""
        has_people = any(Person in section.classes for section in self.sections)
        return has_people and "personal" in column.meaning.slots

    def mapping_sections(self, sheet: str | None) -> list[MappingSection]:
        return [
            MappingSection(s.table, s.cells, sheet, id=s.id, lines=s.lines)
            for s in self.sections
        ]


def end_of(column: SheetColumn) -> tuple[str, str | None, str | None]:
    """The table, kind and role of what a column names."""
    slot = next((p for p in column.slots if p in ENDS), None)
    return ENDS[slot] if slot else ("members", None, None)
