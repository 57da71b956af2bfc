"""Counts and measures of records, by group or all together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from schema.context import Context
from schema.records.related_records import RelatedRecords
from service.compiler.bindings import Bindings
from service.compiler.cursors import INTEGER_LIMIT, digest
from service.compiler.groups import (
    AttributeMeasure,
    group_keys,
    having_condition,
    having_measures,
    measure_list,
)
from service.compiler.orders import canonical_json
from service.compiler.pages import RecordSelection, page_conditions
from service.compiler.traversal import MatchedRecord, join_conditions
from service.graph.statements import statement
from service.vocabulary.ties import Tie


@dataclass(frozen=True)
class RecordGroup:
    keys: list[Any]
    total: int
    numbers: list[Any]
    anchor: str = ""


@dataclass(frozen=True)
class RecordTotal:
    total: int
    anchor: str = ""


@dataclass(frozen=True)
class Grouping:
    """How to group records; without keys they are one group."""

    keys: Sequence[Mapping[str, Any]] = ()
    measures: tuple[AttributeMeasure, ...] = ()
    having: Mapping[str, Any] = field(default_factory=dict)
    by_count: bool = False
    start: int = 0
    limit: int = 1
    is_counted: bool = False  # whether only the number of the groups is wanted


ONE_GROUP = Grouping()


@dataclass(frozen=True)
class AggregateSource:
    """The records of an aggregate: all of a label or type of tie, or related ones."""

    selection: RecordSelection
    name: str = ""
    related: RelatedRecords | None = None
    keys: Sequence[str] | None = None  # only records with these keys

    @property
    def file(self) -> str:
        return "ties" if issubclass(self.selection.cls, Tie) else "nodes"

    @property
    def name_text(self) -> dict[str, str]:
        return {"TYPE" if self.file == "ties" else "NODE": self.name}

    async def total(self, context: Context) -> int:
        if self.related:
            return await self.related_total(context, self.related)
        if self.selection.is_everything and self.keys is None:
            read = statement(f"records/{self.file}_count", **self.name_text)
            return (await context.graph.rows(read, RecordTotal))[0].total
        return sum(group.total for group in await self.groups(context, ONE_GROUP))

    async def related_total(self, context: Context, related: RelatedRecords) -> int:
        traversal = related.traversal(Bindings())
        if traversal is None:
            return 0
        if not self.selection.is_everything:
            return sum(group.total for group in await self.groups(context, ONE_GROUP))

        async def fetch(anchors: list[str]) -> dict[str, int]:
            texts = related.texts(traversal)
            read = statement(f"records/{self.file}_around_count", **texts)
            rows = await context.graph.rows(read, RecordTotal, anchors=anchors)
            return {row.anchor: row.total for row in rows}

        name = ("count", related.relation, related.direction)
        return await context.load(name, related.key, fetch) or 0

    async def groups(self, context: Context, grouping: Grouping) -> list[RecordGroup]:
        if self.related:
            return await self.related_groups(context, self.related, grouping)
        matched = MatchedRecord("n")
        if self.file == "ties":
            matched = MatchedRecord("r", "source", "target")
        bindings = Bindings(day=self.selection.day)
        texts, params = self.texts(grouping, matched, bindings)
        read = statement(f"records/{self.file}_groups", **self.name_text, **texts)
        return await context.graph.rows(read, RecordGroup, **params)

    async def related_groups(
        self, context: Context, related: RelatedRecords, grouping: Grouping
    ) -> list[RecordGroup]:
        bindings = Bindings(day=self.selection.day)
        traversal = related.traversal(bindings)
        if traversal is None:
            return []
        texts, params = self.texts(grouping, traversal.matched, bindings)
        texts |= related.texts(traversal)

        async def fetch(anchors: list[str]) -> dict[str, list[RecordGroup]]:
            read = statement(f"records/{self.file}_groups_around", **texts)
            rows = await context.graph.rows(
                read, RecordGroup, anchors=anchors, **params
            )
            groups = defaultdict(list)
            for row in rows:
                groups[row.anchor].append(row)
            return groups

        digest = self.digest(grouping)
        name = ("groups", related.relation, related.direction, digest)
        return await context.load(name, related.key, fetch) or []

    async def group_count(self, context: Context, grouping: Grouping) -> int:
        """How many groups there are, on all pages."""
        if grouping.having:
            whole = replace(grouping, measures=(), start=0, limit=INTEGER_LIMIT - 1)
            return len(await self.groups(context, whole))
        counted = replace(grouping, measures=(), start=0, limit=1, is_counted=True)
        return sum(group.numbers[0] for group in await self.groups(context, counted))

    def digest(self, grouping: Grouping) -> Hashable:
        inputs = canonical_json(
            [self.selection.filter, list(grouping.keys), grouping.having]
        )
        others = (grouping.measures, grouping.by_count, grouping.start, grouping.limit)
        return (inputs, self.selection.day, *others, grouping.is_counted)

    def owner(self, grouping: Grouping) -> str:
        """What a cursor of these groups belongs to."""
        related = self.related and (self.related.relation, self.related.direction)
        order = [self.name, repr(related), grouping.by_count, self.selection.day]
        lists = [self.selection.filter or {}, list(grouping.keys), grouping.having]
        return digest([*order, canonical_json(lists)])

    def texts(
        self, grouping: Grouping, matched: MatchedRecord, bindings: Bindings
    ) -> tuple[dict[str, str], dict[str, Any]]:
        """The texts and the parameters of the statement."""
        cls, keys = self.selection.cls, None if self.keys is None else list(self.keys)
        conditions = page_conditions(self.selection, matched, bindings, keys)
        key_list = (
            group_keys(cls, grouping.keys, matched, bindings) if grouping.keys else []
        )
        key_text = ", ".join(key.expression for key in key_list)
        needed = (*grouping.measures, *having_measures(grouping.having))
        measures = measure_list(cls, needed, matched.variable)
        having = having_condition(grouping.having, needed, bindings)
        if grouping.is_counted:
            key_text, measures = "", f"count(DISTINCT [{key_text}])"
        texts = {
            "FILTER": join_conditions(conditions),
            "KEYS": key_text,
            "MEASURES": measures,
            "HAVING": having,
            "TURN": "total DESC, keys" if grouping.by_count else "keys",
        }
        return texts, {
            "values": bindings.values,
            "start": grouping.start,
            "limit": grouping.limit,
        }
