"""The reader of the `tables` format: what it reads, the API returns unchanged."""

from __future__ import annotations

from datetime import date
from typing import Any

import openpyxl
import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from schema.query import schema
from tests.formats.reading import rows_of
from tests.support.everything import everything, field_of
from tests.support.worlds import World, member, tie

LINKS = ["source", "target", "referrer", "customer", "provider", "contract", "case"]
LINKS += ["requester", "introducer", "giver", "initiative", "organisation"]
LISTS = ["roles", "contact_months", "attribute_weights"]
ALONE: World = {"members": [member("there")]}


def camel(column: str) -> str:
    head, *tail = column.split("_")
    return head + "".join(word.title() for word in tail)


def attribute(name: str, **value: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(("text", "number", "boolean", "date")),
        "name": name,
    } | value


# What GraphQL shows for the columns x:NAME of each record of everything.
ATTRIBUTES = [
    attribute("GO term", text="0001234"),
    attribute("code", text="12"),
    attribute("due", date="2026-02-03"),
    attribute("paid", boolean=True),
    attribute("size", number=2.5),
    attribute("tier", text="A"),
    attribute("ö \"$'`", text="'t"),
]


def meant(column: str, text: str) -> Any:
    """What GraphQL shows for a cell."""
    if column in LISTS:
        return text.split(";")
    if column in LINKS:
        return {"key": text}
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text)
    except ValueError:
        return text


