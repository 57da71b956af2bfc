"""Writes over GraphQL: typed results, rules, and each write exactly once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from schema.context import Context
from schema.query import schema
from service.networks.snapshots import Snapshots
from service.settings import Settings

ERROR = "... on WriteError { code message problems { path code message } }"
SEND = (
    """mutation ($input: %sInput!, $key: String) {
  answer: %s%s(input: $input, idempotencyKey: $key) {
    __typename ... on %s { %s } """
    + ERROR
    + " } }"
)


@pytest.fixture
def send(ask):
    """One mutation's answer: `send("create", "Team", "key name", key=…, name=…)`."""

    def send(verb, kind, shown, once=None, **given):
        text = SEND % (kind, verb, kind, kind, shown)
        return ask(text, input=given, key=once)["answer"]

    return send


@pytest.fixture(autouse=True)
def world(draw):
    draw(
        {
            "members": [
                {"key": "acme", "kind": "ORGANISATION", "name": "Acme"},
                {"key": "bolt", "kind": "ORGANISATION", "name": "Bolt"},
                {"key": "ann", "kind": "PERSON", "name": "Ann"},
                {"key": "bob", "kind": "PERSON", "name": "Bob"},
            ]
        }
    )


def failure(kind: str, code: str, *path: str) -> tuple[str, str, list[str]]:
    return kind, code, list(path)


def first(answer: dict[str, Any]) -> tuple[str, str, list[str]]:
    [problem] = answer["problems"]
    return answer["__typename"], problem["code"], problem["path"]


def test_a_record_is_created_changed_ended_and_deleted(send, ask):
    made = send("create", "Team", "key name headcount roles", key="rnd", name="R&D")
    assert made == {
        "__typename": "Team",
        "key": "rnd",
        "name": "R&D",
        "headcount": None,
        "roles": [],
    }
    changed = send(
        "upsert",
        "Team",
        "name headcount roles since",
        key="rnd",
        name="R&D",
        headcount=4,
        roles=["SUPPLIER"],
        since="2026-01-02",
    )
    assert changed == {
        "__typename": "Team",
        "name": "R&D",
        "headcount": 4,
        "roles": ["SUPPLIER"],
        "since": "2026-01-02",
    }
    ended = ask(
        'mutation { endTeam(key: "rnd", until: "2026-05-01") {'
        " ... on Team { until } } }"
    )
    assert ended == {"endTeam": {"until": "2026-05-01"}}
    gone = ask('mutation { deleteTeam(key: "rnd") { ... on Team { headcount } } }')
    assert gone == {"deleteTeam": {"headcount": 4}}
    assert ask('{ team(key: "rnd") { key } }') == {"team": None}


def test_what_is_left_out_stays_and_null_clears(send):
    send("update", "Organisation", "key", key="acme", region="North", sector="Steel")
    left = send("update", "Organisation", "region sector", key="acme", sector=None)
    assert left == {"__typename": "Organisation", "region": "North", "sector": None}


def test_a_tie_is_written_with_its_ends_and_a_built_key(send):
    shown = "key strength source { key } target { key }"
    made = send(
        "create", "Dependency", shown, source="acme", target="bolt", strength=0.5
    )
    key = "DEPENDENCY:acme:bolt:"
    assert made == {
        "__typename": "Dependency",
        "key": key,
        "strength": 0.5,
        "source": {"key": "acme"},
        "target": {"key": "bolt"},
    }
    changed = send("update", "Dependency", shown, key=key, strength=0.7)
    assert changed == {**made, "strength": 0.7}


def test_people_know_each_other_by_one_tie_from_the_smaller_key(send):
    made = send("create", "Acquaintance", "key", source="bob", target="ann")
    assert made["key"] == "ACQUAINTANCE:ann:bob:"
    again = send("create", "Acquaintance", "key", source="ann", target="bob")
    assert first(again) == failure("Conflict", "CONFLICT", "input", "key")


@pytest.mark.parametrize(
    ("verb", "kind", "given", "expected"),
    [
        (
            "create",
            "Organisation",
            {"key": "acme", "name": "Again"},
            failure("Conflict", "CONFLICT", "input", "key"),
        ),
        (
            "upsert",
            "Team",
            {"key": "acme", "name": "A team now"},
            failure("Conflict", "CONFLICT", "input", "kind"),
        ),
        (
            "update",
            "Organisation",
            {"key": "nobody", "region": "North"},
            failure("NotFound", "NONE", "input", "key"),
        ),
        (
            "create",
            "Organisation",
            {"key": "new"},
            failure("ValidationFailed", "REQUIRED", "input", "name"),
        ),
        (
            "update",
            "Organisation",
            {"key": "acme", "since": "2026-02-01", "until": "2026-01-01"},
            failure("ValidationFailed", "DATES", "input", "until"),
        ),
        (
            "create",
            "Dependency",
            {"source": "acme", "target": "acme"},
            failure("ValidationFailed", "INVALID", "input", "target"),
        ),
        (
            "create",
            "Dependency",
            {"source": "acme", "target": "bolt", "strength": 1.5},
            failure("ValidationFailed", "INVALID", "input", "strength"),
        ),
        (
            "create",
            "Dependency",
            {"source": "acme", "target": "nobody"},
            failure("NotFound", "NONE", "input", "target"),
        ),
        (
            "create",
            "Employment",
            {"source": "acme", "target": "bolt"},
            failure("ValidationFailed", "INVALID", "input", "source"),
        ),
        (
            "create",
            "Exchange",
            {"source": "acme", "target": "bolt", "currency": "kronor"},
            failure("ValidationFailed", "CURRENCY", "input", "currency"),
        ),
        (
            "create",
            "Person",
            {"key": "new", "name": "x" * 1_001},
            failure("ValidationFailed", "INVALID", "input", "name"),
        ),
        (
            "upsert",
            "Organisation",
            {"key": "acme", "name": "Acme", "sector": "x" * 1_001},
            failure("ValidationFailed", "INVALID", "input", "sector"),
        ),
        (
            "create",
            "Person",
            {"key": "x" * 1_001, "name": "Long"},
            failure("ValidationFailed", "INVALID", "input", "key"),
        ),
        (
            "update",
            "Need",
            {"key": "none", "stage": 1},
            failure("NotFound", "NONE", "input", "key"),
        ),
    ],
)
def test_what_breaks_a_rule_is_refused_with_its_path(send, verb, kind, given, expected):
    assert first(send(verb, kind, "key", **given)) == expected


def test_a_party_to_a_contract_has_a_role(send):
    send("create", "Contract", "key", key="deal", title="Deal")
    ends = {"source": "acme", "target": "deal"}
    expected = failure("ValidationFailed", "REQUIRED", "input", "role")
    assert first(send("create", "ContractParty", "key", **ends)) == expected


def test_an_introduction_goes_through_its_states_in_their_order(send):
    ends = {"requester": "ann", "introducer": "bob", "target": "acme"}
    send("create", "Introduction", "key", key="i", state="ASKED", **ends)
    early = send("update", "Introduction", "key", key="i", state="MADE")
    assert first(early) == failure("Conflict", "STATE", "input", "state")
    send("update", "Introduction", "key", key="i", state="ACCEPTED")
    made = send("update", "Introduction", "state", key="i", state="MADE")
    assert made == {"__typename": "Introduction", "state": "MADE"}


def test_a_member_that_a_record_needs_cannot_be_deleted(send, ask):
    ends = {"requester": "ann", "introducer": "bob", "target": "acme"}
    send("create", "Introduction", "key", key="i", **ends)
    text = 'mutation { a: deletePerson(key: "ann") { __typename ' + ERROR + " } }"
    assert first(ask(text)["a"]) == failure("Conflict", "TIED", "key")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('endTeam(key: "none")', failure("NotFound", "NONE", "key")),
        ('endTeam(key: "acme")', failure("Conflict", "CONFLICT", "key")),
        ('endNeed(key: "none")', failure("NotFound", "NONE", "key")),
        (
            'endDependency(key: "d", until: "2019-12-31")',
            failure("ValidationFailed", "DATES", "until"),
        ),
        ('deleteTeam(key: "none")', failure("NotFound", "NONE", "key")),
        ('deleteNeed(key: "none")', failure("NotFound", "NONE", "key")),
        (
            'recordContact(person: "bob", other: "zoe")',
            failure("NotFound", "NONE", "other"),
        ),
        (
            'recordContact(person: "zoe", other: "bob")',
            failure("NotFound", "NONE", "person"),
        ),
        (
            'recordContact(person: "bob", other: "bob")',
            failure("ValidationFailed", "INVALID", "other"),
        ),
    ],
)
def test_a_problem_of_a_field_without_input_names_its_argument(
    send, ask, text, expected
):
    ends = {"source": "acme", "target": "bolt", "since": "2020-01-01"}
    send("create", "Dependency", "key", key="d", **ends)
    answer = ask(f"mutation {{ a: {text} {{ __typename {ERROR} }} }}")["a"]
    assert first(answer) == expected


