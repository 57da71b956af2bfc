"""/tables/: columns, orders, days, changes, dialects, and who comes again."""

from __future__ import annotations

import csv
import io
import json
import random
from base64 import b64encode

import pytest

import seeds
from schema.records.limits import MOST_ROWS
from service.feeds import table_reader
from service.feeds.table import Table
from service.feeds.table_reader import FIRST_PAGE, ROWS_AT_ONCE, TableReader
from service.server.tokens import TokenScope, create_token
from tests.support.worlds import SPANS, member, tie


def random_ties(seed, count=60):
    chance = random.Random(seed)
    ties = []
    for number in range(count):
        since, until = chance.choice(SPANS)
        value = chance.choice(["", "1", "2.5", "-3", "1000000"])
        word = chance.choice(["", "Öl", "å", "Pump", "pump", "=1", 'a "b"; c'])
        ends = chance.sample(range(5), 2)
        own = {"since": since, "until": until, "value": value, "deliverable": word}
        key = f"t{number:03d}"
        ties.append(tie("EXCHANGE", f"m{ends[0]}", f"m{ends[1]}", key=key, **own))
    return {
        "members": [member(f"m{n}", name=f"M {5 - n}") for n in range(5)],
        "ties": ties,
    }


def in_order(rows, *terms):
    """Rows by (column, descending); what is missing comes last; then by key."""
    rows = sorted(rows, key=lambda row: row["key"])
    for column, descending in reversed(terms):
        known = [row for row in rows if row[column] is not None]
        known.sort(key=lambda row: row[column], reverse=descending)
        rows = known + [row for row in rows if row[column] is None]
    return rows


@pytest.mark.parametrize("seed", range(2))
def test_columns_order_and_limit_are_those_of_the_request(draw, get, seed):
    draw(random_ties(seed))
    [whole] = get("/tables/exchanges.json")
    rows = whole.json()
    assert [row["key"] for row in rows] == sorted(row["key"] for row in rows)
    orders = [
        ("value desc", [("value", True)]),
        ("deliverable,value desc", [("deliverable", False), ("value", True)]),
        ("source_name desc,since", [("source_name", True), ("since", False)]),
    ]
    paths = [f"/tables/exchanges.json?orderBy={text}&limit=17" for text, _ in orders]
    for (_, terms), answer in zip(orders, get(*paths), strict=True):
        assert answer.json() == in_order(rows, *terms)[:17]
    [some] = get(
        "/tables/exchanges.json?columns=target_name,value,key&orderBy=since desc"
    )
    names = ("target_name", "value", "key")
    expected = in_order(rows, ("since", True))
    assert some.json() == [{name: row[name] for name in names} for row in expected]
    assert list(some.json()[0]) == list(names)
    plain, by_type = get(
        "/tables/members.json", "/tables/members.json?orderBy=type desc,key&limit=3"
    )
    assert by_type.json() == in_order(plain.json(), ("type", True))[:3]


def test_a_question_is_sorted_as_a_whole(demo, get):
    path = "/tables/brokerage.json?asOf=2026-11-01"
    whole, some = get(
        path,
        f"{path}&orderBy=group,scores_z_total desc,member_key&limit=9"
        "&columns=member_key,scores_z_total",
    )
    names = ("member_key", "scores_z_total")
    rows = [{**row, "key": row["member_key"]} for row in whole.json()]
    rows = in_order(rows, ("group", False), ("scores_z_total", True))
    assert some.json() == [{name: row[name] for name in names} for row in rows[:9]]


def test_groups_are_sorted_and_cut_to_columns(demo, get):
    path = "/tables/investmentsByYear.json"
    whole, some = get(
        path, f"{path}?columns=target_key,on_year,count&orderBy=on_year desc,target_key"
    )
    names = ("target_key", "on_year", "count")
    rows = [{**row, "key": str(index)} for index, row in enumerate(whole.json(), 100)]
    rows = in_order(rows, ("on_year", True), ("target_key", False))
    assert len(rows) > 2
    assert some.json() == [{name: row[name] for name in names} for row in rows]


