"""Structural holes against their definitions, and in networks that are hardly any."""

from __future__ import annotations

import asyncio
import time
from datetime import date

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.algorithms import burt
from service.analyses import structural_holes
from service.analyses.structural_holes import StructuralHolesAnalysis
from service.networks.network import Network
from service.networks.selection import Selection
from service.vocabulary.enums import TieKind
from tests.oracles import structural_holes as oracle
from tests.oracles.weights import weights
from tests.support import published, worlds
from tests.support.answers import same
from tests.support.positions import QUESTION, ends, positions
from tests.support.random_arcs import arcs_of


def test_managers_match_the_definitions_by_department(draw, ask):
    world, network = worlds.krackhardt(), {"ties": ["EXCHANGE"]}
    answer = positions(draw, ask, world, by="SECTOR")
    same(answer, oracle.structural_holes(world, network, "SECTOR"))
    assert {p["group"] for p in answer["positions"]} == set("ABCDE")


@given(data=st.data())
@settings(max_examples=8)
def test_random_networks_match_the_definitions(draw, ask, data):
    world = data.draw(worlds.networks())
    draw(world)
    for _ in range(3):
        network, group_by = data.draw(worlds.network_inputs(world))
        by = data.draw(st.sampled_from([group_by, group_by, None]))
        answer = ask(QUESTION, network=network, by=by)["structuralHoles"]
        same(answer, oracle.structural_holes(world, network, by))


@given(data=st.data())
@settings(max_examples=6)
def test_random_weighted_networks_match_the_definitions(draw, ask, data):
    world = data.draw(worlds.weighted_networks())
    draw(world)
    for _ in range(3):
        network, by = data.draw(worlds.weighted_inputs(world))
        if len(weights(world, network)[1]) > 1:
            continue  # of two currencies, which is an error
        answer = ask(QUESTION, network=network, by=by)["structuralHoles"]
        same(answer, oracle.structural_holes(world, network, by))


EXCHANGES = {"ties": ["EXCHANGE"]}


def test_one_member_and_a_few_have_the_same_figures_as_all(draw, ask):
    everybody = positions(draw, ask, published.marriages())
    by_key = {p["member"]["key"]: p for p in everybody["positions"]}
    alone = ask(QUESTION, network=EXCHANGES, member="Strozzi")["structuralHoles"]
    assert alone["positions"] == [by_key["Strozzi"]]
    few = ask(QUESTION, network=EXCHANGES, first=2)["structuralHoles"]
    assert few["positions"] == everybody["positions"][:2]
    assert alone["nodeCount"] == few["nodeCount"] == 15


def test_a_sampled_betweenness_says_how_far_it_may_be_off(draw, ask, monkeypatch):
    monkeypatch.setattr(structural_holes, "EXACT_WORK", 0)
    found = positions(draw, ask, published.marriages())
    exact = nx.betweenness_centrality(nx.florentine_families_graph())
    for position in found["positions"]:
        assert position["betweennessError"] == structural_holes.ERROR
        error = abs(position["betweenness"] - exact[position["member"]["key"]])
        assert error <= structural_holes.ERROR
    [warning] = found["about"]["warnings"]
    assert "within 0.002 with 95% confidence" in warning
    assert found["about"]["parameters"]["betweenness"]["method"] == "SAMPLED"


@pytest.fixture(scope="module")
def apart(draw, ask):
    """a -- b -- c, a pair d -- e, and f with nobody."""
    pairs = ["ab", "bc", "de"]
    world = {
        "members": [worlds.member(key, sector="A") for key in "abcdef"],
        "ties": [worlds.tie("EXCHANGE", *pair) for pair in pairs],
    }
    return positions(draw, ask, world, isolates=True, by="SECTOR")


def test_a_member_without_ties_has_nulls_and_a_reason(apart):
    alone = apart["positions"][-1]
    assert alone["member"]["key"] == "f"
    assert alone["nullReason"] == (
        "No ties: effectiveSize, efficiency, constraint, hierarchy, eiIndex and blau"
        " are null."
    )
    undefined = [name for name, value in alone.items() if value is None]
    assert undefined == [
        "effectiveSize",
        "efficiency",
        "constraint",
        "hierarchy",
        "eiIndex",
        "blau",
    ]
    assert (alone["betweenness"], alone["coreness"], alone["cutPoint"]) == (0, 0, False)


