"""The editor in the browser: GraphiQL, in the development profile only."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse

from service.server.state import is_development

# Everything comes from this server; the editor sets styles of its own.
CONTENT_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:;"
    " img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"
)
FOLDER = Path(__file__).parent / "ide"
REQUEST_PARAMETERS = {"query", "documentId", "extensions"}


def is_for_editor(request: Request) -> bool:
    """Whether a browser opens the page, instead of sending a GraphQL request."""
    return (
        request.method in ("GET", "HEAD")
        and is_development(request)
        and not REQUEST_PARAMETERS & request.query_params.keys()
        and "text/html" in request.headers.get("accept", "")
    )


def editor_page() -> FileResponse:
    headers = {"content-security-policy": CONTENT_POLICY}
    return FileResponse(FOLDER / "index.html", headers=headers)
