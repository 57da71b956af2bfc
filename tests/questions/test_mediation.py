"""A mediator's customer set: the demo's platform by hand, and its edges."""

from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from seeds import SEEDS
from tests.oracles import mediation as oracle
from tests.support import worlds
from tests.support.answers import own_warnings, same
from tests.support.worlds import AS_OF, contract, member, party, tie

QUESTION = """
query ($mediator: String!, $asOf: Date) {
  mediation(mediator: $mediator, asOf: $asOf) {
    mediator { key } customerCount customers { key } activeCount activeShare
    inactive { key } serviceCount services { key } providerCount providers { key }
    contractCount expiry { year contractCount value { amount currency } }
    concentration { currency index } possiblePairCount mediatedPairCount
    mediatedPairShare mediatedPairs { source { key } target { key } }
    sectorDiversity regionDiversity kindDiversity contributedCount contributedShare
    contributedValue contributedMoney { amount currency } fulfilment fulfilmentCount
    marginalReach expectedPairs nullReason about { formula asOf }
  }
}"""


def test_the_demo_s_platform_in_its_four_parts(draw, ask):
    draw(SEEDS[0].folder)
    found = ask(QUESTION, mediator="bytestorget", asOf=AS_OF)["mediation"]
    same(
        found,
        {
            "customerCount": 9,  # 7 users, 2 advertisers
            "activeCount": 8,
            "activeShare": 8 / 9,
            "inactive": [{"key": "olga-ring"}],
            "serviceCount": 2,
            "providerCount": 1,
            "providers": [{"key": "bytestorget-host"}],
            "contractCount": 9,
            "expiry": [
                {
                    "year": 2026,
                    "contractCount": 1,
                    "value": [{"amount": 60000.0, "currency": "SEK"}],
                },
                {
                    "year": 2027,
                    "contractCount": 1,
                    "value": [{"amount": 40000.0, "currency": "SEK"}],
                },
                {"year": None, "contractCount": 7, "value": []},
            ],
            "concentration": [{"currency": "SEK", "index": 0.6**2 + 0.4**2}],
            # ida-jonas, ida-klara, jonas-klara, ida-leif, mona-nils; honey never came
            "possiblePairCount": 9 * 8 // 2,
            "mediatedPairCount": 5,
            "mediatedPairShare": 5 / 36,
            "sectorDiversity": 0.0,  # all in gardening
            "regionDiversity": 1 - (6**2 + 3**2) / 9**2,  # Skåne 6, Halland 3
            "kindDiversity": 1 - (7**2 + 2**2) / 9**2,
            # posts of 6, 6 to each other, 2 payments; of these and 7 accesses, 2 views
            "contributedCount": 14,
            "contributedShare": 14 / (14 + 7 + 2),
            "contributedValue": 6 + 5 - 1 + 2.0,
            "contributedMoney": [{"amount": 100000.0, "currency": "SEK"}],
            # seedlings 10/10, honey 0/5, views 900/1000 and 500/1000
            "fulfilment": (1 + 0 + 0.9 + 0.5) / 4,
            "fulfilmentCount": 4,
            "marginalReach": 9,
            "expectedPairs": 9 * 5 / 36,
            "nullReason": None,
        },
    )


def test_an_earlier_day_has_its_own_customers(draw, ask):
    draw(SEEDS[0].folder)
    found = ask(QUESTION, mediator="bytestorget", asOf="2023-06-01")["mediation"]
    # Ida and Jonas had registered; nothing had run between them yet
    assert [m["key"] for m in found["customers"]] == ["ida-palm", "jonas-ek"]
    assert (found["possiblePairCount"], found["mediatedPairCount"]) == (1, 0)
    assert found["concentration"] == []
    assert found["fulfilment"] is None
    assert found["nullReason"] == "No exchange states both `ordered` and `provided`."


def test_values_in_two_currencies_are_told_apart(draw, ask):
    values = {"c1": ("30", "SEK"), "c2": ("10", "SEK"), "c3": ("5", "EUR")}
    world = {
        "members": [member(key) for key in ("hub", "a", "b", "alone")],
        "ties": [party("hub", key, "SUPPLIER") for key in values]
        + [party("a", "c1", "CUSTOMER"), party("b", "c2", "CUSTOMER")]
        + [party("a", "c3", "CUSTOMER")]
        + [tie("EXCHANGE", "a", "hub", form="MONEY", value="4", currency="EUR")],
        "contracts": [contract(k, value=v, currency=c) for k, (v, c) in values.items()],
    }
    draw(world)
    found = ask(QUESTION, mediator="hub", asOf=AS_OF)["mediation"]
    assert found["concentration"] == [
        {"currency": "EUR", "index": 1},
        {"currency": "SEK", "index": 0.75**2 + 0.25**2},
    ]
    assert found["contributedMoney"] == [{"amount": 4, "currency": "EUR"}]
    assert found["contributedValue"] is None
    assert found["activeShare"] == 1 / 2
    alone = ask(QUESTION, mediator="alone")["mediation"]
    assert (alone["customerCount"], alone["activeShare"]) == (0, None)
    expected = "The mediator has no customer under contract on that day."
    assert alone["nullReason"] == expected
    answer = ask(QUESTION, errors=True, mediator="nobody")
    assert answer["errors"][0].message == "No Member has the key 'nobody'."


