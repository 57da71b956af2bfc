"""Sheets as managers write them: nothing is lost, made up, or wrong and sure."""

from __future__ import annotations

import pytest

from service.formats.proposals import Answers
from service.formats.readers.mapping import SHARED
from tests.formats.proposals.proposed_files import proposed_text, proposed_workbook
from tests.formats.reading import keyed_rows_of

ROUNDS = """\
Company,Round,Amount (EUR),Date,Investors
Lumina,Seed,12000,2025-03-01,Vik Capital; Almi
Torva,Seed,500,2025-04-01,Almi
"""


def test_the_amount_of_a_round_is_nobodys_where_a_cell_has_several_investors(tmp_path):
    file = proposed_text(tmp_path, "rounds.csv", ROUNDS)
    columns = ("source", "target", "amount", "currency", "x:roundTotal")
    assert file.of("ties", *columns, "x:roundCurrency") == [
        ("Vik Capital", "Lumina", "", "", "12000", "EUR"),
        ("Almi", "Lumina", "", "", "12000", "EUR"),
        ("Almi", "Torva", "500", "EUR", "", ""),
    ]
    path = tmp_path / "rounds.csv"
    assert keyed_rows_of(path, "tables", tmp_path / "rounds.toml")[1] == {SHARED: 2}


def test_investors_in_two_columns_share_the_round_of_their_line(tmp_path):
    rows = [
        ["Company", "Round", "Amount (SEK)", "Lead investor", "Other investors"],
        ["Lumina", "Seed", 12, "Nordkap Fund", "Vik Capital, Almi"],
        ["Lumina", "Series A", 60, "Vik Capital", "Nordkap Fund"],
        ["Torva", "Seed", 3, "Almi", None],
    ]
    file = proposed_workbook(tmp_path, {"Rounds": rows})
    assert file.proposal.is_sure
    columns = ("source", "target", "round", "amount", "x:roundTotal")
    assert file.of("ties", *columns, "x:Lead investor") == [
        ("Nordkap Fund", "Lumina", "Seed", "", "12", "Nordkap Fund"),
        ("Vik Capital", "Lumina", "Seed", "", "12", "Nordkap Fund"),
        ("Almi", "Lumina", "Seed", "", "12", "Nordkap Fund"),
        ("Vik Capital", "Lumina", "Series A", "", "60", "Vik Capital"),
        ("Nordkap Fund", "Lumina", "Series A", "", "60", "Vik Capital"),
        ("Almi", "Torva", "Seed", "3", "", "Almi"),
    ]
    investors = {name for name, _, role in file.members if role == "INVESTOR"}
    assert investors == {"Nordkap Fund", "Vik Capital", "Almi"}


def test_an_order_of_two_suppliers_has_one_amount(tmp_path):
    text = "Supplier,Customer,Amount (EUR)\nOld Mill; Harbour Fish,Hill Bakery,90\n"
    file = proposed_text(tmp_path, "orders.csv", text)
    columns = ("value", "currency", "x:lineTotal", "x:lineCurrency")
    assert file.of("ties", *columns) == [("", "", "90", "EUR")] * 2


@pytest.mark.parametrize(
    ("cell", "options"),
    [
        ("Zoé Blanc, Max Noir", ["--split"]),
        ("Blanc, Zoé", []),
        ("Zoé Blanc; Max Noir", []),
    ],
)
def test_two_full_names_with_a_comma_may_be_two_people(tmp_path, cell, options):
    text = f'Start-up,Founders\nLumina,"{cell}"\nTorva,Luc Moreau; Ann Ek\n'
    file = proposed_text(tmp_path, "list.csv", text)
    assert [question.option for question in file.proposal.questions] == options
    answers = Answers(separators={"Founders": ","})
    file = proposed_text(tmp_path, "list.csv", text, answers)
    people = {name for name, kind, _ in file.members if kind == "PERSON"}
    assert {"Luc Moreau", "Ann Ek"} <= people
    assert ("Max Noir" in people) == ("Max Noir" in cell)


