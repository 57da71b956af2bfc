"""What published registers are in the graph: who is one, and what sums say."""

from __future__ import annotations

import json

from tests.formats.readers.ocds_packages import award, process

ROUND = "company,investor,date,amount_usd\n"
ROUND += "Lumina,Nordkap Fund,2012-06-01,9000000\n"
ROUND += "Lumina Ltd,Vik Capital,2012-06-01,9000000\n"
ROUND += "Torva,Nordkap fund,2013-01-01,5\nTorva,,2013-01-01,7\n,Else,2013-01-01,7\n"
AGGREGATE = """{ organisations(filter: { roles: { has: STARTUP } }) { nodes {
    name investmentsAggregate(direction: IN) {
      count amount { count sum currency nullReason } } } }
  investments { nodes { amount currency source { name }
    attributes { name text number } } } }"""


def test_a_shared_round_adds_nothing_that_nobody_knows(draw, load, ask, tmp_path):
    path = tmp_path / "rounds.csv"
    path.write_text(ROUND)
    draw({})
    load(path, "crunchbase")
    answer = ask(AGGREGATE)
    companies = {
        node["name"]: node["investmentsAggregate"]
        for node in answer["organisations"]["nodes"]
    }
    lumina, torva = companies["Lumina"], companies["Torva"]
    assert (lumina["count"], lumina["amount"]["count"]) == (2, 0)
    assert lumina["amount"]["sum"] is None
    assert lumina["amount"]["nullReason"]
    assert (torva["count"], torva["amount"]["sum"]) == (1, 5)
    investors = [tie["source"]["name"] for tie in answer["investments"]["nodes"]]
    assert sorted(investors) == ["Nordkap Fund", "Nordkap Fund", "Vik Capital"]
    [shared] = [
        tie["attributes"]
        for tie in answer["investments"]["nodes"]
        if tie["source"]["name"] == "Vik Capital"
    ]
    values = {value["name"]: value["text"] or value["number"] for value in shared}
    assert (values["roundTotal"], values["roundCurrency"]) == (9_000_000, "USD")
    before = ask("{ members { nodes { key name } } }")
    assert len(before["members"]["nodes"]) == 5
    load(path, "crunchbase")
    assert ask(AGGREGATE) == answer
    assert ask("{ members { nodes { key name } } }") == before


def town(name, **values):
    return {"id": "1", "name": name, "roles": ["buyer"], **values}


PARTIES = """{ organisations { nodes { name contracts { nodes { role
  target { title } } } } } }"""


def test_parties_of_two_processes_are_one_only_by_register_or_name(
    draw, load, ask, tmp_path
):
    """Both have the ids 1 and 2; the firms share a register, the towns only the id."""
    register = {"identifier": {"scheme": "XX", "id": "9"}}
    firms = [{"id": "2", "name": n, **register} for n in ("Road Works", "RW Group")]
    titles, towns = ("Road", "School"), ("Hill Town", "Valley Town")
    releases = [
        process(
            title,
            parties=[town(name), firm],
            awards=[award(title=title, suppliers=[firm])],
        )
        for title, name, firm in zip(titles, towns, firms, strict=True)
    ]
    path = tmp_path / "x.json"
    path.write_text("\n".join(json.dumps(release) for release in releases))
    draw({})
    load(path, "ocds")
    answer = ask(PARTIES)
    contracts = {
        node["name"]: [
            (tie["role"], tie["target"]["title"]) for tie in node["contracts"]["nodes"]
        ]
        for node in answer["organisations"]["nodes"]
    }
    assert contracts == {
        "Hill Town": [("CUSTOMER", "Road")],
        "Valley Town": [("CUSTOMER", "School")],
        "Road Works": [("SUPPLIER", "Road"), ("SUPPLIER", "School")],
    }
    load(path, "ocds")
    assert ask(PARTIES) == answer
