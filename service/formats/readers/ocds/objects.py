"""Access to the values of a release, whatever type a publisher gives them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from service.vocabulary.attributes import PREFIX, cell_of
from service.vocabulary.properties import MAX_INDEXED
from service.vocabulary.texts import FORBIDDEN

KEY_BEGINNING = 200  # characters of a key that is too long

JsonObject = dict[str, Any]


def object_in(parent: JsonObject, name: str) -> JsonObject:
    """The object of that name; an empty one if there is none."""
    value = parent.get(name)
    return value if isinstance(value, dict) else {}


def objects_in(parent: JsonObject, name: str) -> list[JsonObject]:
    """The objects of a list; an object in its stead is a list of one."""
    value = parent.get(name)
    if isinstance(value, dict):
        return [value] if value else []
    return [i for i in value if isinstance(i, dict)] if isinstance(value, list) else []


def texts_in(parent: JsonObject, name: str) -> list[str]:
    value = parent.get(name)
    items = value if isinstance(value, list) else [value]
    return [str(i) for i in items if isinstance(i, str | int | float) and str(i)]


def id_in(parent: JsonObject, name: str = "id") -> str | None:
    """An id as a text of one line: publishers write numbers as well.

    >>> id_in({"id": 8}), id_in({"id": ""}), id_in({"id": "a" + chr(0)})
    ('8', None, 'a')
    """
    value = parent.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)
    if not text.isprintable():
        text = FORBIDDEN.sub(" ", text)
    return text.strip() or None


def short_key(text: str) -> str:
    """A key of any text: the end of a long one is replaced by its fingerprint.

    >>> short_key("ocds-1-award-1"), len(short_key("x" * 1_000))
    ('ocds-1-award-1', 217)
    """
    if len(text) <= MAX_INDEXED:
        return text
    return f"{text[:KEY_BEGINNING]}-{sha256(text.encode()).hexdigest()[:16]}"


def attribute_columns(values: JsonObject) -> JsonObject:
    """The columns of extra attributes; a text of JSON is one, whatever it looks like.

    >>> attribute_columns({"tenderId": "8", "tenderers": 3})
    {'x:tenderId': "'8", 'x:tenderers': 3}
    """
    return {
        f"{PREFIX}{name}": cell_of(value) if isinstance(value, str) else value
        for name, value in values.items()
    }


def register_id(organisation: JsonObject) -> str | None:
    """The identifier of a register with its scheme, as SCHEME:ID."""
    return next(register_ids(object_in(organisation, "identifier")), None)


def register_ids(*identifiers: JsonObject) -> Iterator[str]:
    for identifier in identifiers:
        scheme, number = id_in(identifier, "scheme"), id_in(identifier)
        if scheme and number:
            yield f"{scheme}:{number}"