MANY = (
    """mutation ($input: [OrganisationInput!]!) {
  answer: upsertOrganisations(input: $input) {
    __typename ... on Batch { count changed keys } """
    + ERROR
    + " } }"
)


def test_a_batch_is_written_whole_or_not_at_all(ask):
    good = [{"key": f"o{n}", "name": f"O {n}"} for n in range(30)]
    answer = ask(MANY, input=good)["answer"]
    keys = [one["key"] for one in good]
    assert answer == {"__typename": "Batch", "count": 30, "changed": 30, "keys": keys}
    assert ask(MANY, input=good)["answer"]["changed"] == 0
    bad = [{"key": "p1", "name": "P"}, {"key": "ann", "name": "Ann & Co"}]
    refused = ask(MANY, input=bad)["answer"]
    assert first(refused) == failure("Conflict", "CONFLICT", "input", "1", "kind")
    assert ask('{ organisation(key: "p1") { key } }') == {"organisation": None}


def test_an_organisation_comes_with_its_teams_and_people(ask):
    answer = ask(
        """mutation { upsertWholeOrganisation(input: {
          organisation: { key: "new", name: "New" }
          teams: [{ team: { key: "dev", name: "Dev" }
                    people: [{ person: { key: "eva", name: "Eva" } title: "CTO" }] }]
          people: [{ person: { key: "ann" } founder: true }]
        }) { ... on Organisation {
          employments(direction: IN) { nodes { source { key } founder } }
          affiliations(direction: IN) { nodes { source { key ... on Team {
            employments(direction: IN) { nodes { title source { name } } } } } } }
        } } }"""
    )
    dev = {"employments": {"nodes": [{"title": "CTO", "source": {"name": "Eva"}}]}}
    assert answer["upsertWholeOrganisation"] == {
        "employments": {"nodes": [{"source": {"key": "ann"}, "founder": True}]},
        "affiliations": {"nodes": [{"source": {"key": "dev", **dev}}]},
    }


