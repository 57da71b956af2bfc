"""The Cypher pattern from a record to its related records, and tests of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.compiler.bindings import Bindings
from service.compiler.expressions import property_named
from service.compiler.measures import COUNTS, measure
from service.compiler.operators import operator_conditions
from service.errors import BadInput
from service.vocabulary.connections import RelationDefinition
from service.vocabulary.enums import Direction


@dataclass(frozen=True)
class MatchedRecord:
    """A record by its variable; of a tie also its ends, where the pattern names them.

    `anchor` is the record whose connection this is: with it, one end is the `other`.
    """

    variable: str
    source: str | None = None
    target: str | None = None
    anchor: str | None = None
    other: str | None = None

    def end(self, name: str) -> tuple[str, bool]:
        """The expression of an end, and whether it is a variable of the pattern."""
        if variable := getattr(self, name):
            return variable, True
        ends = {
            "source": f"startNode({self.variable})",
            "target": f"endNode({self.variable})",
        }
        if name in ends:
            return ends[name], False
        if self.anchor is None:
            raise BadInput("other: only a tie within a record has an other end.")
        start, stop = ends.values()
        return f"CASE {start} WHEN {self.anchor} THEN {stop} ELSE {start} END", False


@dataclass(frozen=True)
class Traversal:
    """The pattern from a record to related records, and the conditions they meet."""

    relation: RelationDefinition
    pattern: str
    matched: MatchedRecord
    conditions: list[str] = field(default_factory=list)

    def match(self, more: list[str]) -> str:
        conditions = self.conditions + more
        where = f" WHERE {join_conditions(conditions)}" if conditions else ""
        return f"MATCH {self.pattern}{where}"

    def exists(self, more: list[str]) -> str:
        return f"EXISTS {{ {self.match(more)} }}"

    def count(self, more: list[str]) -> str:
        # A record may link to one and the same member twice.
        once = f" RETURN DISTINCT {self.matched.variable}" if self.relation.node else ""
        return f"COUNT {{ {self.match(more)}{once} }}"

    def aggregate(self, expression: str) -> str:
        """The value of an aggregate expression over all related records."""
        once = f" WITH DISTINCT {self.matched.variable}" if self.relation.node else ""
        return f"COLLECT {{ {self.match([])}{once} RETURN {expression} AS x }}[0]"

    def aggregate_conditions(
        self, filter: Mapping[str, Any], bindings: Bindings
    ) -> list[str]:
        """`{amount: {sum: {gt: 5}}}`: each measure is computed once."""
        conditions = []
        for attribute_name, name, operators in measure_filters(filter):
            attribute = property_named(self.relation.record, attribute_name)
            value = self.aggregate(measure(name, self.matched.variable, attribute))
            total = bindings.variable()
            inner = join_conditions(operator_conditions(total, operators, bindings))
            conditions.append(f"any({total} IN [{value}] WHERE {inner})")
        return conditions


def measure_filters(
    filter: Mapping[str, Any],
) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Each attribute, its measure, and the operators that the measure must meet."""
    return [
        (attribute, name, operators)
        for attribute, measures in filter.items()
        for name, operators in measures.items()
    ]


def join_conditions(conditions: list[str], operator: str = "AND") -> str:
    """Conditions as one; no conditions give what leaves the others unchanged."""
    if not conditions:
        return "true" if operator == "AND" else "false"
    if len(conditions) == 1:
        return conditions[0]
    return "(" + f" {operator} ".join(conditions) + ")"


def traversal_of(
    relation: RelationDefinition,
    direction: str | Direction | None,
    anchor: str,
    bindings: Bindings,
    names: tuple[str, str] | None = None,
) -> Traversal | None:
    """The traversal from an anchor; None where no tie runs in this direction.

    `names` are the variables of the record and of the other end, equal for nodes.

    >>> from service.vocabulary.connections import OF_MEMBERS
    >>> traversal_of(OF_MEMBERS["investments"], "IN", "n", Bindings()).pattern
    '(n)<-[x1:INVESTED_IN]-(x2)'
    """
    if direction is not None and not isinstance(direction, Direction):
        direction = Direction(direction)
    way = relation.direction_of(direction)
    types = "|".join(relation.types(way))
    record, end = names or (bindings.variable(), "")
    end = record if relation.node else end or bindings.variable()
    left = f"({anchor})" + ("<-[" if way is Direction.IN else "-[")
    right = ("]->(" if way is Direction.OUT else "]-(") + end
    middle = f":{types}" if relation.node else f"{record}:{types}"
    label = f":{relation.node})" if relation.node else ")"
    if not types:
        return None
    matched = matched_record(relation, way, record, anchor, end)
    return Traversal(relation, f"{left}{middle}{right}{label}", matched)


def matched_record(
    relation: RelationDefinition, way: Direction, record: str, anchor: str, end: str
) -> MatchedRecord:
    if relation.node:
        return MatchedRecord(record)
    if way is Direction.BOTH:
        return MatchedRecord(record, anchor=anchor, other=end)
    source, target = (end, anchor) if way is Direction.IN else (anchor, end)
    return MatchedRecord(record, source, target, anchor, end)


def conditions_of_none(quantifier: str, filter: Any, bindings: Bindings) -> list[str]:
    """The conditions of a quantifier where there can be no related record."""
    if quantifier == "count":
        return operator_conditions("0", filter, bindings)
    if quantifier != "aggregate":
        return ["true" if quantifier in ("all", "none") else "false"]
    return [
        condition
        for _, name, operators in measure_filters(filter)
        for condition in operator_conditions(
            "0" if name in (*COUNTS, "sum") else "null", operators, bindings
        )
    ]
