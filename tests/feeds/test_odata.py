"""/odata/: the tables as sets; filters and orders as plain Python has them."""

from __future__ import annotations

import json
import random
import threading
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest
from lxml import etree

from schema.query import schema
from service.errors import BadInput
from service.feeds.odata import set_reader
from service.feeds.odata.expressions import parse_filter
from service.feeds.odata.filter_input import NotExpressible, filter_input
from service.feeds.odata.filter_rows import truth
from service.feeds.odata.sets import entity_sets
from service.feeds.table_documents import read_tables
from service.server.tokens import TokenScope, create_token
from service.settings import Settings
from tests.feeds.test_table_files import REQUIRED
from tests.support.everything import everything
from tests.support.worlds import SPANS, member, tie

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
TEXTS = ["", "Öl", "å", "Pump", "pump", "=1", "it's", "PUMPS"]
DAYS = ["2022-02-02", "2026-11-01", "2026-11-02", "2030-01-01"]


def random_world(seed, count=60):
    chance = random.Random(seed)
    ties = []
    for index in range(count):
        since, until = chance.choice(SPANS)
        own = {"since": since, "until": until, "deliverable": chance.choice(TEXTS)}
        own |= {"value": chance.choice(["", "1", "2.5", "-3"])}
        own |= {"exchange_kind": chance.choice(["", "TANGIBLE", "INTANGIBLE"])}
        own |= {"sequence": chance.choice(["", "1", "2", "3"])}
        source, target = chance.sample(range(5), 2)
        key = f"t{index:03d}"
        ties.append(tie("EXCHANGE", f"m{source}", f"m{target}", key=key, **own))
    names = ["Anna", "anna", "Örn", "Zoë's", "M"]
    members = [
        member(f"m{n}", name=name, sector="S"[n:]) for n, name in enumerate(names)
    ]
    return {"members": members, "ties": ties}


def link(*parts):
    """A $skiptoken as somebody else may make it."""
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


COMPARE = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: None not in (a, b) and a > b,
    "ge": lambda a, b: None not in (a, b) and a >= b,
    "lt": lambda a, b: None not in (a, b) and a < b,
    "le": lambda a, b: None not in (a, b) and a <= b,
}
TEST = {
    "contains": lambda a, b: b in a,
    "startswith": lambda a, b: a.startswith(b),
    "endswith": lambda a, b: a.endswith(b),
}


def random_condition(chance, depth=0):
    """The text of a condition, and what it means for a row: true, false or None."""
    if depth < 3 and chance.random() < 0.5:
        word = chance.choice(["and", "or", "not"])
        text, one = random_condition(chance, depth + 1)
        if word == "not":
            return (
                f"not ({text})",
                lambda row: None if one(row) is None else not one(row),
            )
        more, two = random_condition(chance, depth + 1)
        decisive = word == "or"

        def both(row):
            values = [one(row), two(row)]
            if decisive in values:
                return decisive
            return None if None in values else not decisive

        return f"({text}) {word} ({more})", both
    return random_leaf(chance)


