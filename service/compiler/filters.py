"""A filter of records as a Cypher predicate: two-valued, parameters only.

A missing value makes an operator null, which AND, OR and WHERE take for false; so
only `not` has to say so: `NOT coalesce(…, false)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from service.compiler.bindings import MOST_NESTING, MOST_REACH, Bindings
from service.compiler.expressions import active, expression, named
from service.compiler.operators import operated, operated_list
from service.compiler.traversal import Reach, Seen, joined, of_nothing, reached
from service.errors import BadInput
from service.vocabulary.connections import CONNECTIONS, RECORDS, Around, end_types
from service.vocabulary.nodes import Link, Record
from service.vocabulary.ties import Tie

Given = Mapping[str, Any]
QUANTITIES = ("some", "all", "none", "single", "count", "aggregate")


def predicate(
    cls: type[Record], given: Given | None, seen: Seen, bindings: Bindings
) -> str:
    """The condition for a record to pass; `true` where nothing is asked.

    `given` is a filter input as a plain dict of camelCase names; null is absent.

    >>> from service.vocabulary.nodes import Team
    >>> bindings = Bindings()
    >>> predicate(Team, {"headcount": {"gt": 5}}, Seen("n"), bindings)
    'n.headcount > $given.v0'
    >>> predicate(Team, {"not": {"country": {"eq": "SE"}}}, Seen("n"), bindings)
    'NOT coalesce(n.country = $given.v1, false)'
    """
    return joined(conditions(cls, given or {}, seen, bindings))


def seeable(
    cls: type[Record], given: Given | None, seen: Seen, bindings: Bindings
) -> list[str]:
    """What a connection's records must be: active on its day, and pass its filter."""
    return active(cls, seen.variable, bindings) + conditions(
        cls, given or {}, seen, bindings
    )


def seekable(cls: type[Record], given: Given | None, variable: str) -> list[str]:
    """What must be said for the index of a filtered value to be used.

    It holds name and key too, which every member has.
    """
    if not any(name in (given or {}) for name in cls.filtered):
        return []
    return [f"{variable}.name IS NOT NULL", f"{variable}.key IS NOT NULL"]


def conditions(
    cls: type[Record], given: Given, seen: Seen, bindings: Bindings
) -> list[str]:
    bindings.nesting += 1
    if bindings.nesting > MOST_NESTING:
        raise BadInput(f"filter: nested more than {MOST_NESTING} deep.")
    found = []
    for name, value in given.items():
        if value is not None:
            found += condition(cls, name, value, seen, bindings)
    bindings.nesting -= 1
    return found


def condition(
    cls: type[Record], name: str, value: Any, seen: Seen, bindings: Bindings
) -> list[str]:
    if name in ("and", "or"):
        parts = [predicate(cls, part, seen, bindings) for part in value]
        return [joined(parts, name.upper())]
    if name == "not":
        return [f"NOT coalesce({predicate(cls, value, seen, bindings)}, false)"]
    if around := CONNECTIONS.get(cls.__name__, {}).get(name):
        return quantified(around, value, seen.variable, bindings)
    if link := next((one for one in cls.links if one.name == name), None):
        return [linked(link, value, seen.variable, bindings)]
    if issubclass(cls, Tie) and name in ("source", "target", "other"):
        return [at_end(cls, name, value, seen, bindings)]
    attribute = named(cls, name)
    if attribute.is_list:
        return operated_list(seen.variable, attribute, value, bindings)
    return operated(expression(seen.variable, attribute), value, bindings)


def linked(link: Link, value: Given, variable: str, bindings: Bindings) -> str:
    """There is an end of this link, and it passes."""
    bindings.condition()
    end, cls = bindings.variable(), RECORDS[link.label]
    left, right = ("-[", "]->") if link.outgoing else ("<-[", "]-")
    inner = seeable(cls, value, Seen(end), bindings)
    pattern = f"({variable}){left}:{link.type}{right}({end}:{link.label})"
    where = f" WHERE {joined(inner)}" if inner else ""
    return f"EXISTS {{ MATCH {pattern}{where} }}"


def at_end(
    cls: type[Tie], name: str, value: Given, seen: Seen, bindings: Bindings
) -> str:
    """The end of a tie passes."""
    bindings.condition()
    source, target = end_types(cls)
    end_type = source if name == "source" else target
    found, bound = seen.end(name)
    if bound:
        return joined(seeable(end_type, value, Seen(found), bindings))
    variable = bindings.variable()
    inner = joined(seeable(end_type, value, Seen(variable), bindings))
    return f"any({variable} IN [{found}] WHERE {inner})"


def among(
    around: Around, given: Given, anchor: str, bindings: Bindings
) -> Reach | None:
    """What hangs on a record the way that is asked for, and passes `among`."""
    reach = reached(around, given.get("direction"), anchor, bindings)
    if reach is None:
        return None
    inner = seeable(around.record, given.get("among"), reach.seen, bindings)
    return replace(reach, inner=inner)


def quantified(
    around: Around, given: Given, anchor: str, bindings: Bindings
) -> list[str]:
    """A condition for each of some, all, none, single, count and aggregate."""
    bindings.condition()
    bindings.reach += 1
    if bindings.reach > MOST_REACH:
        raise BadInput(f"filter: more than {MOST_REACH} connections deep.")
    found = []
    for name in QUANTITIES:
        if given.get(name) is not None:
            reach = among(around, given, anchor, bindings)
            found += quantity(reach, name, given[name], bindings)
    bindings.reach -= 1
    return found


def quantity(
    reach: Reach | None, name: str, value: Given, bindings: Bindings
) -> list[str]:
    if reach is None:
        return of_nothing(name, value, bindings)
    if name == "count":
        return operated(reach.counted([]), value, bindings)
    if name == "aggregate":
        return reach.aggregated(value, bindings)
    inner = conditions(reach.around.record, value, reach.seen, bindings)
    if name == "single":
        return [f"{reach.counted(inner)} = 1"]
    if name == "all":
        inner = [f"NOT coalesce({joined(inner)}, false)"]
    found = reach.exists(inner)
    return [found if name == "some" else f"NOT {found}"]
