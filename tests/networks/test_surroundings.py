"""A community with its surroundings, against an independent implementation."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.network import project
from tests.support import worlds

QUESTION = """query ($network: NetworkInput!) {
  networkMap(network: $network, first: 1000) {
    nodes { key } links { id } about { parameters } } }"""


@given(
    drawn=st.lists(worlds.networks(), min_size=1, max_size=4),
    kinds=st.lists(
        st.sampled_from([*worlds.ARCS, "CONTRACT", "REFERRAL"]),
        min_size=1,
        max_size=5,
        unique=True,
    ),
    on=st.sampled_from([worlds.AS_OF, "2024-12-31"]),
    isolates=st.booleans(),
)
@settings(max_examples=8)
def test_random_worlds_match(draw, ask, drawn, kinds, on, isolates):
    world = worlds.together(drawn)
    draw(world)
    for row in world["communities"]:
        network = {"ties": kinds, "asOf": on, "isolates": isolates}
        network |= {"community": row["key"], "surroundings": True}
        answer = ask(QUESTION, network=network)["networkMap"]
        members, arcs = project(world, network)
        assert sorted(node["key"] for node in answer["nodes"]) == members
        ends = {tuple(link["id"].split(":")[1:]) for link in answer["links"]}
        assert ends == arcs
        echoed = answer["about"]["parameters"]["network"]
        assert echoed["surroundings"] is True
