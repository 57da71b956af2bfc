"""All members as seeds: against each one's own impact, and plain iteration."""

from __future__ import annotations

import logging
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.algorithms import weak_nodes as algorithm
from service.analyses import weak_nodes as ranking
from tests.oracles import cascade as oracle
from tests.oracles.weak_nodes import weak_nodes
from tests.support import worlds
from tests.support.answers import own_warnings, same
from tests.support.worlds import AS_OF, contract, depends, member, party

QUESTION = """
query ($network: NetworkInput, $operability: Float, $model: CascadeModel,
       $asOf: Date, $first: Int) {
  weakNodes(network: $network, operability: $operability, model: $model,
            asOf: $asOf, first: $first) {
    members { member { key } totalLoss affectedCount customersWaiting converged }
    hurtingCount converged nullReason
    about { formula parameters warnings asOf }
  }
}"""
IMPACT = """
query ($member: String!, $operability: Float, $model: CascadeModel, $asOf: Date) {
  weakNodeImpact(member: $member, operability: $operability, model: $model,
                 asOf: $asOf) {
    totalLoss affectedCount converged customersWaiting { customer { key } }
  }
}"""
MODELS = list(oracle.MODELS)


def rows(answer):
    return [
        (m["member"]["key"], round(m["totalLoss"], 6), m["customersWaiting"])
        for m in answer["members"]
    ]


def test_the_weak_team_leads_and_who_hurts_nobody_comes_last(draw, ask):
    draw(worlds.weak_team())
    answer = ask(QUESTION, operability=0.4, asOf=AS_OF)["weakNodes"]
    # .54 + .54 + .324; .6 + .36; .36 for buyer1 alone, while buyer2 has another way
    assert rows(answer) == [
        ("rd", 1.404, 1),
        ("production", 0.96, 1),
        ("maker", 0.36, 1),
        ("alternative", 0, 0),
        *[(key, 0, 0) for key in ("buyer1", "buyer2", "marketing", "sales", "support")],
    ]
    assert answer["hurtingCount"] == 3
    assert answer["converged"]
    assert answer["nullReason"] is None
    [warning] = own_warnings(answer)
    assert "2 of 3 members that hurt others have no recoveryDays" in warning
    assert "independ" not in answer["about"]["formula"]
    limits = {"tolerance", "mostRounds", "mostEntriesASeed", "mostEntries"}
    assert limits < answer["about"]["parameters"].keys()
    first = ask(QUESTION, operability=0.4, asOf=AS_OF, first=2)["weakNodes"]
    assert rows(first) == rows(answer)[:2]


def contracts_only():
    """No dependency: who has a supplier with recoveryDays under contract waits."""
    parties = [party("maker", "c", "SUPPLIER"), party("lazy", "d", "SUPPLIER")]
    parties += [party(one, "c", "CUSTOMER") for one in ("shop", "stand")]
    parties += [party("shop", "d", "CUSTOMER")]
    days = {"maker": "10", "lazy": "0"}
    return {
        "members": [
            member(key, recovery_days=days.get(key, ""))
            for key in ("lazy", "maker", "shop", "stand")
        ],
        "ties": parties,
        "contracts": [contract("c"), contract("d")],
    }


def test_a_supplier_on_whom_nobody_depends_makes_its_customers_wait(draw, ask):
    draw(contracts_only())
    answer = ask(QUESTION)["weakNodes"]
    none = [(key, 0, 0) for key in ("lazy", "shop", "stand")]
    assert rows(answer) == [("maker", 0, 2), *none]
    [warning] = answer["about"]["warnings"]
    assert "No dependency at all" in warning


@given(
    drawn=st.lists(worlds.cascades(), min_size=1, max_size=4),
    operability=st.sampled_from([0.0, 0.25, 0.4, 0.9, 1.0]),
    model=st.sampled_from(MODELS),
    data=st.data(),
)
@settings(max_examples=15)
def test_random_worlds_match_plain_iteration_and_each_own_impact(
    draw, ask, drawn, operability, model, data
):
    world = worlds.together(drawn)
    draw(world)
    asked = {"operability": operability, "model": model, "asOf": AS_OF}
    answer = ask(QUESTION, **asked, first=1000)["weakNodes"]
    expected = weak_nodes(world, operability, model, AS_OF)
    same(answer["members"], expected)
    for found in answer["members"]:
        own = ask(IMPACT, member=found["member"]["key"], **asked)["weakNodeImpact"]
        own["customersWaiting"] = len(own["customersWaiting"])
        same(own, {name: value for name, value in found.items() if name != "member"})
    network, _ = data.draw(worlds.network_inputs(world, "w0"))
    network |= {"ties": ["DEPENDENCY"], "asOf": AS_OF}
    answer = ask(QUESTION, network=network, **asked, first=1000)["weakNodes"]
    same(answer["members"], weak_nodes(world, operability, model, AS_OF, network))


