"""The cascade of one weak member against published and hand-worked figures, and plain
iteration."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.context import Context
from schema.query import schema
from service.algorithms.cascade import cascade
from service.analyses import weak_node_impact
from service.graph.statements import Statement
from service.networks.snapshots import Snapshots
from service.settings import Settings
from tests.oracles import cascade as oracle
from tests.support import worlds
from tests.support.answers import own_warnings, same
from tests.support.worlds import member, tie

QUESTION = """
query ($member: String!, $operability: Float, $days: Float, $asOf: Date,
       $model: CascadeModel, $compare: Boolean) {
  weakNodeImpact(member: $member, operability: $operability, outageDays: $days,
                 asOf: $asOf, model: $model, compare: $compare, first: 1000) {
    seed { key }
    impacts { member { key } operability loss order waitDays decidingPath { key } }
    affectedCount affectedShare totalLoss converged steps
    customersWaiting {
      customer { key } waitDays contracts { key } valueAtRisk { amount currency }
      decidingPath { key }
    }
    comparison {
      losses { member { key } dependency inoperability failure }
      models {
        model affectedCount affectedShare totalLoss customersWaiting converged steps
      }
    }
    nullReason
    about { formula parameters warnings }
  }
}"""
MODELS = list(oracle.MODELS)


def operabilities(answer):
    return {i["member"]["key"]: round(i["operability"], 5) for i in answer["impacts"]}


def losses(answer):
    return {i["member"]["key"]: i["loss"] for i in answer["impacts"]}


def path(found):
    return [step["key"] for step in found["decidingPath"]]


def needs(dependent, provider, strength, **columns):
    return worlds.depends(dependent, provider, str(strength), "100", **columns)


def members_of(ties):
    keys = sorted({end for t in ties for end in (t["source"], t["target"])})
    return {"members": [member(key) for key in keys], "ties": ties}


# By hand


def test_the_weak_team_stops_the_buyer_without_an_alternative(draw, ask):
    world = worlds.weak_team()
    draw(world)
    answer = ask(QUESTION, member="rd", operability=0.4, days=30, asOf=worlds.AS_OF)[
        "weakNodeImpact"
    ]
    hit = {"rd": 0.4, "production": 0.46, "maker": 0.46, "buyer1": 0.676}
    assert operabilities(answer) == hit
    days = {i["member"]["key"]: i["waitDays"] for i in answer["impacts"]}
    assert days == {"rd": 18, "production": 13, "maker": 13, "buyer1": 10}
    [wait] = answer["customersWaiting"]
    assert wait["customer"]["key"] == "buyer1"
    assert wait["waitDays"] == 10
    assert path(wait) == ["rd", "production", "maker", "buyer1"]
    assert answer["comparison"] is None


@pytest.mark.parametrize(
    ("seed", "operability", "expected"),
    [
        ("rd", 0.8, {"prod": 0.82, "buyer": 0.946}),
        ("rd", 0.4, {"prod": 0.46, "buyer": 0.76}),
        ("rd", 0, {"prod": 0.1, "buyer": 0.4}),
        ("1", 0.5, {"2": 0.625, "3": 0.575, "4": 0.775, "5": 0.81083}),
        ("1", 0, {"2": 0.2, "3": 0.15, "4": 0.55, "5": 0.45}),
    ],
)
def test_functional_dependencies_give_the_worked_figures(
    draw, ask, seed, operability, expected
):
    """VT-12, with the five-node net of public FDNA code."""
    draw(worlds.fdna())
    asked = {"member": seed, "operability": operability, "asOf": worlds.AS_OF}
    answer = ask(QUESTION, **asked)["weakNodeImpact"]
    assert operabilities(answer) == {seed: operability, **expected}
    none = ask(QUESTION, **asked | {"operability": 1})["weakNodeImpact"]
    assert losses(none) == {seed: 0}
    assert none["totalLoss"] == 0


# VT-11: Haimes & Jiang 2001 and a table of Setola's type, as tested by stigrs/iim.
# (d) is Xu et al. 2011, equation 31: flows between four sectors, and their totals.
FLOWS = [
    [175, 280, 280, 140],
    [140, 315, 350, 280],
    [245, 140, 280, 140],
    [175, 280, 105, 280],
]
TOTALS = [1225, 1610, 1085, 1015]


@pytest.mark.parametrize(
    ("matrix", "seed", "lost", "published"),
    [
        ([[0, 0.8], [0.2, 0]], 1, 0.6, [0.571, 0.714]),
        ([[0, 0, 0.3], [0.4, 0, 0], [0.2, 0.6, 0]], 2, 0.12, [0.0415, 0.0166, 0.1383]),
        (np.array(FLOWS) / TOTALS, 0, 0.1, None),
    ],
)
def test_inoperabilities_are_the_published_ones(
    draw, ask, matrix, seed, lost, published
):
    a = np.array(matrix)
    if published is None:
        assert a[0].round(2).tolist() == [0.14, 0.17, 0.26, 0.14]
        np.fill_diagonal(a, 0)  # no member depends on itself
    rows = zip(*a.nonzero(), strict=True)
    draw(members_of([needs(f"s{j}", f"s{i}", a[j, i]) for j, i in rows]))
    asked = {"member": f"s{seed}", "operability": 1 - lost, "asOf": worlds.AS_OF}
    answer = ask(QUESTION, **asked, model="INOPERABILITY")["weakNodeImpact"]
    found = [losses(answer)[f"s{i}"] for i in range(len(a))]
    solved = np.linalg.solve(np.eye(len(a)) - a, lost * np.eye(len(a))[seed])
    assert found == pytest.approx(solved, abs=1e-8)
    if published is not None:
        assert found == pytest.approx(published, abs=6e-4)
    assert answer["converged"]
    assert own_warnings(answer) == []


def test_clamping_inside_the_rounds_keeps_a_saturated_member_from_feeding_more(
    draw, ask
):
    """Solved first and clamped after, b would lose 1.5 and c .75."""
    ties = [needs("b", "a", 1), needs("b", "d", 1), needs("d", "a", 0.5)]
    draw(members_of([*ties, needs("c", "b", 0.5)]))
    answer = ask(QUESTION, member="a", model="INOPERABILITY")["weakNodeImpact"]
    assert losses(answer) == {"a": 1, "b": 1, "c": 0.5, "d": 0.5}
    assert [i["member"]["key"] for i in answer["impacts"]] == ["a", "b", "d", "c"]


def test_two_routes_in_parallel_fail_with_the_published_probability(draw, ask):
    """VT-13: .5 * .9 and .7 in parallel give .835."""
    ties = [needs("x", "seed", 0.5), needs("end", "x", 0.9), needs("end", "seed", 0.7)]
    draw(members_of(ties))
    answer = ask(QUESTION, member="seed", model="FAILURE")["weakNodeImpact"]
    assert losses(answer) == pytest.approx({"seed": 1, "end": 0.835, "x": 0.5})
    assert "ndependence" in answer["about"]["formula"]
    by_key = {i["member"]["key"]: path(i) for i in answer["impacts"]}
    assert by_key == {"seed": ["seed"], "end": ["seed", "end"], "x": ["seed", "x"]}


def test_of_substitutes_all_must_fail_and_the_largest_strength_counts(draw, ask):
    """P(x) = .5, P(end) = 1 - (1 - .8 * .5 * 1)(1 - .25 * 1) = .55."""
    either = {"substitute_group": "either"}
    ties = [
        needs("x", "seed", 0.5),
        needs("end", "x", 0.8, **either),
        needs("end", "seed", 0.6, **either),
        tie("DEPENDENCY", "end", "seed", key="again", strength="0.25"),
    ]
    draw(members_of(ties))
    answer = ask(QUESTION, member="seed", model="FAILURE")["weakNodeImpact"]
    assert losses(answer) == pytest.approx({"seed": 1, "end": 0.55, "x": 0.5})
    answer = ask(QUESTION, member="seed", model="INOPERABILITY")["weakNodeImpact"]
    assert losses(answer) == {"seed": 1, "end": 1, "x": 0.5}
    [warning] = answer["about"]["warnings"]
    assert "1 substitute group" in warning


def test_the_three_models_stand_side_by_side(draw, ask):
    draw(worlds.weak_team())
    asked = {"member": "rd", "operability": 0.4, "days": 30, "asOf": worlds.AS_OF}
    answer = ask(QUESTION, **asked, compare=True)["weakNodeImpact"]
    assert answer["comparison"]["losses"][0] == {
        "member": {"key": "rd"},
        "dependency": 0.6,
        "inoperability": 0.6,
        "failure": 0.6,
    }
    buyer2 = answer["comparison"]["losses"][-1]
    assert (buyer2["member"]["key"], buyer2["dependency"]) == ("buyer2", 0)
    assert buyer2["inoperability"] == pytest.approx(0.324)
    assert [m["model"] for m in answer["comparison"]["models"]] == MODELS
    assert [m["customersWaiting"] for m in answer["comparison"]["models"]] == [1, 1, 1]
    assert [m["affectedCount"] for m in answer["comparison"]["models"]] == [3, 4, 3]


# Against plain iteration


@given(
    drawn=st.lists(worlds.cascades(), min_size=1, max_size=6),
    operability=st.sampled_from([0.0, 0.25, 0.4, 0.9, 1.0]),
    days=st.sampled_from([None, 0, 7, 30]),
    model=st.sampled_from(MODELS),
)
@settings(max_examples=25)
def test_random_worlds_match_plain_iteration(
    draw, ask, drawn, operability, days, model
):
    world = worlds.together(drawn)
    draw(world)
    for place in range(len(drawn)):
        seed, day = f"w{place}-m00", worlds.AS_OF
        asked = {"operability": operability, "days": days, "asOf": day}
        answer = ask(QUESTION, member=seed, **asked, model=model, compare=True)
        expected = {
            name: oracle.weak_node_impact(world, seed, operability, days, day, name)
            for name in MODELS
        }
        same(answer["weakNodeImpact"], expected[model])
        same(answer["weakNodeImpact"]["comparison"], oracle.comparison(expected))


# Where there is nothing, or nothing sound


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ('member: "nobody"', "NOT_FOUND", "'nobody'"),
        ('member: "rd", operability: 1.5', "BAD_USER_INPUT", "0 to 1"),
        ('member: "rd", operability: -0.1', "BAD_USER_INPUT", "0 to 1"),
        ('member: "rd", outageDays: -1', "BAD_USER_INPUT", "outageDays"),
        ('member: "rd", first: 1001', "BAD_USER_INPUT", "1 to 1000"),
    ],
)
def test_bad_input_names_what_was_expected(draw, ask, arguments, code, says):
    draw(worlds.weak_team())
    [error] = ask(f"{{ weakNodeImpact({arguments}) {{ steps }} }}", True)["errors"]
    assert error.original_error.code == code
    assert says in error.message


def test_no_number_is_no_operability(draw, ask):
    draw(worlds.weak_team())
    asked = {"member": "rd", "operability": float("nan")}
    [error] = ask(QUESTION, True, **asked)["errors"]
    assert "nan" in error.message


def test_without_days_every_wait_is_null_and_says_why(draw, ask):
    world = worlds.weak_team()
    for row in world["members"]:
        row.pop("recovery_days", None)
    draw(world)
    document = """{ weakNodeImpact(member: "rd", asOf: "2026-11-01") {
        impacts { waitDays nullReason } customersWaiting { waitDays nullReason } } }"""
    answer = ask(document)["weakNodeImpact"]
    assert len(answer["customersWaiting"]) == 1
    for found in answer["impacts"] + answer["customersWaiting"]:
        assert found["waitDays"] is None
        assert "outageDays" in found["nullReason"]


@pytest.mark.parametrize("model", MODELS)
def test_a_member_alone_hurts_nobody(draw, ask, model):
    draw({"members": [member("a")]})
    answer = ask(QUESTION, member="a", model=model, compare=True)["weakNodeImpact"]
    assert losses(answer) == {"a": 1}
    assert (answer["affectedCount"], answer["affectedShare"]) == (0, None)
    assert (answer["totalLoss"], answer["converged"]) == (0, True)
    assert answer["nullReason"] == "No other member has a dependency."
    assert answer["customersWaiting"] == []
    assert [m["affectedShare"] for m in answer["comparison"]["models"]] == [None] * 3


def test_before_everything_nobody_depends_on_a_member_and_a_warning_says_so(draw, ask):
    world = worlds.weak_team()
    for row in world["members"]:
        row["since"] = "2020-01-01"
    draw(world)
    answer = ask(QUESTION, member="rd", asOf="1900-01-01")["weakNodeImpact"]
    assert losses(answer) == {"rd": 1}
    assert answer["affectedShare"] is None
    assert "not active on 1900-01-01" in answer["about"]["warnings"][0]


def test_a_slow_ring_ends_after_its_rounds_and_says_so(draw, ask):
    """Three small rings and one of a thousand: all lose all, in far more rounds."""
    others = [f"o{i:03d}" for i in range(1000)]
    ties = [needs("x", "seed", 1), needs("x", "y", 1), needs("y", "x", 1)]
    ties += [needs("z", "x", 1), needs("x", "z", 1)]
    ring = [needs(b, a, 1) for a, b in zip(["y", *others], others, strict=False)]
    draw(members_of([*ties, *ring, needs("x", others[-1], 1)]))
    document = """{ weakNodeImpact(member: "seed") {
        converged steps about { warnings } } }"""
    answer = ask(document)["weakNodeImpact"]
    assert (answer["converged"], answer["steps"]) == (False, 1000)
    [warning] = answer["about"]["warnings"]
    assert "1000 rounds" in warning


def test_a_flood_is_cut_with_the_number_and_the_limit(draw, ask, monkeypatch):
    draw(worlds.fdna())
    monkeypatch.setattr(weak_node_impact, "cascade", partial(cascade, most_work=2))
    answer = ask(QUESTION, member="1")["weakNodeImpact"]
    assert not answer["converged"]
    [warning] = answer["about"]["warnings"]
    assert "the limit is 2" in warning


def written(graph, runner, text):
    """By somebody who does not know the rules."""

    async def write():
        async with graph.write_transaction() as writer:
            await writer.write(Statement("foreign", text, "", {}, ()))

    runner.run(write())


def test_more_dependencies_than_the_setting_allows_are_refused(draw, graph, runner):
    draw(worlds.weak_team())
    few = Settings(max_ties=4)
    context = Context(graph, few, Snapshots(graph, few), may_write=True)
    document = '{ weakNodeImpact(member: "rd") { steps } }'
    [error] = runner.run(schema.execute(document, context_value=context)).errors
    assert "holds 5 dependencies, the limit is 4" in error.message


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("strength", "1.5", "has a strength of 1.5 in the database; expected 0 to 1"),
        ("strength", "'much'", "has a strength of 'much'"),
        ("criticality", "-3", "has a criticality of -3 in the database"),
        ("bufferDays", "-1.5", "expected 0 or more"),
    ],
)
def test_foreign_numbers_out_of_bounds_are_refused_with_their_tie(
    draw, ask, graph, runner, name, value, says
):
    draw(worlds.weak_team())
    text = (
        "MATCH (:Member {key: 'maker'})-[d:DEPENDS_ON]->(:Member {key: 'production'})"
        f" SET d.{name} = {value}"
    )
    written(graph, runner, text)
    [error] = ask(QUESTION, True, member="rd")["errors"]
    assert error.original_error.code == "BAD_USER_INPUT"
    assert "'DEPENDENCY:maker:production'" in error.message
    assert says in error.message


def test_what_depends_on_itself_by_foreign_hands_does_not(draw, ask, graph, runner):
    draw(worlds.weak_team())
    before = ask(QUESTION, member="rd", operability=0.4)
    text = "MATCH (m:Member {key: 'maker'}) CREATE (m)-[:DEPENDS_ON {key: 'self'}]->(m)"
    written(graph, runner, text)
    assert ask(QUESTION, member="rd", operability=0.4) == before
