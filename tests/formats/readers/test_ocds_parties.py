"""Parties of a process: their ids are local, and references name them in many ways."""

from __future__ import annotations

import pytest

from tests.formats.readers.ocds_packages import (
    AGENCY,
    WORKS,
    award,
    contract,
    names,
    process,
)


@pytest.mark.parametrize(
    "buyer",
    [
        {"id": "900-02"},
        {"id": 900},
        {"id": "XX-REG-900", "name": "Another name"},
        {"id": "else", "name": "ROAD AGENCY"},
        {"name": "Road  Agency"},
        {"name": "Else", "identifier": {"scheme": "XX-REG", "id": "900"}},
        {"identifier": {"id": "900"}},
    ],
)
def test_a_reference_names_a_party_by_id_identifier_or_name(ocds_rows, buyer):
    tables, notes = ocds_rows(process(buyer=buyer, awards=[award(suppliers=[WORKS])]))
    assert [row["id"] for row in tables["members"]] == ["o/900-02", "o/R"]
    assert names(tables, "CUSTOMER") == ["Road Agency"]
    assert names(tables, "SUPPLIER") == ["Road Works Ltd"]
    assert tables["members"][0]["x:registerId"] == "XX-REG:900"
    assert not notes


@pytest.mark.parametrize(
    "buyer",
    [
        {"id": "7", "name": "Valley Town"},
        {"name": "Road Agency", "identifier": {"scheme": "XX-REG", "id": "901"}},
        {"name": "Valley Town", "identifier": {"scheme": "YY-REG", "id": "900"}},
    ],
)
def test_a_reference_to_no_party_is_a_party_of_its_own(ocds_rows, buyer):
    tables, _ = ocds_rows(process(buyer=buyer, awards=[award(suppliers=[WORKS])]))
    assert len(tables["members"]) == 3
    assert names(tables, "CUSTOMER") == ["Road Agency", buyer["name"]]


def test_the_same_id_in_two_processes_is_two_parties(ocds_rows):
    other = {"id": "R", "name": "School Builders Ltd"}
    tables, _ = ocds_rows(
        process("a", awards=[award(suppliers=[WORKS])]),
        process("b", parties=[AGENCY, other], awards=[award(suppliers=[other])]),
    )
    ids = {row["id"]: row["name"] for row in tables["members"]}
    assert (ids["a/R"], ids["b/R"]) == ("Road Works Ltd", "School Builders Ltd")
    assert names(tables, "SUPPLIER") == ["Road Works Ltd", "School Builders Ltd"]


def test_organisations_of_ocds_1_0_have_no_ids(ocds_rows):
    town = {"name": "Hill Town", "address": {"countryName": "Uganda"}}
    firms = [
        {"name": "Builders", "identifier": {"scheme": "UG", "id": n}} for n in (1, 2)
    ]
    tables, _ = ocds_rows(
        process(parties=None, buyer=town, awards=[award(suppliers=firms)]),
        process("p", parties=None, buyer=town, awards=[award(suppliers=firms[:1])]),
    )
    assert [row["id"] for row in tables["members"]] == [
        *("o/Hill Town", "o/UG:1", "o/UG:2"),
        *("p/Hill Town", "p/UG:1"),
    ]
    assert names(tables, "SUPPLIER") == ["Builders"] * 3
    assert tables["members"][0]["country"] == "Uganda"


def test_buyers_of_an_award_or_contract_come_before_those_of_the_process(ocds_rows):
    parties = [{"id": n, "name": n} for n in ("north", "south")]
    tables, _ = ocds_rows(
        process(
            parties=[AGENCY, WORKS, *parties],
            awards=[award(id="a", buyers=parties, suppliers=[WORKS])],
            contracts=[contract(awardID="a", buyer=parties[0])],
        ),
        process("p", awards=[award(suppliers=[WORKS])]),
    )
    assert names(tables, "CUSTOMER") == ["north", "Road Agency"]
    assert {row["roles"] for row in tables["members"] if row["name"] in "north"} == {
        "CUSTOMER;PUBLIC_BODY"
    }


def test_payers_and_payees_are_the_parties_of_the_process(ocds_rows):
    payment = {"payer": {"id": "900"}, "payee": {"name": "Road works"}}
    signed = contract(implementation={"transactions": [payment]})
    tables, notes = ocds_rows(process(contracts=[signed]))
    assert len(tables["members"]) == 2
    assert tables["members"][0]["x:partyRoles"] == "payer"
    text = "contracts.implementation: has no place here, not imported"
    assert notes[text] == 1


def test_a_funder_in_the_budget_is_a_party_of_the_contracts(ocds_rows):
    fund = {"id": "f", "name": "Fund"}
    budget = {"budget": {"budgetBreakdown": [{"id": 1, "sourceParty": fund}]}}
    tables, _ = ocds_rows(process(planning=budget, contracts=[contract()]))
    assert names(tables, "FUNDER") == ["Fund"]


def test_what_a_party_says_of_itself_is_kept(ocds_rows):
    party = {**WORKS, "details": {"scale": "sme", "url": "works.example", "x": {}}}
    party |= {"address": {"locality": "Hill", "region": "Up", "country": "SE"}}
    party["address"]["streetAddress"] = "Road 1"
    others = [{"scheme": "VAT", "id": "SE1"}, {"scheme": "valuenet", "id": "works"}]
    tables, _ = ocds_rows(process(parties=[{**party, "additionalIdentifiers": others}]))
    [member] = tables["members"]
    assert member == {
        "id": "o/R",
        "key": "works",
        "kind": "ORGANISATION",
        "name": "Road Works Ltd",
        "roles": "SUPPLIER",
        "country": "SE",
        "region": "Up",
        "url": "https://works.example",
        "x:scale": "sme",
        "x:locality": "Hill",
        "x:streetAddress": "Road 1",
        "x:additionalIdentifiers": "VAT:SE1",
    }


def test_a_party_without_a_name_has_its_id_and_one_with_nothing_is_left_out(ocds_rows):
    tables, notes = ocds_rows(
        process(parties=[{"id": "9"}, {"roles": ["buyer"]}, AGENCY])
    )
    assert [row["name"] for row in tables["members"]] == ["9", "Road Agency"]
    assert notes == {
        "party without a name: has its id as name": 1,
        "party without id, identifier and name: not imported": 1,
    }
