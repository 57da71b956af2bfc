"""Forms made from the vocabulary: each write, its refusal, and its undo."""

from __future__ import annotations

import html

import pytest

from service.vocabulary import TIES
from service.vocabulary.texts import MOST_MESSAGE
from tests.support.worlds import member, tie
from tests.web.conftest import form_of_page, problems_of

HOSTILE = '"><script>alert(1)</script>'
FIRM = """query ($key: String!) { organisation(key: $key) {
  name roles region grossMargin foundedOn description
  attributes { name text number } } }"""
COUNT = "{ membersAggregate { count } exchangesAggregate { count } }"


@pytest.fixture
def world(draw):
    draw(
        {
            "members": [
                member("a", name="Alpha", roles="STARTUP", **{"x:tier": "2"}),
                member("b", name="Beta"),
                member("b2", name="Beta", region="Skåne"),
                member("p", kind="PERSON", name="Pia"),
            ],
            "ties": [tie("EXCHANGE", "a", "b", key="ab", deliverable="Steel")],
            "capabilities": [{"key": "welding", "name": "Welding"}],
            "communities": [{"key": "c", "kind": "OTHER", "name": "Club"}],
        }
    )


@pytest.mark.database
def test_a_member_is_edited_and_the_edit_undone(world, visit):
    async def work(visitor):
        form = await visitor.form(
            "/edit?kind=Organisation&key=a&day=2026-11-01", "/edit"
        )
        changes = {"name": "Alpha & Sons", "roles": ["STARTUP", "SUPPLIER"]}
        changes |= {"grossMargin": "0.25", "foundedOn": "2020-02-29"}
        changes |= {"description": "One\r\nTwo", "x:tier": "3"}
        changes |= {"new_attribute": "nick", "new_value": "Al"}
        page = await visitor.send(form, **changes)
        after = (await visitor.query(FIRM, key="a"))["organisation"]
        undone = await visitor.send(form_of_page(page, "/undo"))
        return page, after, undone, (await visitor.query(FIRM, key="a"))["organisation"]

    page, after, undone, before = visit(work)
    assert page.url.path == "/members/a"
    assert page.url.query == b"day=2026-11-01"
    assert "Saved: organisation Alpha &amp; Sons changed." in page.text
    assert after == {
        "name": "Alpha & Sons",
        "roles": ["STARTUP", "SUPPLIER"],
        "region": None,
        "grossMargin": 0.25,
        "foundedOn": "2020-02-29",
        "description": "One\nTwo",
        "attributes": [
            {"name": "nick", "text": "Al", "number": None},
            {"name": "tier", "text": None, "number": 3.0},
        ],
    }
    assert "Undone: organisation Alpha changed." in undone.text
    assert before["name"] == "Alpha"
    assert before["attributes"] == [{"name": "tier", "text": None, "number": 2.0}]


@pytest.mark.database
def test_only_what_was_changed_in_the_form_is_written(world, visit):
    rename = """mutation { updateOrganisation(
      input: {key: "a", region: "Malmö"}) { __typename } }"""

    async def work(visitor):
        form = await visitor.form("/edit?kind=Organisation&key=a", "/edit")
        await visitor.query(rename)
        await visitor.send(form, name="New")
        same = await visitor.send(
            await visitor.form("/edit?kind=Organisation&key=a", "/edit")
        )
        return same, (await visitor.query(FIRM, key="a"))["organisation"]

    same, after = visit(work)
    assert (after["name"], after["region"]) == ("New", "Malmö")
    assert "Nothing changed." in same.text
    assert "/undo" not in same.text


