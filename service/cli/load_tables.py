"""The tables of `valuenet load`: counts, changes, and members with similar names."""

from __future__ import annotations

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from service.cli.console import printable
from service.formats.differences import Difference
from service.formats.identities.entity import NameMatch

CHANGES = {"created": "new", "changed": "changed", "unchanged": "same"}
MAX_ROWS = 20  # pairs in a table; a report file has them all


def counts_table(counts: dict[str, int], title: str) -> Group:
    table = Table("kind", box=box.SIMPLE_HEAD)
    table.add_column("records", justify="right")
    for kind, count in counts.items():
        if count:
            table.add_row(kind, f"{count:,}")
    return with_title(title, table)


def changes_table(differences: dict[str, Difference], title: str) -> Group:
    """What a load would do: counts for each kind, and a few keys."""
    table = Table("kind", box=box.SIMPLE_HEAD)
    for name in CHANGES.values():
        table.add_column(name, justify="right")
    table.add_column("examples", overflow="fold")
    for kind, difference in differences.items():
        counts = [f"{difference.counts[change]:,}" for change in CHANGES]
        examples = [
            f"{name}: {', '.join(difference.keys[change])}"
            for change, name in CHANGES.items()
            if change != "unchanged" and change in difference.keys
        ]
        table.add_row(kind, *counts, "; ".join(examples))
    return with_title(title, table)


def pairs_table(pairs: list[NameMatch]) -> Group:
    """Members of the load with a name equal or similar to that of another one."""
    table = Table(box=box.SIMPLE_HEAD)
    for column in ("decision", "member", "country", "other member", "country"):
        table.add_column(column, overflow="fold")
    for pair in pairs[:MAX_ROWS]:
        names = [f"{end.name} ({end.key})" for end in (pair.imported, pair.existing)]
        countries = [end.country or "-" for end in (pair.imported, pair.existing)]
        table.add_row(pair.decision, names[0], countries[0], names[1], countries[1])
    if len(pairs) > MAX_ROWS:
        more = f"… {len(pairs) - MAX_ROWS:,} more; --report FILE has all"
        table.add_row(more, "", "", "", "")
    return with_title("Members with equal or similar names", table)


def with_title(title: str, table: Table) -> Group:
    """A table under its title, which may be wider."""
    return Group(Text(printable(title)), table)