def test_an_investor_with_a_firm_and_an_address_is_a_person(tmp_path):
    text = "Name,Company,Role\nAnna Berg,Old Mill,Founder\nEva Fors,Nordkap,Investor\n"
    file = proposed_text(tmp_path, "members.csv", text)
    assert ("Eva Fors", "PERSON", "INVESTOR") in file.members
    assert ("EMPLOYMENT", "Eva Fors", "Nordkap") in file.ties
    mixed = "Name,Company,Role\nAnna Berg,Old Mill,Person\nNordkap,,Company\n"
    file = proposed_text(tmp_path, "members.csv", mixed)
    assert ("Nordkap", "ORGANISATION", "") in file.members


DEALS = """\
Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Organization,\
Deal - Owner,Deal - Status
12,Flour 2026,12000,SEK,Old Mill AB,Ida Juhl,Won
13,Seed,8000,SEK,Grain Growers,Ida Juhl,Open
"""


def test_headers_with_the_name_of_the_record_before_a_dash(tmp_path):
    file = proposed_text(tmp_path, "deals.csv", DEALS)
    assert file.of("contracts", "title", "value", "currency", "status") == [
        ("Flour 2026", "12000", "SEK", "ACTIVE"),
        ("Seed", "8000", "SEK", "DRAFT"),
    ]
    assert ("CONTRACT", "Old Mill AB", "Flour 2026") in file.ties
    assert ("ACCOUNT_MANAGEMENT", "Ida Juhl", "Grain Growers") in file.ties


def test_who_leads_a_firm_works_for_it_under_the_title_of_the_header(tmp_path):
    text = (
        "Bedrift;Bransje;Daglig leder;Kunder\nFjord Fisk AS;Sjømat;Kari Ek;Rema; Coop\n"
    )
    text = text.replace("Rema; Coop", '"Rema; Coop"')
    file = proposed_text(tmp_path, "bedrifter.csv", text)
    jobs = [t for t in file.of("ties", "kind", "source", "title") if t[2]]
    assert jobs == [("EMPLOYMENT", "Kari Ek", "Daglig leder")]
    assert {
        ("EXCHANGE", "Fjord Fisk AS", name) for name in ("Rema", "Coop")
    } < file.ties


def test_addresses_of_another_sheet_mean_the_people_who_have_them(tmp_path):
    people = [
        ["Email", "Name", "Company"],
        ["anna@mill.se", "Anna Berg", "Old Mill"],
        ["carl@grain.se", "Carl Dahl", "Grain Growers"],
    ]
    knows = [["From", "To"], ["anna@mill.se", "carl@grain.se"]]
    file = proposed_workbook(tmp_path, {"People": people, "Who knows whom": knows})
    assert ("ACQUAINTANCE", "Anna Berg", "Carl Dahl") in file.ties
    assert not any("@" in name for name, _, _ in file.members)
    file = proposed_workbook(tmp_path, {"Who knows whom": knows})
    assert any("e-mail addresses" in r.text for r in file.proposal.reasons)


@pytest.mark.parametrize("total", ["", "40"])
def test_a_last_line_with_the_word_for_totals_is_no_member(tmp_path, total):
    text = f"Ägare,Bolag,Andel\nNordkap,Lumina,10\nAlmi,Lumina,30\nSumma,,{total}\n"
    file = proposed_text(tmp_path, "ägare.csv", text)
    assert {name for name, _, _ in file.members} == {"Nordkap", "Almi", "Lumina"}


def test_referrals_to_our_firm_ask_for_it(tmp_path):
    text = "Referred by,Customer,Date,Won?\nOld Mill,Hill Bakery,2026-01-05,Yes\n"
    file = proposed_text(tmp_path, "referrals.csv", text, Answers(our_firm="Lumina"))
    assert file.of("referrals", "referrer", "customer", "provider", "outcome") == [
        ("Old Mill", "Hill Bakery", "Lumina", "WON")
    ]
    questions = proposed_text(tmp_path, "referrals.csv", text).proposal.questions
    assert [question.option for question in questions] == ["--our-firm"]


@pytest.mark.parametrize(
    "header", ["Start-up,Customers,Suppliers", "Firma,Kunden,Lieferanten"]
)
def test_a_number_of_customers_is_no_customer(tmp_path, header):
    text = f"{header}\nLumina,120,4\nTorva,30,2\n"
    file = proposed_text(tmp_path, "list.csv", text)
    assert {name for name, _, _ in file.members} == {"Lumina", "Torva"}
    assert file.ties == set()
    names = file.records["members"][0]
    assert (names[f"x:{header.split(',')[1]}"], len(names)) == (
        "120",
        6 - ("roles" not in names),
    )
