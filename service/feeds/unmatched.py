"""What answers an address that is none, or a method that an address does not have."""

from __future__ import annotations

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.errors import ErrorCode
from service.feeds.odata.odata_endpoint import PATH as ODATA
from service.feeds.table_list import PATH as TABLES
from service.server.negotiation import JSON
from service.server.responses import error_body
from service.web.rendering import html

CODES = {404: ErrorCode.NOT_FOUND, 405: ErrorCode.METHOD_NOT_ALLOWED}


async def unmatched(request: Request, error: Exception) -> Response:
    """An error in the form of who asks: OData, a table, a browser or a program."""
    assert isinstance(error, HTTPException)
    status, path = error.status_code, request.url.path
    code = str(CODES.get(status, ErrorCode.BAD_REQUEST))
    message = f"{path[:200]}: no such address."
    if status == 405:
        methods = sorted((error.headers or {}).get("Allow", "GET").split(", "))
        message = f"Method not allowed; use {', '.join(methods)}."
    if path.startswith(ODATA):
        body = {"error": {"code": code, "message": message}}
        response = Response(orjson.dumps(body), status, media_type=JSON)
        response.headers["odata-version"] = "4.0"
    elif path.startswith(TABLES):
        response = Response(message, status, media_type="text/plain")
    elif "text/html" in request.headers.get("accept", ""):
        response = html("error.html", status, message=message)
    else:
        body = error_body(message, code)
        response = Response(orjson.dumps(body), status, media_type=JSON)
    response.headers.update(error.headers or {})
    return response
