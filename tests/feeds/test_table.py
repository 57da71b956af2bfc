"""Which documents are tables, and what their rows, columns and parameters are."""

from __future__ import annotations

import asyncio
import re
from contextlib import aclosing

import pytest
from graphql import parse, validate

from schema.query import schema
from service.errors import BadInput
from service.feeds.day_series import day_series
from service.feeds.document_table import NotTable, table_of
from service.feeds.page_document import PageShape, page_document
from service.feeds.table_documents import product_documents, read_tables
from service.feeds.table_reader import read_ahead
from service.feeds.table_request import known_parameters, parse_request
from service.settings import Settings
from service.vocabulary import NODES, TIES
from service.vocabulary.names import plural_field

CORE = schema._schema


def table(text, name="own"):
    document = parse(text)
    assert validate(CORE, document) == []
    return table_of(CORE, name, text, document)


def test_each_kind_of_member_tie_and_other_record_has_a_table():
    names = {plural_field(name) for name in NODES}
    names |= {plural_field(cls.__name__) for cls in TIES.values()}
    assert names <= product_documents().keys()
    for cls in TIES.values():
        text = product_documents()[plural_field(cls.__name__)]
        columns = {column.name for column in table(text).columns}
        ends = {"source_key", "source_name", "target_key", "target_name"}
        assert {"key", *ends} <= columns


@pytest.mark.parametrize("name", product_documents())
def test_each_document_of_the_product_is_a_table_whose_pages_fit_the_schema(name):
    own = table(product_documents()[name], name)
    assert own.description
    assert all(column.description for column in own.columns)
    assert all(text for _, text in known_parameters(own).values())
    shapes = [PageShape()]
    if own.connection:
        shapes += [PageShape(has_filter=True, has_order=True), PageShape(counts=True)]
        column = own.columns[-1]
        shapes += [PageShape(paths=frozenset({(column.level, column.path)}))]
    for shape in shapes:
        assert validate(CORE, parse(page_document(own, shape))) == []


def test_rows_are_the_one_list_and_objects_inside_are_columns():
    own = table("""# Who works where?
    query ($day: Date, $most: Int = 5) {
      employments(asOf: $day, first: $most) {
        totalCount
        nodes { key person: source { name ... on Person { introductions } } founder }
      }
    }""")
    names = {column.name: column.type for column in own.columns}
    assert names == {
        "key": str,
        "person_name": str,
        "person_introductions": str,
        "founder": bool,
    }
    assert [c.is_required for c in own.columns] == [True, True, False, False]
    assert [p.name for p in own.parameters] == ["day", "most"]
    assert own.key == "key"
    assert own.record_type == "Employment"


def test_a_column_is_described_with_the_objects_around_it():
    own = table("""# How are customers served?
    query { serviceQuality(provider: "p", from: "2026-01-01", to: "2026-02-01") {
      provider { key }
      nps { value nullReason }
      firstResponse { mean { value } }
    } }""")
    nps = "Percentage of promoters minus percentage of detractors, -100..100."
    assert {column.name: column.description for column in own.columns} == {
        "provider_key": "The provider. Your own stable id of the record.",
        "nps_value": f"{nps} The figure; null if it is undefined.",
        "nps_null_reason": f"{nps} Why `nps_value` is null; null if it is not.",
        "first_response_mean_value": (
            "Hours until the first response. The mean; evidence: the cases."
            " The figure; null if it is undefined."
        ),
    }


def test_no_two_columns_of_a_table_have_the_same_description():
    for name, own in read_tables(CORE, Settings()).tables.items():
        texts = [column.description for column in own.columns]
        assert len(set(texts)) == len(texts), name


def test_a_list_around_the_rows_repeats_its_columns():
    own = table("""# Paths.
    { partnerPaths(startup: "a") {
        stages { capability { key } paths { success } } } }""")
    assert own.lists == [("partnerPaths", "stages"), ("paths",)]
    names = [(column.name, column.level) for column in own.columns]
    assert names == [("capability_key", 0), ("success", 1)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{ members { nodes { key } } }", "no description"),
        ("# A.\nsubscription { changes { number } }", "it is not one query"),
        (
            "# A.\n{ members { nodes { key } } teams { nodes { key } } }",
            "more than one list: members.nodes, teams.nodes",
        ),
        (
            "# A.\n{ members { nodes { key exchanges { nodes { key } } } } }",
            "exchanges.nodes is a list inside each row, and may be cut off",
        ),
        (
            "# A.\n{ exchanges { nodes { source { key } source_key: key } } }",
            "two columns would have the name source_key",
        ),
        (
            "# A.\nquery ($limit: String!) { member(key: $limit) { name } }",
            "$limit is a parameter of all tables",
        ),
        (
            "# A.\nquery { ...F } fragment F on Query { members { nodes { key } } }",
            "in a fragment",
        ),
        (
            "# A.\nquery ($keys: [InvestmentGroupKey!]!) { investmentsAggregate {"
            " groupBy(keys: $keys) { nodes { count keys { value } } } } }",
            "the keys of its groups are a variable",
        ),
    ],
)
def test_a_document_that_is_no_table_says_why(text, reason):
    with pytest.raises(NotTable, match=re.escape(reason)):
        table(text)


