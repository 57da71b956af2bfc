"""What records come to: all together or by group, of a whole kind or around others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schema.context import Context
from schema.records.connection_fields import Wanted
from schema.records.related_records import Hanging
from service.compiler.bindings import Bindings
from service.compiler.filters import seeable, seekable
from service.compiler.groups import Chosen, keys, measured
from service.compiler.orders import canonical
from service.compiler.traversal import Seen, joined
from service.graph.statements import statement
from service.vocabulary.ties import Tie

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    keys: list[Any]
    total: int
    numbers: list[Any]
    anchor: str = ""


@dataclass(frozen=True)
class Total:
    total: int
    anchor: str = ""


@dataclass(frozen=True)
class By:
    """How to make groups; without keys all are one."""

    keys: Sequence[Given] = ()
    chosen: tuple[Chosen, ...] = ()
    by_count: bool = False
    limit: int = 1


ALL = By()


@dataclass(frozen=True)
class Source:
    """Which records: all of a label or type of tie, or what hangs on one record."""

    wanted: Wanted
    name: str = ""
    hanging: Hanging | None = None
    among: Sequence[str] | None = None  # only these keys

    @property
    def file(self) -> str:
        return "ties" if issubclass(self.wanted.cls, Tie) else "nodes"

    async def total(self, context: Context) -> int:
        if self.hanging:
            return await self.total_around(context, self.hanging)
        if self.wanted.everything and self.among is None:
            word = {"TYPE" if self.file == "ties" else "NODE": self.name}
            read = statement(f"records/{self.file}_count", **word)
            return (await context.graph.rows(read, Total))[0].total
        return sum(group.total for group in await self.groups(context, ALL))

    async def total_around(self, context: Context, hanging: Hanging) -> int:
        reach = hanging.reach(Bindings())
        if reach is None:
            return 0
        if not self.wanted.everything:
            return sum(group.total for group in await self.groups(context, ALL))

        async def fetch(anchors: list[str]) -> dict[str, int]:
            words = hanging.words(reach)
            read = statement(f"records/{self.file}_around_count", **words)
            rows = await context.graph.rows(read, Total, anchors=anchors)
            return {row.anchor: row.total for row in rows}

        name = ("count", hanging.around, hanging.way)
        return await context.load(name, hanging.key, fetch) or 0

    async def groups(self, context: Context, by: By) -> list[Group]:
        if self.hanging:
            return await self.groups_around(context, self.hanging, by)
        seen = Seen("n") if self.file == "nodes" else Seen("r", "source", "target")
        words, params = self.words(by, seen, Bindings(day=self.wanted.day))
        word = {"TYPE" if self.file == "ties" else "NODE": self.name}
        read = statement(f"records/{self.file}_groups", **word, **words)
        return await context.graph.rows(read, Group, **params)

    async def groups_around(
        self, context: Context, hanging: Hanging, by: By
    ) -> list[Group]:
        bindings = Bindings(day=self.wanted.day)
        reach = hanging.reach(bindings)
        if reach is None:
            return []
        words, params = self.words(by, reach.seen, bindings)
        words |= hanging.words(reach)

        async def fetch(anchors: list[str]) -> dict[str, list[Group]]:
            read = statement(f"records/{self.file}_groups_around", **words)
            rows = await context.graph.rows(read, Group, anchors=anchors, **params)
            found = defaultdict(list)
            for row in rows:
                found[row.anchor].append(row)
            return found

        name = ("groups", hanging.around, hanging.way, self.digest(by))
        return await context.load(name, hanging.key, fetch) or []

    def digest(self, by: By) -> Hashable:
        asked = canonical([self.wanted.filter, list(by.keys)])
        return (asked, self.wanted.day, by.chosen, by.by_count, by.limit)

    def words(
        self, by: By, seen: Seen, bindings: Bindings
    ) -> tuple[dict[str, str], dict[str, Any]]:
        wanted = self.wanted
        conditions = seeable(wanted.cls, wanted.filter, seen, bindings)
        conditions += seekable(wanted.cls, wanted.filter, seen.variable)
        if self.among is not None:
            conditions.append(f"{seen.variable}.key IN {bindings.value(self.among)}")
        found = keys(wanted.cls, by.keys, seen) if by.keys else []
        words = {
            "FILTER": joined(conditions),
            "KEYS": ", ".join(key.expression for key in found),
            "MEASURES": measured(wanted.cls, by.chosen, seen.variable),
            "TURN": "total DESC, keys" if by.by_count else "keys",
        }
        return words, {"given": bindings.values, "limit": by.limit}