@pytest.mark.database
def test_a_refused_form_keeps_its_values_and_says_what_is_wrong(world, visit):
    sent = {"name": "", "grossMargin": "7", "foundedOn": "soon", "since": "2026-02-01"}
    sent |= {"until": "2026-01-01", "region": "x" * 651, "sector": HOSTILE}
    sent |= {"x:tier": "y" * 2_001}

    async def work(visitor):
        form = await visitor.form("/edit?kind=Organisation&key=a", "/edit")
        first = await visitor.send(form, **sent)
        again = form_of_page(first, "/edit")
        second = await visitor.send(
            again, grossMargin="0.5", foundedOn="", region="x" * 600
        )
        return first, second, again.data(), (await visitor.query(FIRM, key="a"))

    first, second, data, after = visit(work)
    assert (first.status_code, second.status_code) == (422, 422)
    assert 'role="alert"' in first.text
    wrong = problems_of(first)
    assert wrong["grossMargin"] == "must be at most 1; got 7"
    assert "must be a date such as 2026-11-01" in wrong["foundedOn"]
    assert wrong["region"] == "must have at most 650 characters; got 651"
    assert data["sector"] == [HOSTILE]
    assert data["region"] == ["x" * 651]
    assert "<script>alert" not in first.text
    wrong = problems_of(second)  # what only the API knows
    assert set(wrong) == {"name", "until", "x:tier"}
    assert "must not be before since" in wrong["until"]
    assert after["organisation"]["name"] == "Alpha"


@pytest.mark.database
@pytest.mark.parametrize(
    ("path", "changes", "status"),
    [
        ("/edit?kind=Organisation&key=a", {"colour": "red"}, 400),
        ("/edit?kind=Organisation&key=a", {"key": "b"}, 400),
        ("/edit?kind=Organisation&key=nobody", {}, 404),
        ("/edit?kind=King&key=a", {}, 400),
        ("/add?kind=Exchange&member=nobody", {}, 404),
        ("/add?kind=Employment&member=a&x=1", {"other": "p", "source": "b"}, 400),
        ("/add?kind=Acquaintance&member=a", {}, 400),
        ("/end?kind=Exchange&key=ab", {"until": "2026-01-01", "name": "x"}, 400),
    ],
)
def test_an_unknown_field_or_record_is_refused(world, visit, path, changes, status):
    async def work(visitor):
        form = await visitor.form("/edit?kind=Exchange&key=ab", "/edit")
        before = await visitor.query(COUNT)
        data = {"csrf_token": form.data()["csrf_token"], **changes}
        answer = await visitor.client.post(path, data=data)
        return answer, before, await visitor.query(COUNT)

    answer, before, after = visit(work)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert before == after


@pytest.mark.database
def test_a_member_is_added_with_a_key_from_its_name(world, visit):
    async def work(visitor):
        form = await visitor.form("/add?kind=Organisation", "/add")
        page = await visitor.send(form, name="Åsvik Pump AB", roles="SUPPLIER")
        twice = await visitor.send(form, name="Åsvik Pump AB")
        nameless = await visitor.send(form)
        await visitor.send(form_of_page(page, "/undo"))
        return page, twice, nameless, await visitor.query(FIRM, key="åsvik-pump")

    page, twice, nameless, after = visit(work)
    assert "Åsvik Pump AB" in page.text
    assert "organisation Åsvik Pump AB added" in page.text
    assert twice.status_code == 422
    assert "already exists" in problems_of(twice)["key"]
    assert problems_of(nameless) == {"name": "Type a name."}
    assert after["organisation"] is None


@pytest.mark.database
def test_a_tie_is_added_edited_ended_and_removed(world, visit):
    read = """{ exchanges(filter: {deliverable: {eq: "Wire"}}) { nodes {
      key source { key } target { key } value currency until } } }"""

    async def work(visitor):
        states = []
        form = await visitor.form("/add?kind=Exchange&member=a", "/add")
        values = {"deliverable": "Wire", "value": "10", "currency": "SEK"}
        page = await visitor.send(form, other="b", direction="in", **values)
        [made] = (await visitor.query(read))["exchanges"]["nodes"]
        states.append((page, made))
        path = f"/edit?kind=Exchange&key={made['key']}&member=a"
        page = await visitor.send(await visitor.form(path, "/edit"), value="12.5")
        states.append((page, (await visitor.query(read))["exchanges"]["nodes"][0]))
        page = await visitor.send(await visitor.form(path, "/end"), until="2026-12-01")
        states.append((page, (await visitor.query(read))["exchanges"]["nodes"][0]))
        page = await visitor.send(await visitor.form(path, "/remove"))
        states.append((page, (await visitor.query(read))["exchanges"]["nodes"]))
        page = await visitor.send(form_of_page(page, "/undo"))
        return [*states, (page, (await visitor.query(read))["exchanges"]["nodes"][0])]

    added, edited, ended, removed, restored = visit(work)
    made = {**added[1], "key": "k"}
    ends = {"source": {"key": "b"}, "target": {"key": "a"}}
    assert made == {**ends, "key": "k", "value": 10.0, "currency": "SEK", "until": None}
    assert edited[1]["value"] == 12.5
    assert ended[1]["until"] == "2026-12-01"
    assert removed[1] == []
    assert restored[1] == ended[1]
    for page, _ in (added, edited, ended, removed, restored):
        assert page.url.path == "/members/a"
    assert "ended" in ended[0].text
    assert "removed" in removed[0].text


