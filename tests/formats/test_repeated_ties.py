"""A tie that two sheets of one workbook have is one, and two orders stay two."""

from __future__ import annotations

import pytest

from service.formats.identities.repeated_ties import ANOTHER_ROW, MANY, once_each
from service.formats.rows import Faults, TableRow
from tests.formats.proposals.proposed_files import proposed_workbook


def tie(sheet, kind="INVESTMENT", **facts):
    cells = {"kind": kind, "source": "fund", "target": "mill", **facts}
    return TableRow(sheet, 2, cells)


def facts_of(*rows):
    """What each tie says beside its ends, and how many rows were left out."""
    faults = Faults()
    ties = [row.cells for row in once_each(lambda: iter(rows), faults)]
    names = ("kind", "source", "target")
    facts = [{n: c for n, c in cells.items() if n not in names} for cells in ties]
    return facts, faults.notes[ANOTHER_ROW]


DATED = {"amount": "9", "on": "2026-01-02"}


@pytest.mark.parametrize("order", [1, -1])
def test_a_row_of_another_sheet_that_adds_nothing_is_no_tie_of_its_own(order):
    rows = [tie("Portfolio"), tie("Owners", amount="9"), tie("Rounds", **DATED)]
    assert facts_of(*rows[::order]) == ([DATED], 2)


def test_two_lines_of_one_sheet_are_two_ties():
    rows = [tie("Rounds", **DATED), tie("Rounds", amount="9"), tie("Rounds")]
    assert facts_of(*rows) == ([DATED, {"amount": "9"}, {}], 0)
    # Another sheet with as many lines has the same three; a fourth is another tie.
    others = [tie("List", amount="9"), tie("List"), tie("List", amount="9")]
    assert facts_of(*rows, *others) == ([DATED, {"amount": "9"}, {}], 3)
    others.append(tie("List", amount="9"))
    assert facts_of(*rows, *others)[0][3:] == [{"amount": "9"}]


@pytest.mark.parametrize(
    "facts",
    [
        {"amount": "8"},
        {"amount": "9", "round": "A"},
        {"amount": "9", "until": "2026-02-03"},
    ],
)
def test_a_row_that_differs_or_adds_is_a_tie_of_its_own(facts):
    assert facts_of(tie("Rounds", **DATED), tie("Owners", **facts)) == (
        [DATED, facts],
        0,
    )


def test_extra_attributes_go_to_the_one_tie_that_fits():
    share = {"x:Share": "30"}
    ties = [tie("Rounds", **DATED), tie("Owners", **share)]
    assert facts_of(*ties) == ([DATED | share], 1)
    second = {"amount": "5"}
    several = facts_of(tie("Rounds", **second), *ties)
    assert several == ([second, DATED, share], 0)


def test_equal_amounts_without_a_day_are_two_orders():
    rent, month = {"value": "5"}, {"value": "5", "since": "2026-01-31"}

    def orders(*every):
        return [tie(f"Month {n}", "EXCHANGE", **facts) for n, facts in enumerate(every)]

    assert facts_of(*orders(rent, rent)) == ([rent, rent], 0)
    assert facts_of(*orders(month, month)) == ([month], 1)
    flour = {"deliverable": "flour"}
    assert facts_of(*orders(flour, flour)) == ([flour], 1)


def test_an_undated_job_is_the_dated_one_and_adds_its_title():
    def jobs(*every):
        rows = [tie(f"List {n}", "EMPLOYMENT", **row) for n, row in enumerate(every)]
        return facts_of(*rows)[0]

    title, since = {"title": "CEO"}, {"since": "2020-01-01"}
    assert jobs(title, since) == [title | since]
    past = since | {"until": "2024-01-01"}
    assert jobs(title, past) == [title, past]
    assert jobs(title, since, {"since": "2010-01-01"}) == [
        title,
        since,
        {"since": "2010-01-01"},
    ]


def test_many_rows_of_a_pair_are_left_as_they_are():
    rows = [tie("A", "EXCHANGE", value=str(number)) for number in range(MANY)]
    assert len(facts_of(*rows, tie("B", "EXCHANGE"))[0]) == MANY + 1
    assert len(facts_of(*rows[1:], tie("B", "EXCHANGE"))[0]) == MANY - 1


def test_an_investment_on_two_sheets_of_a_workbook_is_one(tmp_path):
    header = ["Investor", "Start-up", "Amount (SEK)"]
    file = proposed_workbook(
        tmp_path,
        {
            "Portfolio": [header, ["Nordkap", "Lumina", 9], ["Nordkap", "Torva", 4]],
            "Rounds": [[*header, "Date"], ["Nordkap", "Lumina", 9, "2026-01-02"]],
        },
    )
    assert file.of("ties", "source", "target", "amount", "on") == [
        ("Nordkap", "Torva", "4", ""),
        ("Nordkap", "Lumina", "9", "2026-01-02"),
    ]
