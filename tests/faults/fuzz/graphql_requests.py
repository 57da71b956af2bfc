"""Requests to the API itself: POST, headers, GET, SSE and WebSocket."""

from __future__ import annotations

from typing import Any

import orjson

from tests.faults.fuzz.mutations import mutated
from tests.faults.fuzz.readers import DOCUMENT, VARIABLES
from tests.faults.fuzz.requests import Case, Headers, Requests, clean

WRITE = """mutation Write($input: [OrganisationInput!]!) {
  upsertOrganisations(input: $input, idempotencyKey: "k") {
    ... on Batch { changed lastChange }
    ... on WriteError { code problems { path } } } }"""
LISTEN = """subscription ($filter: ChangeFilter, $after: Int) {
  changes(filter: $filter, after: $after) { number operation kind key } }"""
FILTER = """query ($filter: OrganisationFilter) {
  organisations(first: 5, filter: $filter, orderBy: [{ field: NAME }]) {
    edges { cursor node { key name country } } totalCount } }"""
BODIES: list[dict[str, Any]] = [
    {"query": DOCUMENT, "variables": orjson.loads(VARIABLES), "operationName": "Name"},
    {
        "query": WRITE,
        "variables": {"input": [{"key": "a", "name": "A", "foundedOn": "2020-01-01"}]},
    },
    {
        "query": FILTER,
        "variables": {
            "filter": {"name": {"contains": "a"}, "or": [{"country": {"eq": "SE"}}]}
        },
    },
    {"query": LISTEN, "variables": {"filter": {"kinds": ["Organisation"]}, "after": 0}},
    {
        "documentId": "sha256:" + "0" * 64,
        "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}},
    },
]
SAMPLES = [orjson.dumps(body) for body in BODIES]
MESSAGES = [
    orjson.dumps({"id": "1", "type": "subscribe", "payload": body}) for body in BODIES
] + [b'{"type": "ping", "payload": {"a": 1}}', b'{"id": "1", "type": "complete"}']
QUERIES = [
    b"/graphql?query={__typename}&variables={}&operationName=A&extensions={}",
    b"/export/organisations.csv?asOf=2026-11-01",
    b"/export/exchanges.arrow",
    b"/export/?a=b",
    b"/readyz",
    b"/ide/index.html",
]
HEADERS: list[tuple[bytes, bytes]] = [
    (b"accept", b"application/graphql-response+json, */*;q=0.1"),
    (b"accept-encoding", b"gzip;q=0.5, *;q=0"),
    (b"content-type", b"application/json; charset=utf-8"),
    (b"authorization", b"Bearer valuenet_abc"),
    (b"if-none-match", b'W/"a", "b"'),
    (b"valuenet-bookmark", b"12"),
    (b"x-request-id", b"abc"),
    (b"origin", b"http://localhost"),
]


def headers_of(requests: Requests) -> Headers:
    chosen = requests.random.sample(HEADERS, k=3)
    values = [value for _, value in HEADERS]
    return [
        (key, clean(mutated(value, values, requests.random))[:8_000])
        for key, value in chosen
    ]


def post(requests: Requests) -> Case:
    body = requests.mutate(SAMPLES)
    return body, lambda: requests.request("POST", b"/graphql", body)


def post_headers(requests: Requests) -> Case:
    body, headers = requests.random.choice(SAMPLES), headers_of(requests)
    path = requests.random.choice([b"/graphql", b"/graphql/stream"])
    return repr(headers).encode(), lambda: requests.request("POST", path, body, headers)


def get(requests: Requests) -> Case:
    target = requests.mutate(QUERIES)
    method = requests.random.choice(["GET", "HEAD", "OPTIONS", "PUT"])
    headers = headers_of(requests) if requests.random.random() < 0.3 else []
    return target, lambda: requests.request(method, target, b"", headers)


def sse(requests: Requests) -> Case:
    body = requests.mutate(SAMPLES)
    return body, lambda: requests.request("POST", b"/graphql/stream", body)


def websocket(requests: Requests) -> Case:
    messages = [b'{"type": "connection_init"}']
    messages += [requests.mutate(MESSAGES) for _ in range(3)]
    if requests.random.random() < 0.2:
        messages[0] = mutated(messages[0], MESSAGES, requests.random)
    return b"\n".join(messages), lambda: requests.run(requests.talk(messages))
