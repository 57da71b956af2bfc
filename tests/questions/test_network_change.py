"""What changed between two days, by hand and on the demo."""

from __future__ import annotations

import pytest

from tests.support.answers import same
from tests.support.worlds import AS_OF, member, tie

QUESTION = """
query ($network: NetworkInput!, $from: Date!, $to: Date!) {
  networkChange(network: $network, from: $from, to: $to) {
    membersCame { key } membersWent { key } membersCameCount membersWentCount
    tiesCame { source { key } target { key } ties { kind key since until } }
    tiesWent { source { key } target { key } ties { kind key since until } }
    tiesCameCount tiesWentCount tiesStayedCount distance roleDistance nullReason
    before { day structure { nodeCount arcCount stability } value { exchangeCount } }
    after { day structure { nodeCount arcCount stability } value { exchangeCount } }
    about { warnings asOf }
  }
}"""
BEFORE = "2025-11-01"


def constellation():
    """a-b stays, b-c ends, c-d and d-c come; x leaves, y never was.

    2025: a -> b -> c    2026: a -> b    c <-> d
    """
    roles = {"sender_role": "maker", "receiver_role": "buyer"}
    tips = {"sender_role": "friend", "receiver_role": "friend"}
    new, old = {"since": "2026-03-01"}, {"until": "2026-03-01"}
    return {
        "members": [member(key) for key in "abcdy"],
        "communities": [{"key": "club", "name": "Club"}],
        "ties": [
            tie("EXCHANGE", "a", "b", **roles),
            tie("EXCHANGE", "b", "c", **roles, **old),
            tie("EXCHANGE", "c", "d", **tips, **new),
            tie("EXCHANGE", "d", "c", **roles, **new),
            tie("DEPENDENCY", "d", "c", **new),
        ],
    }


def asked(ask, network=None, begin=BEFORE, end=AS_OF, **more):
    network = {"ties": ["EXCHANGE"]} if network is None else network
    return ask(QUESTION, network=network, **{"from": begin, "to": end}, **more)


def test_what_came_and_went_and_the_distance_between(draw, ask):
    draw(constellation())
    found = asked(ask)["networkChange"]
    # 1 of 4 pairs is in both: ab of ab, bc, cd, dc; one of two pairs of roles
    assert (found["distance"], found["roleDistance"]) == (1 - 1 / 4, 1 - 1 / 2)
    assert [m["key"] for m in found["membersCame"]] == ["d"]
    assert found["membersWent"] == []
    counts = [found[f"ties{way}Count"] for way in ("Came", "Went", "Stayed")]
    assert counts == [2, 1, 1]
    [gone] = found["tiesWent"]
    assert (gone["source"]["key"], gone["target"]["key"]) == ("b", "c")
    evidence = {"kind": "EXCHANGE", "key": "EXCHANGE:b:c", "since": None}
    assert gone["ties"] == [evidence | {"until": "2026-03-01"}]
    same(found["before"]["structure"], {"nodeCount": 3, "arcCount": 2})
    # ab and cd of the six pairs of four members
    same(found["after"]["structure"], {"nodeCount": 4, "stability": 2 / 6})
    assert found["after"]["value"] == {"exchangeCount": 3}
    assert found["about"]["asOf"] == AS_OF


def test_evidence_follows_the_flow_of_value(draw, ask):
    draw(constellation())
    network = {"ties": ["EXCHANGE", "DEPENDENCY"]}
    found = asked(ask, network)["networkChange"]
    keys = {
        t["source"]["key"]: [one["key"] for one in t["ties"]] for t in found["tiesCame"]
    }
    # d depends on c: value runs from c to d
    assert keys == {"c": ["DEPENDENCY:d:c", "EXCHANGE:c:d"], "d": ["EXCHANGE:d:c"]}
    assert found["roleDistance"] is None
    assert found["before"]["value"] is None


def test_evidence_is_of_the_kind_that_was_counted(draw, ask):
    new = {"since": "2026-03-01"}
    goods = tie("EXCHANGE", "a", "b", key="goods", exchange_kind="TANGIBLE", **new)
    tip = tie("EXCHANGE", "a", "b", key="tip", exchange_kind="INTANGIBLE", **new)
    draw({"members": [member("a"), member("b")], "ties": [goods, tip]})
    network = {"ties": ["EXCHANGE"], "exchangeKind": "INTANGIBLE"}
    [came] = asked(ask, network)["networkChange"]["tiesCame"]
    assert [one["key"] for one in came["ties"]] == ["tip"]


def test_a_day_compared_with_itself_is_no_change(draw, ask):
    draw(constellation())
    found = asked(ask, begin=AS_OF)["networkChange"]
    assert (found["distance"], found["tiesStayedCount"]) == (0, 3)


def test_nothing_on_either_day_has_no_distance(draw, ask):
    draw(constellation())
    found = asked(ask, {"ties": ["EXCHANGE"], "community": "club"})["networkChange"]
    assert found["distance"] is None
    assert found["nullReason"] == "No ties on either day."


@pytest.mark.parametrize(
    ("network", "begin", "said"),
    [
        ({"ties": ["EXCHANGE"]}, "2027-01-01", "to: 2026-11-01 is before from"),
        ({"ties": ["EXCHANGE"], "asOf": AS_OF}, BEFORE, "network.asOf"),
        ({"ties": ["EXCHANGE"]}, "yesterday", "yesterday"),
        ({"ties": ["EXCHANGE"], "community": "none"}, BEFORE, "key 'none'"),
    ],
)
def test_days_that_cannot_be_asked_are_refused(draw, ask, network, begin, said):
    draw(constellation())
    answer = asked(ask, network, begin, errors=True)
    assert said in answer["errors"][0].message