def random_leaf(chance):
    columns = {
        "deliverable": [quoted(t) for t in TEXTS],
        "source_name": ["'Anna'", "'Zoë''s'", "'a'"],
        "exchange_kind": ["'TANGIBLE'", "'NIX'"],
        "value": ["1", "2.5", "-3", "0", "999999999999999999"],
        "sequence": ["1", "2", "1.5", "9000000000"],
        "since": DAYS,
        "until": DAYS,
    }
    values = {"null": None}
    name = chance.choice(list(columns))
    literal = chance.choice([*columns[name], "null"])
    is_text = literal.startswith("'")
    plain = literal[1:-1].replace("''", "'") if is_text else literal
    if name in ("value", "sequence") and literal != "null":
        plain = float(literal)
    plain = values.get(literal, plain)
    kind = chance.randrange(6)
    if kind == 0 and is_text:
        function = chance.choice(list(TEST))
        return (
            f"{function}({name},{literal})",
            lambda row: None if row[name] is None else TEST[function](row[name], plain),
        )
    if kind == 1 and is_text:
        case = chance.choice(["lower", "upper"])
        changed = quoted(getattr(plain, case)())
        return (
            f"to{case}({name}) eq {changed}",
            lambda row: (
                row[name] is not None
                and getattr(row[name], case)() == getattr(plain, case)()
            ),
        )
    if kind == 2 and name in ("since", "until"):
        part, index = chance.choice([("year", 0), ("month", 1)])
        number = int(chance.choice(DAYS).split("-")[index])
        word = chance.choice(list(COMPARE))
        return f"{part}({name}) {word} {number}", lambda row: COMPARE[word](
            row[name] and int(row[name].split("-")[index]), number
        )
    if kind == 3 and plain is not None:
        other = chance.choice([*columns[name], "null"])
        return (
            f"{name} in ({literal},{other})",
            lambda row: (
                row[name]
                in (
                    plain,
                    None
                    if other == "null"
                    else float(other)
                    if isinstance(plain, float)
                    else other.strip("'").replace("''", "'"),
                )
            ),
        )
    if kind == 4 and name in ("since", "until"):
        return "since lt until", lambda row: COMPARE["lt"](row["since"], row["until"])
    word = chance.choice(list(COMPARE))
    if chance.random() < 0.2:
        return f"{literal} {word} {name}", lambda row: COMPARE[word](plain, row[name])
    return f"{name} {word} {literal}", lambda row: COMPARE[word](row[name], plain)


def url(path, **options):
    query = "&".join(f"${name}={quote(str(v))}" for name, v in options.items())
    return f"/odata/{path}?{query}" if query else f"/odata/{path}"


@pytest.mark.parametrize("seed", range(3))
def test_filters_are_those_of_plain_python(draw, get, seed):
    draw(random_world(seed))
    [table] = get("/tables/exchanges.json")
    rows, chance = table.json(), random.Random(seed)
    conditions = [random_condition(chance) for _ in range(60)]
    paths = [url("exchanges", filter=text, select="key") for text, _ in conditions]
    counts = [url("exchanges/$count", filter=text) for text, _ in conditions]
    answers, numbers = get(*paths), get(*counts)
    for (text, holds), answer, number in zip(conditions, answers, numbers, strict=True):
        expected = [row["key"] for row in rows if holds(row) is True]
        assert answer.status_code == 200, (text, answer.text)
        assert [row["key"] for row in answer.json()["value"]] == expected, text
        assert number.text == str(len(expected)), text


def sorted_rows(rows, *terms):
    """Rows by (column, descending): what is missing is less than all others."""
    for name, down in reversed(terms):
        rows = sorted(
            rows,
            key=lambda row: (
                row[name] is not None,
                row[name] if row[name] is not None else 0,
            ),
            reverse=down,
        )
    return rows


def test_records_are_sorted_by_any_column(draw, serve):
    roles = ["INVESTOR", "", "STARTUP;INVESTOR", "CUSTOMER"]
    draw(
        {
            "members": [
                member(f"m{n}", roles=roles[n % 4], kind="PERSON" if n % 3 else "TEAM")
                for n in range(30)
            ]
        }
    )

    async def pages(client, path):
        rows = []
        while path:
            answer = await client.get(path, headers={"prefer": "odata.maxpagesize=7"})
            assert answer.status_code == 200, answer.text
            rows += answer.json()["value"]
            last, path = path, answer.json().get("@odata.nextLink")
        return rows, last

    async def work(client):
        whole = (await client.get(url("members"))).json()["value"]
        by_roles = sorted_rows(sorted_rows(whole, ("key", True)), ("roles", False))
        path = url("members", orderby="roles,key desc", select="key,type", count="true")
        rows, last = await pages(client, path)
        assert [row["key"] for row in rows] == [row["key"] for row in by_roles]
        some, _ = await pages(
            client,
            url("members", orderby="type desc", filter="key gt 'm1'", top=9, skip=2),
        )
        chosen = [row for row in whole if row["key"] > "m1"]
        assert some == sorted_rows(chosen, ("type", True))[2:11]
        gone = rows[27]  # the row before the last page
        query = f'mutation {{ delete{gone["type"]}(key: "{gone["key"]}")'
        answer = await client.post(
            "/graphql", json={"query": query + " { __typename } }"}
        )
        assert "errors" not in answer.json(), answer.text
        answer = await client.get(last)
        assert answer.status_code == 400
        assert "begin with the first page" in answer.json()["error"]["message"]

    serve(work)