@pytest.mark.database
def test_a_wrong_end_or_currency_is_told_beside_its_field(world, visit):
    async def work(visitor):
        form = await visitor.form("/add?kind=Exchange&member=a", "/add")
        currency = await visitor.send(form, other="b", value="1", currency="kr")
        oneself = await visitor.send(
            await visitor.form("/add?kind=Dependency&member=a", "/add"), other="a"
        )
        twice = await visitor.send(form, other="b", deliverable="Wire")
        twice = await visitor.send(form, other="b", deliverable="Wire")
        late = await visitor.form("/edit?kind=Exchange&key=ab", "/end")
        await visitor.query(
            'mutation { updateExchange(input: {key: "ab", since: "2026-05-01"})'
            " { __typename } }"
        )
        late = await visitor.send(late, until="2026-01-01")
        return currency, oneself, twice, late

    currency, oneself, twice, late = visit(work)
    assert "ISO 4217" in problems_of(currency)["currency"]
    assert "cannot have a DEPENDENCY to itself" in html.unescape(
        problems_of(oneself)["other"]
    )
    assert "There is such a tie already" in twice.text
    assert "must not be before since" in late.text
    for page in (currency, oneself, twice, late):
        assert page.status_code == 422


@pytest.mark.database
def test_a_name_of_several_members_is_a_choice(world, visit):
    async def work(visitor):
        form = await visitor.form("/add?kind=Exchange&member=a", "/add")
        several = await visitor.send(form, other="beta", deliverable="Wire")
        chosen = await visitor.send(form_of_page(several, "/add"), other=["beta", "b2"])
        unknown = await visitor.send(form, other="bet")
        nobody = await visitor.send(form, other="zzz" * 200)
        blank = await visitor.send(form, other="")
        return several, chosen, unknown, nobody, blank

    several, chosen, unknown, nobody, blank = visit(work)
    assert "Several records have this name" in problems_of(several)["other"]
    assert 'value="b2"' in several.text
    assert "Skåne" in several.text
    assert 'value="Wire"' in several.text  # nothing is lost
    assert "Saved" in chosen.text
    assert "b2" in chosen.text
    assert "choose one of these" in problems_of(unknown)["other"]
    assert "search for it first" in problems_of(nobody)["other"]
    assert problems_of(blank)["other"] == "Type a key or a name."


@pytest.mark.database
def test_a_need_for_a_new_capability_adds_both_and_is_undone_as_one(world, visit):
    read = "{ capabilities { nodes { key name needs { nodes { source { key } } } } } }"

    async def work(visitor):
        form = await visitor.form("/add?kind=Need&member=a", "/add")
        first = await visitor.send(form, other="Milling", stage="1")
        both = await visitor.send(
            form_of_page(first, "/add"), other=["Milling", "new:Milling"]
        )
        after = await visitor.query(read)
        await visitor.send(form_of_page(both, "/undo"))
        known = await visitor.send(form, other="WELDING")
        return first, both, after, known, await visitor.query(read)

    first, both, after, known, undone = visit(work)
    assert first.status_code == 422
    assert "No capability has this key or name" in problems_of(first)["other"]
    assert "capability Milling added; need of Alpha to Milling added" in both.text
    new = {"key": "milling", "name": "Milling"}
    needs = {"needs": {"nodes": [{"source": {"key": "a"}}]}}
    assert {**new, **needs} in after["capabilities"]["nodes"]
    assert "Saved" in known.text
    assert undone["capabilities"]["nodes"] == [
        {"key": "welding", "name": "Welding", **needs}
    ]


