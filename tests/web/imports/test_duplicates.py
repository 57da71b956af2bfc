"""Decisions about possible duplicates, and the next file of a source."""

from __future__ import annotations

import pytest

from tests.support.worlds import member
from tests.web.imports.importing import (
    NAMESAKES,
    table,
)

pytestmark = pytest.mark.database

STORED = {
    "members": [
        member("mill", name="Old Mill", country="SE"),
        member("mill-no", name="Old Mill", country="NO"),
        member("bakery", name="Hill Bakery", country="SE"),
    ]
}


@pytest.mark.parametrize("decision", ["same", "different", ""])
def test_possible_duplicates_become_what_a_person_says(decision, visitor):
    async def work(importer):
        await importer.upload(("companies.csv", NAMESAKES))
        await importer.send("check")
        rows = table(importer.text, "Members with equal or similar names")
        number = next(
            n
            for n, row in enumerate(rows[1:])
            if "Old Mill" in row[0] and ">mill," in row[1].replace('"quiet">', ">")
        )
        await importer.send("check", **{f"pair:{number}": decision})
        changes = table(importer.text, "What would change")[1]
        await importer.send("load")
        found = await importer.ask("{ members(first: 9) { nodes { key } } }")
        return changes, sorted(row["key"] for row in found["members"]["nodes"])

    changes, keys = visitor(work, world=STORED)
    if decision == "same":
        assert keys == ["bakery", "mill", "mill-no"]
        assert changes[1:3] == ["0", "2"]
    else:
        assert keys == ["bakery", "mill", "mill-no", "old-mill"]
        assert changes[1:3] == ["1", "1"]


def test_what_would_be_one_member_stays_two_if_a_person_says_so(visitor):
    async def work(importer):
        await importer.upload(("companies.csv", NAMESAKES))
        await importer.send("check")
        rows = table(importer.text, "Members with equal or similar names")[1:]
        number = next(n for n, row in enumerate(rows) if "Hill Bakery" in row[0])
        assert rows[number][2] == "one"
        await importer.send("load", **{f"pair:{number}": "different"})
        return await importer.names()

    assert visitor(work, world=STORED).count("Hill Bakery") == 2


def test_decisions_are_remembered_in_the_next_file_of_the_source(visitor):
    lines = ["Hill Bakery,SE", "Lumen Lab,SE", "Tide AB,SE", "Tide,SE", "Moor,"]
    answers = {"Hill Bakery": "different", "Lumen": "same", "Tide": "different"}
    labs = member("labs", name="Lumen Labs", country="SE")

    async def load(importer, name, lines, decides):
        await importer.upload((name, "\n".join(["Company,Country", *lines])))
        await importer.send("check")
        rows = table(importer.text, "Members with equal or similar names")[1:]
        choices = {
            f"pair:{number}": answer
            for number, row in enumerate(rows if decides else ())
            for name, answer in answers.items()
            if name in row[0]
        }
        await importer.send("check", **choices)
        changes = table(importer.text, "What would change")[1]
        await importer.send("load")
        return changes[1:4], await importer.names()

    async def work(importer):
        first = await load(importer, "firms 2026-10.csv", lines, True)
        later = ["New,SE", *reversed(lines)]
        second = await load(importer, "firms 2026-11.csv", later, False)
        return first, second, await load(importer, "firms 2026-12.csv", lines, False)

    world = {"members": [*STORED["members"][2:], labs]}
    (_, first), (changes, second), (again, third) = visitor(work, world=world)
    assert first == [*["Hill Bakery"] * 2, "Lumen Labs", "Moor", "Tide", "Tide AB"]
    assert (changes, second) == (["1", "0", "5"], sorted([*first, "New"]))
    assert (again, third) == (["0", "0", "5"], second)


@pytest.mark.parametrize("names", [("Tide Games", "Tide Game Ltd")])
def test_an_answer_stays_with_its_pair_when_that_turns_round(names, visitor):
    async def work(importer):
        await importer.upload(("companies.csv", "\n".join(["Company", *names])))
        await importer.send("check")
        assert table(importer.text, "similar names")[1][2] == "two"
        await importer.send("check", **{"pair:0": "same"})
        assert table(importer.text, "similar names")[1][2] == "one"
        assert importer.form.fields["pair:0"] == ["same"]
        await importer.send("check")  # what the page shows is what it sends
        assert importer.form.fields["pair:0"] == ["same"]
        await importer.send("load")
        return await importer.names()

    assert visitor(work, world={}) == [names[0]]


def test_people_of_one_name_are_told_apart_by_their_employers(visitor):
    text = "Person,Company\nJohan Berg,Tide Games\nJohan Berg,Paper Bits\n"

    async def work(importer):
        await importer.upload(("people.csv", text))
        await importer.send("check")
        return table(importer.text, "similar names")[1]

    row = visitor(work, world={})
    assert {cell.partition("works for ")[2] for cell in row[:2]} == {
        "Tide Games</span>",
        "Paper Bits</span>",
    }


def test_a_newer_file_under_another_name_is_asked_for_its_source(visitor):
    first = "Company,Industry\nHill Bakery,food\nOld Mill,food\n"

    async def work(importer):
        for name in ("customers spring.csv", "customers autumn.csv"):
            await importer.upload((name, first))
            await importer.send("check")
            if "spring" in name:
                await importer.send("load")
        asked = importer.text
        await importer.send("check", source="customers spring")
        return asked, importer.text

    asked, known = visitor(work, world={})
    assert "2 members of these files are known from the source" in asked
    assert "customers spring" in asked
    assert "next version of a file" not in known
    assert "0 new, 0 changed and 2 unchanged" in known
