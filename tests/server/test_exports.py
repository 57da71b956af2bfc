"""/export/: tables over HTTP, their list, the day, and requests that are refused."""

from __future__ import annotations

import json
import random

import pytest

from service.formats.connections import CONNECTIONS
from tests.support.everything import everything
from tests.support.worlds import SPANS, STATUSES, contract, member, party, tie


def test_a_table_is_the_file_of_the_command_line(draw, get, file):
    draw(everything())
    types = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}
    types["arrow"] = "application/vnd.apache.arrow.stream"
    for format, media_type in types.items():
        [answer] = get(f"/export/exchanges.{format}")
        assert answer.status_code == 200
        assert answer.content == file(format, "exchanges")
        assert answer.headers["content-type"] == media_type
        name = f'attachment; filename="exchanges.{format}"'
        assert answer.headers["content-disposition"] == name


def spans_world(seed):
    chance = random.Random(seed)

    def span():
        since, until = chance.choice(SPANS)
        return {"since": since, "until": until}

    members = [member(f"m{n}", **span()) for n in range(30)]
    contracts = [
        contract(f"c{n}", status=chance.choice(STATUSES), **span()) for n in range(40)
    ]
    ties = [
        tie("EXCHANGE", f"m{n % 30}", f"m{(n + 7) % 30}", key=f"t{n}", **span())
        for n in range(40)
    ]
    ties += [party(f"m{n % 30}", f"c{n}", "SUPPLIER", **span()) for n in range(40)]
    feedback = [{"key": f"f{n}", "giver": "m1", "provider": "m2"} for n in range(30)]
    feedback = [{**row, "kind": "NPS", "score": "5", **span()} for row in feedback]
    return {
        "members": members,
        "contracts": contracts,
        "ties": ties,
        "feedback": feedback,
    }


def is_active(row, day):
    """By the definition of `asOf`; a contract by its status as well."""
    ended = row.get("status") in ("COMPLETED", "TERMINATED") and not row["until"]
    return (
        (not row["since"] or row["since"] <= day)
        and (not row["until"] or day < row["until"])
        and row.get("status") != "DRAFT"
        and not ended
    )


@pytest.mark.parametrize("seed", range(2))
def test_a_day_limits_each_table_to_what_is_active_then(draw, get, seed):
    world = spans_world(seed)
    draw(world)
    tables = {
        "members": world["members"],
        "organisations": world["members"],
        "contracts": world["contracts"],
        "exchanges": [row for row in world["ties"] if row["kind"] == "EXCHANGE"],
        "contractParties": [row for row in world["ties"] if row["kind"] == "CONTRACT"],
        "feedbacks": world["feedback"],
    }
    days = ["1900-01-01", "2022-02-02", "2026-11-01", "2026-11-02", "2040-01-01"]
    paths = [f"/export/{t}.jsonl?asOf={d}" for t in tables for d in days]
    answers = iter(get(*paths))
    for rows in tables.values():
        for day in days:
            read = [json.loads(line) for line in next(answers).text.splitlines()]
            keys = sorted(row["key"] for row in rows if is_active(row, day))
            assert [row["key"] for row in read] == keys
            if "giver" in rows[0]:
                assert {row["giver"] for row in read} <= {"m1"}
    [every] = get("/export/contracts.jsonl")
    assert len(every.text.splitlines()) == len(world["contracts"])


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/export/organisations.csv?asof=2026-11-01", 400, "asof: unknown parameter."),
        ("/export/organisations.csv?limit=5", 400, "Known parameters: asOf."),
        ("/export/organisations.csv?asOf=2026-11-1", 400, "asOf: must be a date"),
        ("/export/organisations.csv?asOf=", 400, "asOf: must be a date"),
        ("/export/organisations.csv?asOf=2026-01-01&asOf=2027-01-01", 400, "once"),
        ("/export/?asOf=2026-01-01", 400, "Known parameters: none."),
        ("/export/organisation.csv", 404, "/export/ lists the tables"),
        ("/export/organisations.xlsx", 404, "Formats: csv, jsonl, arrow."),
        ("/export/organisations", 404, "no such table"),
    ],
)
def test_a_request_that_would_be_misread_is_refused(draw, get, path, status, text):
    draw({"members": [member("a")]})
    [answer] = get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "text/plain; charset=utf-8",
    )
    assert text in answer.text
    assert answer.text.count("\n") == 1
    [head] = get(path, method="HEAD")
    assert (head.status_code, head.content) == (status, b"")


def test_the_list_names_each_table_with_its_columns_and_files(draw, get):
    draw(everything())
    page = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
    answer, html = get("/export/", ("/export/", page))
    tables = answer.json()["tables"]
    assert [table["name"] for table in tables] == list(CONNECTIONS)
    texts = iter(get(*(t["files"][f] for t in tables for f in ("csv", "jsonl"))))
    for table in tables:
        files, csv, jsonl = table["files"], next(texts), next(texts)
        names = [column["name"] for column in table["columns"]]
        header = csv.text.splitlines()[0]
        assert header.startswith(",".join(names))  # extra attributes come last
        keys = json.loads(jsonl.text.splitlines()[0]).keys() - {"attributes"}
        assert keys == set(names)
        assert [p["name"] for p in table["parameters"]] == ["asOf"]
        assert f'href="{files["arrow"].removeprefix("/export/")}"' in html.text
    types = {c["name"]: c["type"] for t in tables for c in t["columns"]}
    assert types["since"] == "date"
    assert types["roles"] == "list of texts"
    assert types["opened_at"] == "time"
    assert html.headers["content-type"] == "text/html; charset=utf-8"
    assert "accept" in html.headers["vary"]
    [head] = get("/export/", method="HEAD")
    assert head.content == b""
    assert head.headers["content-length"] == answer.headers["content-length"]
    tag = {"if-none-match": answer.headers["etag"]}
    assert get(("/export/", tag))[0].status_code == 304
