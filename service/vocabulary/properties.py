"""One model of a property of a record: its type, bounds, text form, unit and meaning.

It is read from the dataclass of the record type. Reads, writes, files and the SDL all
use it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from service.vocabulary import camel, snake
from service.vocabulary.enums import MemberKind
from service.vocabulary.nodes import Member, Record

Scalar = type[Any]  # str, int, float, bool, date, datetime or an Enum
# The most characters of a text in an index: an index entry takes 8 kB at most, and an
# index has up to three texts.
MAX_INDEXED = 650


CACHE: dict[type, Mapping[str, Property]] = {}


@dataclass(frozen=True)
class Property:
    """One property of a record type."""

    name: str  # in GraphQL and in the graph: camelCase
    type: Scalar  # of one item where it is a list
    is_list: bool = False
    is_required: bool = False  # never missing: it is stored, or has a default
    default: Any = None
    is_money: bool = False  # an amount in the record's currency
    description: str | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    text_form: str | None = None  # country, month, url or weight; else lines

    @property
    def column(self) -> str:
        """Its name in files and in Python: snake_case."""
        return snake(self.name)

    @property
    def constant(self) -> str:
        """Its name among the values of an enum.

        >>> Property("exchangeKind", str).constant
        'EXCHANGE_KIND'
        """
        return self.column.upper()


def properties_of(cls: type[Record]) -> Mapping[str, Property]:
    """All properties of a record type by name; a member of any kind has its kind."""
    if cls not in CACHE:
        CACHE[cls] = {
            attribute.name: attribute for attribute in declared_properties(cls)
        }
    return CACHE[cls]


def declared_properties(cls: type[Record]) -> Iterator[Property]:
    hints = get_type_hints(cls)
    indexed = {*cls.filtered, "key"} | ({cls.sort} if cls.sort_type is str else set())
    for field in fields(cls):
        yield property_of(field, hints[field.name], field.name in indexed)
    if cls is Member:
        text = "Whether the member is an organisation, a team or a person."
        yield Property("kind", MemberKind, is_required=True, description=text)


def property_of(field: Any, hint: Any, is_indexed: bool) -> Property:
    default = None if field.default is MISSING else field.default
    is_optional = isinstance(hint, UnionType)
    is_list = get_origin(hint) is list
    return Property(
        name=camel(field.name),
        type=get_args(hint)[0] if is_optional or is_list else hint,
        is_list=is_list,
        is_required=not is_optional,
        default=default.value if isinstance(default, Enum) else default,
        max_length=MAX_INDEXED if is_indexed else None,
        **field.metadata,
    )


def scalars(cls: type[Record]) -> list[Property]:
    """The properties by which records can be ordered."""
    return [
        attribute for attribute in properties_of(cls).values() if not attribute.is_list
    ]
