"""Conditions and hints that let Neo4j read a page from an index in its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.compiler.bindings import Bindings
from service.compiler.comparisons import misordered_ranges
from service.compiler.orders import OrderTerm
from service.vocabulary.nodes import Member, Record

SMALLEST, LARGEST = "", "\U0010ffff"
KEY_INDEX = (["key"], "Member")


def has_index(cls: type[Record], indexed: str, order: list[OrderTerm]) -> bool:
    """Whether an index of that label or type has this order: (name, key) or (key)."""
    names = [term.name for term in order]
    one_direction = len({term.descending for term in order}) == 1
    if issubclass(cls, Member):
        by_key = (names, indexed) == KEY_INDEX
        return one_direction and (names == ["name", "key"] or by_key)
    return names == ["key"]


def index_hint(order: list[OrderTerm], variable: str, indexed: str) -> str:
    columns = ", ".join(term.name for term in order)
    return f"USING INDEX SEEK {variable}:{indexed}({columns})"


def leading_constant(
    cls: type[Record], filter: Mapping[str, Any] | None, variable: str
) -> str:
    """A property with one value on the whole page, or "".

    The index has it as its first column: with it in front, the order of the page is
    the order of the index.
    """
    for name in cls.filtered:
        if ((filter or {}).get(name) or {}).get("eq") is not None:
            return f"{variable}.{name}"
    return ""


def seek_conditions(
    order: list[OrderTerm],
    first: OrderTerm,
    begin: Sequence[Any] | None,
    bindings: Bindings,
    has_hint: bool,
) -> list[str]:
    """Conditions that make the order an index seek from the start of the page."""
    value = begin[0] if begin else LARGEST if first.descending else SMALLEST
    present = [f"{term.expression} IS NOT NULL" for term in order]
    # Only an index compares these strings by code point.
    if not has_hint and misordered_ranges(value):
        return present
    operator = "<=" if first.descending else ">="
    return [f"{first.expression} {operator} {bindings.value(value)}", *present[1:]]
