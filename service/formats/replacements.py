"""Values that a file cannot hold: their replacement, their number, the first of them.

Mutations and imports refuse most of these values today. Older versions stored them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from math import isfinite
from typing import Any

from service.formats.connections import ExportedConnection

# Half a character: no encoding of Unicode can hold it.
SURROGATES = re.compile("[\ud800-\udfff]")
# XML 1.0 cannot hold these either, not even escaped.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
CHARACTERS = "Characters that this format cannot hold: replaced by symbols such as ␀"
NUMBERS = "Infinite numbers and numbers that are not a number: left out"


class Replacements:
    """The replacements of one export, for a format without the `forbidden` texts."""

    def __init__(self, forbidden: re.Pattern[str]) -> None:
        self.forbidden = forbidden
        self.counts: Counter[str] = Counter()
        self.first: dict[str, str] = {}

    def apply(self, connection: ExportedConnection, block: list[list[Any]]) -> None:
        """Replace values in their rows. A block without such values costs little."""
        columns = list(zip(*block, strict=True))
        for index, name in enumerate(connection.header):
            if self.has_faults(columns[index]):
                for row in block:
                    self.replace(connection, row, index, name)

    def has_faults(self, values: Iterable[Any]) -> bool:
        """Whether one of the values of a column has to be replaced."""
        texts, lists = [], []
        for value in values:
            kind = type(value)
            if kind is str:
                texts.append(value)
            elif kind is list:
                lists.append(value)
            elif kind is float and not isfinite(value):
                return True
        return bool(self.forbidden.search("".join(chain(texts, *lists))))

    def replace(
        self, connection: ExportedConnection, row: list[Any], index: int, name: str
    ) -> None:
        new = self.replacement(row[index])
        if new == row[index]:
            return
        problem = NUMBERS if new is None else CHARACTERS
        key = row[connection.header.index("key")]
        self.counts[problem] += 1
        self.first.setdefault(problem, f"{name} of {key!r} in {connection.name}")
        row[index] = new

    def replacement(self, value: Any) -> Any:
        """What the file gets; the value itself if the file can hold it."""
        if isinstance(value, float):
            return value if isfinite(value) else None
        if isinstance(value, list):
            return [self.text(item) for item in value]
        return self.text(value) if isinstance(value, str) else value

    def text(self, text: str) -> str:
        return self.forbidden.sub(symbol, text)

    def sentences(self) -> Iterator[str]:
        """One for each kind of replacement, with the count and the first record."""
        for problem, count in self.counts.items():
            yield f"{problem} (values: {count:,}; first: {self.first[problem]})."


def symbol(match: re.Match[str]) -> str:
    """The picture of a control character; for others the replacement character.

    >>> NOT_XML.sub(symbol, "a\\x00b\\x07c")
    'a␀b␇c'
    """
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
