"""What a person says of columns, words, sheets and mappings."""

from __future__ import annotations

import pytest

from tests.web.imports.importing import (
    CUSTOMERS,
)

pytestmark = pytest.mark.database


def test_a_wrong_proposal_is_corrected_column_by_column(visitor):
    deals = (
        "Supplier,Customer,Amount,Signed,City\n"
        "Old Mill,Hill Bakery,60,2026-01-02,Oslo\n"
        "Harbour Fish,Hill Bakery,5,2026-02-03,Bergen\n"
    )

    async def work(importer):
        await importer.upload(("deals.csv", deals))
        columns = [name for name in importer.form.fields if name.startswith("column:")]
        codes = importer.form.options[columns[2]]
        assert "ties.1.value" in codes
        changed = {columns[2]: "ties.1.value", columns[4]: "-"}
        await importer.send("recognise", currency="NOK", **changed)
        assert "you chose it" in importer.text
        assert importer.form.fields[columns[2]] == ["ties.1.value"]
        [mapping] = [await importer.client.get(f"{importer.address}/mapping-0.toml")]
        assert 'value = "Amount"' in mapping.text
        await importer.send("check")
        await importer.send("load")
        found = await importer.ask(
            "{ exchanges(first: 9) { nodes { value currency"
            " source { name region } target { name } } } }"
        )
        return found["exchanges"]["nodes"]

    rows = visitor(work, world={})
    values = {
        (row["source"]["name"], row["target"]["name"], row["value"], row["currency"])
        for row in rows
    }
    assert values == {
        ("Old Mill", "Hill Bakery", 60, "NOK"),
        ("Harbour Fish", "Hill Bakery", 5, "NOK"),
    }
    assert {row["source"]["region"] for row in rows} == {None}


REQUESTS = """Requester,Introducer,Target,Result,Comment
Acme,Jane Doe,Big Corp,avtal,vunnen
Beta,Jane Doe,Mid Corp,pågår,
Gamma,John Roe,Low Corp,ställt in,förlorad
"""


def test_the_words_of_a_column_mean_what_a_person_says(visitor):
    async def work(importer):
        await importer.upload(("introductions.csv", REQUESTS))
        await importer.send("recognise", **{"column:0:0:3": "introductions.1.state"})
        assert "The column Result has words that valuenet does not know." in (
            importer.text
        )
        names = {f"word:0:0:3:{n}": None for n in range(3)}
        assert names.keys() <= importer.form.options.keys()
        # As long as nobody has said it, nothing is checked.
        await importer.send("check")
        assert "Check what would change" in importer.text
        words = dict(zip(names, ("MADE", "ACCEPTED", "-"), strict=True))
        await importer.send("check", **words)
        assert "Nothing is written yet" in importer.text, importer.text
        await importer.send("load")
        answer = await importer.ask(
            "{ introductions(first: 9) { nodes { requester { name } state } } }"
        )
        nodes = answer["introductions"]["nodes"]
        states = {node["requester"]["name"]: node["state"] for node in nodes}
        assert states == {"Acme": "MADE", "Beta": "ACCEPTED", "Gamma": None}

    visitor(work)


def test_a_word_that_is_known_can_mean_something_else(visitor):
    async def work(importer):
        await importer.upload(("introductions.csv", REQUESTS.replace("ställt in", "")))
        await importer.send("recognise", **{"column:0:0:4": "introductions.1.outcome"})
        assert "words that valuenet does not know" not in importer.text
        await importer.send("recognise", **{"word:0:0:4:1": "WON"})
        assert importer.form.fields["word:0:0:4:1"] == ["WON"]
        # A column that means something else forgets its words.
        await importer.send("recognise", **{"column:0:0:4": "-"})
        assert "word:0:0:4:1" not in importer.form.fields
        await importer.send("recognise", **{"column:0:0:4": "introductions.1.outcome"})
        assert importer.form.fields["word:0:0:4:1"] == ["LOST"]

    visitor(work)


def test_all_lines_of_a_sheet_have_the_role_that_a_person_says(visitor):
    async def work(importer):
        await importer.upload(("bolag.csv", "Bolag,Ort\nFuktlys,Luleå\nKlarvy,Umeå\n"))
        [field] = [n for n in importer.form.fields if n.startswith("subject:")]
        subject = "members ORGANISATION STARTUP"
        assert subject in importer.form.options[field]
        await importer.send("check", **{field: subject})
        await importer.send("load")
        found = await importer.ask(
            "{ members(filter: { roles: { has: STARTUP } }) { nodes { name } } }"
        )
        return {node["name"] for node in found["members"]["nodes"]}

    assert visitor(work, world={}) == {"Fuktlys", "Klarvy"}


def test_a_question_is_answered_and_a_mapping_of_ones_own_is_used(visitor):
    orders = "Order,Customer,Amount\n1,Hill Bakery,60\n2,Old Mill,5\n3,Hill Bakery,1\n"

    async def work(importer):
        await importer.upload(("orders.csv", orders))
        assert "Only you know" in importer.text
        await importer.send("check")
        assert "Only you know" in importer.text  # nothing was decided meanwhile
        [question] = [n for n in importer.form.fields if n.startswith("question:")]
        await importer.send("check", **{question: "Harbour Fish"})
        assert "What would change" in importer.text, importer.alerts
        await importer.get(f"{importer.address}?part=meaning")
        text = (await importer.client.get(f"{importer.address}/mapping-0.toml")).text
        assert "Harbour Fish" in text
        own = text.replace("Harbour Fish", "Valley Fish")
        await importer.send("write", part="meaning", mapping=own, number="0")
        assert "that you have written" in importer.text
        await importer.send("check")
        await importer.send("load")
        wrong = await importer.client.post(
            importer.address,
            data={"csrf_token": importer.csrf_token, "action": "check"},
        )
        return await importer.names(), wrong

    found, again = visitor(work, world={})
    assert found == ["Hill Bakery", "Old Mill", "Valley Fish"]
    assert again.status_code == 400
    assert "is loaded" in again.text


def test_a_mapping_that_is_none_changes_nothing(visitor):
    async def work(importer):
        await importer.upload(("customers.csv", CUSTOMERS))
        data = {"csrf_token": importer.csrf_token, "action": "write", "number": "0"}
        answers = []
        for text in ("members = ", '[[members]]\nname = "Company"\ncolour = "x"\n'):
            sent = await importer.client.post(
                importer.address, data={**data, "mapping": text}
            )
            answers.append((sent.status_code, sent.text))
        await importer.send("check")
        assert "What would change" in importer.text
        return answers

    syntax, column = visitor(work, world={})
    assert syntax[0] == column[0] == 400
    assert "Your mapping is not TOML" in syntax[1]
    assert "members.csv has no column colour" in column[1]
