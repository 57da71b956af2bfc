"""Asking who fills structural holes, and reading the answer as tables."""

from __future__ import annotations

from typing import Any

PAIR = "{ source { key } target { key } }"
QUESTION = f"""
query ($network: NetworkInput!, $by: GroupKey, $member: String, $first: Int = 1000) {{
  structuralHoles(network: $network, groupBy: $by, member: $member, first: $first) {{
    nodeCount tieCount eiIndex blau nullReason
    bridges(first: 1000) {PAIR} bridgeCount cutPointCount
    simmelianTies(first: 1000) {PAIR} simmelianTieCount
    positions {{
      member {{ key }} group degree effectiveSize efficiency constraint hierarchy
      betweenness betweennessRaw betweennessError coreness
      cutPoint separatedPairs separates(first: 1000) {PAIR}
      eiIndex blau simmelianTies nullReason
    }}
    about {{ formula source parameters warnings }}
  }}
}}"""


def positions(draw, ask, world, kind="EXCHANGE", by=None, **options) -> dict[str, Any]:
    """The answer for the network of all ties of one kind in a world."""
    draw(world)
    network = {"ties": [kind], **options}
    return ask(QUESTION, network=network, by=by)["structuralHoles"]


def table(answer: dict[str, Any], *names: str) -> dict[str, list[float | None]]:
    return {
        position["member"]["key"]: [
            value if value is None else round(value, 4)
            for value in (position[name] for name in names)
        ]
        for position in answer["positions"]
    }


def ends(pairs: list[dict[str, Any]]) -> list[str]:
    return [f"{pair['source']['key']}-{pair['target']['key']}" for pair in pairs]