def test_parts_of_a_network_do_not_disturb_each_other(apart):
    cut = {p["member"]["key"]: ends(p["separates"]) for p in apart["positions"]}
    assert cut == {"a": [], "b": ["a-c"], "c": [], "d": [], "e": [], "f": []}
    assert ends(apart["bridges"]) == ["a-b", "b-c", "d-e"]
    assert (apart["eiIndex"], apart["blau"], apart["nullReason"]) == (-1, 0, None)


def test_a_network_of_one_has_no_betweenness_and_says_why(draw, ask):
    draw({"members": [worlds.member("a")]})
    network = {"ties": ["EXCHANGE"], "isolates": True}
    found = ask(QUESTION, network=network, by="KIND")["structuralHoles"]
    [position] = found["positions"]
    assert (position["betweenness"], position["betweennessRaw"]) == (None, 0)
    assert "Fewer than three members" in position["nullReason"]
    assert (found["eiIndex"], found["blau"]) == (None, 0)
    assert found["nullReason"] == "No ties: eiIndex is null."


def test_an_empty_network_is_an_answer(draw, ask):
    draw({"members": [worlds.member("a")]})
    found = ask(QUESTION, network=EXCHANGES, by="KIND", member="a")["structuralHoles"]
    assert found["positions"] == []
    assert found["nullReason"] == "An empty network: eiIndex and blau are null."
    absent, empty = found["about"]["warnings"]
    assert absent == "'a' is not in this network."
    assert empty.startswith("No EXCHANGE tie connects two of the 1 members on ")


ASKED = """{ structuralHoles(network: {ties: [EXCHANGE]} %s) {
  nodeCount positions { member { key } %s } } }"""


@pytest.mark.parametrize(
    ("arguments", "field", "code", "says"),
    [
        (', member: "no"', "", "NOT_FOUND", "'no'"),
        (", groupBy: SIDE", "", "BAD_USER_INPUT", "organisation"),
        (", first: 1001", "", "BAD_USER_INPUT", "1 to 1000"),
        ("", "separates(first: 0) { source { key } }", "BAD_USER_INPUT", "1 to 1000"),
    ],
)
def test_bad_input_names_what_was_expected(draw, ask, arguments, field, code, says):
    draw(published.triad() | {"ties": [worlds.tie("EXCHANGE", "0", "1")]})
    error, *_ = ask(ASKED % (arguments, field), errors=True)["errors"]
    assert error.original_error.code == code
    assert says in error.message


@pytest.fixture
def pair():
    """Positions in a network of two, without any database."""
    selection = Selection(ties=(TieKind.EXCHANGE,), day=date(2026, 11, 1))
    arcs = arcs_of({(0, 1): 1.0}, 2)
    return StructuralHolesAnalysis(
        Network(selection, ["a", "b"], arcs, [], time.monotonic())
    )


def test_who_gives_up_does_not_stop_what_others_wait_for(pair, runner, monkeypatch):
    runs = []

    def counted(ties):
        runs.append(ties)
        return burt.structural_holes(ties)

    async def ask():
        await pair.ties()
        tasks = [asyncio.create_task(pair.burt_measures()) for _ in range(3)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        first, *others = await asyncio.gather(*tasks, return_exceptions=True)
        return isinstance(first, asyncio.CancelledError), others

    monkeypatch.setattr(structural_holes, "structural_holes", counted)
    is_cancelled, (second, third) = runner.run(ask())
    assert is_cancelled
    assert second is third
    assert len(runs) == 1


def test_what_failed_once_is_tried_again(pair, runner, monkeypatch):
    def fails(arcs):
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(structural_holes, "coreness", fails)
        with pytest.raises(MemoryError):
            runner.run(pair.coreness())
    assert runner.run(pair.coreness()).tolist() == [1, 1]
