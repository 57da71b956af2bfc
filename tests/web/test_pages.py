"""The page: every address answers from the data, safely, with its state in the URL."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from graphql import parse, validate

import seeds
from schema.query import schema
from service.server.tokens import TokenScope, create_token
from service.web import documents
from service.web.routes import PAGES
from tests.support.worlds import member, tie

DAY = "day=2026-11-01"
STORIES = {
    f"/?community=demo&{DAY}": ("Who brokers", "Who is fragile", "What changed since"),
    f"/map?community=demo&{DAY}": ("The map draws all", "Links of the map"),
    f"/members?community=demo&role=STARTUP&{DAY}": ("Members", "Fuktlys"),
    f"/members/fuktlys?{DAY}": ("Exchanges", "As a broker", "Who depends on it"),
    f"/introductions?community=demo&{DAY}": ("Start-ups", "Fuktlys"),
    f"/introductions?startup=fuktlys&{DAY}": ("Prototype making", "Weakest step"),
    f"/what-if?member=asvik-pump&works=40&{DAY}": ("Dependency", "Inoperability"),
    f"/dependence?community=demo&{DAY}": ("Depends on one", "20 of 54", "Lena Fors"),
    f"/departures?person=magnus-wiberg&{DAY}": ("Which customers may follow",),
    f"/report?community=demo&{DAY}": ("The network", "Who brokers between others"),
    "/report/funders?community=demo&to=2026-11-01": ("Jobs", "Money raised"),
    f"/search?text=prototype&{DAY}": ("Results", "capability"),
}
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=a()>']
HOSTILE.append("\u202e\u05d0" + "é" * 600)


class Tags(HTMLParser):
    """All start tags of a page, with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def demo(draw):
    draw(seeds.FOLDER / "demo")


@pytest.fixture
def get(serve):
    """The responses to some paths."""

    def get(*paths, cookies=None, **settings):
        async def work(client):
            client.cookies.update(cookies or {})
            return [await client.get(path) for path in paths]

        return serve(work, **settings)

    return get


@pytest.mark.parametrize("name", documents.page_documents())
def test_each_document_fits_the_schema(name):
    assert validate(schema._schema, parse(documents.document(name))) == []


@pytest.mark.database
def test_each_page_answers_from_the_demo_and_runs_nothing_inline(demo, get):
    for path, page in zip(STORIES, get(*STORIES), strict=True):
        assert page.status_code == 200, (path, page.text)
        for text in STORIES[path]:
            assert text in page.text, path
        policy = page.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        tags = Tags(page.text).tags
        assert not [t for t, own in tags if t == "script" and "src" not in own]
        assert not [t for t, own in tags if t == "style" or "style" in own]
        assert not [own for _, own in tags if any(n.startswith("on") for n in own)]
        headings = [tag for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
        assert headings[0] == "h1"
        assert headings.count("h1") == 1
        ids = [own["id"] for _, own in tags if "id" in own]
        assert len(ids) == len(set(ids))
        labels = {own.get("for") for tag, own in tags if tag == "label"}
        fields = [
            own["id"]
            for tag, own in tags
            if tag in ("input", "select") and own.get("type") != "hidden"
        ]
        assert set(fields) <= labels


@pytest.mark.database
def test_links_lead_somewhere_and_keep_the_day(demo, get):
    [page] = get(f"/?community=demo&{DAY}")
    links = [own["href"] for tag, own in Tags(page.text).tags if tag == "a"]
    members = sorted({link for link in links if link.startswith("/members/")})
    assert len(members) > 5
    assert all("day=2026-11-01" in link for link in members)
    assert {answer.status_code for answer in get(*members[:5])} == {200}


@pytest.mark.database
def test_each_table_is_a_csv_with_the_cells_of_the_page(demo, get):
    page, table, missing = get(
        f"/?community=demo&{DAY}",
        f"/?community=demo&{DAY}&csv=brokers",
        f"/?community=demo&{DAY}&csv=nix",
    )
    assert table.headers["content-type"].startswith("text/csv")
    header, *rows = csv.reader(io.StringIO(table.text))
    assert header == ["member", "group", "pairs", "against chance"]
    assert len(rows) == 5
    assert all(row[0] in page.text for row in rows)
    assert missing.status_code == 404
    assert "brokers" in missing.text


@pytest.mark.database
def test_a_question_opens_in_the_editor_with_its_variables(demo, get):
    [page] = get("/members/fuktlys")
    links = [own["href"] for tag, own in Tags(page.text).tags if tag == "a"]
    [link] = {link for link in links if "BrokerRoles" in link}
    given = parse_qs(urlsplit(link).fragment)
    assert given["document"] == [documents.document("broker_roles")]
    assert '"key": "fuktlys"' in given["variables"][0]


@pytest.mark.database
def test_hostile_names_are_texts_on_every_page(draw, get):
    names = [member(f"m{i}", name=name) for i, name in enumerate(HOSTILE)]
    names[0] |= {"roles": "STARTUP", "sector": HOSTILE[0]}
    ties = [tie("EXCHANGE", "m0", "m1", deliverable=HOSTILE[1])]
    ties += [tie("MEMBERSHIP", f"m{i}", "c") for i in range(3)]
    communities = [{"key": "c", "kind": "OTHER", "name": HOSTILE[0]}]
    draw({"members": names, "ties": ties, "communities": communities})
    paths = ["/", "/members", "/members/m0", "/introductions", "/search?text=script"]
    paths += [
        "/what-if?member=m1",
        "/what-if?member=%3Cscript%3E",
        "/departures?person=m1&to=%3Cimg",
        "/dependence",
        "/report",
        "/report/funders",
        "/search?text=%3Cscript%3E",
        "/members/%3Cscript%3E",
    ]
    for page in get(*paths):
        assert page.status_code in (200, 404)
        assert "<script>alert" not in page.text
        assert "<img" not in page.text


@pytest.mark.database
def test_a_member_without_a_region_brokers_between_sectors(draw, get):
    rows = [member(f"m{n}", sector=f"s{n}") for n in range(3)]
    rows.append(member("north", region="North", sector="s0"))
    arcs = [("m0", "m1"), ("m1", "m2"), ("m2", "north"), ("north", "m0")]
    draw({"members": rows, "ties": [tie("EXCHANGE", *arc) for arc in arcs]})
    of_sector, of_region = get("/members/m1", "/members/north")
    assert "exchange only through this member, by sector." in of_sector.text
    assert "exchange only through this member, by region." in of_region.text


@pytest.mark.database
def test_an_empty_database_shows_how_to_begin(draw, get):
    draw({})
    [page] = get("/")
    assert "valuenet load FILE" in page.text
    assert "valuenet demo" in page.text


@pytest.mark.database
@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/members/nobody", 404, "No member has the key"),
        ("/?community=nix", 404, "nix"),
        ("/?day=soon", 400, "expected a day such as 2026-11-01"),
        ("/members?community=nix", 404, "No community has the key"),
        ("/members?role=KING", 400, "role: expected one of STARTUP"),
        ("/what-if?member=m0&works=900", 400, "works: expected 0 to 100"),
    ],
)
def test_a_wrong_address_says_what_is_expected(draw, get, path, status, text):
    draw({"members": [member("m0")], "communities": [{"key": "c", "kind": "OTHER"}]})
    [page] = get(path)
    assert page.status_code == status
    assert text in page.text


