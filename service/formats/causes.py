"""Faults of a load by their cause: one cause is one message, with its count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

MAX_CAUSES = 20  # messages; the report file has every fault
EXAMPLES = 3  # lines that a message names
QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
VALUE = "; got "  # before the value in the text of a fault


class Fault(NamedTuple):
    """What is wrong in one place of a file."""

    file: str
    line: int
    column: str | None
    text: str

    def __str__(self) -> str:
        return f"{self.file} line {self.line}{of_column(self.column)}: {self.text}"

    @property
    def cause(self) -> tuple[str, str | None, str]:
        """What this fault has in common with others: the place and the rule.

        >>> Fault("a.csv", 2, "since", "must be a date; got 'x'").cause
        ('a.csv', 'since', 'must be a date')
        """
        rule, _, _ = self.text.partition(VALUE)
        return self.file, self.column, QUOTED.sub("…", rule)

    @property
    def example(self) -> str:
        """The line, and what differs from one fault of this cause to the next."""
        _, _, value = self.text.partition(VALUE)
        if quoted := QUOTED.search(self.text):
            value = value or quoted[0]
        return f"line {self.line}: {value}" if value else f"line {self.line}"


def lines_of_causes(faults: Iterable[Fault]) -> list[str]:
    """A message for each cause, in the order of the files; the rest is counted.

    >>> text = "must be TEAM; got 'K%s'"
    >>> faults = [Fault("a.csv", n, "kind", text % n) for n in (2, 5)]
    >>> lines_of_causes(faults)
    ["a.csv, column kind: must be TEAM (2 rows: line 2: 'K2', line 5: 'K5')"]
    """
    groups: dict[tuple[str, str | None, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault(fault.cause, []).append(fault)
    causes = list(groups.values())
    lines = [message_of(group) for group in causes[:MAX_CAUSES]]
    if rest := causes[MAX_CAUSES:]:
        count = sum(map(len, rest))
        text = f"… and {len(rest):,} more causes ({count:,} rows)"
        lines.append(f"{text}; --report FILE lists all of them")
    return lines


def message_of(faults: list[Fault]) -> str:
    first = faults[0]
    if len(faults) == 1:
        return str(first)
    examples = ", ".join(fault.example for fault in faults[:EXAMPLES])
    more = ", …" if len(faults) > EXAMPLES else ""
    rule = first.text.partition(VALUE)[0]
    if len({fault.text.partition(VALUE)[0] for fault in faults}) > 1:
        rule = first.cause[2]  # its quoted parts differ from row to row
    where = f"{first.file}{of_column(first.column)}"
    return f"{where}: {rule} ({len(faults):,} rows: {examples}{more})"


def lines_of_remarks(
    notes: Mapping[str, int], examples: Mapping[str, str]
) -> Iterator[str]:
    """A message for each kind of remark, with its count and the first example.

    >>> list(lines_of_remarks({"colour; got 'a'": 2, "colour; got 'b'": 1, "x": 1}, {}))
    ["colour (3, such as 'a')", 'x']
    """
    counts = Counter[str]()
    first_values: dict[str, str] = {}
    for text, count in notes.items():
        rule, _, value = text.partition(VALUE)
        counts[rule] += count
        if example := examples.get(text) or value:
            first_values.setdefault(rule, example)
    for rule, count in counts.items():
        details = [f"{count:,}"] if count > 1 else []
        if rule in first_values:
            details.append(
                f"such as {first_values[rule]}" if details else first_values[rule]
            )
        yield f"{rule} ({', '.join(details)})" if details else rule


def of_column(column: str | None) -> str:
    return f", column {column}" if column else ""
