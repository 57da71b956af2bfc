"""Introductions on the page: paths to a need or a member, asking, and the board."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import seeds
from tests.support.worlds import member
from tests.web.conftest import FormParser, form_of_page

DAY = "day=2026-11-01"
READ = """query ($key: String!) { introduction(key: $key) {
  state outcome askedOn decidedOn need purpose reason
  requester { key } introducer { key } target { key } } }"""
ENDS = "requester=a&introducer=b&target=c"


@pytest.fixture
def demo(draw):
    draw(seeds.FOLDER / "demo")


@pytest.fixture
def world(draw):
    people = [member(key, kind="PERSON", name=key.upper()) for key in "abc"]
    old = {"key": "old", "requester": "a", "introducer": "b", "target": "c"}
    old |= {"state": "ASKED", "asked_on": "2026-01-05", "outcome": "OPEN"}
    draw({"members": people, "introductions": [old]})


def today():
    return datetime.now(UTC).date().isoformat()


async def moved(visitor, key, to):
    """The answer to a button of the board."""
    page = await visitor.open("/introductions")
    forms = FormParser(page.text).forms
    [form] = [f for f in forms if ("key", key) in f.fields]
    answer = await visitor.client.post(form.action, data=form.data(to=to))
    return answer, (await visitor.query(READ, key=key))["introduction"]


@pytest.mark.database
def test_paths_to_any_member_and_what_to_warm_up(demo, visit):
    async def work(visitor):
        start = "/introductions?startup=fuktlys"
        return [
            await visitor.open(f"{start}&target=Lars+Ekdahl&{DAY}"),
            await visitor.open(f"{start}&need=prototype-making&{DAY}"),
            await visitor.open(f"{start}&target=lar&{DAY}"),
            await visitor.open(f"{start}&target=fuktlys&{DAY}"),
            await visitor.open(f"/introductions?startup=nobody&{DAY}"),
        ]

    target, need, unknown, oneself, nobody = visit(work)
    assert "To Lars Ekdahl" in target.text
    assert "To warm up: a contact between" in target.text
    assert "Prototype making" not in target.text
    assert "introducer=bergslund-ventures&amp;target=lars-ekdahl" in target.text
    assert "need=Prototype+making" in need.text
    assert "Mass manufacturing" not in need.text
    assert "choose one of these" in unknown.text
    assert 'value="lars-ekdahl"' in unknown.text
    assert oneself.status_code == 400
    assert nobody.status_code == 404


@pytest.mark.database
def test_an_introduction_is_recorded_and_its_record_undone(world, visit):
    async def work(visitor):
        form = await visitor.form(f"/ask?{ENDS}&need=Steel", "/ask")
        page = await visitor.send(form, reason="They can <b>weld</b>")
        twice = await visitor.send(form)
        key = f"a-to-c-through-b-{today()}"
        made = (await visitor.query(READ, key=key))["introduction"]
        undone = await visitor.send(form_of_page(page, "/undo"))
        after = await visitor.query(READ, key=key)
        return page, twice, made, undone, after["introduction"]

    page, twice, made, undone, after = visit(work)
    assert page.url.path == "/introductions"
    assert made == {
        "state": "ASKED",
        "outcome": "OPEN",
        "askedOn": today(),
        "decidedOn": None,
        "need": "Steel",
        "purpose": "INTRODUCTION",
        "reason": "They can <b>weld</b>",
        "requester": {"key": "a"},
        "introducer": {"key": "b"},
        "target": {"key": "c"},
    }
    assert twice.status_code == 422
    assert "asked for on that day already" in twice.text
    assert "Undone" in undone.text
    assert after is None


@pytest.mark.database
def test_the_board_moves_an_introduction_in_the_allowed_order(world, visit):
    async def work(visitor):
        steps = [await moved(visitor, "old", to) for to in ("ACCEPTED", "MADE", "WON")]
        page = await visitor.open("/introductions")
        back = await moved(visitor, "old", "ASKED")
        odd = await moved(visitor, "old", "KING")
        undone = await visitor.send(form_of_page(page, "/undo"))
        return steps, back, odd, undone, (await visitor.query(READ, key="old"))

    steps, back, odd, undone, after = visit(work)
    assert [answer.status_code for answer, _ in steps] == [303] * 3
    accepted, made, won = (record for _, record in steps)
    assert (accepted["state"], accepted["decidedOn"]) == ("ACCEPTED", today())
    assert (made["state"], made["outcome"]) == ("MADE", "OPEN")
    assert (won["state"], won["outcome"]) == ("MADE", "WON")
    assert back[0].status_code == 400
    assert "an introduction in state MADE is final" in back[0].text
    assert odd[0].status_code == 400
    assert back[1] == odd[1] == won
    assert "Undone: introduction of" in undone.text
    assert after["introduction"]["outcome"] == "OPEN"


@pytest.mark.database
def test_an_introduction_without_a_state_is_listed_and_gets_one(draw, visit):
    people = [member(key, kind="PERSON", name=key.upper()) for key in "abc"]
    old = {"key": "old", "requester": "a", "introducer": "b", "target": "c"}
    draw({"members": people, "introductions": [old]})

    async def work(visitor):
        table = await visitor.open("/introductions?csv=board")
        answer, after = await moved(visitor, "old", "MADE")
        return table, answer, after, await visitor.open("/introductions")

    table, answer, after, page = visit(work)
    assert table.text.splitlines()[1].startswith("-,A,B,C")
    assert answer.status_code == 303
    assert (after["state"], after["decidedOn"]) == ("MADE", None)
    assert "No state yet" not in page.text


@pytest.mark.database
def test_the_board_offers_only_the_moves_that_are_allowed(demo, visit):
    async def work(visitor):
        page = await visitor.open("/introductions?community=demo")
        table = await visitor.open("/introductions?community=demo&csv=board")
        return page, table

    page, table = visit(work)
    moves = {}
    for form in FormParser(page.text).forms:
        names = dict(form.fields)
        if form.action.startswith("/move"):
            part = page.text.split(f'value="{names["key"]}"', 1)[1].split("</form>")[0]
            moves[names["key"]] = [
                name
                for name in ("ACCEPTED", "DECLINED", "EXPIRED", "MADE", "WON", "LOST")
                if f'value="{name}"' in part
            ]
    assert moves["fuktlys-to-klarvik"] == ["ACCEPTED", "DECLINED", "EXPIRED"]
    assert moves["fuktlys-to-hogaryd"] == ["EXPIRED", "MADE"]
    assert moves["fuktlys-to-formverk"] == []  # made and won
    header, *rows = table.text.splitlines()
    assert header == "state,for,through,with,need,asked,decided,outcome"
    assert len(rows) == len(moves)


@pytest.mark.database
@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/ask?requester=a&introducer=b", {}, 400),
        ("/ask?requester=a&introducer=b&target=zz", {}, 400),
        (f"/ask?{ENDS}", {"askedOn": "soon"}, 422),
        (f"/ask?{ENDS}", {"state": "MADE"}, 400),
        ("/move", {"key": "nobody", "to": "MADE"}, 400),
        ("/move", {"key": "old", "to": "MADE"}, 400),
        ("/move", {"key": "old", "to": "ACCEPTED", "outcome": "WON"}, 400),
    ],
)
def test_a_wrong_request_writes_nothing(world, visit, path, fields, status):
    async def work(visitor):
        form = await visitor.form(f"/ask?{ENDS}", "/ask")
        data = {"csrf_token": form.data()["csrf_token"], **fields}
        answer = await visitor.client.post(path, data=data)
        count = "{ introductionsAggregate { count } }"
        total = (await visitor.query(count))["introductionsAggregate"]["count"]
        return answer, total, (await visitor.query(READ, key="old"))["introduction"]

    answer, total, old = visit(work)
    assert answer.status_code == status
    assert (total, old["state"]) == (1, "ASKED")


@pytest.mark.database
def test_hostile_texts_stay_texts_on_the_board(draw, visit):
    hostile = '"><script>alert(1)</script>'
    people = [member(key, kind="PERSON", name=hostile + key) for key in "abc"]
    old = {"key": 'o"ld', "requester": "a", "introducer": "b", "target": "c"}
    old |= {"state": "ASKED", "need": "é" * 600 + hostile}
    draw({"members": people, "introductions": [old]})

    async def work(visitor):
        page = await visitor.open("/introductions")
        answer, after = await moved(visitor, 'o"ld', "DECLINED")
        return page, answer, after

    page, answer, after = visit(work)
    assert "<script>alert" not in page.text
    assert answer.status_code == 303
    assert after["state"] == "DECLINED"


@pytest.mark.database
def test_a_community_that_is_not_there_has_no_empty_board(draw, visit):
    draw({"members": [member("mill", roles="STARTUP")]})

    async def work(visitor):
        return await visitor.open("/introductions?community=nowhere")

    page = visit(work)
    assert page.status_code == 404
    assert "No community has the key" in page.text


@pytest.mark.database
def test_the_page_of_each_of_the_three_has_the_introduction(world, visit):
    async def work(visitor):
        return [await visitor.open(f"/members/{key}") for key in "abc"]

    for page in visit(work):
        panel = page.text.partition('aria-labelledby="introductions"')[2]
        panel = panel.partition("</section>")[0]
        assert [f'href="/members/{key}"' in panel for key in "abc"] == [True] * 3
        assert "2026-01-05" in panel
