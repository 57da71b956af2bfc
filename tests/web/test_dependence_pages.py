"""Depends on one, departures and what-if: what the pages say of drawn worlds."""

from __future__ import annotations

import csv
import io
import re

import pytest

import seeds
from tests.questions.test_dependence import reliant
from tests.support.worlds import member, tie

DAY = "day=2026-11-01"


@pytest.fixture
def pages(serve):
    """The texts of some pages, which all answer with 200."""

    def pages(*paths):
        async def work(client):
            answers = [await client.get(path) for path in paths]
            assert [a.status_code for a in answers] == [200] * len(answers), answers
            return [answer.text for answer in answers]

        return serve(work)

    return pages


def rows_of(text):
    return list(csv.reader(io.StringIO(text)))


def bare(text):
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.database
def test_the_list_of_dependences_has_rows_kinds_and_what_is_missing(draw, pages):
    draw(reliant())
    address = f"/dependence?community=g&{DAY}"
    page, table, kinds = pages(
        address, f"{address}&csv=dependence", f"{address}&csv=kinds"
    )
    header, *rows = rows_of(table)
    assert header[:5] == ["who", "depends on", "as", "for", "share"]
    assert [row[1:6] for row in rows] == [
        [
            *("Name of ann", "key person, one of 2", "2 of 2 customers and partners"),
            *("100%", "Name of c, Name of d"),
        ],
        [
            *("Name of bob", "key person, one of 2", "1 of 2 customers and partners"),
            *("50%", "Name of d"),
        ],
        ["Name of ann", "only contact", "1 of 3 customers", "33%", "Name of c"],
        [
            *("Name of gas", "supplier without substitute", "1 of 3 suppliers"),
            *("33%", "Name of gas"),
        ],
    ]
    _, *counts = rows_of(kinds)
    assert [row[1] for row in counts] == ["1", "2", "unknown", "unknown", "1"]
    assert "is a start-up" in counts[2][2]
    assert "4 of 4 dependences on this page" in page
    assert "Members without a stored dependency" in page
    assert "/departures?community=g&amp;day=2026-11-01&amp;person=ann" in page
    assert "/what-if?community=g&amp;day=2026-11-01&amp;member=gas" in page


def many_suppliers(count):
    keys = [f"s{number:02}" for number in range(count)]
    ties = [tie("MEMBERSHIP", "firm", "g")]
    ties += [tie("DEPENDENCY", "firm", key) for key in keys]
    members = [member(key) for key in ["firm", *keys]]
    communities = [{"key": "g", "kind": "CLUB", "name": "Group"}]
    return {"members": members, "ties": ties, "communities": communities}


@pytest.mark.database
def test_pages_of_dependences_lead_on_and_the_table_has_all_of_them(draw, pages):
    draw(many_suppliers(23))
    address = f"/dependence?community=g&kind=SOLE_SUPPLIER&{DAY}"
    first, table = pages(address, f"{address}&csv=dependence")
    assert "20 of 23 dependences on this page" in first
    assert len(rows_of(table)) == 1 + 23
    link = re.search(r'href="([^"]+)">Next page', first)[1].replace("&amp;", "&")
    [second] = pages(link)
    assert "3 of 23 dependences on this page" in second
    assert "Next page" not in second
    assert "First page" in second
    names = re.findall(r"Name of s\d\d</a>", first + second)
    assert len(set(names)) == 23


@pytest.mark.database
def test_a_person_is_chosen_by_key_name_or_part_of_a_name(draw, pages):
    people = {"ann": "Ann Berg", "ann2": "Anna Berg", "bo": "Bo Ek"}
    members = [member(k, "PERSON") | {"name": n} for k, n in people.items()]
    members.append(member("berg") | {"name": "Berg Ltd"})
    draw({"members": members})
    by_key, by_name, by_part, several, nobody, to = pages(
        "/departures?person=bo",
        "/departures?person=ann+berg",
        "/departures?person=ek",
        "/departures?person=berg",
        "/departures?person=Zoe",
        "/departures?person=bo&to=Berg+Ltd",
    )
    assert "If Bo Ek leaves" in by_key
    assert "If Ann Berg leaves" in by_name
    assert "If Bo Ek leaves" in by_part
    # A firm is no person who leaves.
    assert "2 members with &#39;berg&#39;: choose one." in several
    assert 'href="/departures?person=ann2"' in several
    assert "No member has the key or a name with &#39;Zoe&#39;" in nobody
    assert "and goes to" in bare(to)


@pytest.mark.database
def test_a_departure_names_customers_contracts_contacts_and_what_is_unknown(
    draw, pages
):
    draw(seeds.FOLDER / "demo")
    address = f"/departures?person=magnus-wiberg&to=vagnet-telecom&{DAY}"
    page, contracts, ties = pages(
        address, f"{address}&csv=contracts", f"{address}&csv=ties"
    )
    text = bare(page)
    assert "3 customers may follow; for 2 of them this person is the only contact" in (
        text
    )
    assert "3 active contracts with these customers, worth 825,000 SEK." in text
    assert [row[2] for row in rows_of(contracts)[1:]] == [
        *("275,000 SEK", "210,000 SEK", "340,000 SEK")
    ]
    assert len(rows_of(ties)) == 1 + 6
    [alone] = pages(f"/departures?person=maria-talvik&{DAY}")
    assert "0 customers may follow" in bare(alone) or "Unknown" in bare(alone)


@pytest.mark.database
def test_models_stand_side_by_side_and_one_alone_shows_its_paths(draw, pages):
    draw(seeds.FOLDER / "demo")
    address = f"/what-if?member=asvik-pump-rnd&works=40&days=30&{DAY}"
    page, models, hit, alone, open_end = pages(
        address,
        f"{address}&csv=models",
        f"{address}&csv=hit",
        f"{address}&model=FAILURE",
        f"{address}&recovers=1",
    )
    header, *rows = rows_of(models)
    assert [row[0].partition(":")[0] for row in rows] == [
        *("Dependency", "Inoperability", "Failure")
    ]
    assert {row[header.index("contract value at risk")] for row in rows} == {
        "3,200,000 SEK"
    }
    # Stenarp Brewery has a substitute, which inoperability does not know.
    by_member = {row[0]: row[1:4] for row in rows_of(hit)[1:]}
    assert by_member["Stenarp Brewery"] == ["-", "32%", "-"]
    assert [row[4] for row in rows_of(hit)[1:]] == sorted(
        row[4] for row in rows_of(hit)[1:]
    )
    assert "works at 40 % for 30 days" in bare(page)
    assert '<output for="works">40</output>' in page
    assert "1 contract with customers who wait, worth 3,200,000 SEK" in bare(page)
    assert "Failure: the chance that each stops" in alone
    assert "Three models side by side" not in alone
    assert "until it recovers by itself" in bare(open_end)


@pytest.mark.database
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/dependence?kind=KING", "kind: expected one of SOLE_CONTACT"),
        ("/what-if?member=a&model=X", "model: expected one of DEPENDENCY"),
        ("/what-if?member=a&days=-1", "days: expected 0 to 3650"),
        ("/report/funders?from=soon", "from: expected a day such as"),
        ("/report/funders?from=2026-02-02&to=2026-01-01", "is after the last day"),
    ],
)
def test_a_wrong_choice_says_what_is_expected(draw, serve, path, text):
    draw({"members": [member("a")], "communities": [{"key": "c", "kind": "OTHER"}]})

    async def work(client):
        return await client.get(path)

    page = serve(work)
    assert page.status_code == 400
    assert text in page.text
