"""A table as an HTTP response: streamed, compressed, and within the time limit."""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Collection
from contextlib import aclosing, asynccontextmanager
from itertools import islice
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from service.errors import (
    AuthenticationRequired,
    ErrorCode,
    StatementTimeout,
    Unavailable,
    ValuenetError,
)
from service.graph.request_scope import request_scope
from service.server.authentication import with_challenge
from service.server.negotiation import accepts_gzip
from service.server.refusals import STATUSES
from service.server.responses import BOOKMARK, GZIP_LEVEL, RETRY_SECONDS
from service.server.state import state_of

log = logging.getLogger(__name__)
GZIP_WINDOW = 31  # the largest window, in the format of gzip
WAIT_SECONDS = 5  # for another table to end
PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
SEND_SECONDS = 10  # for a client to receive one part
WARNING = "x-valuenet-warning"
MOST_WARNINGS, MOST_CHARACTERS = 5, 300  # of a header; proxies refuse large ones
BUSY = "Too many tables are read at the same time; try again in a moment."
SLOW = "The table took longer than VALUENET_TIMEOUT_SECONDS; run `valuenet export`."
TABLE_STATUSES: dict[str, int] = {
    **STATUSES,
    ErrorCode.QUERY_NOT_IN_SAFELIST: 403,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.TIMEOUT: 503,
}


@asynccontextmanager
async def table_slot(slots: asyncio.Semaphore, seconds: float) -> AsyncIterator[None]:
    """One of the places for tables; Unavailable if none becomes free soon."""
    try:
        async with asyncio.timeout(min(WAIT_SECONDS, seconds)):
            await slots.acquire()
    except TimeoutError:
        raise Unavailable(BUSY) from None
    try:
        yield
    finally:
        slots.release()


def table_response(
    request: Request,
    parts: AsyncGenerator[bytes, None],
    headers: dict[str, str],
    media_type: str,
    file_name: str,
    warnings: Collection[str] = (),
) -> Response:
    """The table as a file to save; for HEAD its headers alone."""
    headers["content-disposition"] = f'attachment; filename="{file_name}"'
    if accepts_gzip(request.headers.get("accept-encoding", "")):
        headers["content-encoding"] = "gzip"
    if request.method == "HEAD":
        response = Response(None, 200, headers, media_type)
        del response.headers["content-length"]  # unknown: the body is streamed
        return response
    state = state_of(request)
    return TableResponse(
        parts,
        headers,
        media_type,
        state.settings.timeout_seconds,
        request.headers.get(BOOKMARK, ""),
        state.export_slots,
        warnings,
    )


class TableResponse(StreamingResponse):
    """Sends the parts as they come; the status waits for the first one.

    However the response ends, its generator is closed, and with it the transaction. An
    error after the first part cuts the body off: the client sees an incomplete body.
    """

    def __init__(
        self,
        parts: AsyncGenerator[bytes, None],
        headers: dict[str, str],
        media_type: str,
        seconds: float,
        bookmark: str,
        slots: asyncio.Semaphore,
        warnings: Collection[str],
    ) -> None:
        super().__init__(parts, 200, headers, media_type)
        self.parts = parts
        self.seconds = seconds
        self.bookmark = bookmark
        self.slots = slots
        self.warnings = warnings  # grows until the first part
        self.has_begun = False
        is_compressed = headers.get("content-encoding") == "gzip"
        self.compressor = (
            zlib.compressobj(GZIP_LEVEL, wbits=GZIP_WINDOW) if is_compressed else None
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        except ValuenetError as error:
            if self.has_begun:
                log.warning("%s was cut off: %s", scope["path"], error)
            else:
                await text_refusal(error)(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        try:
            async with (
                table_slot(self.slots, self.seconds),
                asyncio.timeout(self.seconds),
                aclosing(self.parts),
            ):
                with request_scope(self.seconds, self.bookmark):
                    async for part in self.parts:
                        await self.send_part(await self.encode(part), send)
                    end = self.compressor.flush() if self.compressor else b""
                    await self.send_part(end, send, is_last=True)
        except TimeoutError:
            raise StatementTimeout(SLOW) from None

    async def encode(self, part: bytes) -> bytes:
        """Compressed outside of the event loop, as a part may be large."""
        if self.compressor is None:
            return part
        return await asyncio.to_thread(self.compressor.compress, part)

    async def send_part(self, part: bytes, send: Send, is_last: bool = False) -> None:
        if not self.has_begun:
            self.has_begun = True
            add_warnings(self, self.warnings)
            start = {"type": "http.response.start", "status": self.status_code}
            await send(start | {"headers": self.raw_headers})
        if part or is_last:
            body = {"type": "http.response.body", "body": part}
            async with asyncio.timeout(SEND_SECONDS):
                await send(body | {"more_body": not is_last})


def add_warnings(response: Response, warnings: Collection[str]) -> None:
    """What to know before relying on the rows: a header for each warning."""
    for text in islice(warnings, MOST_WARNINGS):
        response.headers.append(WARNING, header_text(text))
    if (more := len(warnings) - MOST_WARNINGS) > 0:
        response.headers.append(WARNING, f"{more} more; about.warnings has all.")


def header_text(text: str) -> str:
    """A text as a header may have it: one line of ASCII, with an end if it is long.

    >>> header_text("Åsa has\\nno amount.")
    '%C3%85sa has no amount.'
    """
    line = quote(" ".join(text.split()), safe=PRINTABLE)
    return line if len(line) <= MOST_CHARACTERS else f"{line[:MOST_CHARACTERS]}..."


def text_refusal(error: ValuenetError) -> Response:
    """One line of text that says what is wrong, with the status of the error."""
    status = TABLE_STATUSES.get(error.code, 400)
    response = PlainTextResponse(f"{error}\n", status)
    if isinstance(error, AuthenticationRequired):
        return with_challenge(response, error)
    if isinstance(error, Unavailable) and not isinstance(error, StatementTimeout):
        response.headers["retry-after"] = RETRY_SECONDS
    return response
