"""`valuenet table`: one table as a file or on stdout, and the list of all."""

from __future__ import annotations

import csv
import io
import json

import pytest

from service.feeds.table_documents import product_documents
from tests.support.worlds import member, tie

DAY = "2024-01-01"


@pytest.fixture
def world(draw):
    links = [tie("EXCHANGE", *pair, exchange_kind="TANGIBLE") for pair in ("ab", "bc")]
    draw({"members": [member(key, region=key) for key in "abc"], "ties": links})


def test_without_a_name_it_lists_all_tables(run_alone):
    code, out, _ = run_alone("table")
    names = [line.split()[0] for line in out.splitlines() if line.strip()]
    assert code == 0
    assert set(product_documents()) <= set(names)
    assert "startup*" in out


def test_rows_are_csv_on_stdout(world, run):
    code, out, _ = run("table", "organisations", "columns=key,name", "orderBy=key desc")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["key"] for row in rows] == ["c", "b", "a"]
    assert list(rows[0]) == ["key", "name"]


@pytest.mark.parametrize("ending", ["json", "jsonl", "csv", "arrow"])
def test_a_file_is_replaced_only_on_request(world, run, tmp_path, ending):
    file = tmp_path / f"organisations.{ending}"
    code, out, err = run("table", "organisations", "--out", file)
    assert (code, out) == (0, "")
    assert f"Wrote {file}" in err
    first = file.read_bytes()
    code, _, err = run("table", "organisations", "limit=1", "--out", file)
    assert code == 2
    assert "--overwrite" in err
    assert file.read_bytes() == first
    code, _, _ = run("table", "organisations", "limit=1", "--out", file, "--overwrite")
    assert code == 0
    assert len(file.read_bytes()) < len(first)
    if ending == "json":
        assert [row["key"] for row in json.loads(file.read_text())] == ["a"]


def test_warnings_are_on_stderr(world, run):
    code, out, err = run("table", "brokerage", f"asOf={DAY}")
    assert code == 0
    assert "Warning: " in err
    assert "Warning" not in out
    assert "Warning" not in run("table", "brokerage")[2]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["nix"], "nix"),
        (["organisations", "nix=1"], "Known parameters"),
        (["organisations", "limit"], "expected NAME=VALUE"),
        (["organisations", "limit=1", "limit=2"], "each name once"),
        (["partnerPaths"], "startup: required"),
        (
            ["organisations", "--out", "organisations.xlsx"],
            "expected a name that ends in",
        ),
    ],
)
def test_a_wrong_request_is_refused_with_what_is_expected(world, run, arguments, text):
    code, out, err = run("table", *arguments)
    assert (code, out) == (2, "")
    assert text in " ".join(err.split())