@pytest.mark.database
def test_a_page_that_takes_too_long_says_to_load_it_again(demo, get):
    [page] = get("/members/fuktlys", timeout_seconds=0.001)
    assert "took longer" in page.text
    assert "load the page again" in page.text


@pytest.fixture
def guarded(draw, tmp_path):
    """The settings of a server with tokens, and one token of each scope."""
    draw({"members": [member("m0", name="Secret firm")]})
    file = tmp_path / "tokens"
    secrets = {scope: create_token(file, scope.value, scope) for scope in TokenScope}
    return {"tokens": file}, secrets


@pytest.mark.database
def test_without_a_token_every_page_leads_to_the_sign_in(guarded, get):
    settings, _ = guarded
    paths = [path.replace("{key:path}", "m0") for path in PAGES]
    for page in get(*paths, **settings):
        assert page.status_code == 303
        assert page.headers["location"].startswith("/login?next=/")
        assert "Secret" not in page.text
    [page] = get("/members/m0", cookies={"valuenet_token": "wrong"}, **settings)
    assert page.status_code == 303


@pytest.mark.database
def test_signing_in_sets_a_cookie_that_no_script_reads_and_out_removes_it(
    guarded, serve
):
    settings, secrets = guarded

    async def work(client):
        form = await client.get("/login?next=/members/m0")
        csrf_token = re.search(r'name="csrf_token" value="([^"]+)"', form.text)[1]
        secret = secrets[TokenScope.READ]
        sent = {"token": secret, "csrf_token": csrf_token, "next": "/members/m0"}
        forged = await client.post("/login", data={**sent, "csrf_token": "x"})
        wrong = await client.post("/login", data={**sent, "token": "x"})
        right = await client.post("/login", data=sent)
        page = await client.get(right.headers["location"])
        stay = await client.post("/logout", data={"csrf_token": csrf_token})
        new = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        assert new != csrf_token
        out = await client.post("/logout", data={"csrf_token": new})
        statuses = [stay.status_code, out.status_code]
        return forged, wrong, right, page, statuses, await client.get("/members/m0")

    forged, wrong, right, page, statuses, after = serve(work, **settings)
    assert (forged.status_code, wrong.status_code) == (403, 401)
    cookie = next(
        c for c in right.headers.get_list("set-cookie") if "valuenet_token" in c
    )
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert page.status_code == 200
    assert "Secret firm" in page.text
    assert [*statuses, after.status_code] == [403, 303, 303]


def test_the_styles_and_scripts_are_small():
    static = documents.FOLDER.with_name("static")
    files = [path for path in static.iterdir() if path.is_file()]
    lines = {path: len(path.read_text().splitlines()) for path in files}
    assert sum(lines[path] for path in files if path.suffix == ".css") <= 500
    assert sum(lines[path] for path in files if path.suffix == ".js") <= 700


def test_the_scripts_of_others_are_those_of_their_packages():
    folder = documents.FOLDER.with_name("static") / "vendor"
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in map(str.split, lines)}
    scripts = {path.name: path.read_bytes() for path in folder.glob("*.js")}
    assert sums == {n: hashlib.sha256(b).hexdigest() for n, b in scripts.items()}
    readme = (folder / "README.md").read_text()
    for name in sums:
        [line] = [line for line in readme.splitlines() if line.startswith(f"| {name} ")]
        licence = re.search(r"LICENSE-\w+", line)[0]
        assert (folder / licence).read_text().strip()


@pytest.mark.database
def test_no_cell_of_a_csv_is_a_formula(draw, get):
    draw({"members": [member("a", name="=1+1")]})
    [table] = get("/members?csv=members")
    [_, *rows] = csv.reader(io.StringIO(table.text))
    assert [row[0] for row in rows] == ["'=1+1"]
