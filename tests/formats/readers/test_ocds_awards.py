"""Contracts and their awards: linked as far as the file says, never doubled."""

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

LINKED = "contract without the id of an award of its process: linked to the only award"
LINKED += " that it can be from"
UNLINKED = "contract without the id of an award of its process: its award is not known"
LEFT_OUT = "award not imported, one of the contracts without awardID is from it"


def firm(name):
    return {"id": name, "name": name}


def awards(count, **values):
    return [
        award(id=f"a{n}", suppliers=[firm(f"S{n}")], **values) for n in range(count)
    ]


def contracts(*ids):
    return [contract(id=f"c{n}", awardID=id) for n, id in enumerate(ids)]


@pytest.mark.parametrize("id", [None, "", "unknown"])
def test_one_award_is_the_award_of_all_contracts(ocds_rows, id):
    tables, notes = ocds_rows(process(awards=awards(1), contracts=contracts(id, id)))
    assert len(tables["contracts"]) == 2
    assert names(tables, "SUPPLIER") == ["S0", "S0"]
    assert notes == {LINKED: 2}


def test_contracts_that_name_none_of_several_awards_are_not_doubled(ocds_rows):
    """Paraguay publishes 13 awards with 13 contracts, which made 26 contracts."""
    tables, notes = ocds_rows(
        process(awards=awards(13), contracts=contracts(*[None] * 13))
    )
    assert len(tables["contracts"]) == 13
    assert names(tables, "SUPPLIER") == []
    text = "contract without suppliers: imported without them"
    assert notes == {UNLINKED: 13, LEFT_OUT: 13, text: 13}


def test_the_last_award_is_that_of_the_last_contract(ocds_rows):
    given = process(awards=awards(3), contracts=contracts("a0", "a2", None))
    tables, notes = ocds_rows(given)
    assert names(tables, "SUPPLIER") == ["S0", "S2", "S1"]
    assert notes == {LINKED: 1}


def test_ids_may_be_numbers_on_one_side(ocds_rows):
    given = process(awards=[award(id=8), award(id=9)], contracts=contracts("8"))
    tables, notes = ocds_rows(given)
    assert [row["key"] for row in tables["contracts"]] == ["o-contract-c0", "o-award-9"]
    assert not notes


def test_an_unsuccessful_award_has_no_contract_and_no_supplier(ocds_rows):
    lost = award(id="a9", status="unsuccessful", suppliers=[firm("Loser")])
    tables, notes = ocds_rows(
        process(awards=[*awards(1), lost], contracts=contracts(None))
    )
    assert names(tables, "SUPPLIER") == ["S0"]
    assert [row.get("roles") for row in tables["members"]][-1] is None
    assert notes["unsuccessful award: not imported"] == 1


def test_a_contract_without_an_award_has_the_only_supplier_of_its_process(ocds_rows):
    tables, notes = ocds_rows(process(contracts=contracts("8", None)))
    assert names(tables, "SUPPLIER") == ["Road Works Ltd"] * 2
    text = "contract without suppliers: has the suppliers of its process"
    assert notes == {text: 2}


@pytest.mark.parametrize(("count", "suppliers"), [(1, ["R", "S"]), (2, [])])
def test_several_suppliers_have_the_only_contract(ocds_rows, count, suppliers):
    parties = [AGENCY, *(firm(name) | {"roles": ["supplier"]} for name in "RS")]
    given = process(parties=parties, contracts=contracts(*[None] * count))
    assert names(ocds_rows(given)[0], "SUPPLIER") == suppliers


def test_a_contract_may_name_its_own_suppliers(ocds_rows):
    signed = contract(awardID="a0", suppliers=[WORKS])
    tables, _ = ocds_rows(process(awards=awards(1), contracts=[signed]))
    assert names(tables, "SUPPLIER") == ["Road Works Ltd"]


def test_the_value_of_an_award_counts_once(ocds_rows):
    """It is that of its only contract, and of none where it has several."""
    signed = [{"id": n, "awardID": "a0"} for n in range(2)]
    one, _ = ocds_rows(process(awards=awards(1), contracts=signed[:1]))
    assert [row["value"] for row in one["contracts"]] == ["11000000"]
    two, _ = ocds_rows(process(awards=awards(1), contracts=signed))
    assert [row.get("value") for row in two["contracts"]] == [None, None]
    stated = {row["x:awardValue"] for row in two["contracts"]}
    assert stated == {"11000000 GBP"}


def test_odd_values_of_one_contract_are_left_blank_with_a_remark(ocds_rows):
    odd = contract(
        title="x" * 700,
        description="a\u0000b",
        status="done",
        dateSigned="soon",
        period={"startDate": "2026-02-01", "endDate": "2025-01-01"},
        value={"amount": "a lot", "currency": "euro"},
    )
    tables, notes = ocds_rows(process(contracts=[odd], awards=[]))
    [row] = tables["contracts"]
    assert (len(row["title"]), len(row["x:title"])) == (650, 700)
    assert row["terms"] == "a b"
    assert not row.keys() & {"status", "until", "value", "currency"}
    assert row["since"] == "2026-02-01"
    assert "accepted_on" not in tables["ties"][0]
    assert notes == {
        "title: cut to 650 characters, the text is in x:title": 1,
        "terms: control characters left out": 1,
        "status: unknown, left blank": 1,
        "until: before since, left blank": 1,
        "value: must be a number such as 0.5, left blank": 1,
        "currency: must be an ISO 4217 code such as SEK, left blank": 1,
        "accepted_on: must be a date such as 2026-11-01, left blank": 2,
        "contract without suppliers: has the suppliers of its process": 1,
    }
