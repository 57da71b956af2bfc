"""A proposed mapping that a person corrects column by column."""

from __future__ import annotations

import pytest

from service.formats.proposals import mapping_toml, proposed_mapping
from service.formats.proposals.corrections import (
    LEFT_OUT,
    codes_of,
    corrected_mapping,
    meaning_groups,
)
from service.formats.proposals.preview import first_records
from service.formats.readers.mapping_file import read_mapping
from service.formats.sheets import sheets_of

DEALS = """Supplier,Customer,Amount,Signed,Stage,City
Old Mill,Hill Bakery,60,2026-01-02,won,Oslo
Harbour Fish,Hill Bakery,5,2026-02-03,won,Bergen
"""


@pytest.fixture
def correct(tmp_path):
    """The records, and the meanings of the columns, as a person corrects them."""

    def correct(text=DEALS, currency=None, **corrections):
        path = tmp_path / "deals.csv"
        path.write_text(text)
        sheets = sheets_of(path)
        mapping = proposed_mapping(sheets).mapping
        given = {sheets[0].name: corrections}
        result = corrected_mapping(mapping, sheets, given, currency)
        (tmp_path / "mapping.toml").write_text(mapping_toml(result))
        assert read_mapping(tmp_path / "mapping.toml") == result
        return first_records(path, result), codes_of(result, sheets[0])

    return correct


def test_each_meaning_of_a_column_can_be_chosen(tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text(DEALS)
    sheets = sheets_of(path)
    mapping = proposed_mapping(sheets).mapping
    groups = list(meaning_groups(mapping, sheets[0]))
    codes = {meaning.code for group in groups for meaning in group.meanings}
    own = set(codes_of(mapping, sheets[0]).values())
    assert own - {LEFT_OUT} <= codes
    assert [group.title for group in groups] == [
        "Organisation (supplier)",
        "Organisation (customer)",
        "Exchange (tie)",
    ]


def test_what_is_proposed_changes_nothing(correct):
    records, codes = correct()
    assert correct(**codes) == (records, codes)
    assert correct(Nothing="members.1.name", City="members.9.name") == correct(City="-")


def test_a_column_gets_another_meaning(correct):
    records, codes = correct(City="members.2.region", Stage=LEFT_OUT, currency="NOK")
    assert codes["City"] == "members.2.region"
    bakery = next(row for row in records["members"] if row["name"] == "Hill Bakery")
    assert bakery["region"] == "Oslo"
    assert {key for row in records["ties"] for key in row if key.startswith("x:")} == (
        set()
    )


def test_a_name_that_moves_takes_the_ends_of_its_ties_along(correct):
    records, _ = correct(Supplier="members.2.name", Customer="members.1.name")
    ends = [(row["source"], row["target"]) for row in records["ties"]]
    assert ends == [("Hill Bakery", "Old Mill"), ("Hill Bakery", "Harbour Fish")]
    roles = {row["name"]: row["roles"] for row in records["members"]}
    assert roles["Hill Bakery"] == "SUPPLIER"


def test_the_ends_of_a_tie_change_places_and_the_members_stay(correct):
    records, _ = correct(Supplier="ties.1.target", Customer="ties.1.source")
    ends = [(row["source"], row["target"]) for row in records["ties"]]
    assert ends == [("Hill Bakery", "Old Mill"), ("Hill Bakery", "Harbour Fish")]
    roles = {row["name"]: row["roles"] for row in records["members"]}
    assert roles["Hill Bakery"] == "CUSTOMER"


def test_a_record_that_nothing_names_goes_with_its_ties(correct):
    records, _ = correct(Supplier=LEFT_OUT)
    assert {row["name"] for row in records["members"]} == {"Hill Bakery"}
    assert "ties" not in records


def test_an_amount_gets_the_currency_that_a_person_names(correct):
    before, codes = correct()
    assert (codes["Amount"], "value" in before["ties"][0]) == (LEFT_OUT, False)
    tie = correct(Amount="ties.1.value", currency="NOK")[0]["ties"][0]
    assert (tie["value"], tie["currency"]) == ("60", "NOK")
