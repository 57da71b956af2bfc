"""The mutation `undo`: what it undoes, what it refuses, and who is named in the log."""

from __future__ import annotations

import pytest

from tests.support.worlds import member

UNDO = """mutation ($changes: [String!]!) { undo(changes: $changes) {
  __typename
  ... on UndoneChanges { count changed lastChange }
  ... on WriteError { path code message problems { message } } } }"""
RENAME = """mutation ($name: String!) { updateOrganisation(
  input: {key: "m0", name: $name}) { __typename } }"""
LOG = '{ history(kind: "Organisation", key: "m0") { number by run operation } }'
NAME = '{ organisation(key: "m0") { name } }'


@pytest.fixture
def log(draw, ask):
    """The changes of the member, after two new names."""
    draw({"members": [member("m0", name="First")]})
    for name in ("Second", "Third"):
        ask(RENAME, name=name)
    return ask(LOG)["history"]


def test_changes_of_one_record_are_undone_together(ask, log):
    first, last = log[-2]["number"], log[-1]["number"]
    answer = ask(UNDO, changes=[f"{first}-{last}"])["undo"]
    undone = {"count": 2, "changed": 1, "lastChange": last + 1}
    assert answer == {"__typename": "UndoneChanges", **undone}
    assert ask(NAME)["organisation"]["name"] == "First"
    newest = ask(LOG)["history"][-1]
    assert newest["number"] == last + 1
    assert newest["by"] == "local"
    assert newest["run"].startswith("undo-")


def test_a_run_is_undone_and_its_undo_as_well(ask, log):
    ask(UNDO, changes=[log[-1]["run"]])
    assert ask(NAME)["organisation"]["name"] == "Second"
    ask(UNDO, changes=[ask(LOG)["history"][-1]["run"]])
    assert ask(NAME)["organisation"]["name"] == "Third"


def test_what_later_changes_depend_on_is_a_conflict(ask, log):
    answer = ask(UNDO, changes=[str(log[-2]["number"])])["undo"]
    assert answer["__typename"] == "Conflict"
    assert answer["path"] == ["changes"]
    assert answer["code"] == "CONFLICT"
    assert "later changes depend on these" in answer["message"]
    assert ask(NAME)["organisation"]["name"] == "Third"


@pytest.mark.parametrize(
    ("changes", "kind", "code"),
    [
        (["999999999"], "NotFound", "NONE"),
        (["0123456789abcdef"], "NotFound", "NONE"),
        (["soon"], "ValidationFailed", "INVALID"),
        (["9-3"], "ValidationFailed", "INVALID"),
        ([], "ValidationFailed", "INVALID"),
    ],
)
def test_what_is_no_change_is_refused(ask, log, changes, kind, code):
    answer = ask(UNDO, changes=changes)["undo"]
    assert (answer["__typename"], answer["code"]) == (kind, code)
    assert answer["problems"] == [{"message": answer["message"]}]