def test_a_contract_comes_with_its_parties_and_offerings(ask):
    answer = ask(
        """mutation { upsertWholeContract(input: {
          contract: { key: "deal", title: "Deal", status: ACTIVE }
          parties: [{ member: "acme", role: SUPPLIER }
                    { member: "bolt", role: CUSTOMER }]
          offerings: [{ key: "pump", name: "Pump" }]
        }) { ... on Contract { parties { nodes { role source { key } } }
                               coverages { nodes { target { name } } } } } }"""
    )
    assert answer["upsertWholeContract"] == {
        "parties": {
            "nodes": [
                {"role": "SUPPLIER", "source": {"key": "acme"}},
                {"role": "CUSTOMER", "source": {"key": "bolt"}},
            ]
        },
        "coverages": {"nodes": [{"target": {"name": "Pump"}}]},
    }


def test_an_investment_comes_with_the_two_that_it_ties(ask):
    answer = ask(
        """mutation { upsertWholeInvestment(input: {
          investment: { round: "Seed", amount: 5, currency: "SEK", on: "2026-03-01" }
          organisation: { key: "start", name: "Start" }
          investingPerson: { key: "ann" }
        }) { ... on Investment { since source { key } target { name } } } }"""
    )
    assert answer["upsertWholeInvestment"] == {
        "since": "2026-03-01",
        "source": {"key": "ann"},
        "target": {"name": "Start"},
    }