@pytest.mark.parametrize("seed", range(2))
def test_pages_in_any_order_have_each_row_once(draw, serve, seed):
    draw(random_world(seed))
    orders = [("value desc,key", ("value", True)), ("since,key desc", ("since", False))]

    async def pages(client, path):
        rows, size = [], {"prefer": "odata.maxpagesize=7"}
        count = None
        while path:
            answer = await client.get(path, headers=size)
            assert answer.headers["preference-applied"] == "odata.maxpagesize=7"
            body = answer.json()
            assert len(body["value"]) <= 7
            count = body.get("@odata.count", count)
            rows += body["value"]
            path = body.get("@odata.nextLink")
        return rows, count

    async def work(client):
        table = (await client.get("/tables/exchanges.json")).json()
        for text, term in orders:
            last = ("key", "key desc" in text)
            expected = sorted_rows(sorted_rows(table, last), term)
            every, count = await pages(
                client, url("exchanges", orderby=text, count="true")
            )
            assert [row["key"] for row in every] == [row["key"] for row in expected]
            assert count == len(table)
            path = url("exchanges", orderby=text, top=20, skip=11, select="key")
            some, _ = await pages(client, path)
            assert some == [{"key": row["key"]} for row in expected[11:31]]
        in_memory = url("valueParticipants", orderby="load desc,member_name", top=4)
        some, _ = await pages(client, in_memory)
        whole, _ = await pages(client, url("valueParticipants"))
        assert [row["row"] for row in whole] == list(range(1, len(whole) + 1))
        names = sorted_rows(sorted_rows(whole, ("member_name", False)), ("load", True))
        assert some == names[:4]

    serve(work)


def test_a_client_reads_every_set_by_its_model(draw, serve):
    """Like a strict client: by the service document, $metadata and the links alone."""
    draw(everything())

    async def work(client):
        model = etree.fromstring((await client.get("/odata/$metadata")).content)
        sets = {e.get("Name"): e for e in model.iter(f"{EDM}EntitySet")}
        listed = (await client.get("/odata/")).json()
        assert listed["@odata.context"].endswith("/odata/$metadata")
        hidden = {n for n, e in sets.items() if e.get("IncludeInServiceDocument")}
        assert {item["url"] for item in listed["value"]} == sets.keys() - hidden
        assert hidden == REQUIRED.keys()
        for name in sorted(sets.keys() - hidden):
            answer = await client.get(f"/odata/{name}?$count=true")
            assert answer.status_code == 200, answer.text
            assert answer.headers["odata-version"] == "4.0"
            assert answer.headers["content-type"].startswith(
                "application/json;odata.metadata=minimal"
            )
            check_entities(model, name, answer.json())
            count = await client.get(f"/odata/{name}/$count")
            assert count.text == str(answer.json()["@odata.count"])

    serve(work)


