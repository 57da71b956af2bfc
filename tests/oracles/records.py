"""Filters, orders and aggregates of records in plain Python, over a world's rows."""

from __future__ import annotations

import statistics
from datetime import date
from functools import cmp_to_key
from typing import Any

Record = dict[str, Any]
NUMBERS = ("recoveryDays", "value", "amount", "strength", "criticality", "bufferDays")
DAYS = ("since", "until", "on")
TRUTHS = ("boardSeat",)
DEFAULTS = {"strength": 1.0, "criticality": 100.0, "bufferDays": 0.0}
TYPES = {"EXCHANGE": "Exchange", "DEPENDENCY": "Dependency", "INVESTMENT": "Investment"}
FIELDS = {"exchanges": "Exchange", "dependencies": "Dependency"}
FIELDS |= {"investments": "Investment"}


def camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.title() for part in tail)


# Cells of extra attributes, and their values; sorted by type in this order.
ATTRIBUTES = {"2.5": 2.5, "10": 10.0, "2021-01-01": date(2021, 1, 1), "A": "A"}
ATTRIBUTES |= {"a": "a", "'10": "10", "true": True, "false": False, "": None}
RANKS: dict[type, int] = {float: 0, date: 1, str: 2, bool: 3}
NESTED = {"number": float, "date": date, "boolean": bool}


def typed(name: str, text: str) -> Any:
    if name.startswith("x:"):
        return ATTRIBUTES[text]
    if name == "roles":
        return [role for role in text.split(";") if role]
    if text == "":
        return None
    if name in NUMBERS:
        return float(text)
    if name in TRUTHS:
        return text == "true"
    return date.fromisoformat(text) if name in DAYS else text


class Graph:
    """The members and ties of a world, with their values and their ends."""

    def __init__(self, world: dict[str, list[dict[str, str]]]) -> None:
        self.members = [self.record("Member", row) for row in world["members"]]
        self.by_key = {one["key"]: one for one in self.members}
        self.ties = [
            self.record(TYPES[row["kind"]], row)
            for row in world["ties"]
            if row["kind"] in TYPES
        ]
        for tie in self.ties:
            tie["source"] = self.by_key[tie["source"]]
            tie["target"] = self.by_key[tie["target"]]
            if tie["type"] == "Dependency":
                for name, value in DEFAULTS.items():
                    tie[name] = value if tie.get(name) is None else tie[name]
            if tie["type"] == "Investment" and tie["since"] is None:
                tie["since"] = tie.get("on")

    @staticmethod
    def record(kind: str, row: dict[str, str]) -> Record:
        found = {camel(name): typed(camel(name), text) for name, text in row.items()}
        empty = {"since": None, "until": None, "roles": []}
        return {**empty, **found, "type": kind}

    def of(self, kind: str) -> list[Record]:
        if kind == "Member":
            return self.members
        return [tie for tie in self.ties if tie["type"] == kind]

    def around(self, member: Record, field: str, way: str | None) -> list[Record]:
        found = []
        for tie in self.of(FIELDS[field]):
            out, into = tie["source"] is member, tie["target"] is member
            if (out and way != "IN") or (into and way != "OUT"):
                found.append(tie)
        return found


def active(record: Record, day: date | None) -> bool:
    if day is None:
        return True
    begun = record["since"] is None or record["since"] <= day
    return begun and (record["until"] is None or day < record["until"])


OPERATORS = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "in": lambda a, b: a in b,
    "notIn": lambda a, b: a not in b,
    "startsWith": lambda a, b: a.startswith(b),
    "endsWith": lambda a, b: a.endswith(b),
    "contains": lambda a, b: b in a,
    "eqIgnoreCase": lambda a, b: a.lower() == b.lower(),
    "containsIgnoreCase": lambda a, b: b.lower() in a.lower(),
    "inIgnoreCase": lambda a, b: a.lower() in [x.lower() for x in b],
}


def operated(value: Any, given: dict[str, Any]) -> bool:
    """All operators hold; a missing value passes isNull alone."""
    for name, wanted in given.items():
        if isinstance(value, date):
            many = isinstance(wanted, list)
            if name != "isNull":
                wanted = [day(x) for x in wanted] if many else day(wanted)
        if name == "isNull":
            if (value is None) != wanted:
                return False
        elif value is None or not OPERATORS[name](value, wanted):
            return False
    return True


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def listed(value: list[str], given: dict[str, Any]) -> bool:
    tests = {
        "has": lambda x: x in value,
        "hasAny": lambda x: bool(set(x) & set(value)),
        "hasAll": lambda x: set(x) <= set(value),
        "isEmpty": lambda x: (not value) == x,
    }
    return all(tests[name](wanted) for name, wanted in given.items())