def test_a_series_is_each_day_by_itself(demo, get):
    days = ["2025-11-01", "2026-05-01", "2026-11-01"]
    series, *alone = get(
        "/tables/networkIndicators.json?asOf=2025-11-01..2026-11-01&step=P6M",
        *(f"/tables/networkIndicators.json?asOf={day}" for day in days),
    )
    rows = [{"as_of": d, **a.json()[0]} for d, a in zip(days, alone, strict=True)]
    assert series.json() == rows
    assert next(iter(series.json()[0])) == "as_of"
    ties, *of_days = get(
        "/tables/exchanges.csv?asOf=2025-11-01..2026-11-01&step=P6M&limit=3",
        *(f"/tables/exchanges.csv?asOf={day}&limit=3" for day in days),
    )
    lines = [
        f"{day},{line}"
        for day, answer in zip(days, of_days, strict=True)
        for line in answer.text.splitlines()[1:]
    ]
    assert ties.text.splitlines()[1:] == lines


def test_what_changed_after_a_number_comes_with_what_is_gone(draw, get, serve):
    draw({"members": [member(f"m{n}") for n in range(4)], "ties": []})
    [before] = get("/tables/organisations.csv")
    number = int(before.headers["x-valuenet-change"])
    [nothing] = get(f"/tables/organisations.json?since={number}")
    assert nothing.json() == []

    async def write(client):
        for document in (
            'upsertOrganisation(input: { key: "m1", name: "New" })',
            'deleteOrganisation(key: "m2")',
            'upsertTeam(input: { key: "t1", name: "T" })',
        ):
            query = f"mutation {{ {document} {{ __typename }} }}"
            answer = await client.post("/graphql", json={"query": query})
            assert "errors" not in answer.json(), answer.text
        paths = (
            f"organisations.json?since={number}&columns=key,name",
            f"members.json?since={number}&columns=key,type",
            "organisations.json?since=999999999",
            "organisations.json?since=2000-01-01&columns=key",
            "organisations.json?since=2999-01-01",
        )
        return [await client.get(f"/tables/{path}") for path in paths]

    first, all_kinds, ahead, day, later = serve(write)
    assert first.json() == [
        {"key": "m1", "name": "New", "deleted": False},
        {"key": "m2", "name": None, "deleted": True},
    ]
    assert first.headers["x-valuenet-change"] == str(number + 3)
    assert [(row["key"], row["deleted"]) for row in all_kinds.json()] == [
        ("m1", False),
        ("t1", False),
        ("m2", True),
    ]
    assert (ahead.status_code, "the last change" in ahead.text) == (400, True)
    assert {"m0", "m1", "m2", "m3"} <= {row["key"] for row in day.json()}
    assert later.json() == []


def test_a_spreadsheet_gets_csv_as_it_reads_it(draw, get):
    world = {"members": [member("a", "PERSON"), member("b", "PERSON")]}
    known = tie("ACQUAINTANCE", "a", "b", key="k", score="2.5", score_at="2026-01-02")
    draw({**world, "ties": [{**known, "contact_months": "2026-01;2025-12"}]})
    query = "columns=key,score,score_at,contact_months"
    plain, excel, american, wrong, other = get(
        f"/tables/acquaintances.csv?{query}",
        f"/tables/acquaintances.csv?{query}&dialect=excel",
        f"/tables/acquaintances.csv?{query}&dialect=excel-us",
        f"/tables/acquaintances.csv?{query}&dialect=calc",
        f"/tables/acquaintances.json?{query}&dialect=excel",
    )
    header = "key,score,score_at,contact_months\r\n"
    assert plain.text == f"{header}k,2.5,2026-01-02,2026-01;2025-12\r\n"
    assert american.content == b"\xef\xbb\xbf" + plain.content
    text = excel.content.decode("utf-8-sig")
    assert text.splitlines() == [
        header.strip().replace(",", ";"),
        'k;2,5;2026-01-02;"2026-01;2025-12"',
    ]
    assert (wrong.status_code, "expected excel or excel-us" in wrong.text) == (
        400,
        True,
    )
    assert other.status_code == 400


