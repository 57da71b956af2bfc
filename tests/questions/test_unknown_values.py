"""Unknown is not zero: null with a reason, or the known part with its count."""

import pytest

from tests.support.worlds import AS_OF, contract, member, party, tie


def paid(key: str, source: str, target: str, value: str, currency: str) -> dict:
    columns = {"form": "MONEY", "value": value, "currency": currency}
    return tie("EXCHANGE", source, target, key=key, deliverable=key, **columns)


def test_money_of_a_party_is_the_known_part_with_its_count(draw, ask):
    """a receives 5 SEK and an unknown sum, gives 2 EUR and unknown EUR; b the rest."""
    ties = [
        paid("one", "b", "a", "5", "SEK"),
        paid("two", "b", "a", "", ""),
        paid("three", "a", "b", "2", "EUR"),
        paid("four", "a", "b", "", "EUR"),
        paid("five", "c", "d", "", "SEK"),
    ]
    draw({"members": [*map(member, "abcd")], "ties": ties})
    text = """{ valueNetwork(network: { ties: [EXCHANGE] }) {
      gainingCount losingCount evenCount unvaluedCount about { warnings }
      participants { member { key } unknownMoneyCount netValue nullReason money {
        currency received given net receivedCount givenCount unknownCount nullReason }
      } areas { exchangeCount value { amount currency count nullReason } } } }"""
    found = ask(text)["valueNetwork"]
    rows = {row["member"]["key"]: row for row in found["participants"]}
    no_received = "No amount that it received is known."
    assert rows["a"]["money"] == [
        {
            "currency": "EUR",
            "received": None,  # the payment without a currency may be in EUR
            "given": 2,
            "net": None,
            "receivedCount": 0,
            "givenCount": 1,
            "unknownCount": 2,
            "nullReason": no_received,
        },
        {
            "currency": "SEK",
            "received": 5,
            "given": 0,  # it gave EUR only
            "net": 5,
            "receivedCount": 1,
            "givenCount": 0,
            "unknownCount": 1,
            "nullReason": None,
        },
    ]
    assert rows["d"]["money"] == rows["c"]["money"] == []
    assert {key: row["unknownMoneyCount"] for key, row in rows.items()} == {
        "a": 2,
        "b": 2,
        "c": 1,
        "d": 1,
    }
    # Nobody states a perceived value: nobody is even.
    counts = [found[f"{name}Count"] for name in ("gaining", "losing", "even")]
    assert (counts, found["unvaluedCount"]) == ([0, 0, 0], 4)
    assert rows["c"]["netValue"] is None
    assert rows["c"]["nullReason"] == (
        "It receives nothing. Outputs with a senderValue: 0 of 1."
        " Outputs with a receiverValue: 0 of 1."
    )
    known = {"nullReason": None, "count": 1}
    [area] = found["areas"]
    assert area["exchangeCount"] == 5
    assert area["value"] == [
        {"amount": 2, "currency": "EUR", **known},
        {"amount": 5, "currency": "SEK", **known},
    ]
    assert (
        "Exchanges of money without a value, left out of sums of money: 3 of 5."
        in found["about"]["warnings"]
    )


def test_a_sum_of_money_beyond_the_largest_number_is_null(draw, ask):
    ties = [paid(key, "b", "a", "1.7e308", "EUR") for key in ("one", "two")]
    draw({"members": [*map(member, "ab")], "ties": ties})
    text = """{ valueNetwork(network: { ties: [EXCHANGE] }) {
      areas { value { amount count nullReason } }
      participants(first: 1) { money { received given net nullReason } } } }"""
    found = ask(text)["valueNetwork"]
    reason = "The result is beyond the largest number, 1.8e308."
    assert found["areas"][0]["value"] == [
        {"amount": None, "count": 2, "nullReason": reason}
    ]
    assert found["participants"][0]["money"] == [
        {"received": None, "given": 0, "net": None, "nullReason": reason}
    ]


def test_a_mediator_with_unknown_contracts_and_payments(draw, ask):
    values = {"c1": "30", "c2": "", "c3": ""}
    world = {
        "members": [member("hub"), member("a", sector="Steel"), *map(member, "bc")],
        "ties": [party("hub", key, "SUPPLIER") for key in values]
        + [party(who, f"c{n}", "CUSTOMER") for n, who in enumerate("abc", 1)]
        + [paid("fee", "a", "hub", "", "SEK"), paid("due", "b", "hub", "4", "SEK")],
        "contracts": [contract(k, value=v, currency="SEK") for k, v in values.items()],
    }
    draw(world)
    text = """{ mediation(mediator: "hub") { customerCount contractCount
      expiry { contractCount value { amount count } }
      concentration { index customerCount } sectorDiversity sectorCount regionCount
      regionDiversity contributedValue contributedValueCount paymentCount
      contributedMoney { amount count } nullReason about { warnings } } }"""
    found = ask(text)["mediation"]
    assert found["expiry"] == [
        {"contractCount": 3, "value": [{"amount": 30, "count": 1}]}
    ]
    assert found["concentration"] == [{"index": 1, "customerCount": 1}]
    assert (found["sectorDiversity"], found["sectorCount"]) == (0, 1)
    assert (found["regionDiversity"], found["regionCount"]) == (None, 0)
    assert (found["contributedValue"], found["contributedValueCount"]) == (None, 0)
    assert found["contributedMoney"] == [{"amount": 4, "count": 1}]
    assert found["paymentCount"] == 2
    assert found["nullReason"] == (
        "No customer has a region. No exchange of a customer has a receiverValue."
        " No exchange states both `ordered` and `provided`."
    )
    assert found["about"]["warnings"] == [
        "Contracts without a value, left out of sums and concentration: 2 of 3.",
        "Payments of customers without a value, left out of contributedMoney: 1 of 2.",
    ]


