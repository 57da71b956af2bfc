"""The words of a column that may have certain values only, and what each of them means.

A person says it word by word where a mapping does not know: "avtal" is WON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from service.formats.proposals.corrections import (
    LEFT_OUT,
    classes_of,
    coded_sections,
    codes_of,
)
from service.formats.proposals.fields import enum_values
from service.formats.proposals.name_lists import split
from service.formats.proposals.profiles import profile_of
from service.formats.readers.mapping_cells import CellSource, standard_text
from service.formats.readers.mapping_file import MappingSection, TableMapping
from service.formats.sheets import Sheet
from service.vocabulary.enums import MemberKind, MemberRole, TieKind
from service.vocabulary.folding import fold

Words = Mapping[str, str]  # a value of ours, or LEFT_OUT, by the text in the file
CODED = {
    ("members", "kind"): MemberKind,
    ("members", "roles"): MemberRole,
    ("ties", "kind"): TieKind,
}


@dataclass(frozen=True)
class ColumnWords:
    """The values that a column may have, and what its words are; None: unknown."""

    values: list[str]
    words: dict[str, str | None]

    @property
    def unknown(self) -> list[str]:
        return [text for text, value in self.words.items() if value is None]


def column_words(mapping: TableMapping, sheet: Sheet) -> dict[str, ColumnWords]:
    """The words of each column with values of ours, the most frequent first."""
    sections = dict(coded_sections(mapping))
    valued = list(valued_columns(mapping, sheet))
    columns = profile_of(sheet).columns if valued else {}
    return {
        name: words_of_column(sections[code], field, columns[name].values)
        for name, code, field in valued
    }


def words_of_column(
    section: MappingSection, field: str, counts: Mapping[str, int]
) -> ColumnWords:
    source, values = section.cells[field], values_of(section, field)
    texts: dict[str, str] = {}  # by folded text
    for cell in sorted(counts, key=lambda text: -counts[text]):
        for text in split(cell, source.split) if source.split else (cell,):
            texts.setdefault(fold(text), text)
    words = {
        text: value_of(section.table, field, text, source, values)
        for text in texts.values()
    }
    return ColumnWords(values, words)


def value_of(
    table: str, field: str, text: str, source: CellSource, values: Sequence[str]
) -> str | None:
    """What a text is taken for; None: for nothing that is possible."""
    word = source.words.get(fold(text), text)
    if not word:
        return LEFT_OUT
    value = standard_text(table, field, word, source, None)
    return value if value in values else None


def with_words(
    mapping: TableMapping,
    sheets: Sequence[Sheet],
    chosen: Mapping[str, Mapping[str, Words]],
) -> TableMapping:
    """The mapping with what a person says of words, by sheet and column.

    What a column cannot have, as it once meant something else, has no effect.
    """
    sections = dict(coded_sections(mapping))
    for sheet in sheets:
        for name, code, field in valued_columns(mapping, sheet):
            section = sections[code]
            values = [*values_of(section, field), LEFT_OUT]
            words = {
                fold(text): "" if value == LEFT_OUT else value
                for text, value in chosen.get(sheet.name, {}).get(name, {}).items()
                if value in values
            }
            source = section.cells[field]
            changed = replace(source, words={**source.words, **words})
            cells = {**section.cells, field: changed}
            sections[code] = replace(section, cells=cells)
    return replace(mapping, sections=list(sections.values()))


def valued_columns(
    mapping: TableMapping, sheet: Sheet
) -> Iterator[tuple[str, str, str]]:
    """The columns that alone are a property with certain values: section and field."""
    sections = dict(coded_sections(mapping))
    for name, meaning in codes_of(mapping, sheet).items():
        code, _, field = meaning.rpartition(".")
        source = sections[code].cells.get(field) if code in sections else None
        if source and source.columns == (name,) and values_of(sections[code], field):
            yield name, code, field


def values_of(section: MappingSection, field: str) -> list[str]:
    """The values that a property may have; none if it may have any."""
    if coded := CODED.get((section.table, field)):
        return list(coded.__members__)
    return list(dict.fromkeys(enum_values(field, classes_of(section)).values()))
