"""Which rows are one member, straight from the rule in docs/import.md.

Written for tests alone and from the rule, not from the product: rows are joined by what
says so, one reason after another, in a union-find over all rows and stored members.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class MemberRow:
    """A row of a file, or a stored member (`file` is then None and `key` its key)."""

    file: int | None
    id: str
    kind: str
    name: str  # as it is compared
    country: str | None = None
    register: str | None = None
    key: str | None = None
    sources: frozenset[str] = frozenset()
    employers: tuple[str, ...] = ()  # ids in its file, or stored keys


@dataclass
class Joined:
    """Which rows are one so far."""

    rows: list[MemberRow]
    parent: dict[int, int] = field(default_factory=dict)

    def root(self, number: int) -> int:
        while number in self.parent:
            number = self.parent[number]
        return number

    def join(self, left: int, right: int) -> None:
        left, right = self.root(left), self.root(right)
        if left != right:
            self.parent[max(left, right)] = min(left, right)

    def members(self) -> dict[int, list[MemberRow]]:
        groups: dict[int, list[MemberRow]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            groups[self.root(number)].append(row)
        return groups

    def join_equal(self, value: Callable[[MemberRow], Hashable]) -> None:
        first: dict[Hashable, int] = {}
        for number, row in enumerate(self.rows):
            if (what := value(row)) is not None:
                self.join(first.setdefault(what, number), number)


def partition(rows: list[MemberRow], tells_apart: set[int]) -> list[int]:
    """For each row the number of the first row that is the same member."""
    joined = Joined(rows)
    joined.join_equal(lambda row: row.key)
    joined.join_equal(lambda row: (row.file is not None and (row.file, row.id)) or None)
    joined.join_equal(lambda row: row.register)
    join_organisations(joined, tells_apart)
    join_people(joined, tells_apart)
    return [joined.root(number) for number in range(len(rows))]


def join_organisations(joined: Joined, tells_apart: set[int]) -> None:
    for members in by_name(joined, lambda kind: kind == "ORGANISATION"):
        countries = {c for _, rows in members if (c := first(r.country for r in rows))}
        listed = set(join_listed(joined, members, tells_apart, len(countries)))
        only = countries.pop() if len(countries) == 1 else None
        classes = defaultdict(list)
        for number, rows in members:
            if number in listed:
                continue
            classes[first(row.country for row in rows) or only].append((number, rows))
        repeated = repeated_members(members, tells_apart)
        for equal in classes.values():
            join_class(joined, [each for each in equal if each[0] not in repeated])


def join_listed(
    joined: Joined,
    members: list[tuple[int, list[MemberRow]]],
    tells_apart: set[int],
    countries: int,
) -> Iterable[int]:
    """Members whose name several countries have are what their source listed before."""
    repeated = repeated_members(members, tells_apart)
    stored = [(n, rows) for n, rows in members if any(r.file is None for r in rows)]
    for number, rows in members if countries > 1 else ():
        if is_known(rows) or first(r.country for r in rows) or number in repeated:
            continue
        own = [n for n, known in stored if sources_of(known) & sources_of(rows)]
        if len(own) == 1:
            joined.join(own[0], number)
            yield number


def join_class(joined: Joined, equal: list[tuple[int, list[MemberRow]]]) -> None:
    """Members without an identifier are one; they are a known one if there is one."""
    identified = [n for n, rows in equal if has_register(rows) and not has_key(rows)]
    bare = [n for n, rows in equal if has_key(rows) and not has_register(rows)]
    if len(identified) == len(bare) == 1:
        joined.join(identified[0], bare[0])
    known = [(n, rows) for n, rows in equal if is_known(rows)]
    plain = [(n, rows) for n, rows in equal if not is_known(rows)]
    for number, _ in plain:
        joined.join(plain[0][0], number)
    if not plain:
        return
    sources = {source for _, rows in plain for source in sources_of(rows)}
    same_source = [n for n, rows in known if sources & sources_of(rows)]
    choices = {joined.root(n) for n in same_source or [n for n, _ in known]}
    if len(choices) == 1:
        joined.join(choices.pop(), plain[0][0])


def join_people(joined: Joined, tells_apart: set[int]) -> None:
    employers = {}
    for members in by_name(joined, lambda kind: kind != "ORGANISATION"):
        repeated = repeated_members(members, tells_apart)
        for number, rows in members:
            employers[number] = {
                target
                for row in rows
                for text in row.employers
                if (target := employer(joined, row.file, text)) is not None
            }
        groups: dict[Hashable, list[int]] = defaultdict(list)
        for number, rows in members:
            if number in repeated:
                continue
            for each in employers[number]:
                groups["employer", each].append(number)
            if not employers[number] and not is_known(rows):
                for file in {row.file for row in rows}:
                    groups["file", file].append(number)
        for numbers in groups.values():
            for number in numbers:
                joined.join(numbers[0], number)


def employer(joined: Joined, file: int | None, text: str) -> int | None:
    for number, row in enumerate(joined.rows):
        if (row.file, row.key if row.file is None else row.id) == (file, text):
            return joined.root(number)
    return None


def by_name(
    joined: Joined, takes: Callable[[str], bool]
) -> Iterable[list[tuple[int, list[MemberRow]]]]:
    groups: dict[tuple[str, str], list[tuple[int, list[MemberRow]]]] = defaultdict(list)
    for number, rows in joined.members().items():
        if takes(rows[0].kind):
            groups[rows[0].kind, rows[0].name].append((number, rows))
    return list(groups.values())


def repeated_members(
    members: list[tuple[int, list[MemberRow]]], tells_apart: set[int]
) -> set[int]:
    """The members that a file tells apart from others of their name by ids alone."""
    counts: dict[int, set[int]] = defaultdict(set)
    for number, rows in members:
        for row in rows:
            if row.file in tells_apart and row.file is not None:
                counts[row.file].add(number)
    several = set().union(*(numbers for numbers in counts.values() if len(numbers) > 1))
    kept = {number for number, rows in members if not is_known(rows)}
    return several & kept


def is_known(rows: list[MemberRow]) -> bool:
    return has_key(rows) or has_register(rows)


def has_key(rows: list[MemberRow]) -> bool:
    return any(row.key for row in rows)


def has_register(rows: list[MemberRow]) -> bool:
    return any(row.register for row in rows)


def sources_of(rows: list[MemberRow]) -> set[str]:
    return {source for row in rows for source in row.sources}


def first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
