"""/tables/: each table in each format is what the API answers."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import nanoarrow as na
import orjson
import pytest

from service.feeds.table_documents import product_documents
from service.vocabulary import snake
from tests.support.everything import everything

REQUIRED = {
    "coolingTies": {"community": "demo"},
    "customersWaiting": {"member": "asvik-pump"},
    "dependence": {"community": "demo"},
    "departures": {"person": "magnus-wiberg"},
    "innovation": {"organisation": "nordan"},
    "keyPeople": {"organisation": "bergslund-ventures"},
    "partnerPaths": {"startup": "fuktlys"},
    "serviceQuality": {
        "provider": "hyllvik-hem",
        "from": "2026-07-01",
        "to": "2026-10-01",
    },
}
DAY = "2026-11-01"
SMALL = 20  # what a list of the API has where its document names no size


def flat(row, path=""):
    """The scalars inside an object by the names of their columns."""
    cells = {}
    for name, value in row.items():
        name = f"{path}_{snake(name)}" if path else snake(name)
        if isinstance(value, dict):
            cells |= flat(value, name)
        elif not (isinstance(value, list) and value and isinstance(value[0], dict)):
            cells[name] = value
    return cells


def rows_in(data):
    """The rows of an answer of the API: by hand, for the few forms that ours have."""
    [(_, answer)] = data.items()
    if "groupBy" in answer:
        rows = []
        for node in answer["groupBy"]["nodes"]:
            keys = [item["value"] for item in node.pop("keys")]
            names = ("target_key", "target_name", "on_year", "currency")
            rows.append({**dict(zip(names, keys, strict=True)), **flat(node)})
        return rows
    if "stages" in answer:
        return [
            {**flat({n: v for n, v in stage.items() if n != "paths"}), **flat(path)}
            for stage in answer["stages"]
            for path in stage["paths"]
        ]
    lists = [value for value in answer.values() if isinstance(value, list)]
    return [flat(row) for row in lists[0]] if lists else [flat(answer)]


def query_of(values):
    return "&".join(f"{name}={value}" for name, value in values.items())


def read_arrow(data):
    return na.ArrayStream.from_readable(io.BytesIO(data)).read_all().to_pylist()


def as_json(value):
    """A value of Arrow as JSON has it; a time in its own text."""
    if isinstance(value, datetime):
        return value
    return value.isoformat() if isinstance(value, date) else value


def json_number(value):
    """A number as JSON of the server has it: 0.0000025, where Python has 2.5e-06."""
    return orjson.dumps(value).decode()


def as_cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return json_number(value)
    return ";".join(value) if isinstance(value, list) else str(value)


def check_formats(get, name, query, rows):
    """All formats have these rows."""
    paths = [f"/tables/{name}.{f}?{query}" for f in ("json", "jsonl", "csv", "arrow")]
    as_array, as_lines, as_csv, as_arrow = get(*paths)
    assert as_array.status_code == 200, as_array.text
    pairs = zip(as_array.json(), rows, strict=False)
    assert all(known(own) == known(row) for own, row in pairs)
    assert len(as_array.json()) >= len(rows)
    assert [json.loads(line) for line in as_lines.text.splitlines()] == as_array.json()
    header, *cells = csv.reader(io.StringIO(as_csv.text))
    expected = [[as_cell(v) for v in row.values()] for row in as_array.json()]
    assert cells == expected
    assert all(known(row).keys() <= set(header) for row in rows)
    typed = read_arrow(as_arrow.content)
    assert len(typed) == len(cells)
    for row, own in zip(as_array.json(), typed, strict=True):
        assert list(own) == header
        for column, value in own.items():
            if isinstance(value, datetime):
                assert value == datetime.fromisoformat(row[column])
            else:
                assert as_json(value) == row[column], column


def known(row):
    """A row without blanks: a missing object has no fields in the API."""
    return {name: value for name, value in row.items() if value is not None}


def is_of_records(text):
    return "orderBy: [{ field: KEY }]" in text


@pytest.mark.parametrize(
    "name", [name for name, text in product_documents().items() if is_of_records(text)]
)
def test_a_table_of_records_is_what_the_api_answers(everything_drawn, ask, get, name):
    rows = rows_in(ask(product_documents()[name]))
    assert rows
    check_formats(get, name, "", rows)


@pytest.fixture(scope="module")
def everything_drawn(draw):
    draw(everything())


@pytest.mark.parametrize(
    "name",
    [name for name, text in product_documents().items() if not is_of_records(text)],
)
def test_a_table_of_a_question_is_what_the_api_answers(demo, ask, get, name):
    values = {**REQUIRED.get(name, {}), "asOf": DAY}
    answer = rows_in(ask(product_documents()[name], **values))
    check_formats(get, name, query_of(values), answer)
    assert answer
    if len(answer) == SMALL and name != "partnerPaths":
        [whole] = get(f"/tables/{name}.json?{query_of(values)}")
        assert len(whole.json()) > SMALL
