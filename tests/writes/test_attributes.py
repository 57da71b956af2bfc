"""Extra attributes in writes: values, problems, the log, undo, erasure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.change_log.undo import undo
from service.vocabulary.attributes import cell_of, value_of_cell

MARKED = st.from_regex(
    r"'{0,3}(true|-?[0-9]{1,4}(\.[0-9])?|2026-0[1-3]-3[01])", fullmatch=True
)
VALUES = st.one_of(
    st.text(min_size=1),
    MARKED,
    st.booleans(),
    st.dates(),
    st.floats(allow_nan=False, allow_infinity=False),
)
SAVE = """mutation ($input: OrganisationInput!) { upsertOrganisation(input: $input) {
  ... on Organisation { key attributes { name text number boolean date } }
  ... on WriteError { problems { path code message } } } }"""
BLANK = {"text": None, "number": None, "boolean": None, "date": None}


def value(name, **one):
    return {"name": name, **BLANK, **one}


@given(VALUES)
def test_every_value_comes_back_from_its_cell(value):
    again = value_of_cell(cell_of(value))
    assert (type(again), again) == (type(value), value)


@pytest.mark.parametrize(
    "cell",
    [
        *("01234", "+46", "1e5", "1,5", "'t Hooft", "''", "2026-13-01", "TRUE"),
        *("12345678901234567890", "1_000", "٣", "nan", "-", "1.", ".5", ""),
    ],
)
def test_what_is_no_boolean_date_or_number_stays_a_text(cell):
    assert value_of_cell(cell) == cell


@pytest.fixture
def save(ask, draw):
    draw({"members": [{"key": "acme", "kind": "ORGANISATION", "name": "Acme"}]})

    def save(*attributes, **more):
        given = {"key": "acme", "attributes": list(attributes), **more}
        return ask(SAVE, input=given)["upsertOrganisation"]

    return save


def test_attributes_are_set_changed_and_removed_by_name(save):
    first = [
        value("GO term", text="0001"),
        value("b", number=1),
        value("é `$'", boolean=False),
    ]
    first += [value("due", date="2026-02-03")]
    assert save(*first)["attributes"] == sorted(first, key=lambda a: a["name"])
    after = save({"name": "b", "boolean": True}, {"name": "due", "text": None})
    assert after["attributes"] == [
        value("GO term", text="0001"),
        value("b", boolean=True),
        value("é `$'", boolean=False),
    ]
    assert save()["attributes"] == after["attributes"]


@pytest.mark.parametrize(
    ("item", "path", "message"),
    [
        ({"name": "a"}, ["0"], "needs exactly one of text, number, boolean, date"),
        ({"name": "a", "text": "b", "number": 1}, ["0"], "needs exactly one of"),
        ({"name": " ", "text": "b"}, ["0", "name"], "must not be blank"),
        ({"name": "a" * 81, "text": "b"}, ["0", "name"], "at most 80 characters"),
        ({"name": "a\nb", "text": "b"}, ["0", "name"], "must not contain U+000A"),
        ({"name": "a", "text": "b" * 2001}, ["0", "text"], "at most 2000 characters"),
        ({"name": "a", "text": "\0"}, ["0", "text"], "must not contain U+0000"),
    ],
)
def test_a_problem_has_the_path_of_its_value(save, item, path, message):
    [problem] = save(item)["problems"]
    assert problem["path"] == ["input", "attributes", *path]
    assert message in problem["message"]


def test_a_name_is_listed_once_and_a_record_has_at_most_a_hundred(save):
    twice = save({"name": "a", "text": "b"}, {"name": " a ", "text": "c"})
    assert [p["code"] for p in twice["problems"]] == ["DUPLICATE"]
    many = [{"name": f"a{number}", "number": number} for number in range(101)]
    assert len(save(*many[:100])["attributes"]) == 100
    [problem] = save(many[100])["problems"]
    assert problem["path"] == ["input", "attributes"]
    assert problem["message"].startswith("a record can have 100 attributes")


def test_a_repeated_request_gets_its_first_answer(save, ask):
    document = SAVE.replace("input: $input)", 'input: $input, idempotencyKey: "k-a-1")')
    values = [{"name": "a", "text": "2026-01-01"}, {"name": "b", "date": "2026-01-01"}]
    given = {"key": "acme", "attributes": values}
    first, again = (ask(document, input=given) for _ in "ab")
    assert first == again
    assert first["upsertOrganisation"]["attributes"][0]["text"] == "2026-01-01"


CHANGES = """{ history(kind: "Organisation", key: "acme") { number before after }
  organisation(key: "acme") { attributes { name text number boolean date } } }"""


def test_the_log_has_old_and_new_values_and_undo_restores_each_with_its_type(
    save, ask, graph, runner
):
    values = [
        value("a", text="2026-01-01"),
        value("b", date="2026-01-01"),
        value("c", number=2),
    ]
    values += [
        value("d", text="'2026-01-01"),
        value("e", boolean=True),
        value("f", text="12"),
    ]
    save(*values)
    save(
        {"name": "a", "number": 1},
        {"name": "b", "text": None},
        {"name": "g", "text": "new"},
    )
    save({"name": "e", "number": 1})
    *_, second, third = ask(CHANGES)["history"]
    assert second["before"]["x:a"] == "'2026-01-01"
    assert second["before"]["x:b"] == "2026-01-01"
    assert (second["after"]["x:a"], second["after"]["x:g"]) == (1, "new")
    assert "x:b" not in second["after"]
    assert (third["before"]["x:e"], third["after"]["x:e"]) == (True, 1)
    runner.run(undo(graph, [f"{second['number']}-{third['number']}"], "test"))
    assert ask(CHANGES)["organisation"]["attributes"] == values


def test_undo_restores_true_where_1_took_its_place(save, ask, graph, runner):
    save({"name": "e", "boolean": True})
    save({"name": "e", "number": 1})
    *_, last = ask(CHANGES)["history"]
    runner.run(undo(graph, [str(last["number"])], "test"))
    assert ask(CHANGES)["organisation"]["attributes"] == [value("e", boolean=True)]


NESTED = """mutation { upsertWholeOrganisation(input: {
  organisation: { key: "acme", name: "Acme", attributes: [{ name: "a", number: 1 }] }
  people: [{ person: { key: "ann", name: "Ann", attributes: [{ name: "b", text: "x" }] }
    attributes: [{ name: "desk", text: "4a" }] }] }) {
  ... on Organisation { attributes { name number }
    employments { nodes { attributes { name text } source { attributes { text } } } } }
  ... on WriteError { message } } }"""


def test_nested_records_and_their_ties_have_attributes(save, ask):
    assert ask(NESTED)["upsertWholeOrganisation"] == {
        "attributes": [{"name": "a", "number": 1}],
        "employments": {
            "nodes": [
                {
                    "attributes": [{"name": "desk", "text": "4a"}],
                    "source": {"attributes": [{"text": "x"}]},
                }
            ]
        },
    }


ERASE = (
    'mutation { erasePerson(key: "ann") { ... on Person { key attributes { name } } } }'
)
BATCH = """mutation { upsertEmployments(input: [{ key: "tie", source: "ann",
  target: "acme", attributes: [{ name: "phone", number: 123 }] }]) {
  ... on Batch { count } } }"""


EVERYTHING = """MATCH (n) WHERE NOT n:Change OPTIONAL MATCH (n)-[r]->()
  RETURN properties(n) AS node, properties(r) AS tie"""


def test_an_erased_person_and_its_ties_have_no_attributes_and_others_lose_its_name(
    draw, ask, graph, runner
):
    ann = {"key": "ann", "kind": "PERSON", "name": "Ann Ek", "x:born": "1980-01-01"}
    acme = {"key": "acme", "kind": "ORGANISATION", "name": "Acme"}
    draw({"members": [ann, {**acme, "x:owner": "Ann Ek (1980)"}]})
    assert ask(BATCH)["upsertEmployments"] == {"count": 1}
    assert ask(ERASE)["erasePerson"]["attributes"] == []
    owner = ask('{ organisation(key: "acme") { attributes { text } } }')
    assert owner["organisation"]["attributes"] == [{"text": "Erased person (1980)"}]
    work = graph._driver.execute_query(EVERYTHING, database_=graph._database)
    records = str(runner.run(work).records)
    assert "Acme" in records
    assert not [text for text in ("Ann Ek", "phone", "born") if text in records]
