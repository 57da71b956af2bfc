"""One name everywhere: a question's field, its modules, its statements and its test."""

from __future__ import annotations

from pathlib import Path

from graphql import get_named_type

from schema.query import schema
from service.vocabulary import snake

ROOT = Path(__file__).parents[1]
QUESTIONS = [
    snake(name)
    for name, field in schema._schema.query_type.fields.items()
    if "about" in getattr(get_named_type(field.type), "fields", ())
]
# What at least two questions share.
SHARED_ANALYSES = {
    "cascades",
    "currency_sums",
    "departures",
    "exchanges",
    "figure",
    "introductions",
}
SHARED_STATEMENTS = {"cascades", "departures", "introductions", "networks"}
OTHER_STATEMENTS = {
    "audit",
    "change_log",
    "exports",
    "imports",
    "records",
    "setup",
    "writes",
}


def names_in(folder: str) -> set[str]:
    """The modules and packages of a folder, or its folders of statements."""
    entries = (ROOT / folder).iterdir()
    return {path.stem for path in entries if not path.name.startswith(("_", "."))}


def test_each_question_has_its_module_in_schema_and_nothing_else_is_there():
    assert names_in("schema/questions") == set(QUESTIONS)


def test_each_question_has_its_analysis_and_nothing_else_is_there_but_what_is_shared():
    assert set(QUESTIONS) <= names_in("service/analyses")
    assert names_in("service/analyses") <= {*QUESTIONS, *SHARED_ANALYSES}


def test_statements_are_in_folders_of_their_question():
    known = {*QUESTIONS, *SHARED_STATEMENTS, *OTHER_STATEMENTS}
    assert names_in("cypher") <= known


def test_each_question_has_its_test():
    tests = names_in("tests/questions")
    assert {f"test_{name}" for name in QUESTIONS} <= tests


def test_service_has_rooms_and_four_modules():
    modules = {path.stem for path in (ROOT / "service").glob("*.py")} - {"__init__"}
    assert modules == {"app", "settings", "errors", "logs"}
