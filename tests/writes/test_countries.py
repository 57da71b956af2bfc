"""Countries: known names and codes become ISO 3166 codes, other texts stay."""

from __future__ import annotations

from typing import Any

import pytest

from schema.context import Context
from schema.execution.engine import GraphQLEngine
from service.formats.load import read_records
from service.networks.snapshots import Snapshots
from service.settings import Settings
from service.vocabulary.countries import country_code
from tests.support.worlds import member, write

KNOWN = {
    "US": ["USA", "U.S.A.", "United States", "The United States of America", "us"],
    "GB": ["UK", "U.K.", "United Kingdom", "GBR", "Storbritannien", "Royaume-Uni"],
    "GR": ["Greece", "EL", "Ελλάδα", "Hellas"],
    "CI": ["Côte d'Ivoire", "Cote d’Ivoire", "Ivory Coast"],
    "CZ": ["Czechia", "Czech Republic", "Česko"],
    "KR": ["South Korea", "Korea, Republic of", "Republic of Korea", "대한민국"],
    "TR": ["Turkey", "Türkiye", "TURKIYE"],
    "DE": ["Germany", "Deutschland", "DEU", "Federal Republic of Germany"],
    "NL": ["The Netherlands", "Holland", "Nederland"],
    "CD": ["Congo, The Democratic Republic of the", "DR Congo"],
    "BA": ["Bosnia & Herzegovina", "Bosnia and Herzegovina"],
    "CH": ["Switzerland", "Schweiz", "Suisse", "Svizzera"],
    "RU": ["Russia", "Russian Federation", "Россия"],
    # As a spreadsheet in another language of our users writes them.
    "FR": ["Frankrike", "Frankrig", "Frankreich", "France", "Francia"],
    "AT": ["Österrike", "Østrig", "Österreich", "Autriche", "Austria"],
    "BE": ["Belgien", "Belgique", "Bélgica"],
    "SE": ["Sweden", "SWE", "se", " Sverige ", "Kingdom of Sweden", "Schweden"],
    "PL": ["Polen", "Pologne", "Polonia"],
}
UNKNOWN = ["Sverigge", "Europe", "Korea", "XX", "Atlantis"]


@pytest.mark.parametrize("code", KNOWN)
def test_names_and_codes_are_one_country(code):
    assert {name: country_code(name) for name in KNOWN[code]} == dict.fromkeys(
        KNOWN[code], code
    )


def test_what_is_no_country_has_no_code():
    assert [text for text in UNKNOWN if country_code(text)] == []


@pytest.fixture
def send(graph, runner, draw):
    draw({"members": [member("old", country="Norge")]})
    server = Settings()
    engine = GraphQLEngine(server)

    def send(text: str, **variables: Any) -> dict[str, Any]:
        context = Context(graph, server, Snapshots(graph, server), may_write=True)
        return runner.run(engine.execute(text, variables, None, context)).body

    return send


ONE = """mutation ($input: OrganisationInput!) { answer: upsertOrganisation(
  input: $input) { ... on Organisation { country } } }"""
MANY = """mutation ($input: [OrganisationInput!]!) { answer: upsertOrganisations(
  input: $input) { ... on Batch { count } } }"""
WHOLE = """mutation ($input: OrganisationInput!) { answer: upsertWholeOrganisation(
  input: { organisation: $input }) { ... on Organisation { country } } }"""


@pytest.mark.parametrize("text", [ONE, WHOLE])
def test_a_write_stores_the_code_and_warns_of_what_is_unknown(send, text):
    given = {"key": "a", "name": "A", "country": "Sverige"}
    body = send(text, input=given)
    assert body["data"] == {"answer": {"country": "SE"}}
    assert "warnings" not in body["extensions"]
    body = send(text, input={**given, "country": "Sverigge"})
    assert body["data"] == {"answer": {"country": "Sverigge"}}
    [warning] = body["extensions"]["warnings"]
    path = "input.organisation.country" if text == WHOLE else "input.country"
    assert warning.startswith(f"{path}: 'Sverigge' is not a known country")


def test_a_batch_warns_with_the_path_of_each(send):
    rows = [{"key": f"o{n}", "name": "O", "country": c} for n, c in enumerate("SX")]
    body = send(MANY, input=[*rows, {"key": "o", "name": "O", "country": "NOR"}])
    starts = [text.split(":")[0] for text in body["extensions"]["warnings"]]
    assert starts == ["input.0.country", "input.1.country"]


def test_filters_and_groups_know_a_country_by_any_of_its_names(send):
    for key, country in (("a", "Norway"), ("b", "NO"), ("c", "Sweden"), ("d", "?!")):
        send(ONE, input={"key": key, "name": key, "country": country})
    text = "query ($c: StringFilter) { members(filter: { country: $c }) {"
    text += " nodes { key } } }"

    def keys(**operators: Any) -> list[str]:
        found = send(text, c=operators)["data"]["members"]["nodes"]
        return sorted(node["key"] for node in found)

    assert keys(eq="Norge") == keys(eq="NO") == keys(**{"in": ["nor"]})
    assert keys(eq="NO") == ["a", "b", "old"]
    assert keys(eqIgnoreCase="norway") == ["a", "b", "old"]
    assert keys(ne="Norway") == keys(notIn=["Norway"]) == ["c", "d"]
    assert keys(eq="?!") == ["d"]
    groups = """{ membersAggregate { groupBy(keys: [{ field: COUNTRY }]) {
      nodes { count keys { value } } } } }"""
    nodes = send(groups)["data"]["membersAggregate"]["groupBy"]["nodes"]
    counts = {node["keys"][0]["value"]: node["count"] for node in nodes}
    assert counts == {"NO": 3, "SE": 1, "?!": 1}


def test_an_import_stores_the_code_and_notes_what_is_unknown(tmp_path, draw, ask):
    names = {"a": "Sweden", "b": "SE", "c": "Sverigge", "d": "Sverigge"}
    rows = [member(key, country=name) for key, name in names.items()]
    draw({"members": rows})
    found = ask("{ members { nodes { country } } }")["members"]["nodes"]
    assert [node["country"] for node in found] == ["SE", "SE", "Sverigge", "Sverigge"]
    write({"members": rows}, tmp_path)
    stage, faults = read_records(tmp_path, "tables")
    stage.close()
    assert faults.messages == []
    [(note, times)] = faults.notes.items()
    assert note.startswith("country: 'Sverigge' is not a known country")
    assert times == 2