def test_no_text_is_a_formula_in_a_spreadsheet(draw, get):
    text = '=HYPERLINK("http://evil.example")'
    draw({"members": [member("a", name=text), member("b", name="@b")]})
    path = "/tables/organisations.csv?columns=name"
    plain, excel = get(path, f"{path}&dialect=excel-us")
    names = [row["name"] for row in csv.DictReader(io.StringIO(plain.text))]
    assert names == [text, "@b"]
    rows = csv.DictReader(io.StringIO(excel.content.decode("utf-8-sig")))
    assert [row["name"] for row in rows] == [f"'{text}", "'@b"]


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/tables/exchanges.csv?since=" + "9" * 5_000, 400, "expected a number"),
        ("/tables/exchanges.csv?since=soon", 400, "since: expected a number of"),
        ("/tables/exchanges.csv?columns=key, key", 400, "columns: each at most once"),
        (
            "/tables/exchanges.csv?community=demo",
            400,
            "Known parameters: asOf, columns",
        ),
        ("/tables/brokerage.csv?community=a&community=b", 400, "expected once"),
        ("/tables/partnerPaths.csv", 400, "startup: required"),
        ("/tables/partnerPaths.csv?startup=nix", 404, "nix"),
        ("/tables/brokerage.csv?groupBy=NIX", 400, "no value 'NIX'. Values: KIND"),
        ("/tables/brokerage.csv?asOf=2026", 400, "asOf: Value cannot represent a Date"),
        ("/tables/nix.csv", 404, "no such table. Tables: accountManagements"),
        ("/tables/exchanges.xlsx", 404, "Formats: csv, jsonl, json, arrow"),
        ("/tables/?a=1", 400, "Known parameters: none"),
    ],
)
def test_a_request_that_would_be_misread_is_refused(demo, get, path, status, text):
    [answer] = get(path)
    assert answer.status_code == status
    assert text in answer.text
    assert answer.text.count("\n") == 1
    if "nix" not in text:  # HEAD computes nothing
        assert get(path, method="HEAD")[0].status_code == status


LONG = "2" * 30_000
TABLE_NAMES = ["asOf", "columns", "orderBy", "limit", "step", "dialect", "groupBy"]
ODATA_NAMES = ["$filter", "$select", "$orderby", "$top", "$skiptoken", "$format"]


LONG_PATHS = [
    *(f"/tables/brokerage.csv?{name}={LONG}" for name in (*TABLE_NAMES, LONG)),
    *(f"/odata/brokerage?{name}={LONG}" for name in (*ODATA_NAMES, LONG)),
    *(f"/{folder}/{LONG}.csv" for folder in ("tables", "export", "odata")),
    f"/tables/brokerage.csv?columns=group,group,{LONG}",
    f"/tables/networkNodes.csv?ties=%5B%22{LONG}%22%5D",
    f"/tables/networkNodes.csv?community={LONG}",
    f"/odata/members('{LONG}')",
    f"/odata/members?$filter=since eq '{LONG}'",
]


def test_a_refusal_has_only_the_beginning_of_a_long_value(draw, get):
    draw({})
    for path, answer in zip(LONG_PATHS, get(*LONG_PATHS), strict=True):
        short = path.replace(LONG, "LONG")
        assert 400 <= answer.status_code < 500, short
        assert 0 < len(answer.text) < 2_100, short


