"""An entrant that adapts to the network, and one that does not: the demo by hand."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from seeds import SEEDS
from tests.oracles import network_fit as oracle
from tests.support import worlds
from tests.support.answers import same
from tests.support.worlds import AS_OF, member, tie

QUESTION = """
query ($entrant: String!, $community: String!, $asOf: Date) {
  networkFit(entrant: $entrant, community: $community, asOf: $asOf) {
    entrant { key } community { key } entry incumbents { key }
    conformityAtEntry conformityNow rankCorrelation marginFit nullReason
    novelties { deliverable adopted adopters { key } }
    revenue { currency amount fromIncumbentsCustomers share }
    foothold { isFoothold incumbentCount rankCorrelation nullReason }
    about { warnings asOf parameters }
  }
}"""


def test_the_demo_s_entrant_is_shaped_to_fit_and_its_idea_is_not_adopted(draw, ask):
    draw(SEEDS[0].folder)
    asked = {"entrant": "snabbminne", "community": "disk-makers", "asOf": AS_OF}
    found = ask(QUESTION, **asked)["networkFit"]
    same(
        found,
        {
            "entry": "2024-06-01",
            # Then: flash module, loan units, test reports, a room, payment: the last
            # alone is the incumbents' too. Now: flash module, disk drive, service,
            # payment, disk heads: all but the first.
            "conformityAtEntry": 1 / 5,
            "conformityNow": 4 / 5,
            "novelties": [
                {"deliverable": "Flash module", "adopted": False, "adopters": []},
                {"deliverable": "Loan units to try", "adopted": False, "adopters": []},
            ],
            # capacity, speed, size, price: both in this order
            "rankCorrelation": 1.0,
            "marginFit": 0.25 - 0.4,
            # 200,000 from Datorhall, which pays all incumbents; 50,000 from Lagerhus
            "revenue": [
                {
                    "currency": "SEK",
                    "amount": 250000.0,
                    "fromIncumbentsCustomers": 200000.0,
                    "share": 0.8,
                }
            ],
            "foothold": {"isFoothold": False, "incumbentCount": 5},
            "nullReason": None,
        },
    )
    keys = ["alvdisk", "bergdisk", "dalminne", "nordspin", "vallapak"]
    assert [m["key"] for m in found["incumbents"]] == keys


def test_the_entrant_in_a_thin_network_keeps_its_form_and_has_a_foothold(draw, ask):
    draw(SEEDS[0].folder)
    asked = {"entrant": "fickminne", "community": "pocket-makers", "asOf": AS_OF}
    found = ask(QUESTION, **asked)["networkFit"]
    # Pocket drive, driver software, payment for pocket drives: at first nobody else's,
    # now one incumbent gives pocket drives too
    same(
        found,
        {
            "conformityAtEntry": 0.0,
            "conformityNow": 1 / 3,
            "novelties": [
                {"deliverable": "Driver software", "adopted": False, "adopters": []},
                {
                    "deliverable": "Pocket drive",
                    "adopted": True,
                    "adopters": [{"key": "lillminne"}],
                },
            ],
            "rankCorrelation": 1.0,
            "marginFit": 0.3 - 0.2,
            "foothold": {"isFoothold": True, "incumbentCount": 2},
        },
    )


def newcomers():
    """old1 weighs as 5 3 2, old2 as 1 3 6; the newcomer as 6 3 1; two currencies.

    one pays SEK to the newcomer and to old1, two pays EUR to the newcomer alone.
    """
    weights = ["a=5;b=3;c=2", "a=1;b=3;c=6", "a=6;b=3;c=1"]
    keys = ["old1", "old2", "newcomer"]
    members = [
        member(key, attribute_weights=text)
        for key, text in zip(keys, weights, strict=True)
    ]
    members += [member("one"), member("two"), member("stranger")]
    paid = {"form": "MONEY", "deliverable": "pay", "since": "2026-02-01"}
    ties = [tie("MEMBERSHIP", key, "club") for key in keys[:2]]
    ties.append(tie("MEMBERSHIP", "newcomer", "club", since="2026-01-01"))
    pays = [
        ("one", "newcomer", "SEK"),
        ("one", "old1", "SEK"),
        ("two", "newcomer", "EUR"),
    ]
    for giver, taker, currency in pays:
        ties.append(tie("EXCHANGE", giver, taker, value="7", currency=currency, **paid))
    communities = [{"key": "club", "name": "Club"}, {"key": "empty", "name": "None"}]
    return {"members": members, "ties": ties, "communities": communities}


def test_the_incumbents_mean_stands_in_for_weights_that_the_community_lacks(draw, ask):
    draw(newcomers())
    found = ask(QUESTION, entrant="newcomer", community="club", asOf=AS_OF)[
        "networkFit"
    ]
    # means a 3, b 3, c 4 rank 1.5 1.5 3; the newcomer's rank 3 2 1:
    # d = -1.5, -.5, 2; r = cov / sd sd = (1 * -.5 + 0 * -.5 - 1 * 1) / sqrt(2 * 1.5)
    assert found["rankCorrelation"] == pytest.approx(-1.5 / 3**0.5, abs=1e-9)
    # It exchanged nothing on the day that it came
    assert found["nullReason"] == (
        "The entrant gives and takes no named deliverable when it joined."
        " A gross margin is unknown."
    )
    assert found["conformityAtEntry"] is None
    assert found["conformityNow"] == 1
    money = [(r["currency"], r["amount"], r["share"]) for r in found["revenue"]]
    assert money == [("EUR", 7, 0), ("SEK", 7, 1)]


def test_who_never_came_has_no_fit_and_is_told_so(draw, ask):
    draw(newcomers())
    found = ask(QUESTION, entrant="stranger", community="empty")["networkFit"]
    assert found["entry"] is found["conformityNow"] is found["rankCorrelation"] is None
    assert found["incumbents"] == found["novelties"] == found["revenue"] == []
    assert found["nullReason"].startswith("It is not known when the entrant joined")
    assert found["foothold"]["isFoothold"] is None
    assert found["about"]["warnings"] == [
        "'stranger' is not a member of the community."
    ]


def test_unknown_keys_are_errors(draw, ask):
    draw(newcomers())
    for entrant, community in (("nobody", "club"), ("one", "nowhere")):
        answer = ask(QUESTION, errors=True, entrant=entrant, community=community)
        assert "has the key 'no" in answer["errors"][0].message


def weighing(own, *others):
    """A newcomer and earlier members of a club, by what their attributes weigh."""
    members = [member("newcomer", attribute_weights=own)]
    members += [
        member(f"old{place}", attribute_weights=text)
        for place, text in enumerate(others)
    ]
    ties = [tie("MEMBERSHIP", "newcomer", "club", since="2026-01-01")]
    ties += [tie("MEMBERSHIP", m["key"], "club") for m in members[1:]]
    communities = [{"key": "club", "name": "Club"}]
    return {"members": members, "ties": ties, "communities": communities}


def test_equal_means_have_no_order_and_so_no_rank_correlation(draw, ask):
    # (.1 + .2 + .3) / 3 and (.3 + .2 + .1) / 3 differ in the last digit of a float
    others = ["a=.1;b=.3", "a=.2;b=.2", "a=.3;b=.1"]
    draw(weighing("a=1;b=2", *others))
    found = ask(QUESTION, entrant="newcomer", community="club")["networkFit"]
    assert found["rankCorrelation"] is found["foothold"]["isFoothold"] is None
    reason = "All common attributes weigh the same on one side: they have no order."
    assert reason in found["nullReason"]
    assert found["foothold"]["nullReason"] == "rankCorrelation is undefined."


def test_equal_means_share_a_rank(draw, ask):
    others = ["a=.1;b=.3;c=.9", "a=.2;b=.2;c=.9", "a=.3;b=.1;c=.9"]
    draw(weighing("a=1;b=2;c=3", *others))
    found = ask(QUESTION, entrant="newcomer", community="club")["networkFit"]
    # ranks 1 2 3 against 1.5 1.5 3
    assert found["rankCorrelation"] == pytest.approx(1.5 / 3**0.5, abs=1e-9)


def test_an_entrant_that_has_left_or_is_still_to_come_has_no_fit(draw, ask):
    world = newcomers()
    draw(world)
    asked = {"entrant": "newcomer", "community": "club"}
    for dates in ({"until": "2026-06-01"}, {"since": "2027-01-01"}):
        [own] = [t for t in world["ties"] if t["key"] == "MEMBERSHIP:newcomer:club"]
        own |= {"since": "2026-01-01", "until": ""} | dates
        draw(world)
        found = ask(QUESTION, **asked, asOf=AS_OF)["networkFit"]
        names = ("entry", "conformityNow", "rankCorrelation", "marginFit")
        assert [found[name] for name in names] == [None] * 4
        assert found["revenue"] == found["incumbents"] == []
        assert found["foothold"]["isFoothold"] is None
        assert found["nullReason"] == (
            "It is not known when the entrant joined: it is not a member of the"
            " community on that day."
        )


def test_exchanges_with_who_has_ended_are_not_part_of_a_profile(draw, ask):
    world = newcomers()
    one = next(m for m in world["members"] if m["key"] == "one")
    one["until"] = "2026-05-01"
    draw(world)
    asked = {"entrant": "newcomer", "community": "club"}
    found = ask(QUESTION, **asked, asOf="2026-04-30")["networkFit"]
    assert [r["currency"] for r in found["revenue"]] == ["EUR", "SEK"]
    found = ask(QUESTION, **asked, asOf="2026-05-01")["networkFit"]
    assert [r["currency"] for r in found["revenue"]] == ["EUR"]
    assert found["conformityNow"] == 0  # nobody pays an incumbent any more


@given(st.lists(worlds.communities_at_work(), min_size=4, max_size=5))
@settings(max_examples=3, phases=[Phase.generate])
def test_random_entrants_match_plain_loops(draw, ask, drawn):
    world = worlds.together(drawn)
    draw(world)
    for place in range(len(drawn)):
        for key in ("m00", "m01", "m02"):
            asked = {"entrant": f"w{place}-{key}", "community": f"w{place}-g"}
            found = ask(QUESTION, **asked, asOf=AS_OF)["networkFit"]
            same(found, oracle.network_fit(world, *asked.values(), AS_OF))
