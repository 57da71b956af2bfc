"""Structural holes against published tables."""

from __future__ import annotations

from functools import partial

import networkx as nx
import pytest
from networkx.algorithms.bipartite import weighted_projected_graph

from tests.support import published
from tests.support.positions import ends, positions, table


@pytest.fixture(scope="module")
def holes(draw, ask):
    return partial(positions, draw, ask)


BURT = ("degree", "effectiveSize", "efficiency", "constraint", "hierarchy")


def test_borgattis_seven_nodes_match_the_published_table(holes):
    answer = holes(published.borgatti())
    assert table(answer, *BURT) == {
        "G": [6, 4.6667, 0.7778, 0.4003, 0.0947],
        "A": [4, 2.5, 0.625, 0.5955, 0.1678],
        "B": [3, 1.6667, 0.5556, 0.6427, 0.0737],
        "C": [1, 1, 1, 1, None],
        "D": [2, 1, 0.5, 0.7847, 0.0127],
        "E": [2, 1, 0.5, 0.7309, 0.0034],
        "F": [2, 1, 0.5, 0.7309, 0.0034],
    }
    assert [position["member"]["key"] for position in answer["positions"]] == [
        *"GABCDEF"
    ]
    last = answer["positions"][3]
    assert last["nullReason"] == (
        "One neighbour: hierarchy is null."
        " Without groupBy eiIndex, blau and group are null."
    )


def test_borgattis_seven_nodes_with_weights_match_the_published_table(holes):
    answer = holes(published.borgatti(), weight="VALUE")
    found = table(answer, "constraint", "effectiveSize")
    expected = {"G": (0.299, 5.47), "A": (0.795, 2.47), "C": (1, 1)}
    for key, (constraint, size) in expected.items():
        assert found[key][0] == pytest.approx(constraint, abs=5e-4)
        assert found[key][1] == pytest.approx(size, abs=5e-3)


def test_three_directed_members_match_the_published_table(holes):
    names = ("constraint", "effectiveSize")
    plain = table(holes(published.three_directed()), *names)
    assert {key: [round(v, 3) for v in values] for key, values in plain.items()} == {
        "0": [1.003, 1.167],
        "1": [1.003, 1.167],
        "2": [1.389, 1],
    }
    weighted = table(holes(published.three_directed(), weight="VALUE"), *names)
    assert {key: [round(v, 3) for v in values] for key, values in weighted.items()} == {
        "0": [0.840, 1.567],
        "1": [1.143, 1.083],
        "2": [1.378, 1],
    }


def test_a_closed_triad_constrains_more_than_a_single_tie(holes):
    answer = holes(published.triad(), "ACQUAINTANCE")
    assert table(answer, "constraint", "coreness", "simmelianTies") == {
        key: [1.125, 2, 2] for key in "012"
    }
    assert ends(answer["simmelianTies"]) == ["0-1", "0-2", "1-2"]


MARRIAGES = """
Medici 6 47.5 .522 .2099 5.6667 2; Guadagni 4 23.1667 .2546 .25 4 2;
Albizzi 3 19.3333 .2125 .3333 3 2; Salviati 2 13 .1429 .5 2 1;
Ridolfi 3 10.3333 .1136 .4599 2.3333 2; Bischeri 3 9.5 .1044 .4823 2.3333 2;
Strozzi 4 9.3333 .1026 .4583 3 2; Barbadori 2 8.5 .0934 .5 2 2;
Tornabuoni 3 8.3333 .0916 .4599 2.3333 2; Castellani 3 5 .0549 .4823 2.3333 2;
Peruzzi 3 2 .0220 .6559 1.6667 2; Acciaiuoli 1 0 0 1 1 1; Ginori 1 0 0 1 1 1;
Lamberteschi 1 0 0 1 1 1; Pazzi 1 0 0 1 1 1
"""


@pytest.fixture(scope="module")
def marriages(holes):
    return holes(published.marriages())


def test_marriages_of_florence_match_the_published_table(marriages):
    names = ("degree", "betweennessRaw", "betweenness", "constraint", "effectiveSize")
    found = table(marriages, *names, "coreness")
    rows = [row.split() for row in MARRIAGES.replace("\n", " ").split(";")]
    assert found == {key: [float(value) for value in row] for key, *row in rows}
    assert (marriages["nodeCount"], marriages["tieCount"]) == (15, 20)
    assert {p["betweennessError"] for p in marriages["positions"]} == {0}


def test_marriages_of_florence_hang_on_four_families(marriages):
    found = {
        position["member"]["key"]: position["separatedPairs"]
        for position in marriages["positions"]
        if position["cutPoint"]
    }
    assert found == {"Medici": 35, "Guadagni": 13, "Albizzi": 13, "Salviati": 13}
    assert ends(marriages["bridges"]) == [
        "Acciaiuoli-Medici",
        "Albizzi-Ginori",
        "Guadagni-Lamberteschi",
        "Medici-Salviati",
        "Pazzi-Salviati",
    ]
    assert (marriages["cutPointCount"], marriages["bridgeCount"]) == (4, 5)


def test_hierarchy_in_florence_matches_the_published_table(marriages):
    expected = dict.fromkeys(table(marriages, "degree"), 0.0) | {
        "Strozzi": 0.0431,
        "Peruzzi": 0.0366,
        "Bischeri": 0.0246,
        "Castellani": 0.0246,
        "Ridolfi": 0.0243,
        "Tornabuoni": 0.0243,
        "Medici": 0.0225,
    }
    expected |= dict.fromkeys(["Acciaiuoli", "Ginori", "Lamberteschi", "Pazzi"], None)
    assert {k: v for k, [v] in table(marriages, "hierarchy").items()} == expected


def test_krackhardts_kite_matches_the_published_table(holes):
    answer = holes(published.kite(), "ACQUAINTANCE")
    columns = {
        "betweennessRaw": ".8333 .8333 0 3.6667 0 8.3333 8.3333 14 8 0",
        "constraint": ".5412 .5412 .6641 .4702 .6641 .4451 .4451 .4311 .5 1",
        "coreness": "3 3 3 3 3 3 3 2 1 1",
    }
    for name, values in columns.items():
        found = table(answer, name)
        assert [found[key] for key in sorted(found)] == [
            [float(value)] for value in values.split()
        ]
    cut = [p["member"]["key"] for p in answer["positions"] if p["cutPoint"]]
    assert sorted(cut) == ["7", "8"]


def test_women_who_met_are_tied_by_how_often_they_did(holes):
    answer = holes(published.southern_women(), "CO_MEMBERSHIP", weight="COUNT")
    graph = nx.davis_southern_women_graph()
    together = weighted_projected_graph(graph, graph.graph["top"])
    constraint = nx.constraint(together, weight="weight")
    size = nx.effective_size(together, nodes=list(together), weight="weight")
    for position in answer["positions"]:
        key = position["member"]["key"]
        assert position["constraint"] == pytest.approx(constraint[key])
        assert position["effectiveSize"] == pytest.approx(size[key])