def test_a_horizon_without_a_known_budget_is_unknown(draw, ask):
    rows = [("CORE", "30", "3"), ("CORE", "", ""), ("ADJACENT", "", "1")]
    initiatives = [
        {"key": f"i{n}", "organisation": "firm", "horizon": horizon}
        | {"budget": budget, "people": people, "currency": "SEK" if budget else ""}
        for n, (horizon, budget, people) in enumerate(rows)
    ]
    draw({"members": [member("firm")], "ties": [], "initiatives": initiatives})
    text = """{ innovation(organisation: "firm") { about { warnings }
      budget { ...band } people { ...band } } }
      fragment band on HorizonShare { horizon amount knownCount unknownCount gap
        share { value n } nullReason }"""
    found = ask(text)["innovation"]
    core, adjacent, other = found["budget"]
    assert (core["amount"], core["knownCount"], core["unknownCount"]) == (30, 1, 1)
    assert core["share"] == {"value": 1, "n": 1}
    assert adjacent == {
        "horizon": "ADJACENT",
        "amount": None,
        "knownCount": 0,
        "unknownCount": 1,
        "gap": None,
        "share": {"value": None, "n": 1},
        "nullReason": "Active initiatives of this horizon that state it: 0 of 1.",
    }
    assert (other["amount"], other["share"]["value"], other["nullReason"]) == (
        0,
        0,
        None,
    )
    assert [band["amount"] for band in found["people"]] == [3, 1, 0]
    assert [band["share"]["value"] for band in found["people"]] == [0.75, 0.25, 0]
    assert found["about"]["warnings"] == [
        "Active initiatives without a budget, left out of its shares: 2 of 3.",
        "Active initiatives without people, left out of their shares: 1 of 3.",
    ]


CASES = """query ($from: Date!, $to: Date!) {
  serviceQuality(provider: "firm", from: $from, to: $to, margin: 0.5, discount: 0.1) {
    firstContactRate { value n nullReason } proactiveShare { value n nullReason }
    escalatedShare { value n nullReason } about { warnings }
    compensations(limit: 10) { amount withinLimit nullReason }
    lifetimeTotals { currency total mean n customerCount nullReason } } }"""


def test_shares_of_cases_leave_out_what_is_not_stated(draw, ask):
    stated = [("1", "0", "PROVIDER", "true", "5"), ("2", "", "CUSTOMER", "", "50")]
    stated += [("1", "", "", "", ""), ("", "1", "", "false", "20")]
    names = ("contacts", "handovers", "initiated_by", "escalated", "compensation")
    cases = [
        {"key": f"c{n}", "customer": "x", "provider": "firm"}
        | {"opened_at": f"2026-0{month}-02T08:00:00Z"}
        | {"resolved_at": f"2026-0{month}-03T08:00:00Z"}
        | dict(zip(names, row, strict=True))
        for n, (month, row) in enumerate(
            [*((3, row) for row in stated), (5, ("", "", "", "", ""))]
        )
    ]
    contracts = [
        contract("known", value="10", value_period="YEAR", currency="SEK"),
        contract("unknown", value="", value_period="YEAR", currency="SEK"),
        contract("other", value="", value_period="YEAR", currency="EUR"),
    ]
    ties = [party("firm", key["key"], "SUPPLIER") for key in contracts]
    ties += [party("x", "known", "CUSTOMER"), party("y", "unknown", "CUSTOMER")]
    ties += [party("x", "other", "CUSTOMER")]
    draw(
        {
            "members": [*map(member, ("firm", "x", "y"))],
            "ties": ties,
            "contracts": contracts,
            "service_cases": cases,
        }
    )
    found = ask(CASES, **{"from": "2026-03-01", "to": "2026-04-01"})["serviceQuality"]
    first, proactive, escalated = (
        found[name] for name in ("firstContactRate", "proactiveShare", "escalatedShare")
    )
    # Two contacts, or a handover, are enough to know; one contact alone is not.
    assert first == {"value": pytest.approx(1 / 3), "n": 3, "nullReason": None}
    assert proactive == {"value": 0.5, "n": 2, "nullReason": None}
    assert escalated == {"value": 0.5, "n": 2, "nullReason": None}
    unknown = "It is above the limit, and it is unknown whether it was escalated."
    assert found["compensations"] == [
        {"amount": 50, "withinLimit": None, "nullReason": unknown},
        {"amount": 20, "withinLimit": False, "nullReason": None},
        {"amount": 5, "withinLimit": True, "nullReason": None},
    ]
    [krona] = found["lifetimeTotals"]  # nothing is known in EUR
    assert (krona["n"], krona["customerCount"]) == (1, 2)
    assert krona["total"] == krona["mean"] == pytest.approx(10 * 0.5 / 0.1)
    resolved = "Resolved cases without contacts or handovers, left out of"
    assert found["about"]["warnings"] == [
        f"{resolved} firstContactRate: 1 of 4.",
        "Cases without initiatedBy, left out of proactiveShare: 2 of 4.",
        "Cases without escalated, left out of escalatedShare: 2 of 4.",
    ]
    later = ask(CASES, **{"from": "2026-05-01", "to": "2026-06-01"})["serviceQuality"]
    nothing = "Cases of the period that state it: 0 of 1."
    assert later["proactiveShare"] == {"value": None, "n": 0, "nullReason": nothing}
    assert later["firstContactRate"]["nullReason"] == (
        "No resolved case states its contacts and handovers."
    )


