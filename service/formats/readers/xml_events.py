"""Elements of an XML file as they pass, each with its line; nothing is kept.

A document type is refused, and with it every entity: none of our formats needs one,
and a file of a hundred bytes can name entities that unfold to gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from service.formats.rows import Faults

CHUNK = 1 << 16
LONGEST_TEXT = 1 << 20  # characters of one element
DEEPEST = 100


class Begun(NamedTuple):
    name: str
    attributes: dict[str, str]
    line: int


class Ended(NamedTuple):
    name: str
    text: str
    line: int


class Refused(Exception):
    """The file is no document that we read."""


def events(file: Path, faults: Faults) -> Iterator[Begun | Ended]:
    """Begins and ends of elements; a file that is not well formed is a fault."""
    passing = Passing()
    with file.open("rb") as data:
        try:
            while chunk := data.read(CHUNK):
                passing.parser.Parse(chunk, False)
                yield from passing.taken()
            passing.parser.Parse(b"", True)
            yield from passing.taken()
        except expat.ExpatError as error:
            text = f"not XML: {expat.ErrorString(error.code)}"
            faults.add(str(file), error.lineno, None, text)
        except Refused as error:
            faults.add(str(file), passing.parser.CurrentLineNumber, None, str(error))


class Passing:
    """Expat's calls, gathered until they are taken."""

    def __init__(self) -> None:
        self.found: list[Begun | Ended] = []
        self.open: list[list[str]] = []  # texts of the elements that are open
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def taken(self) -> list[Begun | Ended]:
        found, self.found = self.found, []
        return found

    def doctype(self, *_: object) -> None:
        raise Refused("a document type (and so entities) is not read; remove <!DOCTYPE")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) == DEEPEST:
            raise Refused(f"elements are nested more than {DEEPEST} deep")
        self.open.append([])
        line = self.parser.CurrentLineNumber
        self.found.append(Begun(name.rpartition(" ")[2], attributes, line))

    def end(self, name: str) -> None:
        text = "".join(self.open.pop()).strip()
        line = self.parser.CurrentLineNumber
        self.found.append(Ended(name.rpartition(" ")[2], text, line))

    def text(self, text: str) -> None:
        parts = self.open[-1]
        parts.append(text)
        if len(parts) > 1 and sum(map(len, parts)) > LONGEST_TEXT:
            raise Refused(f"an element has more than {LONGEST_TEXT:,} characters")
