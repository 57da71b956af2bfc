"""Pages as HTML, and their tables as CSV."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse, Response

from service.errors import ErrorCode, RecordNotFound, ValuenetError
from service.formats.writers.spreadsheets import inert_text
from service.vocabulary.names import counted
from service.web.documents import editor_address
from service.web.panel import Panel, shared_notes
from service.web.visit import Visit
from service.web.words import plain_words, value_words

# Everything comes from this server, and nothing stands in the page itself.
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {"content-security-policy": CONTENT_POLICY, "cache-control": "no-store"}
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
STATUSES = {
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.CONFLICT: 409,
    ErrorCode.SERVICE_UNAVAILABLE: 503,
    ErrorCode.TIMEOUT: 503,
    ErrorCode.INTERNAL_SERVER_ERROR: 500,
}
TOO_SLOW = (
    "The answer took longer than this server allows (VALUENET_TIMEOUT_SECONDS). The"
    " first answers after a start are the slowest: load the page again."
)
SHORT = re.compile(r"[\d,.:%/ -]*|.{0,10}")  # numbers, days and times; a word or two


def is_short(cell: object) -> bool:
    """Whether a cell stays on one line."""
    return SHORT.fullmatch(str(cell)) is not None


TEMPLATES.filters |= {"plain_words": plain_words, "value_words": value_words}
TEMPLATES.globals |= {
    "counted": counted,
    "editor_address": editor_address,
    "is_short": is_short,
    "shared_notes": shared_notes,
}


def html(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    started = time.perf_counter()
    text = TEMPLATES.get_template(template).render(**values)
    duration = (time.perf_counter() - started) * 1_000
    timing = {"server-timing": f"templates;dur={duration:.2f}"}
    return HTMLResponse(text, status, headers=HEADERS | timing)


def error_page(error: ValuenetError) -> HTMLResponse:
    code = getattr(error, "error_code", error.code)
    status = STATUSES.get(code, 400)
    message = TOO_SLOW if code == ErrorCode.TIMEOUT else str(error)
    response = html("error.html", status, message=message)
    if status == STATUSES[ErrorCode.SERVICE_UNAVAILABLE]:
        response.headers["retry-after"] = "5"
    return response


def page(
    visit: Visit, template: str, title: str, panels: Sequence[Panel] = (), **values: Any
) -> Response:
    """The page, or the one table of it that the address asks for as CSV."""
    if (id := visit.parameter("csv")) is not None:
        return csv_of(id, panels)

    def csv_address(panel: Panel) -> str:
        url = visit.request.url.include_query_params(csv=panel.id)
        return f"{url.path}?{url.query}"

    return html(
        template,
        visit=visit,
        title=title,
        panels=panels,
        csv_address=csv_address,
        **values,
    )


def csv_of(id: str, panels: Sequence[Panel]) -> Response:
    panel = next((panel for panel in panels if panel.id == id), None)
    if panel is None:
        known = ", ".join(panel.id for panel in panels)
        raise RecordNotFound(f"This page has no table {id[:50]!r}; it has {known}.")
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(panel.columns)
    rows.writerows([inert_text(str(cell)) for cell in row] for row in panel.rows)
    headers = {"content-disposition": f'attachment; filename="{panel.id}.csv"'}
    return Response(text.getvalue(), media_type="text/csv", headers=headers)
