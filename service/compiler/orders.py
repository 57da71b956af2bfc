"""An orderBy list as ORDER BY terms and as the predicate "beyond this place".

The key is always the last term, so that an order is total; nothing after it counts.
Nulls stand last unless asked otherwise, in both directions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from service.compiler.bindings import Bindings, stored
from service.compiler.comparisons import compared
from service.compiler.expressions import expression, scalar
from service.compiler.filters import among
from service.compiler.measures import measure, type_of
from service.compiler.traversal import Seen
from service.errors import BadInput
from service.vocabulary import camel
from service.vocabulary.connections import CONNECTIONS, Around, end_types
from service.vocabulary.nodes import Record
from service.vocabulary.properties import properties_of
from service.vocabulary.ties import Tie

Given = Mapping[str, Any]
Place = Sequence[Any]  # a record's values of all terms
MOST_TERMS = 8
PLAIN = ("direction", "nulls", "bucket")  # say more of what an entry names


@dataclass(frozen=True)
class Term:
    """One term of an order."""

    name: str  # says what it is, the same for every way to ask for it
    expression: str
    type: type
    required: bool = False  # never null
    descending: bool = False
    nulls_first: bool = False
    computed: bool = False  # more than a property: worth naming before it is used

    def turned(self, backward: bool) -> Term:
        """The same term, read from the other end."""
        if not backward:
            return self
        descending, nulls_first = not self.descending, not self.nulls_first
        return replace(self, descending=descending, nulls_first=nulls_first)

    @property
    def words(self) -> tuple[str, bool, bool]:
        """What tells two orders apart."""
        return self.name, self.descending, self.nulls_first and not self.required


def terms(
    cls: type[Record], given: Sequence[Given] | None, seen: Seen, bindings: Bindings
) -> list[Term]:
    """The terms of an order; without one those of the default order.

    >>> from service.vocabulary.nodes import Team
    >>> asked = [{"field": "HEADCOUNT", "direction": "DESC"}]
    >>> order_by(terms(Team, asked, Seen("n"), Bindings()))
    'n.headcount IS NULL, n.headcount DESC, n.key'
    """
    if given and len(given) > MOST_TERMS:
        raise BadInput(f"orderBy: expected at most {MOST_TERMS}, got {len(given)}.")
    default = [{"field": properties_of(cls)[camel(cls.sort)].constant}]
    wanted = [*(given or default), {"field": "KEY"}]
    found: dict[str, Term] = {}
    for one in wanted:
        term = term_of(cls, one, seen, bindings)
        found.setdefault(term.name, term)
        if term.name == "key":
            break
    return list(found.values())


def term_of(cls: type[Record], given: Given, seen: Seen, bindings: Bindings) -> Term:
    name, value = only(given)
    if around := CONNECTIONS.get(cls.__name__, {}).get(name):
        term = around_term(name, around, value, seen, bindings)
    else:
        term = one_scalar(cls, given, seen)
    return replace(
        term,
        descending=stored(given.get("direction")) == "DESC",
        nulls_first=stored(given.get("nulls")) == "FIRST",
    )


def only(given: Given) -> tuple[str, Any]:
    """The one thing that an entry names, and what it says of it."""
    asked = {n: v for n, v in given.items() if v is not None and n not in PLAIN}
    if len(asked) != 1:
        names = " and ".join(asked) or "none"
        raise BadInput(f"Each entry of an order names one thing, not {names}.")
    return next(iter(asked.items()))


def one_scalar(cls: type[Record], given: Given, seen: Seen) -> Term:
    """A property of the record, or of what stands at an end of a tie."""
    name, value = only(given)
    if name == "field":
        return scalar_term(cls, "", seen.variable, stored(value))
    return end_term(cls, name, seen, stored(value))


def scalar_term(cls: type[Record], prefix: str, variable: str, constant: str) -> Term:
    attribute = scalar(cls, constant)
    text = expression(variable, attribute)
    return Term(prefix + attribute.name, text, attribute.type, attribute.is_required)


def end_term(cls: type[Record], name: str, seen: Seen, constant: str) -> Term:
    """A scalar of what stands at the end of a tie."""
    if not issubclass(cls, Tie) or name not in ("source", "target", "other"):
        raise BadInput(f"{cls.__name__} has no {name} to sort by.")
    source, target = end_types(cls)
    found, _ = seen.end(name)
    end = found if name != "other" or " " not in found else f"({found})"
    end_type = source if name == "source" else target
    return scalar_term(end_type, f"{name}.", end, constant)


def around_term(
    name: str, around: Around, given: Given, seen: Seen, bindings: Bindings
) -> Term:
    """A count or an aggregate of what hangs on the record."""
    how = (stored(given.get("measure")) or "COUNT").lower()
    constant = stored(given.get("field"))
    if (constant is None) != (how == "count"):
        raise BadInput(f"orderBy: {name}: COUNT takes no field, all else needs one.")
    label = f"{name}:{canonical(given)}"
    reach = among(around, given, seen.variable, bindings)
    if constant is None:
        text = reach.counted([]) if reach else "0"
        return Term(label, text, int, required=True, computed=True)
    attribute = scalar(around.record, constant)
    empty = "0" if how in ("sum", "distinct") else "null"
    text = (
        reach.measured(measure(how, reach.seen.variable, attribute)) if reach else empty
    )
    return Term(label, text, type_of(how, attribute), computed=True)


def canonical(given: Any) -> str:
    """One text for one input, however its fields stand."""

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {k: plain(v) for k, v in value.items() if v is not None}
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        return stored(value)

    return orjson.dumps(plain(given), option=orjson.OPT_SORT_KEYS).decode()


def order_by(
    order: Sequence[Term], names: Sequence[str] | None = None, backward: bool = False
) -> str:
    """The text after ORDER BY; `names` stand for expressions that are named before."""
    words = []
    turned = [term.turned(backward) for term in order]
    for term, name in zip(turned, names or expressions(order), strict=True):
        # Ascending, Neo4j puts nulls last by itself, descending first.
        if not term.required and term.nulls_first != term.descending:
            words.append(f"{name} IS NULL" + (" DESC" if term.nulls_first else ""))
        words.append(name + (" DESC" if term.descending else ""))
    return ", ".join(words)


def expressions(order: Sequence[Term]) -> list[str]:
    return [term.expression for term in order]


def beyond(
    order: Sequence[Term],
    place: Place,
    bindings: Bindings,
    names: Sequence[str] | None = None,
    backward: bool = False,
) -> str:
    """Whether a record stands after a place; `backward`: before it.

    CASE and not OR, which would be planned as a union with a scan and a sort of both.

    >>> from service.vocabulary.nodes import Team
    >>> order = terms(Team, None, Seen("n"), Bindings())
    >>> beyond(order, ["Assembly", "t1"], Bindings())
    'CASE WHEN n.name = $given.v1 THEN n.key > $given.v0 ELSE n.name > $given.v1 END'
    """
    text = "false"
    turned = [term.turned(backward) for term in order]
    every = zip(turned, names or expressions(order), place, strict=True)
    for term, name, value in reversed(list(every)):
        text = after(term, name, value, text, bindings)
    return text


def after(term: Term, name: str, value: Any, rest: str, bindings: Bindings) -> str:
    """Beyond in this term, or equal in it and beyond in the rest."""
    if value is None:
        return f"CASE WHEN {name} IS NULL THEN {rest} ELSE {flag(term.nulls_first)} END"
    sign = "<" if term.descending else ">"
    reference = bindings.value(value)
    later = compared(name, sign, value, bindings, reference)
    if rest == "false" and term.required:
        return later
    same = f"WHEN {name} = {reference} THEN {rest}"
    if not term.required:
        same += f" WHEN {name} IS NULL THEN {flag(not term.nulls_first)}"
    return f"CASE {same} ELSE {later} END"


def flag(value: bool) -> str:
    return "true" if value else "false"
