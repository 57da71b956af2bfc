"""The elements of an XML file as a stream, each with its line.

Document types are refused, and with them all entities: none of our formats needs them,
and a file of a hundred bytes can declare entities that expand to gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from service.formats.rows import Faults
from service.inputs.content import JSON_CONTENTS, Content, content_of
from service.inputs.packed import open_data

CHUNK = 1 << 16
MAX_TEXT = 1 << 20  # characters of one element
MAX_TAG = 1 << 20  # bytes of one tag or comment: Expat starts anew with each chunk
MAX_DEPTH = 100


class ElementStart(NamedTuple):
    name: str
    attributes: dict[str, str]
    line: int


class ElementEnd(NamedTuple):
    name: str
    text: str
    line: int


XmlEvent = ElementStart | ElementEnd


class UnsupportedXml(Exception):
    """The file is XML that we do not read."""


def xml_events(file: Path, faults: Faults) -> Iterator[XmlEvent]:
    """Starts and ends of elements; a file that is not well formed is a fault."""
    parser = EventParser()
    with open_data(file) as data:
        try:
            chunk = data.read(CHUNK)
            if (other := content_of(chunk)) in {*JSON_CONTENTS, Content.HTML}:
                raise UnsupportedXml(f"this is {other}, not the XML of a graph")
            while chunk:
                yield from parser.parse(chunk)
                chunk = data.read(CHUNK)
            yield from parser.parse(b"", is_last=True)
        except expat.ExpatError as error:
            text = f"not valid XML: {expat.ErrorString(error.code)}"
            faults.add(str(file), error.lineno, None, text)
        except (LookupError, ValueError) as error:  # Python decodes what Expat cannot
            text = f"its encoding cannot be read ({error}); save it as UTF-8"
            faults.add(str(file), 1, None, text)
        except UnsupportedXml as error:
            faults.add(str(file), parser.line, None, str(error))


class EventParser:
    """Collects the events of each chunk that Expat parses."""

    def __init__(self) -> None:
        self._events: list[XmlEvent] = []
        self._size = 0  # bytes so far
        self._texts: list[list[str]] = []  # of the elements that are open
        self._lengths: list[int] = []  # of these texts
        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = self._refuse_document_type
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._add_text

    @property
    def line(self) -> int:
        return self._expat.CurrentLineNumber

    def parse(self, chunk: bytes, is_last: bool = False) -> list[XmlEvent]:
        self._expat.Parse(chunk, is_last)
        self._size += len(chunk)
        if self._size - self._expat.CurrentByteIndex > MAX_TAG:
            raise UnsupportedXml(f"a tag or comment has more than {MAX_TAG:,} bytes")
        events, self._events = self._events, []
        return events

    def _refuse_document_type(self, *_: object) -> None:
        raise UnsupportedXml(
            "document types and entities are not supported; remove <!DOCTYPE"
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._texts) == MAX_DEPTH:
            raise UnsupportedXml(f"elements are nested more than {MAX_DEPTH} deep")
        self._texts.append([])
        self._lengths.append(0)
        local_name = name.rpartition(" ")[2]
        self._events.append(ElementStart(local_name, attributes, self.line))

    def _end(self, name: str) -> None:
        text = "".join(self._texts.pop()).strip()
        self._lengths.pop()
        local_name = name.rpartition(" ")[2]
        self._events.append(ElementEnd(local_name, text, self.line))

    def _add_text(self, text: str) -> None:
        parts = self._texts[-1]
        if not parts and text.isspace():
            return  # the indentation of a graph with a million nodes
        parts.append(text)
        self._lengths[-1] += len(text)
        if self._lengths[-1] > MAX_TEXT:
            raise UnsupportedXml(
                f"the text of an element has more than {MAX_TEXT:,} characters"
            )
