"""The scalars and lists of each record type, told from its dataclass: for reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from service.vocabulary import camel
from service.vocabulary.enums import MemberKind
from service.vocabulary.nodes import Member, Record

Scalar = type[Any]  # str, int, float, bool, date, datetime or an Enum


@dataclass(frozen=True)
class Attribute:
    """One stored property: what it is called, what it holds, what stands for none."""

    name: str  # as in GraphQL and in the graph: camelCase
    type: Scalar
    listed: bool = False
    required: bool = False  # never missing: it is stored, or has a default
    default: Any = None
    money: bool = False  # an amount in the record's currency

    @property
    def constant(self) -> str:
        """Its name among the values of an enum.

        >>> Attribute("exchangeKind", str).constant
        'EXCHANGE_KIND'
        """
        return "".join(f"_{c}" if c.isupper() else c.upper() for c in self.name)


KNOWN: dict[type, Mapping[str, Attribute]] = {}


def attributes(cls: type[Record]) -> Mapping[str, Attribute]:
    """All attributes of a record type, by name; a member of any kind has its kind."""
    if cls not in KNOWN:
        KNOWN[cls] = told_by(cls)
    return KNOWN[cls]


def told_by(cls: type[Record]) -> Mapping[str, Attribute]:
    hints = get_type_hints(cls)
    found = [attribute(f, hints[f.name]) for f in fields(cls)]
    if cls is Member:
        found.append(Attribute("kind", MemberKind, required=True))
    return {one.name: one for one in found}


def attribute(field: Any, hint: Any) -> Attribute:
    default = None if field.default is MISSING else field.default
    optional = isinstance(hint, UnionType)
    inner = get_args(hint)[0] if optional or get_origin(hint) is list else hint
    return Attribute(
        name=camel(field.name),
        type=inner,
        listed=get_origin(hint) is list,
        required=not optional,
        default=default.value if isinstance(default, Enum) else default,
        money="money" in field.metadata,
    )


def scalars(cls: type[Record]) -> list[Attribute]:
    """What records may be put in order by."""
    return [one for one in attributes(cls).values() if not one.listed]
