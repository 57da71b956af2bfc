"""What the API really reads: columns, parameters, plans, and the cost on the demo."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from service.feeds import changes
from service.formats.identities import listed, stored
from service.graph import copying, migrations
from tests.cypher.files import NAMES, example, header
from tests.cypher.profiling import READING, hits, operators, remarks
from tests.cypher.writing import exporting, written


def test_no_file_is_left_that_nothing_runs(runs, tmp_path):
    named = [*written(tmp_path), *exporting(), *migrations.definitions()]
    named += [run.statement for run in runs]
    unused = set(NAMES) - {found.name for found in named}
    modules = (migrations, copying, listed, stored, changes)
    source = "".join(Path(m.__file__).read_text(encoding="utf-8") for m in modules)
    assert [name for name in unused if f'"{name}"' not in source] == []


def test_each_read_has_the_columns_of_the_type_that_holds_its_rows(runs):
    for run in runs:
        known = {f.name: f for f in fields(run.row)}
        needed = {n for n, f in known.items() if f.default is f.default_factory}
        assert needed <= set(run.statement.columns) <= known.keys(), run.statement.name


def test_each_read_is_given_the_parameters_that_it_names(runs):
    for run in runs:
        assert run.params.keys() == run.statement.params.keys(), run.statement.name


def test_the_server_has_no_remark_on_any_read_of_the_api(runs):
    assert len(runs) > 200
    for run in runs:
        assert remarks(run.summary) == [], run.statement.text
        assert run.summary.query_type in READING, run.statement.text


def test_a_read_by_key_or_around_a_record_scans_nothing(runs):
    for run in runs:
        name = run.statement.name
        sought = header(name).params.keys() & {"keys", "anchors", "words"}
        if name.startswith("records/") and sought:
            held = operators(run.summary.profile)
            assert not [o for o in held if "Scan" in o], (run.statement.text, held)


def test_a_page_that_names_an_index_seeks_it_and_sorts_nothing(runs):
    pages = [
        run
        for run in runs
        if run.statement.name.endswith("s_page")
        and "USING INDEX SEEK" in run.statement.text
    ]
    assert len(pages) > 40
    for run in pages:
        held = operators(run.summary.profile)
        assert not {"Sort", "Top"} & held, (run.statement.text, held)


def test_the_example_of_a_file_reaches_it(runs_of_examples):
    for name, runs in runs_of_examples.items():
        assert name in {run.statement.name for run in runs}, header(name).example


def test_questions_about_the_demo_stay_within_their_budgets(runs_of_examples):
    costs: dict[str, int] = {}
    for run in (run for runs in runs_of_examples.values() for run in runs):
        name, cost = run.statement.name, hits(run.summary.profile)
        costs[name] = max(cost, costs.get(name, 0))
    budgets = {name: header(name).budget for name in NAMES if example(name)}
    assert costs.keys() == budgets.keys()
    assert {n: c for n, c in costs.items() if c > budgets[n]} == {}
