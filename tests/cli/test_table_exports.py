"""`valuenet export` to SQLite and Parquet: the tables of the server, as files."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from datetime import date

import nanoarrow as na
import pytest
from arro3.io import read_parquet

import seeds
from service.feeds.document_table import TYPES as TYPES_OF_COLUMNS
from service.feeds.parquet_folder import WARNINGS
from service.feeds.table_documents import product_documents
from tests.feeds.test_table_files import REQUIRED
from tests.support.worlds import member, tie

DAY, SERIES = "2026-11-01", "2026-07-01..2026-09-01"
SET = [
    word
    for table, values in REQUIRED.items()
    for name, value in values.items()
    for word in ("--set", f"{table}.{name}={value}")
]


@pytest.fixture(scope="module")
def demo(draw):
    draw(seeds.FOLDER / "demo")


@pytest.fixture
def tables(serve):
    """The answers of a server to these paths, as JSON."""

    def tables(*paths):
        async def work(client):
            return [(await client.get(path)).json() for path in paths]

        return serve(work)

    return tables


def rows_of(path, sql, *values):
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(sql, values)]


def as_sqlite(row):
    """A row of JSON as SQLite has it."""
    return {
        name: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        if isinstance(value, list)
        else int(value)
        if isinstance(value, bool)
        else value
        for name, value in row.items()
    }


def parquet_rows(path):
    rows = na.ArrayStream(read_parquet(path)).read_all().to_pylist()
    return [{n: as_json(v) for n, v in row.items()} for row in rows]


def as_json(value):
    return value.isoformat() if isinstance(value, date) else value


def paths_of_tables(day):
    return [
        "/tables/{}.json?{}".format(
            name,
            "&".join(
                f"{n}={v}" for n, v in {"asOf": day, **REQUIRED.get(name, {})}.items()
            ),
        )
        for name in product_documents()
    ]


def test_a_database_has_the_tables_of_the_server(demo, run, tables, tmp_path):
    path = tmp_path / "net.sqlite"
    code, _out, err = run("export", path, "--format", "sqlite", "--as-of", DAY, *SET)
    assert code == 0, err
    assert "Left out" not in err
    answers = dict(zip(product_documents(), tables(*paths_of_tables(DAY)), strict=True))
    for name, answer in answers.items():
        expected = [as_sqlite(row) for row in answer]
        assert rows_of(path, f'SELECT * FROM "{name}" ORDER BY rowid') == expected
    counts = rows_of(path, "SELECT name, rows, parameters FROM _tables")
    assert {row["name"]: row["rows"] for row in counts} == {
        name: len(answer) for name, answer in answers.items()
    }
    [given] = [r["parameters"] for r in counts if r["name"] == "keyPeople"]
    assert json.loads(given) == {"asOf": DAY, "organisation": "bergslund-ventures"}


def test_a_database_explains_its_columns_and_has_keys(demo, run, tmp_path):
    path = tmp_path / "net.sqlite"
    assert run("export", path, "--format", "sqlite")[0] == 0
    columns = rows_of(path, "SELECT * FROM _columns ORDER BY rowid")
    for table in rows_of(path, "SELECT name FROM sqlite_schema WHERE type = 'table'"):
        name = table["name"]
        if name.startswith("sqlite_"):
            continue
        fields = rows_of(path, f'PRAGMA table_info("{name}")')
        own = [c for c in columns if c["table_name"] == name]
        assert [f["name"] for f in fields] == [c["name"] for c in own]
        assert all(c["type"] and c["description"] for c in own), name
    keys = rows_of(path, "SELECT name FROM pragma_table_info('exchanges') WHERE pk")
    assert [row["name"] for row in keys] == ["key"]
    sql = "SELECT * FROM exchanges WHERE target_key = 'nordan'"
    [plan] = rows_of(path, f"EXPLAIN QUERY PLAN {sql}")
    assert "USING INDEX exchanges_by_target_key" in plan["detail"]
    left_out = "SELECT left_out FROM _tables WHERE name = 'departures'"
    [reason] = rows_of(path, left_out)
    assert reason["left_out"] == "It needs --set departures.person=VALUE."
    types = "SELECT DISTINCT typeof(since) AS type FROM exchanges ORDER BY 1"
    assert [row["type"] for row in rows_of(path, types)] == ["text"]


def test_a_folder_has_the_tables_of_the_server(demo, run, tables, tmp_path):
    path = tmp_path / "net"
    arguments = ["export", path, "--format", "parquet", "--as-of", DAY, *SET]
    code, _, err = run(*arguments)
    assert code == 0, err
    assert run(*arguments)[0] == 2
    assert run(*arguments, "--overwrite")[0] == 0
    names = [*product_documents(), "_tables", "_columns", "_warnings"]
    assert {file.name for file in path.iterdir()} == {f"{n}.parquet" for n in names}
    assert list(tmp_path.glob(".*.part")) == []
    for name, answer in zip(
        product_documents(), tables(*paths_of_tables(DAY)), strict=True
    ):
        assert parquet_rows(path / f"{name}.parquet") == answer, name


def test_a_series_has_its_days_as_a_column(demo, run, tables, tmp_path):
    what = ["--what", "networkIndicators", "--what", "organisations"]
    arguments = [*what, "--as-of", SERIES, "--step", "P2M"]
    database, folder = tmp_path / "net.db", tmp_path / "net"
    assert run("export", database, "--format", "sqlite", *arguments)[0] == 0
    assert run("export", folder, "--format", "parquet", *arguments)[0] == 0
    for name in ("networkIndicators", "organisations"):
        [answer] = tables(f"/tables/{name}.json?asOf={SERIES}&step=P2M")
        assert {row["as_of"] for row in answer} == {"2026-07-01", "2026-09-01"}
        own = rows_of(database, f"SELECT * FROM {name} ORDER BY rowid")
        assert own == [as_sqlite(row) for row in answer]
        assert parquet_rows(folder / f"{name}.parquet") == answer
    keys = "SELECT name FROM pragma_table_info('organisations') WHERE pk ORDER BY pk"
    assert [row["name"] for row in rows_of(database, keys)] == ["as_of", "key"]


@pytest.mark.parametrize("days", [[], SERIES.split("..")], ids=["today", "series"])
def test_what_answers_warn_of_is_in_the_files(draw, run, tmp_path, days):
    draw({"members": [member("a"), member("b")], "ties": [tie("EXCHANGE", "a", "b")]})
    what = ["--what", "brokerage", "--what", "members"]
    series = ["--as-of", SERIES, "--step", "P2M"] if days else []
    database, folder = tmp_path / "net.db", tmp_path / "net"
    assert run("export", database, "--format", "sqlite", *what, *series)[0] == 0
    assert run("export", folder, "--format", "parquet", *what, *series)[0] == 0
    alone = "Members without a group, each counted as a group of its own: 2."
    rows = rows_of(database, "SELECT * FROM _warnings ORDER BY rowid")
    assert parquet_rows(folder / "_warnings.parquet") == rows
    assert {row["table_name"] for row in rows} == {"brokerage"}
    assert [r["as_of"] for r in rows if r["warning"] == alone] == (days or [None])
    brokerage, members = (
        dict(na.ArrayStream(read_parquet(folder / f"{name}.parquet")).schema.metadata)
        for name in ("brokerage", "members")
    )
    assert json.loads(brokerage[WARNINGS.encode()])[alone] == days
    assert WARNINGS.encode() not in members


def test_a_reader_keeps_the_database_that_it_has_open(maker, run, tmp_path):
    path = tmp_path / "net.sqlite"
    arguments = ["export", path, "--format", "sqlite", "--what"]
    assert run(*arguments, "members")[0] == 0
    with closing(sqlite3.connect(path)) as reader:
        count = "SELECT count(*) FROM members"
        assert reader.execute(count).fetchall() == [(2,)]
        code, _, err = run(*arguments, "members")
        assert (code, "already exists" in err) == (2, True)
        assert run(*arguments, "teams", "--overwrite")[0] == 0
        assert reader.execute(count).fetchall() == [(2,)]
    names = "SELECT name FROM _tables"
    assert rows_of(path, names) == [{"name": "teams"}]
    assert list(tmp_path.glob(".*")) == [], "nothing is left beside it"


def test_an_export_that_fails_leaves_the_old_one(maker, run, tmp_path):
    path = tmp_path / "net.sqlite"
    arguments = ["export", path, "--format", "sqlite", "--overwrite", "--what"]
    assert run(*arguments, "members")[0] == 0
    before = path.read_bytes()
    code, _, err = run(*arguments, "keyPeople", "--set", "keyPeople.organisation=none")
    assert code == 2
    assert "keyPeople: " in err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "csv", "--as-of", DAY], "only sqlite and parquet have them"),
        (["--format", "sqlite", "--set", "a=b"], "expected TABLE.PARAMETER=VALUE"),
        (["--format", "sqlite", "--what", "memberz"], "memberz: no such table."),
        (["--format", "sqlite", "--set", "members.x=1"], "members: x: unknown param"),
        (["--format", "sqlite", "--step", "P1M"], "step: needs a series of days"),
        (["--format", "sqlite", "--what", "departures"], "departures: person: requir"),
    ],
)
def test_what_cannot_be_exported_is_refused(maker, run, tmp_path, arguments, sentence):
    code, _, err = run("export", tmp_path / "net", *arguments)
    assert code == 2
    assert sentence in err
    assert list(tmp_path.glob("*net*")) == []


def test_without_its_library_parquet_is_refused(run, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "arro3", None)
    code, _, err = run("export", tmp_path / "net", "--format", "parquet")
    assert code == 2
    assert "needs the package arro3-io (34 MB). Install it with" in err


def test_every_type_of_column_has_one_in_sqlite():
    from service.feeds.sqlite_file import TYPES

    assert set(TYPES) == {str, list, *TYPES_OF_COLUMNS.values()}
