"""Compiles a position in an order to the condition that a record comes after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from service.compiler.bindings import Bindings
from service.compiler.comparisons import comparison
from service.compiler.orders import OrderTerm, expressions


def after_position(
    order: Sequence[OrderTerm],
    position: Sequence[Any],
    bindings: Bindings,
    names: Sequence[str] | None = None,
    backward: bool = False,
) -> str:
    """Whether a record comes after a position; `backward`: before it.

    CASE and not OR, which would be planned as a union with a scan and a sort of both.

    >>> from service.compiler.orders import order_terms
    >>> from service.compiler.traversal import MatchedRecord
    >>> from service.vocabulary.nodes import Team
    >>> order = order_terms(Team, None, MatchedRecord("n"), Bindings())
    >>> after_position(order, ["Assembly", "t1"], Bindings())
    'CASE WHEN n.name = $values.v1 THEN n.key > $values.v0 ELSE n.name > $values.v1 END'
    """
    text = "false"
    terms = [term.in_direction(backward) for term in order]
    triples = zip(terms, names or expressions(order), position, strict=True)
    for term, name, value in reversed(list(triples)):
        text = after_value(term, name, value, text, bindings)
    return text


def after_value(
    term: OrderTerm, name: str, value: Any, rest: str, bindings: Bindings
) -> str:
    """After the value in this term, or equal to it and after it in the rest."""
    if value is None:
        after = boolean(term.nulls_first)
        return f"CASE WHEN {name} IS NULL THEN {rest} ELSE {after} END"
    operator = "<" if term.descending else ">"
    reference = bindings.value(value)
    later = comparison(name, operator, value, bindings, reference)
    if rest == "false" and term.required:
        return later
    same = f"WHEN {name} = {reference} THEN {rest}"
    if not term.required:
        same += f" WHEN {name} IS NULL THEN {boolean(not term.nulls_first)}"
    return f"CASE {same} ELSE {later} END"


def boolean(value: bool) -> str:
    return "true" if value else "false"