class Asked:
    """A question of a graph on a day."""

    def __init__(self, graph: Graph, as_of: str | None) -> None:
        self.graph = graph
        self.day = day(as_of)

    def passes(self, record: Record, given: dict[str, Any], anchor: Any = None) -> bool:
        return all(
            self.one(record, name, wanted, anchor) for name, wanted in given.items()
        )

    def one(self, record: Record, name: str, wanted: Any, anchor: Any) -> bool:
        if name == "and":
            return all(self.passes(record, part, anchor) for part in wanted)
        if name == "or":
            return any(self.passes(record, part, anchor) for part in wanted)
        if name == "not":
            return not self.passes(record, wanted, anchor)
        if name in ("source", "target", "other"):
            end = self.end(record, name, anchor)
            return active(end, self.day) and self.passes(end, wanted)
        if name in FIELDS:
            return self.quantified(record, name, wanted)
        if name == "attributes":
            return all(self.attributed(record, dict(each)) for each in wanted)
        if name == "roles":
            return listed(record["roles"], wanted)
        return operated(record.get(name), wanted)

    @staticmethod
    def attributed(record: Record, given: dict[str, Any]) -> bool:
        value = record.get(f"x:{given.pop('name')}")
        if given.pop("isNull", value is None) != (value is None):
            return False
        inner = {name: given.pop(name) for name in NESTED if name in given}
        text = value if type(value) is str else None
        return operated(text, given) and all(
            operated(value if type(value) is NESTED[name] else None, operators)
            for name, operators in inner.items()
        )

    @staticmethod
    def end(tie: Record, name: str, anchor: Any) -> Record:
        if name != "other":
            return tie[name]
        return tie["target"] if tie["source"] is anchor else tie["source"]

    def quantified(self, member: Record, field: str, given: dict[str, Any]) -> bool:
        ties = self.among(member, field, given)

        def passing(name: str) -> int:
            return sum(self.passes(tie, given[name], member) for tie in ties)

        tests = {
            "some": lambda: passing("some") > 0,
            "none": lambda: passing("none") == 0,
            "all": lambda: passing("all") == len(ties),
            "single": lambda: passing("single") == 1,
            "count": lambda: operated(len(ties), given["count"]),
            "aggregate": lambda: all(
                operated(measured(ties, attribute, measure), operators)
                for attribute, several in given["aggregate"].items()
                for measure, operators in several.items()
            ),
        }
        return all(tests[name]() for name in given if name in tests)

    def among(self, member: Record, field: str, given: dict[str, Any]) -> list[Record]:
        found = self.graph.around(member, field, given.get("direction"))
        wanted = given.get("among", {})
        return [
            t for t in found if active(t, self.day) and self.passes(t, wanted, member)
        ]

    def value(self, record: Record, term: dict[str, Any], anchor: Any) -> Any:
        """What an entry of an order sorts by."""
        if "field" in term:
            return record.get(named(term["field"]))
        if "attribute" in term:
            return record.get(f"x:{term['attribute']}")
        for name in ("source", "target", "other"):
            if name in term:
                return self.end(record, name, anchor).get(named(term[name]))
        [field] = [name for name in term if name in FIELDS]
        given = term[field]
        ties = self.among(record, field, given)
        if "field" not in given:
            return len(ties)
        return measured(ties, named(given["field"]), given["measure"].lower())

    def listed(
        self,
        records: list[Record],
        given: dict[str, Any],
        order: list[dict[str, Any]],
        anchor: Any = None,
    ) -> list[Record]:
        """The records that pass, in their order: missing last, then by key."""
        kept = [
            r for r in records if active(r, self.day) and self.passes(r, given, anchor)
        ]
        kept.sort(key=lambda record: record["key"])
        for term in reversed(order):
            kept.sort(key=cmp_to_key(self.comparing(term, anchor)))
        return kept

    def comparing(self, term: dict[str, Any], anchor: Any) -> Any:
        def compare(one: Record, other: Record) -> int:
            a, b = self.value(one, term, anchor), self.value(other, term, anchor)
            if a is None or b is None:
                nulls = -1 if term.get("nulls") == "FIRST" else 1
                return nulls * ((a is None) - (b is None))
            if "attribute" in term and type(a) is not type(b):
                nulls = -1 if term.get("nulls") == "FIRST" else 1
                return nulls * (RANKS[type(a)] - RANKS[type(b)])
            sign = -1 if term.get("direction") == "DESC" else 1
            return sign * ((a > b) - (a < b))

        return compare


def named(constant: str) -> str:
    return camel(constant.lower())


def measured(records: list[Record], attribute: str, measure: str) -> Any:
    """An aggregate of the values there are; null where it is undefined."""
    held = [r for r in records if r.get(attribute) is not None]
    values = [r[attribute] for r in held]
    if measure == "count":
        return len(values)
    if measure == "distinct":
        return len(set(values))
    if attribute in ("value", "amount"):
        currencies = {r.get("currency") for r in held} - {None}
        if len(currencies) > 1:
            return None
    if measure == "sum" and not records:
        return 0
    if not values or (measure == "stdev" and len(values) < 2):
        return None
    formulas = {
        "sum": sum,
        "min": min,
        "max": max,
        "avg": statistics.fmean,
        "median": statistics.median,
        "stdev": statistics.stdev,
    }
    return formulas[measure](values)
