"""The reader of Crunchbase's lists of investments."""

from __future__ import annotations

import pytest

from tests.formats.reading import faults_of, rows_with_ids

LIST = """company_name,investor_name,funded_when,amount_usd,city,funded_year
Digg,"Greylock Partners, LLC",2006-12-01,8500000,SF,2006
Digg,GREYLOCK PARTNERS,2006-12-01,,SF,
Greylock Partners,Åsa & Co,,5,,
"""
SHARED = "amount of a round with several investors: kept as x:roundTotal, the amount of"
SHARED += " each is not known"
REPEATED = "line repeats an investment of the same round: imported once"


@pytest.fixture
def read_list(tmp_path):
    """Members by name, ties as (investor, company, amount, total), and notes."""

    def read_list(text):
        (tmp_path / "x.csv").write_text(text, encoding="utf-8")
        tables, notes = rows_with_ids(tmp_path / "x.csv", "crunchbase")
        members = {row["name"]: row for row in tables["members"]}
        names = {row["id"]: row["name"] for row in tables["members"]}
        ties = [
            (
                names[tie["source"]],
                names[tie["target"]],
                tie.get("amount"),
                tie.get("x:roundTotal"),
            )
            for tie in tables.get("ties", ())
        ]
        return members, ties, notes

    return read_list


def test_each_line_is_an_investment_of_members_that_it_names(tmp_path):
    """Which of them are one is not the reader's to say: they have no keys."""
    (tmp_path / "investments.csv").write_text(LIST, encoding="utf-8")
    tables, notes = rows_with_ids(tmp_path, "crunchbase")
    kind, investor = {"kind": "ORGANISATION"}, {"roles": "INVESTOR"}
    name = "Greylock Partners, LLC"
    assert tables["members"] == [
        {"id": "Digg", "name": "Digg", "roles": "STARTUP", "region": "SF", **kind},
        {"id": name, "name": name, **investor, **kind},
        {"id": "GREYLOCK PARTNERS", "name": "GREYLOCK PARTNERS", **investor, **kind},
        {"id": "Greylock Partners", "name": "Greylock Partners", **kind}
        | {"roles": "STARTUP"},
        {"id": "Åsa & Co", "name": "Åsa & Co", **investor, **kind},
    ]
    pair = {"kind": "INVESTMENT", "target": "Digg", "on": "2006-12-01"}
    assert tables["ties"] == [
        {**pair, "source": name, "amount": "8500000", "currency": "USD"}
        | {"x:funded_year": "2006"},
        {**pair, "source": "GREYLOCK PARTNERS"},
        {"kind": "INVESTMENT", "source": "Åsa & Co", "target": "Greylock Partners"}
        | {"amount": "5", "currency": "USD"},
    ]
    assert not notes


HEADER = "company,investor,date,amount\n"


def test_the_total_of_a_round_is_nobodys_amount_if_several_share_it(read_list):
    text = HEADER + "L,N,2012-06-01,9000\nL Ltd,V,2012-06-01,9000\nL,A,2013-01-01,5\n"
    _, ties, notes = read_list(text)
    assert ties == [
        ("N", "L", None, "9000"),
        ("V", "L Ltd", None, "9000"),
        ("A", "L", "5", None),
    ]
    assert notes == {SHARED: 2}


@pytest.mark.parametrize(
    ("lines", "amounts"),
    [
        ("L,N,2012-06-01,9000\nL,V,2012-06-01,7000\n", ["9000", "7000"]),
        ("L,N,2012-06-01,9000\nL,V,2012-06-01,\n", [None, None]),
        ("L,N,2012-06-01,9000\nL,,2012-06-01,9000\n", [None]),
        ("L,N,2012-06-01,9000\nM,N,2012-06-01,9000\n", ["9000", "9000"]),
        ("L,N,2012-06-01,9000\nL,N AB,2012-07-01,9000\n", ["9000", "9000"]),
    ],
    ids=["two totals", "one unknown", "one nameless", "two companies", "two days"],
)
def test_what_tells_that_an_investor_is_alone(read_list, lines, amounts):
    _, ties, _ = read_list(HEADER + lines)
    assert [tie[2] for tie in ties] == amounts


@pytest.mark.parametrize(
    ("header", "cells", "amount"),
    [
        ("investor_count", ["1", "1"], "9000"),
        ("Number of Investors", ["3", "3"], None),
        ("funding_round_uuid", ["r", "s"], "9000"),
        ("round", ["a", "b"], "9000"),
        ("amount_invested", ["4000", "5000"], "4000"),
    ],
)
def test_other_columns_that_tell_it(read_list, header, cells, amount):
    text = f"company,investor,date,amount,{header}\n"
    text += f"L,N,2012-06-01,9000,{cells[0]}\n"
    if header not in ("investor_count", "Number of Investors"):
        text += f"L,V,2012-06-01,9000,{cells[1]}\n"
    assert read_list(text)[1][0][2] == amount


def test_a_line_that_stands_twice_is_one_investment(read_list):
    """Where rounds have no date and no id, two equal lines may be two of them."""
    line, undated = "L,N,2012-06-01,9000\n", "M,N,,5\n"
    _, ties, notes = read_list(HEADER + line * 3 + undated * 2)
    assert [tie[2] for tie in ties] == ["9000", "5", "5"]
    assert notes == {REPEATED: 2}


