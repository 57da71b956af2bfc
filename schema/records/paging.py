"""One page of an order: the words of its statement, its cursors, its edges."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from schema.records.connection import Connection, Edge, PageInfo
from schema.records.connection_fields import Wanted
from service.compiler.bindings import Bindings
from service.compiler.comparisons import turns
from service.compiler.cursors import cursor, made_for, parsed
from service.compiler.filters import seeable, seekable
from service.compiler.orders import Term, beyond, order_by, terms
from service.compiler.traversal import Seen, joined
from service.errors import BadInput
from service.vocabulary.nodes import Member, Record

LEAST, MOST = "", "\U0010ffff"
Found = tuple[Any, list[Any]]  # a record, and its place in the order


@dataclass(frozen=True)
class Page:
    """What a statement needs, and what its rows become."""

    wanted: Wanted
    size: int
    made: str
    words: dict[str, str]
    given: dict[str, Any]
    conditions: list[str]  # what its records are, on any page

    @property
    def params(self) -> dict[str, Any]:
        # One more tells whether there is a next page.
        return {"given": self.given, "limit": self.size + 1}

    @property
    def backward(self) -> bool:
        return self.wanted.window.backward

    @property
    def bounded(self) -> bool:
        return self.wanted.window.bounded

    def cursor(self, place: list[Any]) -> str:
        return cursor(self.made, place)

    def connection(
        self, found: list[Found], count: Callable[[], Awaitable[int]]
    ) -> Connection[Any]:
        window = self.wanted.window
        more = len(found) > self.size
        kept = found[: self.size][:: -1 if window.backward else 1]
        edges = [Edge(node=record, cursor=self.cursor(place)) for record, place in kept]
        info = PageInfo(
            has_next_page=window.bounded if window.backward else more,
            has_previous_page=more if window.backward else window.bounded,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        )
        return Connection(edges=edges, page_info=info, count=count)


def page(
    wanted: Wanted,
    seen: Seen,
    max_page: int,
    *,
    indexed: str | None = None,
    among: list[str] | None = None,
    bindings: Bindings | None = None,
    prefix: str = "o",
) -> Page:
    """`indexed`: the label or type whose index has the default order.

    `among`: the records are some of these keys; `prefix`: how its variables begin.
    """
    size = wanted.window.size(max_page)
    bindings = bindings or Bindings(day=wanted.day)
    conditions = seeable(wanted.cls, wanted.filter, seen, bindings)
    if among is not None:
        conditions.append(f"{seen.variable}.key IN {bindings.value(among)}")
    conditions += seekable(wanted.cls, wanted.filter, seen.variable)
    asked = list(conditions)
    order = terms(wanted.cls, wanted.order, seen, bindings)
    made = made_for(wanted.cls.__name__, order, wanted.filter, wanted.day)
    names = [f"{prefix}{number}" for number in range(len(order))]
    places = placed(wanted, made, order)
    hint, turn = "", order_by(order, names, wanted.window.backward)
    if indexed and seeks(wanted.cls, indexed, order):
        # With a filter another index may be the better one: then no hint.
        hint = "" if conditions else hinted(order, seen.variable, indexed)
        begun = seek(order, places, wanted, bindings, bool(hint))
        conditions += [condition for condition in begun if condition not in conditions]
        down = order[0].turned(wanted.window.backward).descending
        turn = constant(wanted, seen.variable, down) + turn
    window = [
        beyond(order, place, bindings, names, backward)
        for place, backward in places
        if place is not None
    ]
    words = {
        "HINT": hint,
        "FILTER": joined(conditions),
        "TERMS": ", ".join(
            f"{term.expression} AS {name}"
            for term, name in zip(order, names, strict=True)
        ),
        "BEYOND": joined(window),
        "NAMES": ", ".join(names),
        "TURN": turn,
    }
    return Page(wanted, size, made, words, bindings.values, asked)


def constant(wanted: Wanted, variable: str, descending: bool) -> str:
    """What is one value on the page, said first: the order is then its index's own."""
    given = wanted.filter or {}
    for name in wanted.cls.filtered:
        if (given.get(name) or {}).get("eq") is not None:
            return f"{variable}.{name}{' DESC' if descending else ''}, "
    return ""


def placed(
    wanted: Wanted, made: str, order: list[Term]
) -> list[tuple[list[Any] | None, bool]]:
    """The places of `after` and `before`, each with whether it is looked back from."""
    found: list[tuple[list[Any] | None, bool]] = []
    for name, backward in (("after", False), ("before", True)):
        text = getattr(wanted.window, name)
        try:
            place = None if text is None else parsed(text, made, order)
        except BadInput as error:
            raise BadInput(f"{name}: {error}") from error
        found.append((place, backward))
    return found


def seeks(cls: type[Record], indexed: str, order: list[Term]) -> bool:
    """Whether an index of that label or type has this order: (name, key) or (key)."""
    names = [term.name for term in order]
    alike = len({term.descending for term in order}) == 1
    if issubclass(cls, Member):
        return alike and (names == ["name", "key"] or (names, indexed) == KEYED)
    return names == ["key"]


KEYED = (["key"], "Member")


def hinted(order: list[Term], variable: str, indexed: str) -> str:
    columns = ", ".join(term.name for term in order)
    return f"USING INDEX SEEK {variable}:{indexed}({columns})"


def seek(
    order: list[Term],
    places: list[tuple[list[Any] | None, bool]],
    wanted: Wanted,
    bindings: Bindings,
    hinted: bool,
) -> list[str]:
    """Conditions that make the order a seek of its index from the page's begin on."""
    first = order[0].turned(wanted.window.backward)
    [(after, _), (before, _)] = places
    begin = before if wanted.window.backward else after
    start = MOST if first.descending else LEAST
    value = begin[0] if begin else start
    there = [f"{term.expression} IS NOT NULL" for term in order]
    if not hinted and turns(value):  # only an index compares these by code point
        return there
    sign = "<=" if first.descending else ">="
    return [f"{first.expression} {sign} {bindings.value(value)}", *there[1:]]
