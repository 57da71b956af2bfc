"""A page of a connection, compiled: its conditions, its order, its window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.compiler.bindings import Bindings
from service.compiler.cursors import cursor_owner
from service.compiler.filters import index_conditions, selection_conditions
from service.compiler.index_seeks import (
    has_index,
    index_hint,
    leading_constant,
    seek_conditions,
)
from service.compiler.nulls import refuse_nulls
from service.compiler.orders import OrderTerm, order_by, order_terms
from service.compiler.positions import after_position
from service.compiler.traversal import MatchedRecord, join_conditions
from service.compiler.windows import Page, PageWindow
from service.vocabulary.nodes import Record

FIRST_PAGE = PageWindow()


@dataclass(frozen=True)
class RecordSelection:
    """Which records of a connection, in which order, on which day, which page."""

    cls: type[Record]  # of the vocabulary
    filter: Mapping[str, Any] | None = None
    order: list[Mapping[str, Any]] | None = None
    day: date | None = None
    window: PageWindow = FIRST_PAGE

    def __post_init__(self) -> None:
        refuse_nulls("filter", self.filter or {})
        refuse_nulls("orderBy", self.order or [])

    @property
    def is_everything(self) -> bool:
        return not self.filter and self.day is None


@dataclass(frozen=True)
class CompiledPage(Page):
    """A page with the texts and parameters of its statement."""

    texts: dict[str, str]  # by the name of the placeholder in a .cypher file
    values: dict[str, Any]
    conditions: list[str]  # that its records meet, on any page

    @property
    def params(self) -> dict[str, Any]:
        return {"values": self.values, "limit": self.limit}


def compile_page(
    selection: RecordSelection,
    matched: MatchedRecord,
    max_page: int,
    *,
    indexed: str | None = None,
    keys: list[str] | None = None,
    bindings: Bindings | None = None,
    prefix: str = "o",
) -> CompiledPage:
    """`indexed`: the label or type whose index has the default order.

    `keys`: only records with these keys; `prefix`: the first letters of its variables.
    """
    window = selection.window
    size = window.size(max_page)
    bindings = bindings or Bindings(day=selection.day)
    conditions = page_conditions(selection, matched, bindings, keys)
    order = order_terms(selection.cls, selection.order, matched, bindings)
    owner = cursor_owner(selection.cls.__name__, order, selection.filter, selection.day)
    names = [f"{prefix}{number}" for number in range(len(order))]
    positions = window.positions(owner, order)
    hint, turn, filters = "", order_by(order, names, window.backward), conditions
    if indexed and has_index(selection.cls, indexed, order):
        # With a filter another index may be the better one: then no hint.
        hint = "" if conditions else index_hint(order, matched.variable, indexed)
        begin = positions[1 if window.backward else 0]
        first = order[0].in_direction(window.backward)
        seek = seek_conditions(order, first, begin, bindings, bool(hint))
        filters = conditions + [text for text in seek if text not in conditions]
        constant = leading_constant(selection.cls, selection.filter, matched.variable)
        if constant:
            turn = f"{constant}{' DESC' if first.descending else ''}, {turn}"
    texts = {
        "HINT": hint,
        "FILTER": join_conditions(filters),
        "TERMS": ", ".join(
            f"{term.expression} AS {name}"
            for term, name in zip(order, names, strict=True)
        ),
        "BEYOND": window_condition(order, positions, bindings, names),
        "NAMES": ", ".join(names),
        "TURN": turn,
    }
    return CompiledPage(window, size, owner, texts, bindings.values, conditions)


def page_conditions(
    selection: RecordSelection,
    matched: MatchedRecord,
    bindings: Bindings,
    keys: list[str] | None,
) -> list[str]:
    """What the records of a connection must meet, whichever page is read."""
    cls, filter = selection.cls, selection.filter
    conditions = selection_conditions(cls, filter, matched, bindings)
    if keys is not None:
        conditions.append(f"{matched.variable}.key IN {bindings.value(keys)}")
    return conditions + index_conditions(cls, filter, matched.variable)


def window_condition(
    order: list[OrderTerm],
    positions: tuple[list[Any] | None, list[Any] | None],
    bindings: Bindings,
    names: list[str],
) -> str:
    """Whether a record comes after `after` and before `before`."""
    return join_conditions(
        [
            after_position(order, position, bindings, names, backward)
            for position, backward in zip(positions, (False, True), strict=True)
            if position is not None
        ]
    )
