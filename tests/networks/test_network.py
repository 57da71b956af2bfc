"""The projected network: what it holds, how long it is kept, and when it is not."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from neo4j import GraphDatabase

from schema.types.network_input import NetworkInput
from service.errors import BadInput
from service.networks.network import Network, Networks
from service.networks.selection import Selection
from service.networks.snapshots import Snapshots
from service.settings import Settings
from service.vocabulary import enums
from service.vocabulary.enums import GroupKey, TieKind, TieWeight
from tests.oracles.network import project
from tests.oracles.weights import weights
from tests.support import worlds

EXCHANGES = Selection(ties=(TieKind.EXCHANGE,), day=date(2026, 11, 1))
QUESTION = """query ($network: NetworkInput!) {
  brokerage(network: $network, groupBy: KIND) {
    nodeCount arcCount about { dataAgeSeconds warnings } } }"""


def arcs_of(network: Network) -> dict[tuple[str, str], float]:
    keys, arcs = network.keys, network.arcs
    rows = zip(arcs.source.tolist(), arcs.target.tolist(), arcs.weight, strict=True)
    return {(keys[a], keys[b]): float(weight) for a, b, weight in rows}


@pytest.fixture(scope="module")
def foreign(address):
    """Somebody else, who writes past us."""
    auth = (address.username, address.password)
    with GraphDatabase.driver(address.uri, auth=auth) as driver:
        yield lambda text: driver.execute_query(text, database_=address.database)


@pytest.fixture
def networks(graph):
    def networks(most=10_000_000, **changes):
        given = Settings(**changes)
        return Networks(Snapshots(graph, given), most)

    return networks


@given(data=st.data())
@settings(max_examples=15)
def test_random_networks_hold_the_arcs_and_weights_of_their_ties(
    draw, graph, runner, data
):
    world = data.draw(worlds.weighted_networks())
    draw(world)
    snapshots = Snapshots(graph, Settings())
    for _ in range(5):
        asked, _ = data.draw(worlds.weighted_inputs(world))
        if len(weights(world, asked)[1]) > 1:
            continue
        given = {snake: asked[name] for snake, name in NAMES.items() if name in asked}
        given = {name: typed(name, value) for name, value in given.items()}
        selection = NetworkInput(**given).selection(Settings())
        found = runner.run(Networks(snapshots, 1_000).network(selection))
        expected = weights(world, asked)[0]
        assert arcs_of(found) == pytest.approx(expected, rel=1e-12)
        plain = replace(selection, weight=TieWeight.NONE)
        found = runner.run(Networks(snapshots, 1_000).network(plain))
        keys, arcs = project(world, asked)
        assert found.keys == keys
        assert arcs_of(found) == dict.fromkeys(arcs, 1.0)


def test_those_who_ask_at_once_check_the_graph_once(graph, runner, monkeypatch):
    snapshots = Snapshots(graph, Settings(network_age_seconds=0))
    checks, last_change = [], graph.last_change

    async def change():
        checks.append(time.monotonic())
        return await last_change()

    async def ask_together():
        return await asyncio.gather(*(snapshots.last_change() for _ in range(50)))

    monkeypatch.setattr(graph, "last_change", change)
    assert len(set(runner.run(ask_together()))) == 1
    assert len(checks) == 1
    runner.run(snapshots.last_change())
    assert len(checks) == 2


NAMES = {
    "ties": "ties",
    "kinds": "kinds",
    "roles": "roles",
    "region": "region",
    "organisation": "organisation",
    "exchange_kind": "exchangeKind",
    "isolates": "isolates",
    "weight": "weight",
    "as_of": "asOf",
}


def typed(name, value):
    types = {
        "ties": enums.TieKind,
        "kinds": enums.MemberKind,
        "roles": enums.MemberRole,
        "exchange_kind": enums.ExchangeKind,
        "weight": enums.TieWeight,
        "as_of": date.fromisoformat,
    }
    if name not in types:
        return value
    if isinstance(value, list):
        return [types[name](one) for one in value]
    return types[name](value)


def test_a_network_is_kept_until_somebody_here_writes(draw, networks, runner):
    draw(worlds.four_nodes())
    doors = networks(network_age_seconds=60)
    first = runner.run(doors.network(EXCHANGES))
    assert runner.run(doors.network(EXCHANGES)) is first
    draw(worlds.krackhardt())
    assert len(runner.run(doors.network(EXCHANGES)).keys) == 21


def test_a_write_from_elsewhere_is_noticed_within_the_age(
    draw, networks, runner, foreign
):
    draw(worlds.four_nodes())
    doors = networks(network_age_seconds=0.3)
    first = runner.run(doors.network(EXCHANGES))
    foreign("MATCH (:Member {key: 'd'})-[r:PROVIDES]->(:Member {key: 'a'}) DELETE r")
    time.sleep(0.35)
    found = runner.run(doors.network(EXCHANGES))
    assert found is not first
    assert found.arcs.arc_count == first.arcs.arc_count - 1


def test_members_that_others_wrote_without_a_number_are_there_all_the_same(
    draw, networks, runner, foreign
):
    draw(worlds.four_nodes())
    foreign(
        "MATCH (a:Member {key: 'a'}) CREATE (a)-[:PROVIDES {key: 'new'}]->"
        "(:Member:Organisation {key: 'e', name: 'E'})"
    )
    found = runner.run(networks(network_age_seconds=0).network(EXCHANGES))
    assert found.keys == ["a", "b", "c", "d", "e"]
    assert ("a", "e") in arcs_of(found)


def test_many_who_ask_at_once_wait_for_one_build(draw, networks, runner):
    draw(worlds.krackhardt())
    doors = networks()

    async def ask() -> list[Network]:
        return await asyncio.gather(*(doors.network(EXCHANGES) for _ in range(20)))

    assert len({id(found) for found in runner.run(ask())}) == 1


def test_what_is_kept_stays_within_its_bound(draw, networks, runner):
    draw(worlds.krackhardt())
    kept = networks(network_megabytes=1)
    none = networks(network_megabytes=0)
    for doors in (kept, none):
        for kind in TieKind:
            selection = replace(EXCHANGES, day=date(2026, 1, 1 + kind.name.count("C")))
            runner.run(doors.network(selection))
    assert 0 < kept.snapshots.byte_count <= 1_000_000
    assert none.snapshots.byte_count == 0


def test_a_network_above_the_limit_is_refused_with_both_numbers(draw, networks, runner):
    draw(worlds.krackhardt())
    with pytest.raises(BadInput, match="190 ties or more, the limit is 100;"):
        runner.run(networks(most=100).network(EXCHANGES))


def test_arcs_stand_in_both_directions(draw, networks, runner):
    draw(worlds.four_nodes())
    arcs = runner.run(networks().network(EXCHANGES)).arcs
    assert arcs.turned.turned.target.tolist() == arcs.target.tolist()
    there = sorted(zip(arcs.source.tolist(), arcs.target.tolist(), strict=True))
    turned = arcs.turned
    back = sorted(zip(turned.target.tolist(), turned.source.tolist(), strict=True))
    assert there == back


def test_the_groups_of_a_network_stand_in_its_order(draw, networks, runner):
    draw(worlds.four_nodes())
    doors = networks()
    network = runner.run(doors.network(EXCHANGES))
    groups = runner.run(doors.groups(network, GroupKey.SECTOR))
    assert groups.names == ["1", "1", "2", "2"]
    assert len(np.unique(groups.ids)) == 2


def test_an_answer_tells_the_age_of_its_data(draw, ask):
    draw(worlds.four_nodes())
    network = {"ties": ["EXCHANGE"]}
    ask(QUESTION, network=network)
    time.sleep(0.3)
    about = ask(QUESTION, network=network)["brokerage"]["about"]
    assert 0.3 <= about["dataAgeSeconds"] < 30


def test_blank_weights_are_counted(draw, ask):
    ties = [worlds.tie("EXCHANGE", "a", "b", value="5", currency="SEK")]
    ties += [worlds.tie("EXCHANGE", "b", "c"), worlds.tie("EXCHANGE", "c", "c")]
    draw({"members": [worlds.member(key) for key in "abc"], "ties": ties})
    network = {"ties": ["EXCHANGE"], "weight": "VALUE"}
    answer = ask(QUESTION, network=network)["brokerage"]
    assert (answer["nodeCount"], answer["arcCount"]) == (2, 1)
    expected = "Ties without a VALUE, counted with the weight 0: 1."
    assert expected in answer["about"]["warnings"]
