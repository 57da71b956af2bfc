"""`valuenet map`: what it shows, asks, refuses and writes; it needs no database."""

from __future__ import annotations

import tomllib

import pytest

from service.cli import map_dialogue
from service.formats.proposals import mapping_toml, proposed_mapping
from service.formats.readers.mapping_file import mapping_of
from service.formats.sheets import sheets_of
from tests.docs.pages import blocks_in

DEALS = "Seller,Seller country,Buyer,Amount,Note\nGrain Growers,SE,Old Mill,100,paid\n"
ORDERS = "Supplier,Amount\nGrain Growers,100\nOld Mill,40\n"


@pytest.fixture
def valuenet(run_alone, monkeypatch, tmp_path):
    """Run the command beside two files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deals.csv").write_text(DEALS)
    (tmp_path / "orders.csv").write_text(ORDERS)
    return run_alone


def test_it_shows_columns_and_records_and_writes_the_mapping(valuenet, tmp_path):
    code, out, err = valuenet("map", "deals.csv", "--out", "m.toml")
    assert code == 0, err
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[0] == "deals.csv: CSV, UTF-8, separator comma"
    for line in (
        "Sheet 'deals': each line is a tie (EXCHANGE)",
        "Seller country `country`",
        "Amount `value`: numbers",
        "Note kept as an extra attribute",
        "ORGANISATION Old Mill CUSTOMER",
        "EXCHANGE Grain Growers Old Mill 100 paid",
    ):
        assert line in lines
    assert "Wrote m.toml." in err
    mapping = mapping_of(tomllib.loads((tmp_path / "m.toml").read_text()), "m.toml")
    assert mapping == proposed_mapping(sheets_of(tmp_path / "deals.csv")).mapping


DEALS_OF_A_CRM = """Deal Name,Company,Amount,Stage,Close Date,Deal Owner,Company Rating
Linen,Fjord Hotels,480000,Closed Won,2023-03-20,Sara Lind,A
Towels,North Gym,18000,Closed Lost,2023-04-11,Sara Lind,B
Robes,Porto Foods,9000,Negotiation,2023-05-02,Erik Dahl,B
"""


def test_deals_have_our_side_their_owners_and_their_states(valuenet, tmp_path):
    (tmp_path / "deals.csv").write_text(DEALS_OF_A_CRM)
    code, out, err = valuenet("map", "deals.csv", "--our-firm", "Linen House")
    assert code == 0, err
    lines = [" ".join(line.split()) for line in out.splitlines()]
    for line in (
        "Deal Owner an ACCOUNT_MANAGEMENT tie runs from it,"
        " an EMPLOYMENT tie to our firm",
        "Company Rating kept as an extra attribute",
        "CONTRACT Linen House Linen SUPPLIER",
        "ACCOUNT_MANAGEMENT Sara Lind Fjord Hotels",
        "EMPLOYMENT Sara Lind Linen House",
    ):
        assert line in lines
    assert "Linen 480000 ACTIVE 2023-03-20" in lines
    assert "Towels 18000 TERMINATED 2023-04-11" in lines
    assert "Robes 9000 DRAFT 2023-05-02" in lines


def test_the_owner_of_a_contact_manages_the_firm_of_the_contact(valuenet, tmp_path):
    text = "First Name,Last Name,Company,Contact Owner\nAnna,Berg,Fjord,Sara Lind\n"
    (tmp_path / "contacts.csv").write_text(text + "Jonas,Holm,Gym,Erik Dahl\n")
    code, out, err = valuenet("map", "contacts.csv")
    assert code == 0, err
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "ACCOUNT_MANAGEMENT Sara Lind Fjord" in lines
    assert "ACCOUNT_MANAGEMENT Erik Dahl Gym" in lines


def test_a_mapping_is_replaced_only_if_that_is_said(valuenet, tmp_path):
    (tmp_path / "m.toml").write_text("mine")
    code, _, err = valuenet("map", "deals.csv", "--out", "m.toml")
    assert code == 2
    assert "m.toml exists; replace it with --overwrite" in err
    assert (tmp_path / "m.toml").read_text() == "mine"
    assert valuenet("map", "deals.csv", "--out", "m.toml", "--overwrite")[0] == 0
    assert "[[ties]]" in (tmp_path / "m.toml").read_text()


def test_what_only_a_person_knows_ends_with_its_option(valuenet, tmp_path):
    code, out, err = valuenet("map", "orders.csv", "--out", "m.toml")
    assert code == 2
    assert "Answer with --our-firm NAME." in err
    assert "orders.csv: 1 question open; use the options above" in err
    assert "Grain Growers" in out
    assert not (tmp_path / "m.toml").exists()
    arguments = ("map", "orders.csv", "--out", "m.toml", "--our-firm", "Bakery")
    code, out, err = valuenet(*arguments)
    assert code == 0, err
    assert 'target = { value = "Bakery" }' in (tmp_path / "m.toml").read_text()


def test_at_a_terminal_it_asks(valuenet, monkeypatch, tmp_path):
    monkeypatch.setattr(map_dialogue, "is_terminal", lambda: True)
    (tmp_path / "dates.csv").write_text("Name,Joined\nOld Mill,03/04/2026\n")
    arguments = ("map", "dates.csv", "--out", "m.toml")
    code, out, err = valuenet(*arguments, stdin=b"March\n%d/%m/%Y\n")
    assert code == 0, err
    assert "2026-04-03" in out
    assert 'date = "%d/%m/%Y"' in (tmp_path / "m.toml").read_text()


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["nix.csv"], "nix.csv"),
        (["deals.csv", "--kind", "firm"], "--kind: expected one of ORGANISATION"),
        (["deals.csv", "--about", "deals=orders"], "--about: expected SHEET=WHAT"),
        (["deals.csv", "--sheet", "x"], "--sheet: expected one of deals; got 'x'"),
        (["deals.csv", "--decimal", "x1"], "decimal: expected one character"),
        (["deals.csv", "--out", "nix/m.toml"], "the folder nix does not exist"),
    ],
)
def test_wrong_input_is_one_sentence(valuenet, arguments, text):
    code, _, err = valuenet("map", *arguments)
    assert code == 2
    assert text in err
    assert len(err.splitlines()) == 1


def test_the_mapping_in_the_documentation_is_the_proposed_one(valuenet, tmp_path):
    files = {block.name: block.text for block in blocks_in("csv", "toml")}
    (tmp_path / "suppliers.csv").write_text(files["suppliers.csv"])
    arguments = ("--our-firm", "Hill Bakery", "--out", "proposed.toml")
    assert valuenet("map", "suppliers.csv", *arguments)[0] == 0
    assert (tmp_path / "proposed.toml").read_text() == files["proposed.toml"]


def test_hostile_headers_and_words_are_written_as_toml(tmp_path):
    header = '"Name","a ""b"" = \\","[[ties]]","x\u007f\u2028y","Type","ö.ä"\n'
    (tmp_path / "x.csv").write_text(header + 'A,1,2,3,"Start""up",4\nB,1,2,3,firm,5\n')
    proposal = proposed_mapping(sheets_of(tmp_path / "x.csv"))
    text = mapping_toml(proposal.mapping, proposal.spellings, proposal.unused)
    assert mapping_of(tomllib.loads(text), "x") == proposal.mapping
