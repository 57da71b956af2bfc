"""The example is loaded into an empty database by one button, while the page waits."""

from __future__ import annotations

import asyncio

import pytest

import seeds
from service.web.demo_load import DemoLoad
from tests.support.worlds import member
from tests.web.conftest import form_of_page


@pytest.mark.database
def test_the_example_is_loaded_by_a_button_once(draw, visit):
    draw({})

    async def work(visitor):
        begin = await visitor.open("/")
        form = form_of_page(begin, "/demo")
        waiting = await visitor.send(form)
        also = await visitor.send(form)  # joins the load that runs
        page = waiting
        while page.status_code == 200:
            await asyncio.sleep(0.2)
            page = await visitor.open("/demo")
        loaded = await visitor.open(page.headers["location"])
        again = await visitor.send(form)
        late = await visitor.open("/demo")
        count = await visitor.query("{ membersAggregate { count } }")
        undone = await visitor.send(form_of_page(loaded, "/undo"))
        empty = await visitor.query("{ membersAggregate { count } }")
        assert empty["membersAggregate"]["count"] == 0
        return begin, waiting, also, page, loaded, again, late, count, undone

    begin, waiting, also, page, loaded, again, late, count, undone = visit(work)
    assert 'action="/import"' in begin.text
    for answer in (waiting, also):
        assert answer.url.path == "/demo"
        assert answer.headers["refresh"] == "1"
        assert 'role="status"' in answer.text
    assert page.status_code == late.status_code == 303
    assert page.headers["location"] == "/?community=demo"
    assert "The demo ecosystem" in loaded.text
    assert "Saved: organisation Fuktlys added" in loaded.text
    assert undone.status_code == 200
    assert "Undone" in undone.text
    assert again.status_code == 400
    assert "needs an empty one" in again.text
    members = (seeds.FOLDER / "demo" / "members.csv").read_text().splitlines()
    assert count["membersAggregate"]["count"] == len(members) - 1


@pytest.mark.database
def test_a_load_that_fails_says_why(draw, visit, monkeypatch, tmp_path):
    draw({})
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "members.csv").write_text("key,kind,name\na,KING,A\n")
    monkeypatch.setattr(seeds, "FOLDER", tmp_path)

    async def work(visitor):
        page = await visitor.send(form_of_page(await visitor.open("/"), "/demo"))
        while page.status_code == 200:
            await asyncio.sleep(0.1)
            page = await visitor.open("/demo")
        return page, await visitor.open("/")

    page, begin = visit(work)
    assert page.status_code == 400
    assert "The example was not loaded" in page.text
    assert "KING" in page.text
    assert 'action="/demo"' in begin.text  # it can be tried again


@pytest.mark.database
def test_a_load_that_is_interrupted_leaves_nothing(draw, graph, runner, ask):
    draw({})

    async def interrupt():
        load = DemoLoad()
        load.start(graph)
        for _ in range(3_000):
            if load.total is not None:
                break
            await asyncio.sleep(0.01)
        await load.close()
        return load.is_running

    assert runner.run(interrupt()) is False
    assert ask("{ membersAggregate { count } }")["membersAggregate"]["count"] == 0


@pytest.mark.database
def test_members_are_never_mixed_with_the_example(draw, visit):
    draw({"members": [member("a")]})

    async def work(visitor):
        form = await visitor.form("/add?kind=Organisation", "/add")
        data = {"csrf_token": form.data()["csrf_token"]}
        return await visitor.client.post("/demo", data=data)

    assert visit(work).status_code == 400
