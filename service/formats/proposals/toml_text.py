"""A mapping as the text of a TOML file, with comments that explain it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from service.formats.proposals.proposal import Remark
from service.formats.readers.mapping_cells import CellSource
from service.formats.readers.mapping_file import MappingSection, TableMapping
from service.formats.records import TABLES
from service.formats.sheets import SheetOptions
from service.vocabulary.names import noun_of, with_article

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
MAX_LINE = 88
EXPLANATION = """\
# A mapping for `valuenet load FILE --mapping …`; see docs/import.md.
# Each section makes a record of each line: on the left a column of the `tables` format,
# on the right a column of the file, or { value = "the same for all lines" }.
"""
NOUNS = {"members": "member", "ties": "tie"}
NO_SPELLINGS: Mapping[str, str] = {}


def mapping_toml(
    mapping: TableMapping,
    spellings: Mapping[str, str] = NO_SPELLINGS,
    unused: Sequence[Remark] = (),
) -> str:
    """The text of a mapping file; reading it gives the equal mapping.

    `spellings` has words as the file writes them, by folded text. `unused` is what the
    mapping leaves out.
    """
    writer = MappingText(spellings)
    parts = [EXPLANATION, "".join(f"{line}\n" for line in option_lines(mapping))]
    for section in mapping.sections:
        parts.append("".join(f"{line}\n" for line in writer.section(section)))
    if unused:
        lines = [f"# {line_of(remark)}\n" for remark in unused]
        parts.append("# Left out:\n" + "".join(lines))
    return "\n".join(part for part in parts if part)


def line_of(remark: Remark) -> str:
    """A remark in one line: what a comment can hold.

    >>> line_of(Remark("Orders", "it is blank", "Column" + chr(10) + "x"))
    "sheet 'Orders': column 'Column\\\\nx': it is blank"
    """
    text = f"sheet {remark.sheet!r}: {remark}"
    return "".join(c if c.isprintable() else " " for c in text)


def option_lines(mapping: TableMapping) -> Iterator[str]:
    options: SheetOptions = mapping.options
    for name in ("delimiter", "decimal", "thousands", "encoding"):
        if value := getattr(options, name):
            yield f"{name} = {quoted(value)}"
    if options.date_format:
        yield f"date = {quoted(options.date_format)}"


class MappingText:
    """Writes sections line by line."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._spellings = spellings

    def section(self, section: MappingSection) -> Iterator[str]:
        yield f"# {sentence_about(section)}"
        yield f"[[{section.table}]]"
        if section.sheet is not None:
            yield f"sheet = {quoted(section.sheet)}"
        if section.id is not None:
            yield f"id = {quoted(section.id)}  # what other sheets call the record"
        if section.lines:
            texts = {c: list(map(self.spelling, v)) for c, v in section.lines.items()}
            yield from entry_lines("lines", texts)
        others = {n: s for n, s in section.cells.items() if not n.startswith("x:")}
        for name, source in others.items():
            yield from entry_lines(name, self.value_of(source))
        attributes = {
            name.removeprefix("x:"): self.value_of(source)
            for name, source in section.cells.items()
            if name.startswith("x:")
        }
        if attributes:
            yield from entry_lines("attributes", attributes)
        if section.sums:
            yield from entry_lines("sum", list(section.sums))

    def value_of(self, source: CellSource) -> object:
        if not source.columns:
            return {"value": source.value}
        entry: dict[str, object] = {"column": source.columns[0]}
        if len(source.columns) > 1:
            entry = {"columns": list(source.columns)}
            if source.join != " ":
                entry["join"] = source.join
        if source.words:
            words = source.words.items()
            entry["map"] = {self.spelling(text): word for text, word in words}
        for name in ("default", "split", "decimal", "date"):
            value = getattr(source, name)
            if value not in (None, ""):
                entry[name] = value
        return source.columns[0] if entry.keys() == {"column"} else entry

    def spelling(self, text: str) -> str:
        return self._spellings.get(text, text)


def sentence_about(section: MappingSection) -> str:
    """What a section makes, for its comment."""
    noun = NOUNS.get(section.table) or noun_of(TABLES[section.table])
    kind = section.cells.get("kind")
    if kind and not kind.columns and section.table in NOUNS:
        noun = f"{kind.value} ({noun})"
    lines = "each of these lines" if section.lines else "each line"
    return f"{lines[0].upper()}{lines[1:]} has {with_article(noun)}."


def entry_lines(name: str, value: object) -> Iterator[str]:
    """An entry in one line, or a line for each of its values if that is too long."""
    yield from path_lines(key(name), value)


def path_lines(path: str, value: object) -> Iterator[str]:
    line = f"{path} = {inline(value)}"
    if len(line) <= MAX_LINE or not isinstance(value, dict):
        yield line
        return
    for part, inner in value.items():
        yield from path_lines(f"{path}.{key(part)}", inner)


def key(name: str) -> str:
    return name if BARE_KEY.fullmatch(name) else quoted(name)


def inline(value: object) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{key(n)} = {inline(v)}" for n, v in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    return quoted(str(value))


def quoted(text: str) -> str:
    """A basic string of TOML, which is a string of JSON but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