@pytest.mark.database
def test_every_kind_of_tie_has_a_form_at_a_member_that_may_have_it(world, visit):
    async def work(visitor):
        lists = {key: await visitor.open(f"/add?member={key}") for key in ("a", "p")}
        forms = {}
        for kind in TIES.values():
            key = "a" if "Organisation" in (*kind.sources, *kind.targets) else "p"
            if kind.sources != ("Contract",):
                path = f"/add?kind={kind.__name__}&member={key}"
                forms[kind] = await visitor.form(path, "/add")
        return lists, forms

    lists, forms = visit(work)
    assert "kind=Employment" in lists["a"].text
    assert "kind=Acquaintance" not in lists["a"].text
    assert "kind=Acquaintance" in lists["p"].text
    assert len(forms) == len(TIES) - 1
    for kind, form in forms.items():
        names = {name for name, _ in form.fields}
        assert {"other", "since", "until", "csrf_token"} <= names
        assert ("direction" in names) == (
            kind.__name__
            in {"Exchange", "Dependency", "Investment", "Affiliation", "Following"}
            | {"Advice", "Competition"}
        )


@pytest.mark.database
def test_members_are_listed_while_a_name_is_typed(world, visit):
    async def work(visitor):
        return [
            await visitor.open("/choices?kinds=Organisation,Person&other=bet"),
            await visitor.open("/choices?kinds=Person&other=bet"),
            await visitor.open("/choices?kinds=Person&other="),
            await visitor.open("/choices?kinds=King&other=bet"),
        ]

    several, none, blank, wrong = visit(work)
    assert several.text.count("<option") == 2
    assert "Skåne" in several.text
    assert none.text.strip() == blank.text.strip() == ""
    assert wrong.status_code == 400


@pytest.mark.database
def test_hostile_names_stay_texts_in_forms(draw, visit):
    long = "é" * 600
    draw({"members": [member("a", name=HOSTILE), member("b", name=long)]})

    async def work(visitor):
        form = await visitor.form("/add?kind=Exchange&member=a", "/add")
        page = await visitor.send(form, other=long, deliverable=HOSTILE)
        edit = await visitor.open("/edit?kind=Organisation&key=a")
        return page, edit, await visitor.send(form, other=HOSTILE + "x")

    for page in visit(work):
        assert page.status_code in (200, 422), page.text
        assert "<script>alert" not in page.text


@pytest.mark.database
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/add", "Open the page of a member"),
        ("/add?kind=Dependency", "Open the page of a member"),
        ("/ask", "Press “Ask” at a path"),
        ("/edit", "Press “Edit” beside a record"),
    ],
)
def test_a_form_without_its_address_says_where_to_begin(path, text, world, visit):
    async def work(visitor):
        form = await visitor.form("/add?kind=Organisation", "/add")
        csrf_token = form.data()["csrf_token"]
        return await visitor.client.post(path, data={"csrf_token": csrf_token})

    answer = visit(work)
    assert answer.status_code == 400
    assert text in answer.text
    assert "&#39;&#39;" not in answer.text


@pytest.mark.database
def test_what_somebody_else_changed_meanwhile_is_not_overwritten(draw, visit):
    draw({"members": [member("mill", region="North", sector="Food")]})

    async def work(visitor):
        address = "/edit?kind=Organisation&key=mill"
        form = await visitor.form(address, "/edit")
        await visitor.send(form, region="South")
        other = await visitor.send(form, sector="Mills")
        refused = await visitor.send(form, region="West")
        between = await visitor.query('{ organisation(key: "mill") { region } }')
        again = await visitor.send(form_of_page(refused, "/edit"))
        after = await visitor.query('{ organisation(key: "mill") { region sector } }')
        return other, refused, between, again, after

    other, refused, between, again, after = visit(work)
    assert other.status_code == 200
    assert refused.status_code == 422
    assert "it is now “South”" in refused.text
    assert between == {"organisation": {"region": "South"}}
    assert again.status_code == 200
    assert after == {"organisation": {"region": "West", "sector": "Mills"}}


@pytest.mark.database
def test_a_long_text_that_was_changed_meanwhile_is_not_repeated_whole(draw, visit):
    draw({"members": [member("mill")]})

    async def work(visitor):
        form = await visitor.form("/edit?kind=Organisation&key=mill", "/edit")
        await visitor.send(form, description="x" * 30_000)
        return await visitor.send(form, description="y")

    refused = visit(work)
    assert refused.status_code == 422
    assert f"it is now “{'x' * (MOST_MESSAGE - 3)}...”" in refused.text