def test_tables_of_the_own_folder_stand_beside_those_of_the_product(tmp_path):
    (tmp_path / "mine.graphql").write_text("# Mine.\n{ teams { nodes { key } } }")
    (tmp_path / "brokerage.graphql").write_text("# B.\n{ people { nodes { name } } }")
    (tmp_path / "none.graphql").write_text("{ teams { nodes { key } } }")
    (tmp_path / "old.graphql").write_text("# Old.\n{ squads { nodes { key } } }")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "mine.graphql").write_text("# M.\n{ people { nodes { key } } }")
    tables = read_tables(CORE, Settings(documents=tmp_path))
    assert tables.tables.keys() == {*product_documents(), "mine"}
    assert [c.name for c in tables.tables["brokerage"].columns] == ["name"]
    reasons = {
        path.removeprefix(f"{tmp_path}/"): r for path, r in tables.reasons.items()
    }
    assert reasons["none.graphql"] == "it has no description; begin it with a comment"
    assert "squads" in reasons["old.graphql"]
    assert "has the same name" in reasons["sub/mine.graphql"]
    alone = read_tables(CORE, Settings(documents=tmp_path, trusted_only=True))
    assert alone.tables.keys() == {"mine", "brokerage"}


@pytest.mark.parametrize(
    ("text", "step", "days"),
    [
        ("2026-01-01..2026-01-03", "P1D", ["2026-01-01", "2026-01-02", "2026-01-03"]),
        ("2026-01-01..2026-01-20", "P2W", ["2026-01-01", "2026-01-15"]),
        ("2023-10-31..2024-02-29", "P2M", ["2023-10-31", "2023-12-31", "2024-02-29"]),
        ("2024-02-29..2026-12-31", "P1Y", ["2024-02-29", "2025-02-28", "2026-02-28"]),
        ("9999-12-30..9999-12-31", "P1D", ["9999-12-30", "9999-12-31"]),
        ("9999-11-30..9999-12-31", "P1M", ["9999-11-30", "9999-12-30"]),
    ],
)
def test_a_series_has_the_days_of_its_steps(text, step, days):
    assert day_series(text, step) == days


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"columns": "key,nix"}, "no column 'nix'. Columns: key, source_key"),
        ({"orderBy": "key up"}, "expected asc or desc"),
        ({"orderBy": "nix"}, "no column 'nix'"),
        ({"limit": "0"}, "limit: expected a number"),
        ({"limit": "9" * 5_000}, "limit: expected a number"),
        ({"step": "P1M"}, "needs a series"),
        ({"asOf": "2026-01-01..2025-01-01"}, "is before the first"),
        ({"asOf": "2026-01-01..2026-02-01", "step": "P0D"}, "step: expected"),
        ({"asOf": "1000-01-01..2026-02-01", "step": "P1D"}, "more than 1,000 days"),
        ({"since": "yesterday"}, "or a date such as"),
        ({"since": "5", "asOf": "2026-01-01..2026-02-01"}, "series"),
    ],
)
def test_a_parameter_without_meaning_is_refused(values, text):
    own = table(product_documents()["exchanges"])
    with pytest.raises(BadInput, match=text):
        parse_request(own, values)


@pytest.mark.parametrize("turns", [1, 20], ids=["read", "reading"])
def test_one_block_is_read_ahead_and_a_consumer_that_drops_ends_it(turns):
    begun, ended = [], []

    async def numbers():
        try:
            for number in range(5):
                begun.append(number)
                for _ in range(turns):
                    await asyncio.sleep(0)
                yield [[number]]
        finally:
            ended.append(begun[-1])

    async def drop():
        async with aclosing(read_ahead(numbers())) as blocks:
            assert await anext(blocks) == [[0]]
            for _ in range(10):
                await asyncio.sleep(0)
            assert begun == [0, 1]
        assert ended == [1]
        return [block async for block in read_ahead(numbers())]

    assert asyncio.run(drop()) == [[[number]] for number in range(5)]
