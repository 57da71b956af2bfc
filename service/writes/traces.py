"""The texts that identify a person, and their replacements."""

from __future__ import annotations

import re
import secrets
from typing import Any

import orjson

from service.change_log.entries import text
from service.vocabulary import RECORD_TYPES
from service.vocabulary.attributes import is_attribute
from service.vocabulary.properties import properties_of
from service.writes.existing import Image

NAME = "Erased person"


class PersonTraces:
    """The traces of one person: its key, its name and the keys that contain them."""

    def __init__(self, key: str, name: str) -> None:
        self.key, self.name = key, name
        self.new_keys: dict[str, str] = {key: new_key()}
        quoted = re.escape(text(name)[1:-1])
        self._pattern = re.compile(rf'"{re.escape(text(key)[1:-1])}"|\b{quoted}\b')
        self._name = re.compile(rf"\b{re.escape(name)}\b")

    @property
    def texts(self) -> list[str]:
        return [text(self.key), text(self.name)[1:-1]]

    def replacement_key(self, key: str) -> str:
        return self.new_keys.setdefault(key, new_key())

    def key_of(self, key: str) -> str:
        """The present key of a record: its replacement if it has one."""
        return self.new_keys.get(key, key)

    def mentions_person(self, value: Any) -> bool:
        return bool(self._pattern.search(text(value)))

    def texts_without_name(self, kind: str, properties: Image) -> Image:
        """The changed texts of another record: those with the name, without it.

        A name of one word may belong to many: names and titles of other records keep
        it. The name of another person is never changed.
        """
        names_of_others = (
            {"name", "title"} if kind == "Person" or " " not in self.name else set()
        )
        names = free_text_properties(kind) - names_of_others
        names.update(filter(is_attribute, properties))
        texts = {
            name: properties[name]
            for name in sorted(names)
            if isinstance(properties.get(name), str)
        }
        new_texts = {name: self._name.sub(NAME, text) for name, text in texts.items()}
        return {name: text for name, text in new_texts.items() if text != texts[name]}

    def redact(self, keys: list[str], records: str) -> tuple[list[str], str]:
        """The keys and records of a log node without changes that name the person."""
        new_keys, redacted = [], []
        for key, (ends, before, after) in zip(keys, orjson.loads(records), strict=True):
            is_own = key in self.new_keys or self.key in (ends or ())
            is_personal = is_own or self.mentions_person([before, after])
            ends = ends and [self.key_of(end) for end in ends]
            new_keys.append(self.replacement_key(key) if is_own else key)
            redacted.append(
                [ends, None, None] if is_personal else [ends, before, after]
            )
        return new_keys, text(redacted)


def new_key() -> str:
    return f"erased-{secrets.token_hex(8)}"


def without_free_text(kind: str, properties: Image) -> Image:
    """The properties that do not identify a person.

    Free text is left out, and so are all attributes, whose meaning nobody knows.
    """
    hidden = free_text_properties(kind)
    return {
        name: value
        for name, value in properties.items()
        if name not in hidden and not is_attribute(name)
    }


def free_text_properties(kind: str) -> set[str]:
    """The properties that may have any text."""
    properties = properties_of(RECORD_TYPES[kind]).values()
    names = {attribute.name for attribute in properties if attribute.type is str}
    return names - {"key", "currency"}