def check_entities(model, name, body):
    [kind] = [t for t in model.iter(f"{EDM}EntityType") if t.get("Name") == name]
    properties = {p.get("Name"): p for p in kind.iter(f"{EDM}Property")}
    [key] = [ref.get("Name") for ref in kind.iter(f"{EDM}PropertyRef")]
    assert properties[key].get("Nullable") == "false"
    assert len(properties) <= 64
    assert body["@odata.context"].endswith(f"/odata/$metadata#{name}")
    types = {
        "Edm.String": str,
        "Edm.Int64": int,
        "Edm.Double": (float, int),
        "Edm.Boolean": bool,
        "Edm.Date": str,
        "Edm.DateTimeOffset": str,
    }
    keys = [row[key] for row in body["value"]]
    assert len(keys) == len(set(keys))
    for row in body["value"]:
        assert row.keys() == properties.keys()
        for column, value in row.items():
            if value is not None:
                assert isinstance(value, types[properties[column].get("Type")]), column


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        (url("exchanges", expand="source"), 501, "$expand: not supported"),
        (url("exchanges", filter="nix eq 1"), 400, "no column 'nix'"),
        (url("exchanges", filter="value eq 'a'"), 400, "no value of Edm.Double"),
        (url("exchanges", filter="value add 1 eq 2"), 400, "expected"),
        (url("exchanges", filter="length(key) eq 2"), 501, "no function length"),
        (url("exchanges", filter="(" * 60 + "value eq 1"), 400, "levels deep"),
        (url("exchanges", filter="key"), 400, "conditions"),
        (url("exchanges", filter="key eq 'a"), 400, "expected"),
        (
            url("exchanges", filter="since eq 2026-02-30"),
            400,
            "no number, date or time",
        ),
        (url("exchanges", filter="value gt 1e400"), 400, "no number, date or time"),
        (url("exchanges", filter="key in ()"), 400, "a column or a value at ')'"),
        (url("exchanges", format="xml"), 400, "expected json"),
        (
            url("exchanges", format="application/json;odata.metadata=full"),
            400,
            "expected json",
        ),
        (url("exchanges", orderby="key up"), 400, "asc or desc"),
        (url("exchanges", top="-1"), 400, "expected a number"),
        (url("exchanges", top="9" * 5_000), 400, "expected a number"),
        (url("exchanges", filter="tolower(" * 1_100), 400, "levels deep"),
        (
            url("exchanges", filter="since gt 0001-01-01T00:00:00+23:59"),
            400,
            "no number, date or time",
        ),
        (url("exchanges", skiptoken="nix"), 400, "$skiptoken"),
        (url("exchanges", skiptoken=link(5, 0, None)), 400, "$skiptoken"),
        (url("exchanges", skiptoken=link(None, -5, 3)), 400, "$skiptoken"),
        (url("brokerage", skiptoken=link("a", 0, None)), 400, "$skiptoken"),
        (url("brokerage", skiptoken=link(True, 0, None)), 400, "$skiptoken"),
        (url("brokerage", skiptoken=link(None, 0, -3)), 400, "$skiptoken"),
        (url("exchanges", select="nix"), 400, "no column 'nix'"),
        ("/odata/exchanges?asOf=2026-01-01..2026-02-01", 400, "about one day"),
        ("/odata/exchanges?nix=1", 400, "Known parameters: asOf"),
        (url("exchanges", filter="lenght(key) eq 2"), 400, "no function lenght"),
        (url("exchanges", nix="1"), 400, "$nix: not supported"),
        ("/odata/$batch", 501, "$batch: not supported"),
        ("/odata/exchanges('a')", 404, "exchanges('a'): no such row."),
        ("/odata/nix('a')", 404, "nix: no such set"),
        ("/odata/exchanges('a' or 1 eq 1)", 400, "expected one value of the key, key"),
        ("/odata/exchanges(null)", 400, "expected one value of the key, key"),
        ("/odata/exchanges(1)", 400, "no value of Edm.String"),
        (url("exchanges('a')", top="1"), 400, "$top: one row has $select"),
        ("/odata/exchanges/source", 404, "not supported"),
        ("/odata/partnerPaths", 400, "startup: required"),
    ],
)
def test_what_is_not_supported_is_an_error_of_odata(draw, get, path, status, text):
    draw({"members": [member("a")]})
    [answer] = get(path)
    assert answer.status_code == status
    assert answer.headers["odata-version"] == "4.0"
    assert answer.headers["content-type"].startswith("application/json")
    assert text in answer.json()["error"]["message"]
    assert answer.json()["error"]["code"]


