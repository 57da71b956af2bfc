"""What a request to /export/ asks for: a table, a format and a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from math import ceil

from starlette.datastructures import QueryParams

from service.errors import BadInput, RecordNotFound
from service.formats.cells import parse_date
from service.formats.connections import CONNECTIONS, ExportedConnection
from service.formats.export import record_counts
from service.formats.writers import STREAMS
from service.graph import Graph
from service.vocabulary.texts import InvalidValue

AS_OF = "asOf"
PARAMETERS = {
    AS_OF: "Only records that are active on this day, such as 2026-11-01. Without it:"
    " all records, past and future ones too."
}
VALUES_PER_POINT = 200  # a streamed value takes little time and no memory


@dataclass(frozen=True)
class ExportRequest:
    """One table in one format; with a day, only its records that are active then."""

    connection: ExportedConnection
    format: str
    day: date | None

    @property
    def file_name(self) -> str:
        return f"{self.connection.name}.{self.format}"


def parse_export(file: str, parameters: QueryParams) -> ExportRequest:
    """The request for a file such as `organisations.csv`."""
    name, _, format = file.rpartition(".")
    if name not in CONNECTIONS or format not in STREAMS:
        formats = ", ".join(STREAMS)
        raise RecordNotFound(
            f"{file[:60]}: no such table. Expected TABLE.FORMAT, such as"
            f" organisations.csv; /export/ lists the tables. Formats: {formats}."
        )
    check_parameters(parameters, PARAMETERS)
    return ExportRequest(CONNECTIONS[name], format, day_of(parameters))


def check_parameters(parameters: QueryParams, known: dict[str, str]) -> None:
    """Refuse parameters that are unknown or repeated: they would have no effect."""
    counts = Counter(name for name, _ in parameters.multi_items())
    expected = ", ".join(known) or "none"
    for name, count in counts.items():
        if name not in known:
            text = f"unknown parameter. Known parameters: {expected}."
            raise BadInput(f"{name[:40]}: {text}")
        if count > 1:
            raise BadInput(f"{name}: expected once; got {count} values.")


def day_of(parameters: QueryParams) -> date | None:
    text = parameters.get(AS_OF)
    try:
        return None if text is None else parse_date(text)
    except InvalidValue as error:
        raise BadInput(f"{AS_OF}: {error}.") from error


async def check_price(graph: Graph, table: ExportRequest, limit: int) -> int:
    """The most that the table costs in points; BadInput above the limit."""
    [rows] = (await record_counts(graph, [table.connection])).values()
    columns = len(table.connection.header)
    points = ceil(rows * columns / VALUES_PER_POINT)
    if points > limit:
        raise BadInput(
            f"{table.connection.name}: {rows:,} rows of {columns} columns cost"
            f" {points:,} points; the limit is {limit:,}. Raise VALUENET_MAX_COST, or"
            " run `valuenet export` on the server."
        )
    return points
