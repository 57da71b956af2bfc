"""The demo as one Swedish workbook gives the demo again, without a mapping by hand."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from service.formats.proposals import mapping_toml, proposed_mapping
from service.formats.readers.mapping_file import mapping_of
from service.formats.sheets import sheets_of
from service.vocabulary.ties import TIES
from tests.formats.proposals.demo_workbook import (
    DemoWorkbook,
    demo_rows,
    names_by_key,
)
from tests.formats.reading import faults_of, keyed_rows_of

TABLES = ("contracts", "offerings", "capabilities", "communities", "initiatives")
TABLE_OF = {
    "Contract": "contracts",
    "Offering": "offerings",
    "Capability": "capabilities",
    "Community": "communities",
    "Initiative": "initiatives",
}
CLASSES = {cls.kind.value: cls for cls in TIES.values()}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "Nätverket 2026.xlsx"
    DemoWorkbook().save(path)
    return path


@pytest.fixture(scope="module")
def proposal(workbook):
    return proposed_mapping(sheets_of(workbook))


@pytest.fixture(scope="module")
def mapping(workbook, proposal):
    file = workbook.with_suffix(".toml")
    text = mapping_toml(proposal.mapping, proposal.spellings, proposal.unused)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def rows(workbook, mapping):
    return keyed_rows_of(workbook, "tables", mapping)[0]


def test_it_is_sure_and_the_file_has_the_equal_mapping(proposal, mapping):
    assert proposal.questions == []
    assert proposal.is_sure
    text = mapping.read_text(encoding="utf-8")
    assert mapping_of(tomllib.loads(text), "x") == proposal.mapping


def test_it_loads_without_a_fault(workbook, mapping):
    assert faults_of(workbook, "tables", mapping) == []


def test_members_have_their_kinds_and_roles(rows):
    def about(row):
        return row["name"], row["kind"], row.get("roles") or "", row.get("region") or ""

    assert Counter(map(about, rows["members"])) == Counter(
        map(about, demo_rows("members"))
    )


@pytest.mark.parametrize("table", TABLES)
def test_other_records_have_their_names(rows, table):
    names = Counter(row.get("name") or row["title"] for row in rows[table])
    assert names == Counter(names_by_key(table).values())


def ends_by_name(ties, names):
    """How often each kind of tie joins each pair of names."""

    def name(key, labels):
        return names[TABLE_OF.get(labels[0], "members")][key]

    ends = Counter()
    for tie in ties:
        cls = CLASSES[tie["kind"]]
        pair = [name(tie["source"], cls.sources), name(tie["target"], cls.targets)]
        if tie["kind"] == "ACQUAINTANCE":
            pair.sort()
        ends[tie["kind"], *pair] += 1
    return ends


def test_ties_join_the_same_names(rows):
    every = ("members", *TABLES)
    ours = {
        table: {r["key"]: r.get("name") or r["title"] for r in rows[table]}
        for table in every
    }
    demo = {table: names_by_key(table) for table in every}
    assert ends_by_name(rows["ties"], ours) == ends_by_name(demo_rows("ties"), demo)


def test_amounts_and_days_are_those_of_the_demo(rows):
    def about(tie):
        amount = tie.get("value") or tie.get("amount")
        return tie["kind"], amount and float(amount), tie.get("currency") or None

    kinds = ("EXCHANGE", "INVESTMENT")
    ours = Counter(about(tie) for tie in rows["ties"] if tie["kind"] in kinds)
    demo = Counter(about(t) for t in demo_rows("ties") if t["kind"] in kinds)
    assert ours == Counter(
        {(kind, value or None, code): n for (kind, value, code), n in demo.items()}
    )