def test_an_introduction_comes_with_its_states_and_none_out_of_order(ask):
    text = """mutation { answer: upsertWholeIntroduction(input: {
      introduction: { key: "%s", requester: "ann", introducer: "bob", target: "acme"
                      state: ASKED, askedOn: "2026-01-01" }
      states: [{ state: %s, decidedOn: "2026-01-05" }, { state: MADE }]
    }) { __typename ... on Introduction { state decidedOn } """
    right = ask((text % ("i", "ACCEPTED")) + ERROR + " } }")["answer"]
    assert right == {
        "__typename": "Introduction",
        "state": "MADE",
        "decidedOn": "2026-01-05",
    }
    wrong = ask((text % ("j", "DECLINED")) + ERROR + " } }")["answer"]
    assert first(wrong) == failure("Conflict", "STATE", "input", "states", "1", "state")
    assert ask('{ introduction(key: "j") { key } }') == {"introduction": None}


def test_a_tie_fades_and_gains_by_contacts(ask):
    text = """mutation { recordContact(person: "bob", other: "ann", %s) {
      ... on Acquaintance { score scoreAt contactMonths } } }"""
    ask(text % 'on: "2026-01-01"')
    ask(text % 'on: "2026-06-30", weight: 0.5')  # 180 days, one half-life, later
    answer = ask(text % 'on: "2026-06-30"')  # one contact a day counts
    assert answer["recordContact"] == {
        "score": 1.0,
        "scoreAt": "2026-06-30",
        "contactMonths": ["2026-01", "2026-06"],
    }
    late = ask(text % 'on: "2026-01-01"')[
        "recordContact"
    ]  # recorded late: as if in order
    assert late["score"] == 1.5
    assert late["scoreAt"] == "2026-06-30"


# Exactly once


def test_a_request_sent_again_is_answered_as_the_first_time(send):
    given = {"key": "acme", "sector": "Steel"}
    one = send("update", "Organisation", "sector region", once="k1", **given)
    send("update", "Organisation", "key", key="acme", sector="Wood", region="North")
    assert send("update", "Organisation", "sector region", once="k1", **given) == one
    other = send("update", "Organisation", "key", once="k1", key="acme", sector="X")
    assert first(other) == failure("Conflict", "KEY_REUSED", "idempotencyKey")


def test_a_batch_sent_again_is_answered_as_the_first_time(ask):
    text = MANY.replace("$input)", '$input, idempotencyKey: "b")')
    rows = [{"key": f"o{n}", "name": f"O {n}"} for n in range(25)]
    one = ask(text, input=rows)
    assert one["answer"]["changed"] == 25
    assert ask(text, input=rows) == one


@pytest.fixture
def at_once(graph, runner):
    """The answers to the same document, sent many times at once."""

    def at_once(text: str, values: list[dict[str, Any]]) -> list[Any]:
        given = Settings()
        snapshots = Snapshots(graph, given)

        async def one(variables: dict[str, Any]) -> Any:
            context = Context(graph, given, snapshots, may_write=True)
            found = await schema.execute(text, variables, context_value=context)
            assert found.errors is None, found.errors
            return found.data["answer"]

        async def all_of_them() -> list[Any]:
            return list(await asyncio.gather(*map(one, values)))

        return runner.run(all_of_them())

    return at_once