def test_one_row_has_an_address(draw, get):
    keys = ["a", "it's", "ä/b(c) d", "5"]
    draw({"members": [member(key, name=key.upper()) for key in keys]})
    [members, *rows] = get(
        url("organisations"),
        *(f"/odata/organisations({quote(quoted(key), safe='')})" for key in keys),
    )
    by_key = {row["key"]: row for row in members.json()["value"]}
    for key, answer in zip(keys, rows, strict=True):
        body = answer.json()
        context = body.pop("@odata.context")
        assert context.endswith("/odata/$metadata#organisations/$entity")
        assert body == by_key[key]
    named, question = get(
        "/odata/organisations(key='a')?$select=name",
        "/odata/networkIndicators(row=1)?$select=row,gaining_count",
    )
    assert named.json()["name"] == "A"
    assert named.json()["@odata.context"].endswith("#organisations(name)/$entity")
    assert question.json()["row"] == 1


def test_requests_of_excel_and_power_bi_are_answered(draw, get, tmp_path):
    """The headers that both send: first without credentials, then with the token."""
    draw({"members": [member("a"), member("b")]})
    tokens = tmp_path / "tokens"
    secret = create_token(tokens, "excel", TokenScope.READ)
    accept = "application/json;odata.metadata=minimal;q=1.0,"
    accept += (
        "application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8"
    )
    headers = {
        "accept": accept,
        "odata-maxversion": "4.0",
        "maxdataserviceversion": "3.0",
        "user-agent": "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)",
        "accept-encoding": "gzip, deflate",
    }
    [first] = get(("/odata/", headers), tokens=tokens)
    challenges = first.headers.get_list("www-authenticate")
    assert first.status_code == 401
    assert [c.partition(" ")[0] for c in challenges] == ["Basic", "Bearer"]
    basic = b64encode(f"anyone:{secret}".encode()).decode()
    known = {**headers, "authorization": f"Basic {basic}"}
    model = {**known, "accept": "application/xml"}
    fold = url("organisations", select="key,name", top=1000, filter="name ge 'a'")
    answers = get(
        ("/odata/", known),
        ("/odata/$metadata", model),
        ("/odata/organisations", known),
        (fold, known),
        (url("organisations/$count"), known),
        tokens=tokens,
    )
    assert [answer.status_code for answer in answers] == [200] * 5
    assert answers[1].headers["content-type"].startswith("application/xml")
    assert [row["key"] for row in answers[2].json()["value"]] == ["a", "b"]
    assert answers[4].text == "2"


def test_links_name_the_outer_address_behind_a_proxy(draw, get):
    draw({"members": [member("a"), member("b")]})
    outer = {"x-forwarded-proto": "https", "x-forwarded-host": "bi.example"}
    outer |= {"x-forwarded-prefix": "/net", "prefer": "odata.maxpagesize=1"}
    path = url("organisations", select="key", filter="key ne 'x'")
    [behind] = get((path, outer), behind_proxy=True)
    assert behind.json()["@odata.nextLink"].startswith(
        "https://bi.example/net/odata/organisations?$select=key"
    )
    [direct] = get((path, outer))
    assert "bi.example" not in direct.text
    [slash] = get(("/odata", outer), behind_proxy=True)
    assert slash.headers["location"] == "https://bi.example/net/odata/"


def test_more_conditions_than_a_statement_has_are_applied_to_rows(draw, get):
    draw({"members": [member(key, name=key) for key in ("m1", "m200", "x")]})
    json_format = "application/json;odata.metadata=minimal;charset=utf-8"
    [answer] = get(url("members", filter=MANY, select="key", format=json_format))
    assert [row["key"] for row in answer.json()["value"]] == ["m1", "m200"]


