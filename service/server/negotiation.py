"""Content negotiation: which media type and which encoding a client accepts."""

from __future__ import annotations

from collections.abc import Iterator

JSON = "application/json"
HTML = "text/html"
GRAPHQL_JSON = "application/graphql-response+json"
MOST_WEIGHTS = 50  # of one header; no browser has that many


def preferred_media_type(accept: str) -> str | None:
    """The media type of ours that the client prefers; None if it accepts neither.

    A client that names none gets application/json, which older clients expect.

    >>> preferred_media_type("application/json;q=0.5, application/*")
    'application/json'
    >>> preferred_media_type("*/*;q=0.5, application/graphql-response+json")
    'application/graphql-response+json'
    >>> preferred_media_type("*/*"), preferred_media_type("")
    ('application/json', 'application/json')
    >>> preferred_media_type("text/html")
    """
    by_weight = sorted(weights(accept or "*/*"), key=lambda pair: -pair[1])
    excluded = {value for value, weight in by_weight if weight <= 0}
    for value, weight in by_weight:
        if weight > 0 and value in (JSON, GRAPHQL_JSON):
            return value
        if weight > 0 and value in ("*/*", "application/*"):
            for ours in (JSON, GRAPHQL_JSON):
                if ours not in excluded:
                    return ours
    return None


def prefers_html(accept: str) -> bool:
    """Whether it is a browser that asks, and not a program.

    >>> prefers_html("text/html,application/xml;q=0.9,*/*;q=0.8"), prefers_html("*/*")
    (True, False)
    >>> prefers_html("application/json, text/html;q=0.5")
    False
    """
    by_type = dict(weights(accept))
    return by_type.get(HTML, 0) > by_type.get(JSON, 0)


def accepts_gzip(accept_encoding: str) -> bool:
    """
    >>> accepts_gzip("br, gzip;q=0.5"), accepts_gzip("*"), accepts_gzip("gzip;q=0, *")
    (True, True, False)
    """
    by_coding = dict(weights(accept_encoding))
    return by_coding.get("gzip", by_coding.get("*", 0)) > 0


def weights(header: str) -> Iterator[tuple[str, float]]:
    """Each value of an Accept… header with its weight, in order."""
    for part in header.split(",")[:MOST_WEIGHTS]:
        value, *parameters = (word.strip().lower() for word in part.split(";"))
        weight = 1.0
        for word in parameters:
            if word.startswith("q="):
                try:
                    weight = float(word[2:])
                except ValueError:
                    weight = 0.0
        yield value, weight
