"""The form of every .cypher file: header, parameters, columns, order, bounds."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from service.graph.statements import parse_header
from tests.cypher.files import (
    FILES,
    NAMES,
    WRITING,
    columns,
    example,
    header,
    returned,
    sample,
    text_of,
)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_line_is_one_sentence(name):
    first = header(name).question
    assert first.endswith(("?", "."))
    assert len(first) <= 115
    assert first[0].isupper()


@pytest.mark.parametrize("name", NAMES)
def test_the_header_names_the_parameters_and_columns_in_snake_case(name):
    found = sample(name)
    used = re.findall(r"\$(\w+)", found.text)
    assert set(used) == found.params.keys()
    assert all(re.fullmatch(r"[a-z][a-z_]*", n) for n in [*used, *found.columns])
    assert returned(found.text) == found.columns
    for word in header(name).words:
        assert re.search(rf"\b{word}\b", text_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_line_holds_at_most_a_hundred_characters(name):
    """But for comments, and a pattern whose alternatives cannot be folded."""
    for line in text_of(name).splitlines():
        pattern = re.search(r"\[\w*:\w+(\|\w+){5,}\]", line)
        assert len(line) <= 100 or line.startswith("//") or pattern, line


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_one_statement_without_concatenated_text(name):
    text = re.sub(r"\s*//.*", "", sample(name).text)
    assert ";" not in text
    assert "\t" not in text
    assert not re.search(r" $", text, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_patterns_are_bounded(name):
    assert not re.search(
        r"\*|\{\d*,\}|\)\+|\]\+", re.sub(r"count\(\*\)", "", sample(name).text)
    )


@pytest.mark.parametrize("name", NAMES)
def test_several_rows_come_in_a_total_order(name):
    found, rows = sample(name), header(name).rows
    if not found.columns or rows in ("one", "in any order"):
        return
    [*_, last] = re.split(r"^ORDER BY ", found.text, flags=re.MULTILINE)
    assert last != found.text, "no order"
    terms = columns(
        re.sub(r"\s(ASC|DESC)\b|^(SKIP|LIMIT).*", "", last, flags=re.MULTILINE)
    )
    if rows != "by key":
        assert terms == columns(rows.removeprefix("by "))
    else:
        named = f"{terms[-1]}.key", f".key AS {terms[-1]}"
        keyed = terms[-1].endswith(".key") or named[1] in found.text
        assert keyed or terms[-1] == "key", terms


def test_rows_in_any_order_are_groups_and_one_row_is_an_aggregate():
    """Only what is put together by its caller may leave the order out."""
    unordered = [name for name in NAMES if header(name).rows == "in any order"]
    assert all("collect(" in sample(name).text for name in unordered)
    for name in NAMES:
        assert header(name).rows.startswith(("one", "in any order", "by ")) or (
            not header(name).columns
        )


@pytest.mark.parametrize("name", NAMES)
def test_an_example_reaches_each_file_or_a_sentence_says_what_runs_it(name):
    read = not name.startswith((*WRITING, "audit/", "exports/", "imports/"))
    assert (example(name) is not None) is read
    assert (header(name).budget is not None) is read


def test_a_header_without_its_contract_is_refused():
    sound = ["Which?", "Params:", "Row: key", "Rows: by key", "Example: { a }"]
    assert parse_header(sound).rows == "by key"
    for left_out in sound[1:]:
        with pytest.raises(LookupError):
            parse_header([line for line in sound if line != left_out])
    with pytest.raises(ValueError, match="one hit"):
        parse_header([*sound, "Budget: one hit"])


LOOKUP = re.compile(r"\{(key|number): [a-z]")


def test_what_is_looked_up_for_each_row_must_be_sought():
    """While an index has no statistics, the planner scans it for every row instead."""
    lookups = 0
    for file in FILES:
        lines = file.read_text("utf-8").splitlines()
        if not any(line.startswith("UNWIND $") for line in lines):
            continue
        for line, following in pairwise(lines):
            if line.lstrip().startswith("MATCH") and LOOKUP.search(line):
                lookups += 1
                assert following.lstrip().startswith("USING INDEX SEEK"), (file, line)
    assert lookups > 20