def test_a_provider_supplies_the_mediator_and_does_not_sell_beside_it(draw, ask):
    """`deal` is sold by hub and beside; hub buys from maker, and giver gives to it."""
    keys = ["hub", "beside", "buyer", "maker", "giver"]
    parties = [
        party("hub", "deal", "SUPPLIER"),
        party("beside", "deal", "SUPPLIER"),
        party("buyer", "deal", "CUSTOMER"),
        party("hub", "supply", "CUSTOMER"),
        party("maker", "supply", "SUPPLIER"),
        party("beside", "supply", "CUSTOMER"),
    ]
    gifts = [tie("EXCHANGE", "giver", "hub"), tie("EXCHANGE", "buyer", "hub")]
    draw(
        {
            "members": [member(key) for key in keys],
            "ties": parties + gifts,
            "contracts": [contract("deal"), contract("supply")],
        }
    )
    found = ask(QUESTION, mediator="hub", asOf=AS_OF)["mediation"]
    assert found["providers"] == [{"key": "giver"}, {"key": "maker"}]
    assert (found["providerCount"], found["contributedCount"]) == (2, 1)


def test_a_mediator_without_any_contract_still_has_exchanges(draw, ask):
    shipped = {"ordered": "4", "provided": "3"}
    ties = [tie("EXCHANGE", "hub", "a", **shipped), tie("EXCHANGE", "b", "hub")]
    draw({"members": [member(key) for key in ("hub", "a", "b")], "ties": ties})
    found = ask(QUESTION, mediator="hub", asOf=AS_OF)["mediation"]
    assert (found["fulfilment"], found["fulfilmentCount"]) == (0.75, 1)
    assert (found["contributedCount"], found["contributedShare"]) == (0, 0)


def hub_with_two_customers(**dates):
    """a and b buy from hub and give to each other over it; `dates`: of a member."""
    members = [member(key, **dates.get(key, {})) for key in ("hub", "a", "b")]
    ties = [party("hub", "deal", "SUPPLIER")]
    ties += [party(key, "deal", "CUSTOMER") for key in "ab"]
    traits = {"channel": "hub", "ordered": "2", "provided": "1"}
    ties += [tie("EXCHANGE", "a", "b", **traits), tie("EXCHANGE", "a", "hub")]
    return {"members": members, "ties": ties, "contracts": [contract("deal")]}


def test_who_has_ended_is_no_end_of_an_exchange_or_a_contract(draw, ask):
    draw(hub_with_two_customers(a={"until": AS_OF}))
    found = ask(QUESTION, mediator="hub", asOf=AS_OF)["mediation"]
    assert (found["customers"], found["inactive"]) == ([{"key": "b"}], [{"key": "b"}])
    counts = ("activeCount", "mediatedPairCount", "contributedCount")
    assert [found[name] for name in (*counts, "fulfilmentCount")] == [0, 0, 0, 0]


def test_a_mediator_that_has_ended_has_no_figures_and_a_warning(draw, ask):
    draw(hub_with_two_customers(hub={"until": AS_OF}))
    text = """{ mediation(mediator: "hub", asOf: "%s") {
      customerCount contractCount contributedCount fulfilmentCount
      about { warnings } } }"""
    found = ask(text % AS_OF)["mediation"]
    assert own_warnings(found) == [f"'hub' is not active on {AS_OF}."]
    del found["about"]
    assert set(found.values()) == {0}
    before = ask(text % "2026-10-31")["mediation"]
    del before["about"]
    assert list(before.values()) == [2, 1, 2, 1]


@given(st.lists(worlds.communities_at_work(), min_size=4, max_size=5))
@settings(max_examples=3, phases=[Phase.generate])
def test_random_mediators_match_plain_loops(draw, ask, drawn):
    world = worlds.together(drawn)
    draw(world)
    for place in range(len(drawn)):
        for key in ("m00", "m01"):
            mediator = f"w{place}-{key}"
            found = ask(QUESTION, mediator=mediator, asOf=AS_OF)["mediation"]
            same(found, oracle.mediation(world, mediator, AS_OF))
