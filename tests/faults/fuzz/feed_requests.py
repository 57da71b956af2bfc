"""Requests to the feeds: tables in all formats, and OData."""

from __future__ import annotations

import base64
import random
from collections.abc import Sequence

import orjson

from service.feeds.encoders import DIALECTS, FORMATS
from service.feeds.table import Column, Parameter, Table
from tests.faults.fuzz.fields import (
    DAYS,
    NUMBERS,
    TEXTS,
    Fields,
    all_pairs,
    mutated_address,
    some_pairs,
)
from tests.faults.fuzz.mutations import PIECES, mutated
from tests.faults.fuzz.requests import Case, Headers, Requests, clean

SERIES = ["2024-01-01..2026-11-01", "0001-01-01..9999-12-31", "2026-11-01..", ".."]
STEPS = ["P1M", "P3M", "P1Y", "P9999Y", "P1D", "P0D", "1"]
SINCE = ["0", "1", "40", "2026-11-01", "9" * 20]
NETWORK = '{"community": "demo", "ties": ["EXCHANGE"], "asOf": "2026-11-01"}'
LITERALS = ["'SE'", "'fuktlys'", "'it''s'", "5", "-1.5e3", "2026-11-01", "null", "true"]
LITERALS += ["2026-11-01T09:00:00Z", "9" * 18, "1e308", "''", "0001-01-01", "INF"]
OPERATORS = ["eq", "ne", "gt", "ge", "lt", "le"]
CALLS = ["contains", "startswith", "endswith", "tolower", "toupper", "year", "month"]
MOST_DEPTH = 4
KEYS = ["'fuktlys'", "1", "key='fuktlys'", "row=1", "''", "'a','b'", "2026-11-01"]
OTHER_PATHS = ["/odata/", "/odata", "/odata/$metadata", "/odata/$batch", "/odata/$all"]
TABLE_HEADERS: Headers = [
    (b"accept-encoding", b"gzip;q=0.5, *;q=0"),
    (b"if-none-match", b'W/"a", "b"'),
    (b"if-modified-since", b"Sun, 01 Nov 2026 00:00:00 GMT"),
    (b"authorization", b"Basic YTpi"),
    (b"valuenet-bookmark", b"12"),
    (b"accept", b"text/html, */*;q=0.1"),
    (b"prefer", b"odata.maxpagesize=3"),
    (b"x-forwarded-host", b"example.com"),
]


def feed_tables(requests: Requests) -> Case:
    table = requests.random.choice(tables_of(requests))
    own = {**parameters_of(requests, table), **shared_parameters(requests, table)}
    folder = requests.random.choice(["tables", "tables", "tables", "export"])
    path = f"/{folder}/{table.name}.{requests.random.choice([*FORMATS])}"
    if requests.random.random() < 0.02:
        path = f"/{folder}/"
    return case_of(requests, path, table, own, PIECES)


def odata(requests: Requests) -> Case:
    table = requests.random.choice(tables_of(requests))
    options = {**options_of(requests.random, table), **parameters_of(requests, table)}
    path = f"/odata/{table.name}"
    match requests.random.randrange(12):
        case 0:
            path += f"({requests.random.choice(KEYS)})"
            options = {"$select": options["$select"], "$format": ["json"]}
        case 1:
            path += "/$count"
        case 2:
            path = requests.random.choice(OTHER_PATHS)
    words = [text.encode() for text in (*LITERALS, *OPERATORS, *CALLS, "(", ")", " ")]
    return case_of(requests, path, table, options, [*PIECES, *words])


def case_of(
    requests: Requests,
    path: str,
    table: Table,
    fields: Fields,
    others: Sequence[bytes],
) -> Case:
    """A request for a table with some of the parameters, mostly with the required."""
    random = requests.random
    pairs = some_pairs(fields, 5, random)
    if random.random() < 0.9:
        needed = {name: fields[name] for name in table.missing if name in fields}
        pairs = [pair for pair in pairs if pair[0].decode() not in needed]
        pairs += all_pairs(needed, random)
    address = mutated_address(path, pairs, others, random)
    method = random.choice(["GET"] * 8 + ["HEAD", "POST"])
    headers = [
        (name, clean(mutated(value, [value, *PIECES], random))[:8_000])
        for name, value in random.sample(TABLE_HEADERS, random.choice((0, 0, 1, 2)))
    ]
    data = address + b"\n" + repr(headers).encode()
    return data, lambda: requests.request(method, address, b"", headers)


