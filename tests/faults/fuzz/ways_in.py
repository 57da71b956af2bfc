"""Every way in over HTTP, by the name of its target: each makes the next case."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.faults.fuzz.feed_requests import feed_tables, odata
from tests.faults.fuzz.graphql_requests import get, post, post_headers, sse, websocket
from tests.faults.fuzz.page_requests import forms, pages
from tests.faults.fuzz.requests import Case, Requests
from tests.faults.fuzz.uploads import upload

WAYS_IN: dict[str, Callable[[Requests], Case]] = {
    "post": post,
    "post_headers": post_headers,
    "get": get,
    "sse": sse,
    "websocket": websocket,
    "feed_tables": feed_tables,
    "odata": odata,
    "pages": pages,
    "forms": forms,
    "upload": upload,
}


def request_cases(name: str, requests: Requests) -> Iterator[Case]:
    while True:
        yield WAYS_IN[name](requests)
