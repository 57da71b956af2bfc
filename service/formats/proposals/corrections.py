"""A proposed mapping, corrected by a person column by column.

A column is given another meaning, `TABLE.NUMBER.FIELD`: a property of the records that
the section of this number makes. What the column meant before goes. A record without a
column for its name goes too, with its ties; ends of ties follow a name that moves. A
column that becomes the end of a tie still names what it named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from service.formats.proposals.column_texts import attribute_name
from service.formats.proposals.fields import field_source
from service.formats.proposals.profiles import SheetColumn, profile_of
from service.formats.readers.mapping import END_COLUMNS
from service.formats.readers.mapping_cells import CellSource
from service.formats.readers.mapping_file import MappingSection, TableMapping
from service.formats.records import COLUMNS, LABELS, TABLES, TIE_KINDS
from service.formats.sheets import Sheet
from service.vocabulary import MEMBERS, NODES, TIES
from service.vocabulary.folding import fold
from service.vocabulary.nodes import Record
from service.vocabulary.validation import CHECKS

LEFT_OUT = "-"
ATTRIBUTE = "x"  # the field of an extra attribute, whose name is that of the column
ID = "id"  # the field of what the file calls a record by elsewhere
Columns = tuple[str, ...]


@dataclass(frozen=True)
class ColumnMeaning:
    """What a column may mean: a text for a person, and how it is named in an answer."""

    code: str
    text: str


@dataclass(frozen=True)
class MeaningGroup:
    """The meanings that a column may have in the records of one section."""

    title: str
    meanings: list[ColumnMeaning]


def meaning_groups(mapping: TableMapping, sheet: Sheet) -> Iterator[MeaningGroup]:
    """What the columns of a sheet may mean, by the records that its lines make."""
    for code, section in coded_sections(mapping):
        if is_about(section, sheet):
            fields = [*fields_of(section), ID, ATTRIBUTE]
            meanings = [ColumnMeaning(f"{code}.{f}", field_text(f)) for f in fields]
            yield MeaningGroup(section_title(section), meanings)


def section_title(section: MappingSection) -> str:
    """What a section makes, in a few words.

    >>> kind, roles = CellSource(value="ORGANISATION"), CellSource(value="SUPPLIER")
    >>> section_title(MappingSection("members", {"kind": kind, "roles": roles}))
    'Organisation (supplier)'
    """
    kind, roles = (section.cells.get(name) for name in ("kind", "roles"))
    name = TABLES.get(section.table) or section.table.removesuffix("s")
    title = words_of((kind and kind.value) or name)
    details = [words_of(roles.value).lower()] if roles and roles.value else []
    if section.table == "ties":
        details = ["tie"]
    return f"{title} ({details[0]})" if details else title


def words_of(name: str) -> str:
    return name.replace("_", " ").capitalize()


def field_text(field: str) -> str:
    texts = {ATTRIBUTE: "an extra attribute", ID: "number in other tables"}
    return texts.get(field, field.replace("_", " "))


def codes_of(mapping: TableMapping, sheet: Sheet) -> dict[str, str]:
    """What each column means in a mapping, first of all, by its name."""
    codes: dict[str, str] = {}
    for code, section in coded_sections(mapping):
        if is_about(section, sheet):
            for field, source in section.cells.items():
                name = ATTRIBUTE if field.startswith("x:") else field
                for column in source.columns:
                    codes.setdefault(column, f"{code}.{name}")
            if section.id:
                codes.setdefault(section.id, f"{code}.{ID}")
    return {name: codes.get(name, LEFT_OUT) for name in sheet.header}


def corrected_mapping(
    mapping: TableMapping,
    sheets: Sequence[Sheet],
    corrections: Mapping[str, Mapping[str, str]],
    currency: str | None = None,
) -> TableMapping:
    """The mapping with other meanings for some columns, by sheet and column.

    A correction that fits no section, as one of an earlier proposal, has no effect.
    """
    for sheet in sheets:
        chosen = corrections.get(sheet.name, {})
        columns = profile_of(sheet).columns if chosen else {}
        codes = codes_of(mapping, sheet) if chosen else {}
        changes = {
            columns[name]: code
            for name, code in chosen.items()
            if name in columns and codes.get(name) != code
        }
        if changes:
            mapping = SheetCorrection(mapping, sheet, changes, currency).mapping()
    return mapping


@dataclass
class SheetCorrection:
    """The corrections of one sheet."""

    proposed: TableMapping
    sheet: Sheet
    changes: Mapping[SheetColumn, str]
    currency: str | None

    def mapping(self) -> TableMapping:
        before = dict(coded_sections(self.proposed))
        after = {code: self.corrected(code, part) for code, part in before.items()}
        moves = dict(self.name_moves(before, after))
        gone = {
            columns
            for code, section in before.items()
            if (columns := named_by(section))
            and not named_by(after[code])
            and columns not in moves
        }
        sections = [
            with_ends(section, moves)
            for code, section in after.items()
            if not loses_record(before[code], section, gone)
        ]
        return replace(self.proposed, sections=sections)

    def corrected(self, code: str, section: MappingSection) -> MappingSection:
        """The section without the columns that change, and with what they become."""
        if not is_about(section, self.sheet):
            return section
        cells = {}
        for field, source in section.cells.items():
            columns = tuple(c for c in source.columns if self.stays(c, source, section))
            if columns or not source.columns or field in END_COLUMNS:
                is_whole = field in END_COLUMNS or columns == source.columns
                cells[field] = source if is_whole else replace(source, columns=columns)
        id = None if section.id in self.names else section.id
        for column, meaning in self.changes.items():
            part, _, field = meaning.rpartition(".")
            if part == code and field == ID:
                id = column.name
            elif part == code:
                cells |= self.cells_for(section, column, field)
        return replace(section, cells=cells, id=id)

    @property
    def names(self) -> set[str]:
        return {column.name for column in self.changes}

    def stays(self, name: str, source: CellSource, section: MappingSection) -> bool:
        """Whether a column keeps a meaning that it has."""
        if name not in self.names:
            return True
        ends = {
            column.name
            for column, code in self.changes.items()
            if code.rpartition(".")[2] in END_COLUMNS
        }
        return name in ends and source is section.name

    def cells_for(
        self, section: MappingSection, column: SheetColumn, field: str
    ) -> dict[str, CellSource]:
        if field == ATTRIBUTE:
            return {attribute_name(column): CellSource((column.name,))}
        if field not in fields_of(section):
            return {}
        source = field_source(column, field, classes_of(section))
        if isinstance(source, str):  # the check says which values do not fit
            source = CellSource((column.name,))
        cells = {field: source}
        if self.currency and "currency" in fields_of(section):
            fixed = CellSource(value=self.currency)
            cells["currency"] = section.cells.get("currency", fixed)
        return cells

    def name_moves(
        self, before: Mapping[str, MappingSection], after: Mapping[str, MappingSection]
    ) -> Iterator[tuple[Columns, Columns]]:
        for code, section in before.items():
            old, new = named_by(section), named_by(after[code])
            if old and new and old != new and is_about(section, self.sheet):
                yield old, new


def coded_sections(mapping: TableMapping) -> Iterator[tuple[str, MappingSection]]:
    """Each section with its table and its number in it."""
    numbers: dict[str, int] = {}
    for section in mapping.sections:
        number = numbers[section.table] = numbers.get(section.table, 0) + 1
        yield f"{section.table}.{number}", section


def is_about(section: MappingSection, sheet: Sheet) -> bool:
    return section.sheet is None or fold(section.sheet) == fold(sheet.name)


def classes_of(section: MappingSection) -> list[type[Record]]:
    """The types of the records that a section makes."""
    if section.table in TABLES:
        return [NODES[TABLES[section.table]]]
    kind = section.cells.get("kind")
    value = kind.value if kind and not kind.columns else None
    if section.table == "members":
        return [MEMBERS[LABELS[value]]] if value in LABELS else list(MEMBERS.values())
    return [TIE_KINDS[value]] if value in TIE_KINDS else list(TIES.values())


def fields_of(section: MappingSection) -> list[str]:
    """The columns that its table has for these records, in their order there."""
    own = {field for cls in classes_of(section) for field in CHECKS[cls]}
    own |= END_COLUMNS | {"key", "kind", "name", "roles"}
    return [column for column in COLUMNS[section.table] if column in own]


def named_by(section: MappingSection) -> Columns:
    """The columns that name its records; none where a key or nothing does."""
    return section.name.columns if section.name and section.table != "ties" else ()


def with_ends(
    section: MappingSection, moves: Mapping[Columns, Columns]
) -> MappingSection:
    """The section with ends in the columns that name them now."""
    cells = {
        field: replace(source, columns=moves.get(source.columns, source.columns))
        if field in END_COLUMNS
        else source
        for field, source in section.cells.items()
    }
    return replace(section, cells=cells)


def loses_record(
    before: MappingSection, after: MappingSection, gone: set[Columns]
) -> bool:
    """Whether nothing names its records any more, or the records that it ties."""
    if named_by(before) and not named_by(after) and "key" not in after.cells:
        return True
    ends = (s.columns for field, s in after.cells.items() if field in END_COLUMNS)
    return any(columns in gone for columns in ends)