def test_revenue_of_referrals_and_of_an_entrant_is_the_known_part(draw, ask):
    outcomes = {"one": ("WON", "7"), "two": ("WON", ""), "three": ("OPEN", "")}
    referrals = [
        {"key": key, "referrer": "a", "customer": "b", "provider": "c"}
        | {"on": "2026-02-01", "outcome": outcome, "revenue": revenue}
        | {"currency": "SEK" if revenue else ""}
        for key, (outcome, revenue) in outcomes.items()
    ]
    ties = [tie("MEMBERSHIP", "old", "club", since="2020-01-01")]
    ties += [tie("MEMBERSHIP", "new", "club", since="2024-01-01")]
    # a pays the incumbent an unknown amount: it is its customer all the same.
    ties += [paid("fee", "a", "old", "", ""), paid("due", "a", "new", "3", "SEK")]
    ties += [paid("more", "b", "new", "1", "SEK"), paid("tip", "c", "new", "", "")]
    draw(
        {
            "members": [*map(member, ("a", "b", "c", "old", "new"))],
            "ties": ties,
            "communities": [{"key": "club", "name": "Club"}],
            "referrals": referrals,
        }
    )
    text = """{ referralNetwork { wonCount revenue { amount currency count }
        marketingSaved { amount } about { warnings } }
      networkFit(entrant: "new", community: "club") { revenue {
        currency amount paymentCount fromIncumbentsCustomers share }
        about { warnings } } }"""
    found = ask(text)
    won = found["referralNetwork"]
    assert won["wonCount"] == 2
    assert won["revenue"] == [{"amount": 7, "currency": "SEK", "count": 1}]
    assert won["marketingSaved"] == []
    assert won["about"]["warnings"] == [
        "Businesses without a region, in no row of `regions`: 5. Add their region.",
        "Referrals won without a revenue, left out of its sum: 1 of 2.",
    ]
    fit = found["networkFit"]
    assert fit["revenue"] == [
        {
            "currency": "SEK",
            "amount": 4,
            "paymentCount": 2,
            "fromIncumbentsCustomers": 3,
            "share": 0.75,
        }
    ]
    left_out = (
        "Payments to the entrant without a value, left out of its revenue: 1 of 3."
    )
    assert left_out in fit["about"]["warnings"]
    assert (
        "Incumbents without a gross margin, left out of the usual one: 1 of 1."
        in fit["about"]["warnings"]
    )


def test_regularity_without_any_contact_month_is_unknown(draw, ask):
    text = """query ($key: String!) { networking(member: $key, asOf: "%s") {
      regularity { value nullReason } about { warnings } } }"""
    ties = [tie("ACQUAINTANCE", "a", "b"), tie("ACQUAINTANCE", "a", "c", score="2")]
    ties += [tie("ACQUAINTANCE", "d", "e", contact_months="2019-05", score="2")]
    draw({"members": [member(key, "PERSON") for key in "abcde"], "ties": ties})
    found = ask(text % AS_OF, key="a")["networking"]
    assert found["regularity"] == {
        "value": None,
        "nullReason": "Acquaintances with contactMonths: 0 of 2.",
    }
    assert found["about"]["warnings"][:2] == [
        "Acquaintances without a score and a declaredStrength, whose success is taken"
        " as 0.3: 1 of 2.",
        "Acquaintances without contactMonths, which add nothing to regularity: 2 of 2.",
    ]
    found = ask(text % AS_OF, key="d")["networking"]
    assert found["regularity"] == {"value": 0, "nullReason": None}
