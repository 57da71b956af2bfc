"""Projects of CORDIS as the contracts of their grants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from service.formats.readers.cordis.amounts import plain_amount
from service.formats.readers.cordis.files import Cells, Columns
from service.formats.readers.published_values import published_cells
from service.formats.rows import Faults, TableRow
from service.vocabulary.nodes import Contract

COLUMNS = Columns(
    {name.casefold(): name for name in ("id", "acronym", "title", "status")}
    | {"projectid": "id", "projectacronym": "acronym", "reference": "id"}
    | {"startdate": "startDate", "enddate": "endDate", "objective": "objective"}
    | {"ecmaxcontribution": "ecMaxContribution", "framework": "frameworkProgramme"}
    | {"frameworkprogramme": "frameworkProgramme"},
    ["id"],
    re.compile("contentUpdateDate|rcn"),
)
GRANT_COLUMNS = {
    "id",
    "acronym",
    "title",
    "status",
    "startDate",
    "endDate",
    "objective",
}
GRANT_COLUMNS |= {"ecMaxContribution"}
STATUSES = {"SIGNED": "ACTIVE", "CLOSED": "COMPLETED", "TERMINATED": "TERMINATED"}
DAY = 10  # characters of a date that has a time


def project_key(id: str | None) -> str:
    return f"cordis-project-{id}"


def project_cells(
    row: TableRow, total: float, amount: float | None, faults: Faults
) -> Cells:
    """A project of project.csv; its `amount` is that of the grant, if it is stated."""
    cells = row.cells
    status, start = cells.get("status") or "", cells.get("startDate")
    if status and status not in STATUSES:
        faults.note("status: unknown, left blank", repr(status))
    others = {
        f"x:{name}": plain_amount(name, cell)
        for name, cell in cells.items()
        if name not in GRANT_COLUMNS and not COLUMNS.unread.fullmatch(name)
    }
    values = grant_cells(cells["id"], total if amount is None else amount) | {
        "name": cells.get("acronym"),
        "title": cells.get("title") or cells.get("acronym"),
        "status": STATUSES.get(status),
        "terms": cells.get("objective"),
        "since": start and start[:DAY],
        "until": day_after(cells.get("endDate")),
    }
    return published_cells(Contract, {**values, **others}, faults)


def grant_cells(id: str | None, amount: float) -> Cells:
    """What every grant has."""
    value: Mapping[str, str | None] = {"currency": "EUR", "value_period": "TOTAL"}
    return {"key": project_key(id), "value": f"{amount:.2f}", **value}


def day_after(text: str | None) -> str | None:
    """The first day after the last one; any other text is left blank later.

    >>> day_after("2020-12-31"), day_after("soon")
    ('2021-01-01', 'soon')
    """
    try:
        return text and str(date.fromisoformat(text[:DAY]) + timedelta(days=1))
    except (ValueError, OverflowError):
        return text
