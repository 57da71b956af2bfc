"""When a record is active: the conditions that compiled reads and exports share."""

from __future__ import annotations

from service.vocabulary.nodes import Contract, Record


def active_on(cls: type[Record], variable: str, day: str) -> list[str]:
    """Conditions for a record to be active; `day` is how the statement names the day.

    >>> active_on(Record, "n", "$day")
    ['coalesce(n.since <= $day, true)', 'coalesce($day < n.until, true)']
    """
    conditions = [
        f"coalesce({variable}.since <= {day}, true)",
        f"coalesce({day} < {variable}.until, true)",
    ]
    if issubclass(cls, Contract):
        status = f"coalesce({variable}.status, '')"
        conditions.append(f"{status} <> 'DRAFT'")
        ended = f"{status} IN ['COMPLETED', 'TERMINATED']"
        conditions.append(f"({variable}.until IS NOT NULL OR NOT {ended})")
    return conditions
