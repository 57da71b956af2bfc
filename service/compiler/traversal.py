"""What hangs on a record, as a Cypher pattern, and what can be asked of all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.compiler.bindings import Bindings
from service.compiler.expressions import named
from service.compiler.measures import COUNTED, measure
from service.compiler.operators import operated
from service.errors import BadInput
from service.vocabulary.connections import Around
from service.vocabulary.enums import Direction


@dataclass(frozen=True)
class Seen:
    """A record by its variable; of a tie also its ends, where the pattern names them.

    `anchor` is the record that a connection hangs on: it tells which end is `other`.
    """

    variable: str
    source: str | None = None
    target: str | None = None
    anchor: str | None = None
    other: str | None = None

    def end(self, name: str) -> tuple[str, bool]:
        """The expression of an end, and whether it is a variable of the pattern."""
        if known := getattr(self, name):
            return known, True
        ends = {
            "source": f"startNode({self.variable})",
            "target": f"endNode({self.variable})",
        }
        if name in ends:
            return ends[name], False
        if self.anchor is None:
            raise BadInput("other: only a tie that hangs on a record has another end.")
        start, stop = ends.values()
        return f"CASE {start} WHEN {self.anchor} THEN {stop} ELSE {start} END", False


@dataclass(frozen=True)
class Reach:
    """The pattern from a record to what hangs on it; `inner`: what that must be."""

    around: Around
    pattern: str
    seen: Seen
    inner: list[str] = field(default_factory=list)

    def match(self, more: list[str]) -> str:
        inner = self.inner + more
        where = f" WHERE {joined(inner)}" if inner else ""
        return f"MATCH {self.pattern}{where}"

    def exists(self, more: list[str]) -> str:
        return f"EXISTS {{ {self.match(more)} }}"

    def counted(self, more: list[str]) -> str:
        # A record may link to one and the same member twice.
        once = f" RETURN DISTINCT {self.seen.variable}" if self.around.node else ""
        return f"COUNT {{ {self.match(more)}{once} }}"

    def measured(self, expression: str) -> str:
        """The value of an aggregate over all of it."""
        once = f" WITH DISTINCT {self.seen.variable}" if self.around.node else ""
        return f"COLLECT {{ {self.match([])}{once} RETURN {expression} AS x }}[0]"

    def aggregated(self, given: Mapping[str, Any], bindings: Bindings) -> list[str]:
        """`{amount: {sum: {gt: 5}}}`: each aggregate is taken once, then compared."""
        found = []
        for attribute_name, name, operators in measures(given):
            attribute = named(self.around.record, attribute_name)
            value = self.measured(measure(name, self.seen.variable, attribute))
            whole = bindings.variable()
            inner = joined(operated(whole, operators, bindings))
            found.append(f"any({whole} IN [{value}] WHERE {inner})")
        return found


def measures(given: Mapping[str, Any]) -> list[tuple[str, str, Mapping[str, Any]]]:
    return [
        (attribute, name, operators)
        for attribute, several in given.items()
        for name, operators in (several or {}).items()
        if operators is not None
    ]


def joined(found: list[str], word: str = "AND") -> str:
    """Conditions as one; of none, what leaves all others as they are."""
    if not found:
        return "true" if word == "AND" else "false"
    return found[0] if len(found) == 1 else "(" + f" {word} ".join(found) + ")"


def reached(
    around: Around,
    direction: str | Direction | None,
    anchor: str,
    bindings: Bindings,
    names: tuple[str, str] | None = None,
) -> Reach | None:
    """The pattern from an anchor; None where nothing can run the way asked for.

    `names` are those of what is found and of the other end, which are one for nodes.

    >>> from service.vocabulary.connections import OF_MEMBERS
    >>> reached(OF_MEMBERS["investments"], "IN", "n", Bindings()).pattern
    '(n)<-[x1:INVESTED_IN]-(x2)'
    """
    way = around.way(Direction(direction) if direction else None)
    types = "|".join(around.types(way))
    found, end = names or (bindings.variable(), "")
    end = found if around.node else end or bindings.variable()
    left = f"({anchor})" + ("<-[" if way is Direction.IN else "-[")
    right = ("]->(" if way is Direction.OUT else "]-(") + end
    middle = f":{types}" if around.node else f"{found}:{types}"
    label = f":{around.node})" if around.node else ")"
    pattern = f"{left}{middle}{right}{label}"
    return (
        Reach(around, pattern, seen(around, way, found, anchor, end)) if types else None
    )


def seen(around: Around, way: Direction, found: str, anchor: str, end: str) -> Seen:
    if around.node:
        return Seen(found)
    if way is Direction.BOTH:
        return Seen(found, anchor=anchor, other=end)
    source, target = (end, anchor) if way is Direction.IN else (anchor, end)
    return Seen(found, source, target, anchor, end)


def of_nothing(name: str, given: Any, bindings: Bindings) -> list[str]:
    """What is asked of all that hangs on a record, where nothing can."""
    if name == "count":
        return operated("0", given, bindings)
    if name != "aggregate":
        return ["true" if name in ("all", "none") else "false"]
    return [
        condition
        for _, measure_name, operators in measures(given)
        for condition in operated(
            "0" if measure_name in (*COUNTED, "sum") else "null", operators, bindings
        )
    ]
