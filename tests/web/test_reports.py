"""The reports as pages and files: figures worked by hand, each with its records."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from typer.testing import CliRunner

import seeds
from service.cli import app
from tests.support.worlds import contract, member, party, tie

FUNDERS = "/report/funders?community=c&from=2026-01-01&to=2026-06-30"


def cohort():
    """s1 with a team of 5 and two people; s2, over since March; s3 of which nothing
    else is known. k2 begins on the last day and has no value; k4 is a draft.
    """
    startup = {"roles": "STARTUP"}
    members = [
        member("s1", since="2025-01-01", **startup),
        member("s2", since="2025-01-01", until="2026-03-01", **startup),
        member("s3", **startup),
        member("t1", "TEAM", headcount="5"),
        member("p1", "PERSON"),
        member("p2", "PERSON"),
        *(member(key) for key in ("fund", "angel", "buyer", "maker")),
    ]
    ties = [tie("MEMBERSHIP", key, "c") for key in ("s1", "s2", "s3")]
    ties += [tie("AFFILIATION", "t1", "s1"), tie("EMPLOYMENT", "p1", "t1")]
    ties += [tie("EMPLOYMENT", "p2", "s1")]
    ties += [tie("EXCHANGE", "s1", "s2", since="2026-02-02", until="2026-03-01")]
    ties += [tie("EXCHANGE", "s1", "s3", since="2026-04-04")]
    ties += [party("s1", key, "SUPPLIER") for key in ("k1", "k2", "k3", "k4", "k5")]
    ties += [party("s2", "k1", "SUPPLIER"), party("s1", "k6", "CUSTOMER")]
    ties += [
        invested("fund", "A", "2026-03-03", amount="1000", currency="SEK"),
        invested("angel", "A", "2026-03-03"),
        invested("fund", "B", "2026-04-04", total="5000"),
        invested("angel", "B", "2026-04-04", total="5000"),
        invested("fund", "old", "2025-12-31", amount="7", currency="SEK"),
    ]
    value = {"value": "100", "currency": "SEK"}
    contracts = [
        contract("k1", since="2026-02-01", status="ACTIVE", **value),
        contract("k2", since="2026-06-30"),
        contract("k3", since="2025-12-31", **value),
        contract("k4", since="2026-03-01", status="DRAFT", **value),
        contract("k5", **value),
        contract("k6", since="2026-03-01", **value),
    ]
    who = {"introducer": "fund", "target": "maker"}
    introductions = [
        {"key": "i1", "requester": "s1", "state": "MADE", "asked_on": "2026-04-01"}
        | {"decided_on": "2026-05-01", "outcome": "WON", "contract": "k1"},
        {"key": "i2", "requester": "p1", "state": "ASKED", "asked_on": "2026-05-02"},
        {"key": "i3", "requester": "s1", "state": "MADE", "asked_on": "2025-05-02"}
        | {"decided_on": "2025-06-01"},
        {"key": "i4", "requester": "buyer", "state": "ASKED", "asked_on": "2026-05-02"},
    ]
    return {
        "members": members,
        "ties": ties,
        "contracts": contracts,
        "communities": [{"key": "c", "kind": "INCUBATOR_COHORT", "name": "Cohort 1"}],
        "introductions": [row | who for row in introductions],
    }


def invested(who, name, on, total="", **columns):
    extra = {"x:roundTotal": total, "x:roundCurrency": "EUR" if total else ""}
    key = f"{who}-{name}"
    return tie("INVESTMENT", who, "s1", round=name, on=on, **columns, **extra) | {
        "key": key
    }


def sentences(page):
    """The sentence of each section, by its title."""
    parts = re.findall(r"<h2[^>]*>([^<]+)</h2>\s*<p><strong>([^<]+)</strong>", page)
    return {title: text.replace("&#39;", "'") for title, text in parts}


def notes(page):
    return re.findall(r'<p class="note">([^<]+)</p>', page)


@pytest.fixture
def get(serve):
    def get(*paths):
        async def work(client):
            return [(await client.get(path)).text for path in paths]

        return serve(work)

    return get


@pytest.mark.database
def test_the_report_for_funders_counts_each_thing_once_and_says_what_is_unknown(
    draw, get
):
    draw(cohort())
    names = ("alive", "jobs", "contracts", "money", "introductions")
    page, *tables = get(FUNDERS, *(f"{FUNDERS}&csv={name}" for name in names))
    text = sentences(page)
    assert text["Start-ups alive"].startswith("2 of 3 start-ups of the cohort exist")
    assert text["Jobs"].startswith("5 jobs on 2026-06-30 in 1 start-up:")
    assert text["Contracts won"] == (
        "2 contracts that start-ups of the cohort supply began in the period, worth 100"
        " SEK; 1 amount is unknown."
    )
    assert text["Money raised"] == (
        "2 rounds of investment in the period: 5,000 EUR and 1,000 SEK; 1 amount is"
        " unknown."
    )
    assert text["Introductions"] == (
        "1 introduction made of 2 asked for or decided on in the period; their outcome:"
        " 1 won; 1 led to a contract."
    )
    assert "began" in text["The network before and after"]
    said = " ".join(notes(page))
    assert "1 start-up without a first day" in said
    assert "Unknown for 1 of 2 start-ups." in said
    assert "1 contract without a first day" in said
    rows = {
        name: list(csv.reader(io.StringIO(table)))[1:]
        for name, table in zip(names, tables, strict=True)
    }
    assert [row[1] for row in rows["alive"]] == ["yes", "no", "yes"]
    jobs = [["2", "5", "unknown", "5"], ["unknown"] * 4]
    assert [row[1:] for row in rows["jobs"]] == jobs
    assert [row[0] for row in rows["contracts"]] == ["Contract k1", "Contract k2"]
    assert rows["contracts"][0][1] == "Name of s1, Name of s2"
    assert [row[1] for row in rows["money"]] == ["A", "B"]
    assert [row[3] for row in rows["introductions"]] == ["made", "asked"]
    # Records lead on.
    assert re.search(r'href="/members/s1\?[^"]*">Name of s1</a>', page)


@pytest.mark.database
def test_jobs_count_extra_attributes_that_say_how_many_work_there(draw, get):
    """s1 has a team of 5 already; the words are of several languages."""
    world = cohort()
    by_key = {row["key"]: row for row in world["members"]}
    by_key["s1"]["x:FTE"] = "4.5"
    by_key["s2"]["x:employees"] = "70"  # it has ended
    by_key["s3"] |= {"x:Antal anställda": "12.5", "x:Medarbejdere": "9"}
    more = {"s4": {"x:headcount": "ca 20"}, "s5": {"x:Mitarbeiterzahl": "0"}}
    more |= {"s6": {"x:seats": "500"}}
    world["members"] += [
        member(key, roles="STARTUP", **extra) for key, extra in more.items()
    ]
    world["ties"] += [tie("MEMBERSHIP", key, "c") for key in more]
    draw(world)
    page, table = get(FUNDERS, f"{FUNDERS}&csv=jobs")
    assert sentences(page)["Jobs"].startswith("17.5 jobs on 2026-06-30 in 3 start-ups:")
    text = " ".join(notes(page))
    assert "12.5 of these jobs, in 2 start-ups, come from an extra attribute" in text
    assert "(“Antal anställda”, “Mitarbeiterzahl”)" in text
    assert (
        "1 extra attribute without a plain number, such as “headcount”: “ca 20”."
        in text
    )
    assert "Unknown for 2 of 5 start-ups." in text
    rows = {row[0].split()[-1]: row[1:] for row in csv.reader(io.StringIO(table))}
    assert rows["s1"] == ["2", "5", "4.5 (FTE)", "5"]
    assert rows["s3"] == ["unknown"] * 2 + ["12.5 (Antal anställda)", "12.5"]
    assert rows["s4"] == rows["s6"] == ["unknown"] * 4
    assert rows["s5"][-1] == "0"


@pytest.mark.database
def test_a_cohort_without_data_has_no_zero_in_the_report_for_funders(draw, get):
    members = [member("s1", roles="STARTUP"), member("a")]
    communities = [{"key": "c", "kind": "INCUBATOR_COHORT", "name": "Cohort 1"}]
    ties = [tie("MEMBERSHIP", "s1", "c")]
    draw({"members": members, "ties": ties, "communities": communities})
    [page] = get(FUNDERS)
    text = sentences(page)
    for title in ("Jobs", "Contracts won", "Money raised", "Introductions"):
        assert text[title].startswith("Unknown"), title
    draw({"members": members, "communities": communities})
    [page] = get(FUNDERS)
    assert "no start-up of this cohort is stored" in sentences(page)["Start-ups alive"]


@pytest.mark.database
def test_an_introduction_without_a_state_is_told_as_one(draw, get):
    world = cohort()
    del world["introductions"][1]["state"]
    draw(world)
    page, table = get(FUNDERS, f"{FUNDERS}&csv=introductions")
    assert "1 introduction made of 2" in sentences(page)["Introductions"]
    rows = list(csv.reader(io.StringIO(table)))[1:]
    assert [row[3] for row in rows] == ["made", "unknown"]


@pytest.mark.database
def test_needs_without_a_way_in_count_among_all_needs(draw, get, ask):
    draw(seeds.FOLDER / "demo")
    [page] = get("/?community=demo&day=2026-11-01")
    [counts] = re.findall(r"For (\d+) of (\d+) needs, nobody", page)
    answer = ask(
        """{ ecosystemReport(community: "demo", asOf: "2026-11-01") { chokePoints {
        pairsWithoutPathCount pairCount startups: needingStartupCount } } }"""
    )
    report = answer["ecosystemReport"]["chokePoints"]
    without = report["pairsWithoutPathCount"]
    assert list(map(int, counts)) == [without, without + report["pairCount"]]
    assert without > 0


@pytest.mark.database
def test_reports_go_back_to_the_first_day_of_the_calendar(draw, get):
    draw(cohort())
    funders, digest, overview = get(
        "/report/funders?community=c&day=0001-02-03",
        "/report?community=c&day=0001-02-03",
        "/?community=c&day=0001-02-03",
    )
    assert "0001-01-01 to 0001-02-03" in funders
    for page in (digest, overview):
        assert "Internal error" not in page
        assert "Cohort 1" in page


@pytest.mark.database
def test_the_digest_is_a_page_with_its_picture_and_tables(draw, get):
    draw(seeds.FOLDER / "demo")
    page, table = get(
        "/report?community=demo&day=2026-11-01",
        "/report?community=demo&day=2026-11-01&csv=part-2",
    )
    titles = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert titles[:2] == ["The network", "Who brokers between others"]
    assert page.count("<svg") >= 1
    assert "Bergslund Ventures" in table


@pytest.mark.database
@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_the_command_writes_the_report_for_funders(
    draw, tmp_path, monkeypatch, address, ending
):
    draw(cohort())
    monkeypatch.setenv("NEO4J_URI", address.uri)
    monkeypatch.setenv("NEO4J_PASSWORD", address.password)
    out = tmp_path / f"funders.{ending}"
    arguments = ["report", "c", "--out", str(out), "--funders"]
    arguments += ["--since", "2026-01-01", "--as-of", "2026-06-30"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    text = out.read_text(encoding="utf-8")
    if ending == "json":
        report = json.loads(text)
        assert [each["key"] for each in report["startups"]] == ["s1", "s2", "s3"]
        return
    assert "Cohort 1, 2026-01-01 to 2026-06-30" in text
    assert "5,000 EUR and 1,000 SEK; 1 amount is unknown" in text