def asked(table: str, row: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """(selection of GraphQL, what it answers) of one row of a file."""
    aside = {"kind"} if table in ("members", "ties") else set()
    aside |= {column for column in row if column.startswith("x:")}
    cells = {c: v for c, v in row.items() if c not in aside}
    told = [camel(c) + (" { key }" if c in LINKS else "") for c in cells]
    told.append("attributes { name text number boolean date }")
    expected = {camel(c): meant(c, v) for c, v in cells.items()}
    return " ".join(told), {**expected, "attributes": ATTRIBUTES}


def scalars(name: str) -> set[str]:
    """All plain fields of the GraphQL type that the root field `name` gives."""
    fields = schema._schema.query_type.fields
    kind = get_named_type(fields[name].type)
    assert isinstance(kind, GraphQLObjectType)
    return {n for n, f in kind.fields.items() if is_leaf_type(get_named_type(f.type))}


def test_every_property_of_every_kind_is_read_and_returned(draw, ask):
    world = everything()
    draw(world)
    for table, rows in world.items():
        for row in rows:
            if row["key"] in ("other-firm", "other-person"):
                continue
            selection, expected = asked(table, row)
            if row["kind" if table == "ties" else "key"] == "ACQUAINTANCE":
                assert expected["source"]["key"] < expected["target"]["key"]
            name = field_of(table, row)
            got = ask(f'{{ {name}(key: "{row["key"]}") {{ {selection} }} }}')[name]
            assert got == expected
            assert scalars(name) - {"id"} - set(got) == set()


def test_a_blank_cell_removes_an_attribute_and_a_column_left_out_leaves_it(
    draw, load, ask
):
    text = '{ organisation(key: "a") { attributes { name text number } } }'
    draw({"members": [member("a", **{"x:a": "A", "x:b": "1", "x:c": "C"})]})
    load({"members": [member("a", **{"x:a": "", "x:b": "'1", "x: d ": "2"})]})
    assert ask(text)["organisation"]["attributes"] == [
        {"name": "b", "text": "1", "number": None},
        {"name": "c", "text": "C", "number": None},
        {"name": "d", "text": None, "number": 2},
    ]


def test_an_attribute_without_a_name_or_too_long_is_refused(draw, refused):
    draw({})
    names = {"x:": "a", f"x:{'n' * 81}": "b", "x:ok": "t" * 2_001, "y:": "c"}
    faults = "\n".join(refused({"members": [member("a", **names)]}))
    for text in ("must not be blank", "at most 80 characters", "at most 2000", "y:"):
        assert text in faults


def test_members_without_columns_have_the_defaults_of_their_kind(draw, ask):
    draw({"members": [member("p", "PERSON"), member("o")]})
    text = """{ person(key: "p") { roles introductions favoursOpen sector since }
                organisation(key: "o") { roles foundedOn recoveryDays until } }"""
    assert ask(text) == {
        "person": {
            "roles": [],
            "introductions": "OPEN",
            "favoursOpen": 0,
            "sector": None,
            "since": None,
        },
        "organisation": {
            "roles": [],
            "foundedOn": None,
            "recoveryDays": None,
            "until": None,
        },
    }


def test_a_dependency_without_columns_has_full_strength_and_no_harm(draw, ask):
    draw({"members": [member("a"), member("b")], "ties": [tie("DEPENDENCY", "a", "b")]})
    text = "{ dependencies { nodes { strength criticality bufferDays } } }"
    assert ask(text)["dependencies"]["nodes"] == [
        {"strength": 1, "criticality": 100, "bufferDays": 0}
    ]


@pytest.mark.parametrize(
    "text",
    [
        "'}) DETACH DELETE n //",
        "`n`; MATCH (n) DELETE n",
        '"; DROP $rows \\" \\u0041 \\',
        "Åsa Ødegård, 株式会社, עברית, e\u0301",
        "👩‍🔬 & <script>",
        "a,b;c\td",
        "x" * 100_000,
    ],
    ids=["quote", "backtick", "escape", "unicode", "emoji", "separators", "long"],
)
def test_any_text_is_stored_unchanged(draw, ask, text):
    known = tie("EXCHANGE", "one", "two", deliverable=text, key="e")
    row = member("one", status=text, description=text)
    draw({"members": [row, member("two")], "ties": [known]})
    assert ask("{ organisations { nodes { key status description } } }") == {
        "organisations": {
            "nodes": [
                {"key": "one", "status": text, "description": text},
                {"key": "two", "status": None, "description": None},
            ]
        }
    }
    assert ask("{ exchanges { nodes { deliverable } } }") == {
        "exchanges": {"nodes": [{"deliverable": text}]}
    }


@pytest.mark.parametrize(
    "text", ["'}) DELETE n //", "`n`", "a:b%3A", "👩‍🔬", "é e\u0301"]
)
def test_any_text_may_be_a_key_and_a_name(draw, ask, text):
    members = [{"key": text, "kind": "ORGANISATION", "name": text}, member("z")]
    draw({"members": members, "ties": [{**tie("COMPETITION", text, "z"), "key": ""}]})
    document = """query ($key: String!) { organisation(key: $key) {
      key name competitions { nodes { source { key } target { key } } } } }"""
    ends = {"source": {"key": text}, "target": {"key": "z"}}
    assert ask(document, key=text)["organisation"] == {
        "key": text,
        "name": text,
        "competitions": {"nodes": [ends]},
    }


def test_files_may_have_a_byte_order_mark_and_windows_lines(load, ask, draw):
    draw(ALONE)
    text = "\ufeffkey,kind,name\r\na,ORGANISATION,Å\r\n\r\n"
    text += 'b,TEAM,"two\r\nlines, ""quoted"""\r\n'
    assert load({"members.csv": text}) == {"Organisation": 1, "Team": 1}
    assert ask("{ members { nodes { key name } } }")["members"]["nodes"] == [
        {"key": "there", "name": "Name of there"},
        {"key": "b", "name": 'two\r\nlines, "quoted"'},
        {"key": "a", "name": "Å"},
    ]


def test_an_empty_file_or_a_header_alone_counts_as_absent(load, draw):
    draw(ALONE)
    files = {
        "members.csv": "key,kind,name\no,ORGANISATION,O\n",
        "ties.csv": "",
        "contracts.csv": "no,such,columns\n",
        "referrals.csv": "\ufeff",
    }
    assert {k: v for k, v in load(files).items() if v} == {"Organisation": 1}


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_may_be_saved_by_any_spreadsheet(tmp_path, encoding, separator):
    lines = ["key,Name,Kind,Founded on,x:area", "a,Åsvik,ORGANISATION,31/12/2019,2.5"]
    text = "\r\n".join(lines).replace(",", separator)
    (tmp_path / "members.csv").write_bytes(text.encode(encoding))
    found, _ = rows_of(tmp_path, "tables")
    own = {"key": "a", "name": "Åsvik", "kind": "ORGANISATION"}
    assert found == {"members": [own | {"founded_on": "2019-12-31", "x:area": "2.5"}]}


def test_the_sheets_of_a_workbook_are_tables(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Ties"
    book.active.append(["Kind", "Source", "Target", "Value", "Since"])
    book.active.append(["EXCHANGE", "a", "b", 12.5, date(2025, 12, 31)])
    members = book.create_sheet("Members")
    for row in (["Key", "Kind", "Name"], ["a", "ORGANISATION", "A"], ["b", "TEAM", 7]):
        members.append(row)
    book.create_sheet("Notes").append(["x"])
    book.save(tmp_path / "ours.xlsx")
    found, _ = rows_of(tmp_path / "ours.xlsx", "tables")
    assert found == {
        "members": [
            {"key": "a", "kind": "ORGANISATION", "name": "A"},
            {"key": "b", "kind": "TEAM", "name": "7"},
        ],
        "ties": [
            {
                "kind": "EXCHANGE",
                "source": "a",
                "target": "b",
                "value": "12.5",
                "since": "2025-12-31",
            }
        ],
    }
