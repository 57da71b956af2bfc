"""Worlds of published networks: what others have computed on them is known."""

from __future__ import annotations

import networkx as nx

from tests.support.worlds import Row, World, member, tie

BORGATTI = "AB2 AF3 AG5 AE2 EG8 FG3 BG4 BD1 DG3 GC10"
THREE = "012 022 101 211"


def exchanges(arcs: str) -> list[Row]:
    """EXCHANGE ties worth so much: "AB2" runs from A to B."""
    return [
        tie("EXCHANGE", arc[0], arc[1], value=arc[2:], currency="SEK")
        for arc in arcs.split()
    ]


def firms(ties: list[Row]) -> World:
    ends = sorted({end for one in ties for end in (one["source"], one["target"])})
    return {"members": [member(key) for key in ends], "ties": ties}


def people(graph: nx.Graph) -> World:
    """Everybody of a networkx graph; an edge is an acquaintance, both ways."""
    keys = sorted(str(node) for node in graph)
    pairs = sorted(tuple(sorted((str(a), str(b)))) for a, b in graph.edges)
    return {
        "members": [member(key, "PERSON") for key in keys],
        "ties": [tie("ACQUAINTANCE", *pair) for pair in pairs],
    }


def borgatti() -> World:
    """VT-5: seven nodes and ten ties, after Borgatti 1997, Connections 20(1):35-38.

    A-B A-E A-F A-G   B-D B-G   C-G   D-G   E-G   F-G
    """
    return firms(exchanges(BORGATTI))


def three_directed() -> World:
    """VT-6: 0 -> 1, 0 -> 2 worth 2 each, 1 -> 0, 2 -> 1 worth 1 each."""
    return firms(exchanges(THREE))


def triad() -> World:
    """VT-7: three who all know each other."""
    return people(nx.complete_graph(3))


def marriages() -> World:
    """VT-8: marriages among 15 families of Florence, Padgett & Ansell 1993."""
    graph = nx.florentine_families_graph()
    return firms([tie("EXCHANGE", *edge) for edge in graph.edges])


def kite() -> World:
    """VT-10: Krackhardt's kite, ten people; 7 and 8 lead to the tail 9."""
    return people(nx.krackhardt_kite_graph())


def southern_women() -> World:
    """18 women and the 14 meetings that they came to: Davis, Gardner & Gardner 1941."""
    graph = nx.davis_southern_women_graph()
    women, meetings = graph.graph["top"], graph.graph["bottom"]
    clubs = [{"key": key, "name": key, "kind": "CLUB"} for key in meetings]
    came = [tie("MEMBERSHIP", a, b) for a in women for b in sorted(graph[a])]
    members = [member(key, "PERSON") for key in women]
    return {"members": members, "communities": clubs, "ties": came}
