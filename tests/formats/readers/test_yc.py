"""The reader of YC, on the published companies of Y Combinator."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from seeds import SEEDS
from tests.formats.reading import rows_of

YC = next(seed.folder for seed in SEEDS if seed.key == "yc")


@pytest.fixture(scope="module")
def yc(draw):
    draw(YC, "yc")


COUNTS = """
RETURN
  COUNT { MATCH (i)-[:INVESTED_IN]->() RETURN DISTINCT i } AS investors,
  COUNT { ()-[:INVESTED_IN]->() } AS investments,
  COUNT { (:Startup) } AS startups,
  COUNT {
    MATCH (s:Startup)-[:MEMBER_OF]->(:Community {kind: "ACCELERATOR_COHORT"})
    RETURN DISTINCT s
  } AS in_batch,
  COUNT { (:Community {kind: "ACCELERATOR_COHORT"}) } AS batches,
  COUNT { MATCH (p)-[:WORKS_FOR {founder: true}]->() RETURN DISTINCT p } AS founders,
  COUNT { (:Member)-[:MEMBER_OF]->(:Community {key: "yc"}) } AS dataset,
  COUNT { (:Member) } AS members
"""


def test_yc_has_all_investors_and_investments_of_its_files(yc, count):
    found = count(COUNTS)
    assert found.pop("members") == found.pop("dataset")
    assert found == {
        "investors": 766,
        "investments": 2516,
        "startups": 688,
        "in_batch": 688,
        "batches": 19,
        "founders": 998,
    }


def yc_folder(folder, companies, founders):
    for name, rows in (("Startups.csv", companies), ("Founders.csv", founders)):
        with (YC / name).open(encoding="utf-8-sig") as lines:
            header = next(csv.reader(lines))
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def test_lines_without_a_name_are_nobody_and_a_second_line_loses_nothing(tmp_path):
    companies = [
        {"Company": "A", "Year Founded": "2010", "Logo": "l", "Satus": "Operating"},
        {"Company": "A", "Year Founded": "2011", "Website": "https://a.example"},
        {"Investors": "Nobody, Nothing"},
    ]
    companies[0]["Categories"] = "Search, Social"
    founders = [{"Founder": "Ada", "Company": "A"}, {"Company": "A"}, {"Founder": "B"}]
    tables, notes = rows_of(yc_folder(tmp_path, companies, founders), "yc")
    assert [row["name"] for row in tables["members"]] == ["A", "Ada"]
    company = tables["members"][0]
    assert (company["founded_on"], company["url"]) == (
        "2010-01-01",
        "https://a.example",
    )
    assert (company["x:Logo"], company["x:Categories"]) == ("l", "Search, Social")
    assert notes == {
        "line without its Company: not imported": 2,
        "line without its Founder: not imported": 1,
        "column 'Year Founded': lines of one company differ, the first is kept": 1,
    }


def test_an_investors_sector_is_the_one_it_funds_most_often(yc, ask):
    """Counted here from the file, company by company."""
    with (YC / "Startups.csv").open(encoding="utf-8-sig") as lines:
        companies = list(csv.DictReader(lines))
    name = "Andreessen Horowitz"
    funded = [
        row["Categories"].split(",")[0].strip()
        for row in companies
        if name in [part.strip() for part in row["Investors"].split(",")]
    ]
    sectors = Counter(sector for sector in funded if sector)
    [(first, most), (_, next_most)] = sectors.most_common(2)
    assert most > next_most
    text = """{ organisation(key: "yc-andreessen-horowitz") {
      name sector roles investments(direction: OUT) { totalCount } } }"""
    assert ask(text)["organisation"] == {
        "name": name,
        "sector": first,
        "roles": ["INVESTOR"],
        "investments": {"totalCount": len(funded)},
    }


def test_a_yc_company_has_the_values_of_its_line(yc, ask):
    text = """{ organisation(key: "yc-curebit") {
      name sector region country url status foundedOn roles
      memberships { nodes { since target { key name kind } } }
      employments { nodes { title founder source { name } } }
      investments { totalCount }
    } }"""
    got = ask(text)["organisation"]
    founders = sorted(tie["source"]["name"] for tie in got.pop("employments")["nodes"])
    assert founders == ["Allan Grant", "Dominic Coryell", "Jeff Yee", "Nori Yoshida"]
    batch = {"key": "yc-2011-winter", "name": "Y Combinator Winter 2011"}
    batch |= {"kind": "ACCELERATOR_COHORT"}
    yc = {"key": "yc", "name": "Y Combinator companies", "kind": "DATASET"}
    assert got == {
        "name": "Curebit",
        "sector": "E-Commerce",
        "region": "California",
        "country": "US",
        "url": "https://www.talkable.com",
        "status": "Operating",
        "foundedOn": "2010-01-01",
        "roles": ["STARTUP"],
        "memberships": {
            "nodes": [
                {
                    "since": "2011-01-01",
                    "target": {**batch, "kind": "ACCELERATOR_COHORT"},
                },
                {"since": None, "target": yc},
            ]
        },
        "investments": {"totalCount": 9},
    }