SETS = entity_sets(read_tables(schema._schema, Settings()).tables.values())


LONG_LIST = [chr(number) for number in range(0x4E00, 0x4E00 + 1_001)]


@pytest.mark.parametrize(
    ("text", "filter"),
    [
        ("name eq 'A'", {"name": {"eq": "A"}}),
        ("not (name eq 'A')", {"not": {"name": {"eq": "A"}}}),
        ("name eq null", {"not": {"name": {"isNull": False}}}),
        (
            "year(founded_on) eq 2010 and country in ('SE','NO')",
            {
                "and": [
                    {"foundedOn": {"gte": "2010-01-01", "lt": "2011-01-01"}},
                    {"country": {"in": ["SE", "NO"]}},
                ]
            },
        ),
        (
            "startswith(tolower(name),'a')",
            {"name": {"startsWithIgnoreCase": "a"}},
        ),
        ("name in ('B','A','B')", {"name": {"in": ["B", "A"]}}),
        (
            f"not (name in ({','.join(map(quoted, LONG_LIST))},null))",
            {
                "not": {
                    "or": [
                        {"name": {"in": LONG_LIST[:1_000]}},
                        {"name": {"in": LONG_LIST[1_000:]}},
                        {"name": {"isNull": True}},
                    ]
                }
            },
        ),
    ],
)
def test_the_database_selects_where_the_connection_has_a_filter(text, filter):
    own = SETS["organisations"]
    assert filter_input(own.table, own.columns, parse_filter(text)) == filter


MANY = " or ".join(f"name eq 'm{number}'" for number in range(201))


@pytest.mark.parametrize(
    "text",
    [
        "month(founded_on) eq 3",
        "name eq sector",
        "roles eq ''",
        MANY,
    ],
)
def test_other_conditions_are_applied_to_rows(text):
    own = SETS["organisations"]
    with pytest.raises(NotExpressible):
        filter_input(own.table, own.columns, parse_filter(text))


class CountedRow(dict):
    """A row that counts how often its values are read."""

    reads = 0

    def __getitem__(self, name):
        self.reads += 1
        return super().__getitem__(name)


@pytest.mark.parametrize(
    ("text", "is_true"),
    [
        ("name in ('x'" + ",'m1'" * 1_000 + ")", True),
        ("name in ('x','y',null)", False),
        ("name eq 'm1' or month(founded_on) eq 3 or sector eq null", True),
        ("name eq 'x' and month(founded_on) eq 3 and sector eq null", False),
    ],
)
def test_a_row_is_read_once_where_that_decides(text, is_true):
    columns = SETS["organisations"].columns
    row = CountedRow(name="m1", founded_on=None, sector=None)
    assert truth(parse_filter(text), columns)(row) is is_true
    assert row.reads == 1


def test_conditions_and_orders_of_rows_are_computed_outside_of_the_event_loop(
    draw, get, monkeypatch
):
    threads = []
    for name in ("matching_rows", "in_order"):
        work = getattr(set_reader, name)

        def recorded(*values, work=work):
            threads.append(threading.current_thread().name)
            return work(*values)

        monkeypatch.setattr(set_reader, name, recorded)
    draw({"members": [member(key, name=key) for key in ("m1", "x")]})
    rows, counted, ordered = get(
        url("members", filter=MANY),
        url("members/$count", filter=MANY),
        url("members", filter=MANY, orderby="roles"),
    )
    assert counted.text == "1"
    for answer in (rows, ordered):
        assert [row["key"] for row in answer.json()["value"]] == ["m1"]
    assert len(threads) == 4
    assert all(name.startswith("analysis") for name in threads)


@pytest.mark.parametrize("text", ["", "a eq", "a eq 1 b", "in (1)", "a in ()", "f("])
def test_a_filter_that_is_none_is_refused(text):
    with pytest.raises(BadInput):
        parse_filter(text)