def test_an_unchanged_table_is_304_and_a_change_is_seen(draw, get):
    draw({"members": [member("a")]})
    path = "/tables/organisations.csv"
    [first] = get(path)
    tag = {"if-none-match": first.headers["etag"]}
    time = {"if-modified-since": first.headers["last-modified"]}
    old = {"if-modified-since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    odd = {"if-modified-since": "nix"}
    large = {"if-modified-since": f"Sun, 01 Nov 2026 00:00:00 +{'9' * 20}"}
    both = {**old, **tag}
    headers = [tag, time, both, old, odd, large]
    answers = get(*((path, each) for each in headers))
    assert [answer.status_code for answer in answers] == [304] * 3 + [200] * 3
    assert answers[0].content == b""
    others = get(f"{path}?limit=1", f"{path}?columns=key", "/tables/organisations.json")
    tags = {answer.headers["etag"] for answer in others} | {first.headers["etag"]}
    assert len(tags) == 4
    draw({"members": [member("a"), member("b")]})
    [changed] = get((path, tag))
    assert changed.status_code == 200
    assert "\r\nb," in changed.text


def test_a_table_of_many_pages_has_every_row_once(draw, get):
    count = FIRST_PAGE + ROWS_AT_ONCE + 7
    draw({"members": [member(f"m{n:05d}") for n in range(count)]})
    path = "/tables/organisations.csv?columns=key"
    plain, small, limited = get(
        (path, {"accept-encoding": "identity"}), path, f"{path}&limit={FIRST_PAGE + 1}"
    )
    keys = plain.text.splitlines()[1:]
    assert keys == [f"m{n:05d}" for n in range(count)]
    assert small.headers["content-encoding"] == "gzip"
    assert small.text == plain.text
    assert len(limited.text.splitlines()) == FIRST_PAGE + 2
    assert plain.headers["x-valuenet-cost"] == str(-(-count // 200))


def test_the_price_is_told_and_refused_above_the_limit(demo, get):
    path = "/tables/brokerage.csv?asOf=2026-11-01"
    [answer] = get(path)
    price = int(answer.headers["x-valuenet-cost"])
    series = "/tables/brokerage.csv?asOf=2026-10-01..2026-11-01"
    assert get(series)[0].headers["x-valuenet-cost"] == str(2 * price)
    refused, head = (
        get(path, method=m, max_cost=price - 1)[0] for m in ("GET", "HEAD")
    )
    assert (refused.status_code, head.status_code) == (400, 400)
    assert f"costs {price:,} points; the limit is {price - 1:,}" in refused.text


def test_a_token_opens_a_table_as_bearer_as_password_and_as_cookie(draw, get, tmp_path):
    draw({"members": [member("a")]})
    tokens = tmp_path / "tokens"
    secret = create_token(tokens, "bi", TokenScope.READ)
    path = "/tables/organisations.csv?columns=key"

    def basic(name, password):
        return "Basic " + b64encode(f"{name}:{password}".encode()).decode()

    good = [f"Bearer {secret}", basic("anna", secret), basic("", secret)]
    bad = ["Bearer nix", basic(secret, ""), "Basic ?", "Basic", "Digest x"]
    answers = get(*((path, {"authorization": a}) for a in good + bad), tokens=tokens)
    assert [a.status_code for a in answers] == [200] * 3 + [401] * 5
    assert "or as the password of Basic authentication" in answers[-1].text
    challenges = answers[-1].headers.get_list("www-authenticate")
    assert [c.partition(" ")[0] for c in challenges] == ["Basic", "Bearer"]
    cookie, none, page, plain = get(
        (path, {"cookie": f"valuenet_token={secret}"}),
        path,
        ("/tables/", {"accept": "text/html"}),
        "/tables/",
        tokens=tokens,
    )
    assert (cookie.status_code, none.status_code, plain.status_code) == (200, 401, 401)
    assert (page.status_code, page.headers["location"]) == (303, "/login?next=/tables/")


def test_trusted_only_serves_the_tables_of_the_own_folder_alone(draw, get, tmp_path):
    draw({"members": [member("a")]})
    (tmp_path / "mine.graphql").write_text(
        "# Mine.\n{ organisations { nodes { key } } }"
    )
    own = {"documents": tmp_path, "trusted_only": True}
    mine, ours, listed = get("/tables/mine.csv", "/tables/teams.csv", "/tables/", **own)
    assert mine.text == "key\r\na\r\n"
    assert ours.status_code == 404
    assert [table["name"] for table in listed.json()["tables"]] == ["mine"]
    assert get("/tables/mine.csv", documents=tmp_path)[0].text == mine.text


def test_an_own_filter_and_variables_hold_beside_those_of_the_request(
    draw, get, tmp_path
):
    draw({"members": [member("a", sector="X"), member("b", sector="Y"), member("c")]})
    (tmp_path / "some.graphql").write_text("""# Some.
    query ($filter: OrganisationFilter, $order: [OrganisationOrder!]) {
      organisations(filter: $filter, orderBy: $order) { nodes { key sector } } }""")
    filter = json.dumps({"sector": {"in": ["X", "Y"]}})
    every, some, since = get(
        "/tables/some.json",
        f"/tables/some.json?filter={filter}&orderBy=key desc",
        f"/tables/some.json?filter={filter}&since=0&columns=key",
        documents=tmp_path,
    )
    assert [row["key"] for row in every.json()] == ["a", "b", "c"]
    assert [row["key"] for row in some.json()] == ["b", "a"]
    states = {row["key"]: row["deleted"] for row in since.json()}
    assert (states["a"], states["b"], states["c"]) == (False, False, True)


def test_export_is_another_name_of_a_table(demo, get):
    path = "brokerage.csv?asOf=2026-11-01&limit=3"
    table, export, records = get(
        f"/tables/{path}", f"/export/{path}", "/export/teams.csv"
    )
    assert export.content == table.content
    assert records.text.startswith("key,kind,roles,")


def test_the_list_has_every_table_as_a_page_and_as_json(demo, get):
    listed, page = get("/tables/", ("/tables/", {"accept": "text/html"}))
    tables = {table["name"]: table for table in listed.json()["tables"]}
    brokerage = tables["brokerage"]
    assert brokerage["files"]["csv"] == "/tables/brokerage.csv"
    last = brokerage["columns"][-1]
    assert (last["name"], last["type"]) == ("evidence_count", "integer")
    names = {p["name"]: (p["type"], p["default"]) for p in brokerage["parameters"]}
    assert names["groupBy"] == ("GroupKey", "REGION")
    assert "since" not in names
    choices = {p["name"]: p["choices"] for p in brokerage["parameters"]}
    assert (choices["groupBy"][0], choices["community"]) == ("KIND", None)
    assert "One of KIND," in page.text
    assert "since" in {p["name"] for p in tables["teams"]["parameters"]}
    [startup] = [p for p in tables["partnerPaths"]["parameters"] if p["required"]]
    assert startup["name"] == "startup"
    assert brokerage["odata"] == "/odata/brokerage"
    assert "/odata/partnerPaths?startup=…" in page.text
    assert "/odata/brokerage?" not in page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for name, table in tables.items():
        assert f'id="{name}"' in page.text
        assert f'href="{table["files"]["arrow"]}"' in page.text
    [head] = get("/tables/", method="HEAD")
    assert (head.status_code, head.content) == (200, b"")
    [again] = get(("/tables/", {"if-none-match": listed.headers["etag"]}))
    assert again.status_code == 304


WEIGHED = """# Brokers by the value of their exchanges.
{ brokerage(network: { ties: [EXCHANGE], asOf: "2026-11-01", weight: VALUE },
    groupBy: REGION, partialCredit: true, first: 900) {
  brokers { member { key name } group evidenceCount scores { nullReason
    observed { liaison total } expected { total } z { liaison } } } } }
"""


def test_weighed_brokers_of_a_table_are_those_of_the_api(draw, ask, get, tmp_path):
    draw(seeds.FOLDER / "demo")
    (tmp_path / "weighed.graphql").write_text(WEIGHED)
    [table] = get("/tables/weighed.json", documents=tmp_path)
    brokers = ask(WEIGHED)["brokerage"]["brokers"]
    names = ("member_name", "group", "evidence_count", "scores_null_reason")
    assert [tuple(row[name] for name in names) for row in table.json()] == [
        (b["member"]["name"], b["group"], b["evidenceCount"], b["scores"]["nullReason"])
        for b in brokers
    ]
    totals = [b["scores"]["observed"]["total"] for b in brokers]
    assert [row["scores_observed_total"] for row in table.json()] == totals
    assert sum(totals) > 0
    assert {row["scores_z_liaison"] for row in table.json()} == {None}


RANKINGS = {
    "weakNodes": 7,
    "dependence": 7,
    # What gives columns has all that is left on its second page.
    "brokerage": MOST_ROWS - 7,
    "structuralHoles": MOST_ROWS - 7,
}


@pytest.mark.parametrize("name", RANKINGS)
def test_a_ranking_has_the_same_rows_in_one_page_and_in_many(
    demo, get, monkeypatch, name
):
    path = f"/tables/{name}.csv?asOf=2026-11-01"
    path += "&community=demo" if name == "dependence" else ""
    [whole] = get(path)
    sizes = []
    read = TableReader.page

    async def page(self, request, size, after):
        sizes.append(size)
        return await read(self, request, size, after)

    monkeypatch.setattr(table_reader, "ROWS_AT_ONCE", 7)
    monkeypatch.setattr(TableReader, "page", page)
    [pages] = get(path)
    lines = whole.text.splitlines()
    assert (pages.status_code, pages.text.splitlines()) == (200, lines)
    assert len(lines) > 15
    assert sizes[:2] == [7, RANKINGS[name]]
    column = lines[0].split(",")[0]
    few, one = get(f"{path}&limit=9", f"{path}&columns={column}")
    assert few.text.splitlines() == lines[:10]
    assert one.text.splitlines() == [line.split(",")[0] for line in lines]


@pytest.mark.parametrize(
    "path",
    [
        "brokerage.csv?asOf=2026-11-01",
        "brokerage.csv?asOf=2026-11-01&groupBy=SECTOR&ties=EXCHANGE,INVESTMENT",
        "structuralHoles.csv?asOf=2026-11-01",
        "structuralHoles.csv?asOf=2026-11-01&groupBy=SECTOR&ties=EXCHANGE,INVESTMENT",
        "structuralHoles.csv?asOf=1900-01-01",
    ],
)
def test_columns_of_a_ranking_are_what_its_objects_have(demo, get, monkeypatch, path):
    [columns] = get(f"/tables/{path}")
    monkeypatch.setattr(Table, "has_plain_rows", False)
    [objects] = get(f"/tables/{path}")
    assert objects.status_code == 200
    assert columns.text.splitlines() == objects.text.splitlines()
