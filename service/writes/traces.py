"""The texts that tell who a person was, and what stands in their place."""

from __future__ import annotations

import re
import secrets
from typing import Any

import orjson

from service.change_log.entries import text
from service.vocabulary import RECORD_TYPES
from service.vocabulary.properties import properties_of
from service.writes.existing import Image

NAME = "Erased person"


class Traces:
    """Of one person, by its key and its name."""

    def __init__(self, key: str, name: str) -> None:
        self.key, self.name = key, name
        self.new: dict[str, str] = {key: unnamed()}
        quoted = re.escape(text(name)[1:-1])
        self._pattern = re.compile(rf'"{re.escape(text(key)[1:-1])}"|\b{quoted}\b')
        self._name = re.compile(rf"\b{re.escape(name)}\b")

    @property
    def texts(self) -> list[str]:
        return [text(self.key), text(self.name)[1:-1]]

    def instead_of(self, key: str) -> str:
        return self.new.setdefault(key, unnamed())

    def key_of(self, key: str) -> str:
        """What a record is called now: most as ever."""
        return self.new.get(key, key)

    def named_in(self, value: Any) -> bool:
        return bool(self._pattern.search(text(value)))

    def unnamed(self, kind: str, properties: Image) -> Image:
        """The texts of another record that have the name, without it.

        What is called by one word alone may share it with many: names and titles of
        others keep it, and a person's name is that person's in any case.
        """
        own = {"name", "title"} if kind == "Person" or " " not in self.name else set()
        texts = {
            name: properties[name]
            for name in sorted(free(kind) - own)
            if isinstance(properties.get(name), str)
        }
        without = {name: self._name.sub(NAME, text) for name, text in texts.items()}
        return {name: text for name, text in without.items() if text != texts[name]}

    def redacted(self, keys: list[str], records: str) -> tuple[list[str], str]:
        """A pack of the log without what mentions the person."""
        found_keys, found = [], []
        for key, (ends, before, after) in zip(keys, orjson.loads(records), strict=True):
            known = key in self.new or self.key in (ends or ())
            named = known or self.named_in([before, after])
            ends = ends and [self.key_of(end) for end in ends]
            found_keys.append(self.instead_of(key) if known else key)
            found.append([ends, None, None] if named else [ends, before, after])
        return found_keys, text(found)


def unnamed() -> str:
    return f"erased-{secrets.token_hex(8)}"


def plain(kind: str, properties: Image) -> Image:
    """What tells nothing of a person: no text but codes and closed lists of values."""
    told = free(kind)
    return {name: value for name, value in properties.items() if name not in told}


def free(kind: str) -> set[str]:
    """The properties in which anything may be written."""
    properties = properties_of(RECORD_TYPES[kind]).values()
    names = {one.name for one in properties if one.type is str}
    return names - {"key", "currency"}
