"""An entrant that adapts to the network, and one that does not: the demo by hand."""

from __future__ import annotations

import pytest

from seeds import SEEDS
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
