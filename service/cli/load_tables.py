"""The tables of `valuenet load`: counts, changes, and members with the same name."""

from __future__ import annotations

from rich import box
from rich.table import Table

from service.cli.console import printable
from service.formats.differences import Difference
from service.formats.identities.entity import NameMatch

CHANGES = ("created", "changed", "unchanged")
MAX_ROWS = 20  # pairs in a table; a report file has them all


def titled_table(title: str, *columns: str) -> Table:
    title = printable(title)
    return Table(*columns, title=title, title_justify="left", box=box.SIMPLE_HEAD)


def counts_table(counts: dict[str, int], title: str) -> Table:
    table = titled_table(title, "kind")
    table.add_column("records", justify="right")
    for kind, count in counts.items():
        if count:
            table.add_row(kind, f"{count:,}")
    return table


def changes_table(differences: dict[str, Difference], title: str) -> Table:
    """What a load would do: counts for each kind, and a few keys."""
    table = titled_table(title, "kind")
    for change in CHANGES:
        table.add_column(change, justify="right")
    table.add_column("examples", overflow="fold")
    for kind, difference in differences.items():
        counts = [f"{difference.counts[change]:,}" for change in CHANGES]
        examples = [
            f"{change} {', '.join(difference.keys[change])}"
            for change in CHANGES[:2]
            if change in difference.keys
        ]
        table.add_row(kind, *counts, "; ".join(examples))
    return table


def pairs_table(pairs: list[NameMatch]) -> Table:
    """Members of the file and of the database that have the same name."""
    table = titled_table("Members with the same name")
    for column in ("decision", "in the file", "country", "in the database", "country"):
        table.add_column(column, overflow="fold")
    for pair in pairs[:MAX_ROWS]:
        names = [f"{end.name} ({end.key})" for end in (pair.imported, pair.existing)]
        countries = [end.country or "-" for end in (pair.imported, pair.existing)]
        table.add_row(pair.decision, names[0], countries[0], names[1], countries[1])
    if len(pairs) > MAX_ROWS:
        more = f"… {len(pairs) - MAX_ROWS:,} more; --report FILE has all"
        table.add_row(more, "", "", "", "")
    return table