def test_a_cascade_stays_inside_its_network(draw, ask):
    world = worlds.together([worlds.weak_team(), worlds.fdna()])
    world["ties"].append(depends("w1-rd", "w0-rd", "1", "0"))
    draw(world)
    whole = ask(QUESTION, asOf=AS_OF, first=1)["weakNodes"]
    assert whole["members"][0]["affectedCount"] == 6
    network = {"ties": ["DEPENDENCY"], "community": "w0", "asOf": AS_OF}
    inside = ask(QUESTION, network=network, first=1000)["weakNodes"]
    assert inside["members"][0]["affectedCount"] == 3
    keys = [m["member"]["key"] for m in inside["members"]]
    assert sorted(keys) == [
        f"w0-{key}"
        for key in ("alternative", "buyer1", "buyer2", "maker", "production", "rd")
    ]
    isolates = ask(QUESTION, network=network | {"isolates": True})["weakNodes"]
    assert len(isolates["members"]) == 9
    assert inside["about"]["parameters"]["network"]["community"] == "w0"
    assert inside["about"]["asOf"] == AS_OF


DEPENDENCIES = '{ ties: [DEPENDENCY], asOf: "2026-11-01" }'


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ("operability: 2", "BAD_USER_INPUT", "operability: expected 0 to 1"),
        ("first: 0", "BAD_USER_INPUT", "1 to 1000"),
        ("network: { ties: [EXCHANGE] }", "BAD_USER_INPUT", "expected [DEPENDENCY]"),
        (
            "network: { ties: [DEPENDENCY, EXCHANGE] }",
            "BAD_USER_INPUT",
            "got [DEPENDENCY, EXCHANGE]",
        ),
        (
            "network: { ties: [DEPENDENCY], weight: COUNT }",
            "BAD_USER_INPUT",
            "network.weight",
        ),
        (
            f'network: {DEPENDENCIES}, asOf: "2026-11-02"',
            "BAD_USER_INPUT",
            "network.asOf 2026-11-01 differ",
        ),
        (
            'network: { ties: [DEPENDENCY], community: "no" }',
            "NOT_FOUND",
            "no Community has the key 'no'",
        ),
    ],
)
def test_bad_input_names_what_was_expected(draw, ask, arguments, code, says):
    draw(worlds.weak_team())
    [error] = ask(f"{{ weakNodes({arguments}) {{ converged }} }}", True)["errors"]
    assert error.original_error.code == code
    assert says in error.message


def test_the_same_date_twice_is_one_date(draw, ask):
    draw(worlds.weak_team())
    network = {"ties": ["DEPENDENCY"], "asOf": AS_OF}
    answer = ask(QUESTION, network=network, asOf=AS_OF, operability=None, model=None)
    assert answer["weakNodes"]["members"][0]["member"]["key"] == "rd"
    nulls = ask(QUESTION, network=None, first=None, asOf=None)["weakNodes"]
    assert nulls["members"][0]["member"]["key"] == "rd"


@pytest.mark.parametrize("model", MODELS)
def test_nobody_and_one_alone_are_typed_answers(draw, ask, model):
    draw({"members": [member("a", since="2020-01-01")]})
    assert rows(ask(QUESTION, model=model)["weakNodes"]) == [("a", 0, 0)]
    answer = ask(QUESTION, model=model, asOf="1900-01-01")["weakNodes"]
    assert answer["members"] == []
    assert answer["nullReason"] == "No member is in this network on that day."
    network = {"ties": ["DEPENDENCY"]}
    answer = ask(QUESTION, model=model, network=network)["weakNodes"]
    assert (answer["members"], answer["converged"]) == ([], True)
    assert answer["nullReason"].startswith("No member of this network has a dependency")
    [warning] = answer["about"]["warnings"]
    assert "No dependency between two members of this network" in warning


def test_substitutes_and_missing_convergence_are_told(draw, ask):
    world = worlds.weak_team()
    draw(world)
    answer = ask(QUESTION, model="INOPERABILITY")["weakNodes"]
    assert "1 substitute group" in answer["about"]["warnings"][0]
    answer = ask(QUESTION, model="FAILURE")["weakNodes"]
    assert "ndependence" in answer["about"]["formula"]


def test_what_floods_is_cut_with_the_number_and_the_limit(draw, ask, monkeypatch):
    draw(worlds.fdna())
    few = partial(algorithm.weak_nodes, most_work=2)
    monkeypatch.setattr(ranking, "weak_nodes", few)
    answer = ask(QUESTION)["weakNodes"]
    assert not answer["converged"]
    assert answer["members"][0]["member"]["key"] == "1"
    assert len(answer["members"]) < 9
    told = answer["about"]["warnings"][-1]
    assert told.startswith("Stopped after 3,000,000,000 entries, the limit: 1 of 7")


def test_a_long_run_tells_how_far_it_is(draw, ask, monkeypatch, caplog):
    draw(worlds.fdna())
    monkeypatch.setattr(ranking, "SECONDS_BETWEEN", 0)
    with caplog.at_level(logging.INFO, "service.analyses.weak_nodes"):
        ask(QUESTION)
    assert caplog.messages == ["weakNodes: 7 of 7 members"]
