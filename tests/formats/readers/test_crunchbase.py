"""The reader of Crunchbase's list of investments."""

from __future__ import annotations

import pytest

from tests.formats.reading import faults_of, rows_of

LIST = """company_name,investor_name,funded_when,amount_usd,city
Digg,"Greylock Partners, LLC",2006-12-01,8500000,SF
Digg,GREYLOCK PARTNERS,2006-12-01,,SF
Greylock Partners,Åsa & Co,,5,
"""


def test_each_line_is_an_investment_and_equal_names_are_one_member(tmp_path):
    (tmp_path / "investments.csv").write_text(LIST, encoding="utf-8")
    found, notes = rows_of(tmp_path, "crunchbase")
    kind = {"kind": "ORGANISATION"}
    greylock = {"key": "greylock-partners", "name": "Greylock Partners, LLC", **kind}
    assert found["members"] == [
        {"key": "digg", "name": "Digg", "roles": "STARTUP", **kind},
        greylock | {"roles": "INVESTOR;STARTUP"},
        {"key": "åsa", "name": "Åsa & Co", "roles": "INVESTOR", **kind},
    ]
    pair = {"kind": "INVESTMENT", "source": "greylock-partners", "target": "digg"}
    base = "crunchbase:greylock-partners:digg:2006-12-01"
    day = {"on": "2006-12-01"}
    assert found["ties"] == [
        {**pair, "key": f"{base}:1", **day, "amount": "8500000", "currency": "USD"},
        {**pair, "key": f"{base}:2", **day},
        {"kind": "INVESTMENT", "source": "åsa", "target": "greylock-partners"}
        | {"key": "crunchbase:åsa:greylock-partners::1"}
        | {"amount": "5", "currency": "USD"},
    ]
    assert notes == {
        "unknown column 'city': not imported": 1,
        "'GREYLOCK PARTNERS' and 'Greylock Partners, LLC': imported as one member": 1,
        "'Greylock Partners' and 'Greylock Partners, LLC': imported as one member": 1,
    }


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
    assert faults_of(tmp_path / "x.csv", "crunchbase") == expected
