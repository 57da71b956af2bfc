"""The list of the tables at /export/: as a page, or as JSON."""

from __future__ import annotations

from datetime import date, datetime
from html import escape
from typing import Any

from starlette.responses import HTMLResponse, Response

from service.formats.connections import CONNECTIONS, ExportedConnection
from service.formats.writers import STREAMS
from service.formats.writers.arrow import column_types
from service.server.export_request import AS_OF, PARAMETERS
from service.server.negotiation import prefers_html
from service.server.responses import VARY, json_response

TYPES = {
    str: "text",
    float: "number",
    int: "integer",
    bool: "boolean",
    date: "date",
    datetime: "time",
    list: "list of texts",
}
PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tables of valuenet</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem;
  padding: 0 1rem; }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem 1rem .3rem 0; }}
</style>
<h1>Tables</h1>
<p>Each table has all records of one kind, ordered by key.
<code>?{as_of}=2026-11-01</code> limits it to records that are active on that day.
After these columns a file has one for each extra attribute, such as
<code>x:tier</code>; JSON Lines have an object <code>attributes</code>.</p>
<table>
<tr><th>Table<th>Files<th>Columns
{rows}
</table>
</html>
"""


def list_tables(accept: str) -> Response:
    """The list in the media type that the client prefers; JSON if it has no choice."""
    if prefers_html(accept):
        rows = "\n".join(map(row, CONNECTIONS.values()))
        page = PAGE.format(as_of=AS_OF, rows=rows)
        return HTMLResponse(page, headers={"vary": VARY})
    return json_response({"tables": [table(c) for c in CONNECTIONS.values()]})


def table(connection: ExportedConnection) -> dict[str, Any]:
    types = column_types(connection)
    return {
        "name": connection.name,
        "columns": [{"name": n, "type": TYPES[kind]} for n, kind in types.items()],
        "parameters": [
            {"name": name, "type": TYPES[date], "description": text}
            for name, text in PARAMETERS.items()
        ],
        "files": {f: f"/export/{connection.name}.{f}" for f in STREAMS},
    }


def row(connection: ExportedConnection) -> str:
    files = " ".join(f'<a href="{connection.name}.{f}">{f}</a>' for f in STREAMS)
    columns = escape(", ".join(connection.header))
    return f"<tr><td>{connection.name}<td>{files}<td>{columns}"