def tables_of(requests: Requests) -> list[Table]:
    return [*requests.app.state.feeds.tables.tables.values()]


def parameters_of(requests: Requests, table: Table) -> dict[str, list[str]]:
    """The parameters of a table itself, with values of their types."""
    return {each.name: values_of(requests, each) for each in table.parameters}


def values_of(requests: Requests, parameter: Parameter) -> list[str]:
    if parameter.choices:
        return [*parameter.choices, ",".join(parameter.choices[:3]), "[]"]
    name = parameter.type.strip("[]!")
    known = {"Int": NUMBERS, "Float": NUMBERS, "Boolean": ["true", "false"]}
    known |= {"Date": [*DAYS, *SERIES], "String": requests.member_keys + TEXTS}
    return known.get(name, [NETWORK, "{}", "[{}]", *TEXTS])


def shared_parameters(requests: Requests, table: Table) -> dict[str, list[str]]:
    names = [column.name for column in table.columns]
    some = [",".join(requests.random.sample(names, min(3, len(names))))]
    fields = {"columns": [*names, *some], "limit": NUMBERS, "step": STEPS}
    fields["orderBy"] = [f"{name} desc" for name in names] + some
    return fields | {"since": SINCE, "dialect": [*DIALECTS]}


def options_of(random: random.Random, table: Table) -> dict[str, list[str]]:
    """The options of OData, with conditions made of the columns of the table."""
    names = [column.name for column in table.columns]
    some = random.sample(names, min(3, len(names)))
    return {
        "$filter": [condition(random, table.columns, 0) for _ in range(4)],
        "$orderby": [f"{name} desc" for name in names] + [",".join(some)],
        "$select": [*names, ",".join(some), "*"],
        "$top": NUMBERS,
        "$skip": NUMBERS,
        "$skiptoken": [page_token(random) for _ in range(4)],
        "$count": ["true", "false"],
        "$format": ["json", "application/json;odata.metadata=minimal", "xml"],
        "$search": ["fuktlys"],
        "$apply": ["aggregate($count as n)"],
        "$expand": ["*"],
    }


def condition(random: random.Random, columns: Sequence[Column], depth: int) -> str:
    """A condition of $filter, whose sides may have different types."""
    if depth < MOST_DEPTH and random.random() < 0.4:
        word = random.choice(["and", "or"])
        sides = [condition(random, columns, depth + 1) for _ in range(2)]
        return random.choice(["({})", "not ({})"]).format(f" {word} ".join(sides))
    if random.random() < 0.2:
        values = ",".join(random.choices(LITERALS, k=random.choice((1, 3))))
        return f"{operand(random, columns, depth)} in ({values})"
    if random.random() < 0.2:
        return operand(random, columns, depth)
    sides = [operand(random, columns, depth) for _ in range(2)]
    return f" {random.choice(OPERATORS)} ".join(sides)


def operand(random: random.Random, columns: Sequence[Column], depth: int) -> str:
    match random.randrange(6):
        case 0 | 1:
            return random.choice(LITERALS)
        case 2 if depth < MOST_DEPTH:
            sides = [operand(random, columns, depth + 1) for _ in range(2)]
            call = random.choice(CALLS)
            return f"{call}({', '.join(sides if 'wi' in call else sides[:1])})"
    return random.choice(columns).name


def page_token(random: random.Random) -> str:
    """A token as links to further pages have it, which says where a page begins."""
    after = random.choice([None, "fuktlys", "", "\0", "x" * 300, 1, -1, 9**30, True])
    counts = [random.choice([0, 3, 10**9, 2**63, -1, None]) for _ in range(2)]
    try:
        data = orjson.dumps([after, *counts])
    except TypeError:  # a number that is too large for orjson
        data = str([after, *counts]).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
