"""The sections of a mapping for one sheet, while they are put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.formats.proposals.fields import (
    OTHERS,
    field_source,
    fitting_field,
    unfit_value,
)
from service.formats.proposals.header_words import ENDS
from service.formats.proposals.known_names import KnownNames, separators_of
from service.formats.proposals.profiles import SheetColumn, SheetProfile
from service.formats.proposals.proposal import Answers, Proposal, Remark
from service.formats.readers.mapping_cells import CellSource
from service.formats.readers.mapping_file import MappingSection
from service.formats.sheets.column_types import ColumnKind
from service.formats.sheets.number_texts import currency_codes
from service.vocabulary.folding import fold
from service.vocabulary.nodes import Person, Record
from service.vocabulary.validation import CHECKS

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
        kinds = {cls for cls in self.classes if cls}
        fields = dict.fromkeys(f for cls in kinds for f in CHECKS[cls])
        return [f for f in fields if f not in OTHERS and f not in self.cells]


class SheetDraft:
    """The sections for one sheet; each column is used once, and each use is told."""

    def __init__(
        self,
        profile: SheetProfile,
        known: KnownNames,
        answers: Answers,
        proposal: Proposal,
    ) -> None:
        self.profile, self.known = profile, known
        self.answers, self.proposal = answers, proposal
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
        self.proposal.reasons.append(Remark(self.profile.name, text, column))

    def leave_out(self, column: SheetColumn, text: str) -> None:
        self.used.add(column.name)
        self.proposal.unused.append(Remark(self.profile.name, text, column.name))

    def spell(self, source: CellSource, column: SheetColumn) -> CellSource:
        """The source; its words get their spelling in the file back."""
        for text in column.values:
            if fold(text) in source.words:
                self.proposal.spellings.setdefault(fold(text), text)
        return source

    def names(self, column: SheetColumn) -> CellSource:
        separators = separators_of(column, self.known)
        return CellSource((column.name,), split=separators)

    def take_fields(
        self, section: DraftSection, owner: str | None = None, only: str = ""
    ) -> None:
        """Give the section the properties that the free columns are.

        `owner` is the slot in the line that the columns must be about.
        """
        for column in self.free:
            if column.is_blank or column.is_index or column.meaning.owner != owner:
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
        section.cells[name] = self.spell(source, column)
        self.use(column, f"`{name}`{type_text(column)}")
        if name in MONEY:
            self.take_currency(section, column)
        return True

    def take_currency(self, section: DraftSection, column: SheetColumn) -> None:
        """The currency of an amount: of its own column, else of signs or the header."""
        if "currency" in section.cells or self.profile.at("currency"):
            return
        codes = currencies_of(column, self.answers)
        if len(codes) == 1:
            section.cells["currency"] = CellSource(value=codes[0])

    def take_attributes(self, section: DraftSection, owner: str | None = None) -> None:
        """What has no place in our model is kept under the name of its header."""
        for column in self.free:
            if column.meaning.owner not in (owner, None):
                continue
            if column.is_blank:
                self.leave_out(column, "it is blank")
            elif column.is_index:
                self.leave_out(column, "it numbers the lines")
            elif self.is_personal(column) and not self.answers.keeps_personal_data:
                self.leave_out(column, PERSONAL_DATA)
            else:
                section.cells[f"x:{column.name}"] = CellSource((column.name,))
                self.use(column, "kept as an extra attribute")

    def is_personal(self, column: SheetColumn) -> bool:
        """Whether it says how to reach a person, or who exactly that is."""
        has_people = any(Person in section.classes for section in self.sections)
        return has_people and "personal" in column.meaning.slots

    def mapping_sections(self, sheet: str | None) -> list[MappingSection]:
        return [
            MappingSection(s.table, s.cells, sheet, id=s.id, lines=s.lines)
            for s in self.sections
        ]


PERSONAL_DATA = "personal data, which no question needs; keep it with --personal-data"
MONEY = ("value", "amount", "budget", "revenue", "compensation", "cost")


def currencies_of(column: SheetColumn, answers: Answers) -> list[str]:
    if column.meaning.currencies:
        codes = list(column.meaning.currencies)
    else:
        codes = [c for sign in column.type.currencies for c in currency_codes(sign)]
    codes = list(dict.fromkeys(codes))
    if len(codes) != 1 and answers.currency:
        return [answers.currency]
    return codes


def type_text(column: SheetColumn) -> str:
    kind = column.type.kind
    if kind is ColumnKind.NUMBER:
        signs = "".join(f" in {sign}" for sign in column.type.currencies[:1])
        return f": numbers{signs}"
    if kind in (ColumnKind.DATE, ColumnKind.TIME):
        return f": dates as {column.type.format}"
    return ""


def end_of(column: SheetColumn) -> tuple[str, str | None, str | None]:
    """The table, kind and role of what a column names."""
    slot = next((p for p in column.slots if p in ENDS), None)
    return ENDS[slot] if slot else ("members", None, None)