def test_sixteen_writers_of_one_key_make_one_node(at_once, ask):
    text = SEND % ("Organisation", "upsert", "Organisation", "Organisation", "key")
    names = [f"New {n}" for n in range(16)]
    values = [{"input": {"key": "new", "name": name}} for name in names]
    answers = at_once(text, values)
    assert [one["__typename"] for one in answers] == ["Organisation"] * 16
    found = ask('{ organisations { totalCount } organisation(key: "new") { name } }')
    assert found["organisations"]["totalCount"] == 3
    assert found["organisation"]["name"] in names


def test_twins_of_one_idempotency_key_write_once(at_once, ask):
    text = """mutation ($n: String!) { answer: recordContact(
      person: "ann", other: "bob", on: "2026-03-01", idempotencyKey: $n
    ) { __typename ... on Acquaintance { score } } }"""
    answers = at_once(text, [{"n": "same"}] * 8)
    assert answers == [{"__typename": "Acquaintance", "score": 1.0}] * 8


def problems(answer: dict[str, Any]) -> set[tuple[str, str]]:
    """The path below `input` and the code of each problem."""
    return {(".".join(p["path"][1:]), p["code"]) for p in answer["problems"]}


def test_all_problems_of_an_input_come_at_once(send):
    answer = send(
        "upsert",
        "Organisation",
        "key",
        key="acme",
        name="",
        grossMargin=5,
        since="2026-02-01",
        until="2026-01-01",
    )
    assert answer["__typename"] == "ValidationFailed"
    assert problems(answer) == {
        ("name", "REQUIRED"),
        ("grossMargin", "INVALID"),
        ("until", "DATES"),
    }
    without_key = {"key": "", "name": None, "url": "acme", "since": "2026-02-01"}
    answer = send("create", "Team", "key", **without_key, until="2026-01-01")
    assert problems(answer) == {
        ("key", "INVALID"),
        ("name", "REQUIRED"),
        ("url", "INVALID"),
        ("until", "DATES"),
    }


def test_what_the_database_knows_is_told_with_what_is_wrong_in_itself(send):
    taken = send("create", "Organisation", "key", key="acme", name="A", url="a b")
    assert problems(taken) == {("key", "CONFLICT"), ("url", "INVALID")}
    tie = {"source": "acme", "target": "nobody", "value": 1, "currency": "crowns"}
    dates = {"since": "2026-02-01", "until": "2026-01-01"}
    answer = send("create", "Exchange", "key", **tie, **dates)
    assert problems(answer) == {
        ("target", "NONE"),
        ("currency", "CURRENCY"),
        ("until", "DATES"),
    }
    gone = send("update", "Dependency", "key", key="none", strength=7)
    assert problems(gone) == {("key", "NONE"), ("strength", "INVALID")}


def test_all_problems_of_all_records_of_a_batch_come_at_once(ask):
    rows = [
        {"key": "n1", "name": " ", "grossMargin": 5},
        {"key": "n2"},
        {"key": "ann", "name": "Ann & Co", "recoveryDays": -1},
        {"key": "n1", "name": "Twice", "since": "2026-02-01", "until": "2026-01-01"},
    ]
    answer = ask(MANY, input=rows)["answer"]
    assert problems(answer) == {
        ("0.name", "INVALID"),
        ("0.grossMargin", "INVALID"),
        ("1.name", "REQUIRED"),
        ("2.kind", "CONFLICT"),
        ("2.recoveryDays", "INVALID"),
        ("3.key", "DUPLICATE"),
        ("3.until", "DATES"),
    }


def test_all_problems_of_a_nested_input_come_at_once(ask):
    text = """mutation { answer: upsertWholeContract(input: {
      contract: { key: "deal", title: "\\u00a0", currency: "x" }
      parties: [{ member: "nobody", role: SUPPLIER
                 since: "2026-02-01", until: "2026-01-01" }]
      offerings: [{ key: "", name: "Pump" }]
    }) { __typename """
    assert problems(ask(text + ERROR + " } }")["answer"]) >= {
        ("contract.title", "INVALID"),
        ("contract.currency", "CURRENCY"),
        ("parties.0.source", "NONE"),
        ("parties.0.until", "DATES"),
        ("offerings.0.key", "INVALID"),
    }
