"""/tables/: every table with its columns and parameters, as a page and as JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.errors import AuthenticationRequired, ValuenetError
from service.feeds.access import feed_token, with_challenges
from service.feeds.encoders import FORMATS
from service.feeds.file_request import DIALECT, DIALECT_TEXT
from service.feeds.odata import odata_endpoint
from service.feeds.odata.sets import is_set
from service.feeds.state import feeds_of
from service.feeds.table import Table
from service.feeds.table_request import known_parameters
from service.server.export_list import TYPES
from service.server.export_request import check_parameters
from service.server.negotiation import prefers_html
from service.server.responses import compress, for_method, json_response, with_etag
from service.server.state import state_of
from service.server.table_response import text_refusal
from service.web.rendering import html
from service.web.visit import Visit

PATH = "/tables/"


async def table_list(request: Request) -> Response:
    """The tables, as a page for browsers and as JSON for others."""
    is_page = prefers_html(request.headers.get("accept", ""))
    try:
        visit = Visit(request, state_of(request), feed_token(request))
        if not is_page:
            check_parameters(request.query_params, {})
    except AuthenticationRequired as error:
        if is_page:
            return RedirectResponse(f"/login?next={quote(PATH)}", 303)
        return for_method(request, with_challenges(text_refusal(error), error))
    except ValuenetError as error:
        return for_method(request, text_refusal(error))
    tables = [description_of(t) for t in feeds_of(request).tables.tables.values()]
    encoding = request.headers.get("accept-encoding", "")
    if is_page:
        response: Response = html(
            "tables.html", visit=visit, title="Tables", tables=tables
        )
    else:
        cached = request.headers.get("if-none-match", "")
        response = with_etag(json_response({"tables": tables}), cached)
    return for_method(request, await compress(response, encoding))


def description_of(table: Table) -> dict[str, Any]:
    """A table as JSON."""
    return {
        "name": table.name,
        "description": table.description,
        "key": table.key,
        "columns": [
            {
                "name": column.name,
                "type": TYPES[column.type],
                "description": column.description,
            }
            for column in table.columns
        ],
        "parameters": parameters_of(table),
        "files": {format: f"{PATH}{table.name}.{format}" for format in FORMATS},
        "odata": f"{odata_endpoint.PATH}{table.name}" if is_set(table) else None,
    }


def parameters_of(table: Table) -> list[dict[str, Any]]:
    defaults = {p.name: p.default for p in table.parameters}
    choices = {p.name: list(p.choices) for p in table.parameters if p.choices}
    known = {**known_parameters(table), DIALECT: ("text", DIALECT_TEXT)}
    return [
        {
            "name": name,
            "type": type,
            "required": name in table.missing,
            "default": defaults.get(name),
            "choices": choices.get(name),
            "description": text,
        }
        for name, (type, text) in known.items()
    ]
