"""Worlds of firms, teams and people: jobs, contracts, referrals, scores, favours."""

from typing import Any

from hypothesis import strategies as st

from tests.support import worlds
from tests.support.worlds import AS_OF, Row, World, choose, span

SORTS = ["ORGANISATION", "ORGANISATION", "TEAM", *["PERSON"] * 3]
KINDS = [*["EMPLOYMENT"] * 6, *["AFFILIATION"] * 3, *["ACQUAINTANCE"] * 4]
KINDS += [*["ACCOUNT_MANAGEMENT"] * 3, *["FOLLOWING"] * 3, "EXCHANGE", "EXCHANGE"]
KINDS += ["INVESTMENT", "ADVICE", "DEPENDENCY"]
DAYS = ["2021-03-05", "2025-05-05", "2026-05-05", AS_OF, "2026-11-02", ""]


def event_days(draw: Any) -> Row:
    """The day of an event and a life of its record, either of them maybe to come."""
    dates = span(draw, [*[worlds.OPEN] * 6, *worlds.SPANS])
    on = choose(draw, *DAYS)
    return dates | {"on": "" if on > (dates["until"] or "9") else on}


def three(draw: Any, keys: list[str], names: list[str]) -> Row:
    return dict(zip(names, draw(st.permutations(keys))[:3], strict=True))


def some_referrals(draw: Any, keys: list[str]) -> list[Row]:
    found = []
    for number in range(draw(st.integers(2, 7))):
        who = three(draw, keys, ["referrer", "customer", "provider"])
        outcome = choose(draw, "WON", "WON", "LOST", "OPEN")
        found.append({"key": f"r{number}", **who, "outcome": outcome})
        found[-1] |= event_days(draw)
    return found


def some_feedback(draw: Any, keys: list[str]) -> list[Row]:
    found = []
    for number in range(draw(st.integers(0, 5))):
        who = three(draw, keys, ["giver", "provider", "nobody"])
        del who["nobody"]
        kind = choose(draw, "NPS", "NPS", "CSAT")
        score = choose(draw, *(["9", "10", "3"] if kind == "NPS" else ["5", "1"]))
        found.append({"key": f"f{number}", **who, "kind": kind, "score": score})
        found[-1] |= event_days(draw)
    return found


def some_introductions(draw: Any, keys: list[str]) -> list[Row]:
    found = []
    for number in range(draw(st.integers(0, 4))):
        who = three(draw, keys, ["requester", "introducer", "target"])
        days = sorted([choose(draw, *DAYS), choose(draw, *DAYS)])
        dates = dict(zip(["asked_on", "decided_on"], days, strict=True))
        state = choose(draw, "MADE", "MADE", "ASKED")
        found.append({"key": f"i{number}", "state": state, **who, **dates})
    return found


@st.composite
def relationships(draw: Any) -> World:
    """At least two organisations and three people; `m00` is a firm."""
    roles = ["CUSTOMER", "SUPPLIER"]
    members = [worlds.member("m00", region="north")]
    members += worlds.some_members(draw, 2, 7, SORTS, roles, start=1)
    for number in range(3):
        dates = span(draw, worlds.KEPT)
        own = {
            "sector": choose(draw, "", "A", "B"),
            "region": choose(draw, "", "north"),
        }
        members.append(worlds.member(f"p{number}", "PERSON", **own, **dates))
    held = worlds.some_ties(draw, members, KINDS, 34)
    contracts, parties = worlds.some_contracts(draw, members, 5, worlds.SPANS)
    communities, places = worlds.some_communities(draw, members, ["CLUB", "DATASET"], 2)
    keys = [m["key"] for m in members]
    capabilities = [{"key": k, "name": k} for k in ("k0", "k1")]
    for row in capabilities:
        for one in sorted(draw(st.sets(st.sampled_from(keys), max_size=4))):
            held.append(worlds.tie("CAPABILITY", one, row["key"], **span(draw)))
    return {
        "members": members,
        "ties": held + parties + places,
        "contracts": contracts,
        "communities": communities,
        "capabilities": capabilities,
        "referrals": some_referrals(draw, keys),
        "feedback": some_feedback(draw, keys),
        "introductions": some_introductions(draw, keys),
    }