def test_a_line_without_a_name_makes_nobody_up(read_list):
    text = HEADER + "Lumina,,2012-06-01,1\nTorva,,,2\n,Vik,2012-08-01,3\n,,,4\n"
    members, ties, notes = read_list(text)
    assert (list(members), ties) == (["Lumina", "Torva", "Vik"], [])
    what = "line without the name of its {}: no investment imported"
    assert notes == {what.format("investor"): 3, what.format("company"): 2}


def test_the_lists_of_2014_have_permalinks(read_list):
    text = "company_permalink,company_name,company_category_list, company_market ,"
    text += "company_country_code,company_city,investor_permalink,investor_name,"
    text += (
        "investor_country_code,funding_round_permalink,funded_at,raised_amount_usd\n"
    )
    line = "/organization/{0},{0},|Search|Social|,Search,USA,Hill,/person/ada,Ada Berg"
    line += ",SWE,/funding-round/{0},2014-01-02,5\n"
    members, ties, notes = read_list(text + line.format("one") + line.format("two"))
    assert members["one"] == {
        "id": "CRUNCHBASE:organization/one",
        "x:registerId": "CRUNCHBASE:organization/one",
        "kind": "ORGANISATION",
        "name": "one",
        "roles": "STARTUP",
        "sector": "Search",
        "region": "Hill",
        "country": "USA",
        "x:company_category_list": "|Search|Social|",
    }
    assert members["Ada Berg"]["kind"] == "PERSON"
    assert members["Ada Berg"]["country"] == "SWE"
    assert ties == [("Ada Berg", name, "5", None) for name in ("one", "two")]
    assert not notes


def test_a_line_for_each_round_lists_its_investors(read_list):
    text = "Transaction Name,Organization Name,Organization Name URL,Funding Type,"
    text += "Money Raised,Money Raised Currency,Money Raised Currency (in USD),"
    text += "Announced Date,Investor Names\n"
    url = "https://www.crunchbase.com/organization/lumina"
    line = f"Series A - Lumina,Lumina,{url},Series A,90,SEK,9,2024-05-01,"
    text += f'{line}"Vik Capital, LLC, Ada Berg"\n{line}\n'
    members, ties, notes = read_list(text)
    assert members["Lumina"]["id"] == "CRUNCHBASE:organization/lumina"
    assert ties == [
        ("Vik Capital, LLC", "Lumina", None, "9"),
        ("Ada Berg", "Lumina", None, "9"),
    ]
    assert notes[SHARED] == 2


def test_the_currency_is_that_of_the_column(tmp_path):
    text = "company,investor,amount_usd,currency\nL,N,5,EUR\n"
    (tmp_path / "x.csv").write_text(text)
    [tie] = rows_with_ids(tmp_path / "x.csv", "crunchbase")[0]["ties"]
    assert (tie["amount"], tie["currency"]) == ("5", "USD")
    (tmp_path / "x.csv").write_text(text.replace("amount_usd", "amount"))
    [tie] = rows_with_ids(tmp_path / "x.csv", "crunchbase")[0]["ties"]
    assert (tie["amount"], tie["currency"]) == ("5", "EUR")


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ('"$9,000,000"', ("9000000", "USD")),
        ("€1.500.000", ("1500000", "EUR")),
        ("9000000", ("9000000", "USD")),
        ("5000 kr", ("5000", None)),
        ("-", (None, None)),
    ],
)
def test_amounts_may_have_marks_and_signs(tmp_path, amount, expected):
    text = f"company,investor,date,amount\nL,N,31/12/2020,{amount}\n"
    (tmp_path / "x.csv").write_text(text + "M,N,30/11/2020,7.50\n" * (amount == "-"))
    tie = rows_with_ids(tmp_path / "x.csv", "crunchbase")[0]["ties"][0]
    assert (tie.get("amount"), tie.get("currency")) == expected
    assert tie["on"] == "2020-12-31"


def test_dates_that_may_be_of_two_kinds_are_a_fault(tmp_path):
    (tmp_path / "x.csv").write_text("company,investor,date\nL,N,03/04/2020\n")
    [fault] = faults_of(tmp_path / "x.csv", "crunchbase")
    assert fault.startswith("x.csv line 1, column date: may be %d/%m/%Y or %m/%d/%Y")


def test_a_column_of_types_says_who_is_a_person(read_list):
    text = "company;investor;investor_type\nL;Ada;Person\nL;Vik;organization\n"
    members, _, _ = read_list(text)
    kinds = {name: member["kind"] for name, member in members.items()}
    assert kinds == {"L": "ORGANISATION", "Ada": "PERSON", "Vik": "ORGANISATION"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "company,date\nA,2020-01-01\n",
            [
                "x.csv line 1, column investor or investor_name: the file has"
                " no such column; add it"
            ],
        ),
        (
            "company,investor,date,amount\nA,B,soon,much\n",
            [
                "x.csv line 2, column on: must be a date such as 2026-11-01;"
                " got 'soon'",
                "x.csv line 2, column amount: must be a number such as 0.5; got 'much'",
            ],
        ),
    ],
)
def test_a_fault_names_file_line_and_column(tmp_path, text, expected):
    (tmp_path / "x.csv").write_text(text)
    texts = faults_of(tmp_path / "x.csv", "crunchbase")
    assert [
        text for text in texts if "key" not in text and "x:" not in text
    ] == expected
