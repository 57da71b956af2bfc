"""Service figures against the story's own, hand-worked ones and a plain recount."""

from __future__ import annotations

import statistics
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds import SEEDS
from tests.support import worlds
from tests.support.answers import same

FIGURES = """
  csat { value n nullReason } interactionCsat { value n } nps { value n }
  ces { value n } satisfactionIndex { value n nullReason } questions { value n }
  loyalty { promoters passives detractors }
  firstContactRate { value n } proactiveShare { value n } escalatedShare { value n }
  firstResponse { mean { value n } median ninetieth }
  resolution { mean { value n } median ninetieth }"""
QUESTION = f"""
query ($provider: String!, $from: Date!, $to: Date!, $margin: Float, $discount: Float,
       $goals: [ServiceGoal!], $asOf: Date) {{
  serviceQuality(provider: $provider, from: $from, to: $to, margin: $margin,
                 discount: $discount, goals: $goals, asOf: $asOf) {{
    {FIGURES}
    previous {{ {FIGURES} }}
    churn {{ value n nullReason evidence {{ ... on Contract {{ key }} }} }}
    retention {{ value n }}
    customers {{ atStart {{ key }} atEnd {{ key }} lost {{ key }} won {{ key }} }}
    lifetimeValues {{
      customer {{ key }} yearlyValue value {{ value nullReason }} }}
    lifetimeTotals {{ currency total mean n }}
    firstResponseChange {{ value n nullReason }}
    reasons {{ name count share }}
    compensations(limit: 500) {{ case {{ key }} amount escalated withinLimit }}
    loop {{
      states {{ captured shared planned done }}
      reached {{ captured shared planned done }}
      closedShare {{ value n }}
      changes {{ initiative {{ key }} reasons feedback {{ key }} before {{ value n }}
                after {{ value n }} change {{ value }} }}
    }}
    goals {{ name met figure {{ value }} }}
    about {{ warnings }}
  }}
}}"""


def asked(ask, provider, begin, end, **more):
    values = {"from": begin, "to": end, "asOf": "2026-11-01"} | more
    return ask(QUESTION, provider=provider, **values)["serviceQuality"]


def test_the_small_firm_s_service_is_as_the_story_tells(draw, ask):
    draw(SEEDS[0].folder)
    goals = [
        {"name": "FIRST_CONTACT_RATE", "target": 0.7},
        {"name": "CSAT", "target": 0.85},
        {"name": "FIRST_RESPONSE_CHANGE", "target": -0.15},
        {"name": "NPS", "target": 50},
    ]
    more = {"margin": 0.4, "discount": 0.1, "goals": goals}
    answer = asked(ask, "hyllvik-hem", "2026-07-01", "2026-10-01", **more)
    same(
        answer,
        {
            "firstContactRate": {"value": 14 / 20, "n": 20},
            "csat": {"value": 17 / 20, "n": 20},  # ten 5s and seven 4s; then 3, 2, 1
            "interactionCsat": {"value": 17 / 20, "n": 20},
            "firstResponse": {"mean": {"value": 34.0, "n": 18}},  # 612 h / 18
            "previous": {"firstResponse": {"mean": {"value": 40.0, "n": 10}}},
            "firstResponseChange": {"value": -0.15, "n": 28},  # (34 - 40) / 40
            "nps": {"value": 30.0, "n": 10},  # 100 * (5 - 2) / 10
            "loyalty": {"promoters": 5, "passives": 3, "detractors": 2},
            "ces": {"value": 6.0, "n": 4},  # (6 + 7 + 5 + 6) / 4
            # means 8.5, 7.5, 8: ((8.5 + 7.5 + 8) / 3 - 1) / 9 * 100
            "satisfactionIndex": {"value": 700 / 9, "n": 6},
            "proactiveShare": {"value": 0.1, "n": 20},  # outage notice, usage tip
            "churn": {"value": 1 / 20, "n": 20},
            "retention": {"value": 19 / 20},
            "customers": {"lost": [{"key": "hyllvik-kund-vinbar"}], "won": []},
            # ten at 9,000 and nine at 6,000 are left: 144,000 SEK a year;
            # m r / (1 + d - r) = .4 * 144,000 * .95 / (1 + .1 - .95)
            "lifetimeTotals": [
                {"currency": "SEK", "total": 0.4 * 144_000 * 0.95 / 0.15, "n": 19}
            ],
            "compensations": [
                {"amount": 700, "escalated": True, "withinLimit": True},
                {"amount": 400, "escalated": False, "withinLimit": True},
            ],
        },
    )
    assert [r["name"] for r in answer["reasons"]][:4] == [
        *("Where is my order", "Installation", "Return", "Failed log-in")
    ]
    assert [g["met"] for g in answer["goals"]] == [True, True, True, False]


def test_complaints_lead_to_a_redesign_and_cases_fall_from_24_to_6_a_month(draw, ask):
    draw(SEEDS[0].folder)
    loop = asked(ask, "ekolinje-telecom", "2026-05-01", "2026-10-01")["loop"]
    [change] = loop["changes"]
    assert change["initiative"]["key"] == "ekolinje-invoice-redesign"
    assert change["reasons"] == ["Invoice page"]
    # Before: 24 in May. After: 6 in September, the redesign having ended on the 1st.
    assert change["before"] == {"value": 24, "n": 24}
    assert change["after"] == {"value": 6, "n": 6}
    assert change["change"]["value"] == -0.75
    assert loop["states"] == {"captured": 1, "shared": 1, "planned": 1, "done": 3}
    assert loop["reached"] == {"captured": 6, "shared": 5, "planned": 4, "done": 3}
    assert loop["closedShare"] == {"value": 0.5, "n": 6}


def customers(*contracts) -> worlds.World:
    """Each: customer, value, period, since, until, status."""
    members = [worlds.member("shop"), worlds.member("desk", "TEAM")]
    ties = [worlds.tie("AFFILIATION", "desk", "shop")]
    found = []
    for place, (who, value, period, since, until, status) in enumerate(contracts):
        key = f"k{place}"
        columns = {"value": value, "value_period": period, "currency": "EUR"}
        columns |= {"since": since, "until": until, "status": status}
        found.append(worlds.contract(key, **columns))
        ties += [worlds.party("desk" if place % 2 else "shop", key, "SUPPLIER")]
        ties += [worlds.party(who, key, "CUSTOMER")]
    names = sorted({who for who, *_ in contracts})
    members += [worlds.member(name) for name in names]
    return {"members": members, "ties": ties, "contracts": found}


def test_churn_and_lifetime_values_as_worked_by_hand(draw, ask):
    """Of four at the start one ends and one changes its contract."""
    draw(
        customers(
            ("a", "1200", "YEAR", "2020-01-01", "", "ACTIVE"),
            ("b", "6000", "TOTAL", "2024-02-29", "2030-02-28", "ACTIVE"),
            ("c", "500", "YEAR", "2020-01-01", "2025-07-01", "ACTIVE"),
            ("d", "500", "YEAR", "2020-01-01", "2025-07-01", "ACTIVE"),
            ("d", "800", "YEAR", "2025-07-01", "", "ACTIVE"),
            ("e", "900", "YEAR", "2025-03-01", "", "ACTIVE"),
            ("f", "900", "YEAR", "2020-01-01", "", "COMPLETED"),
            ("g", "900", "YEAR", "2020-01-01", "", "DRAFT"),
        )
    )
    more = {"margin": 0.25, "discount": 0.1}
    answer = asked(ask, "shop", "2025-01-01", "2026-01-01", **more)
    assert answer["churn"]["value"] == 0.25  # c, of a, b, c, d
    # All that the share is made of: the contracts of a, b, c, d on the first day
    assert answer["churn"]["evidence"] == [{"key": f"k{n}"} for n in range(4)]
    assert [m["key"] for m in answer["customers"]["atStart"]] == list("abcd")
    assert [m["key"] for m in answer["customers"]["won"]] == ["e"]
    yearly = {"a": 1200.0, "b": 6000 / 6, "d": 800.0, "e": 900.0}
    for one in answer["lifetimeValues"]:
        key = one["customer"]["key"]
        # 29 Feb 2024 to 28 Feb 2030 are six years, both being the last of February.
        assert one["yearlyValue"] == pytest.approx(yearly[key], rel=1e-12)
        # r = .75: m * .75 / (1 + .1 - .75)
        expected = 0.25 * yearly[key] * 0.75 / 0.35
        assert one["value"]["value"] == pytest.approx(expected, rel=1e-9)


def test_without_scores_cases_or_contracts_every_figure_is_null_with_a_reason(
    draw, ask
):
    draw({"members": [worlds.member("shop")], "ties": []})
    answer = asked(ask, "shop", "2026-01-01", "2026-07-01")
    for name in ("csat", "nps", "ces", "satisfactionIndex", "churn", "retention"):
        assert (answer[name]["value"], answer[name]["n"]) == (None, 0)
    assert answer["csat"]["nullReason"] == "No CSAT was scored in the period."
    assert "at the start" in answer["churn"]["nullReason"]
    assert answer["firstResponse"] == {
        "mean": {"value": None, "n": 0},
        "median": None,
        "ninetieth": None,
    }
    assert answer["loop"]["changes"] == answer["reasons"] == []


def test_the_index_is_null_where_one_question_was_never_answered(draw, ask):
    feedback = [
        {"key": f"f{q}", "giver": "x", "provider": "shop", "kind": "SATISFACTION"}
        | {"question": q, "score": "7", "on": "2026-03-01"}
        for q in "12"
    ]
    members = [worlds.member("shop"), worlds.member("x")]
    draw({"members": members, "ties": [], "feedback": feedback})
    found = asked(ask, "shop", "2026-01-01", "2026-07-01")["satisfactionIndex"]
    assert (found["value"], found["n"]) == (None, 2)
    assert found["nullReason"] == "Question 3 has no answers."


def test_contracts_without_a_yearly_value_and_arguments_left_out_say_so(draw, ask):
    draw(
        customers(
            ("a", "1200", "", "2020-01-01", "", "ACTIVE"),
            ("b", "1200", "TOTAL", "2020-01-01", "", "ACTIVE"),
            ("c", "1200", "YEAR", "2020-01-01", "", "ACTIVE"),
        )
    )
    whole = {"margin": 0.3, "discount": 0}
    answer = asked(ask, "shop", "2026-01-01", "2026-07-01", **whole)
    reasons = [one["value"]["nullReason"] for one in answer["lifetimeValues"]]
    assert reasons[:2] == [f"The yearly value of k{i} is not known." for i in (0, 1)]
    assert "has no limit" in reasons[2]  # r = 1 and d = 0
    bare = asked(ask, "shop", "2026-01-01", "2026-07-01")["lifetimeValues"][2]
    assert "`margin` and `discount`" in bare["value"]["nullReason"]


def test_what_happens_after_as_of_is_not_known_yet(draw, ask):
    draw(SEEDS[0].folder)
    more = {"asOf": "2026-07-15"}
    answer = asked(ask, "hyllvik-hem", "2026-07-01", "2026-10-01", **more)
    # Of 3, 7, 11 and 15 July, answered after 4, 8, 10 and 16 hours, which is 24:00.
    assert answer["firstResponse"]["mean"] == {"value": 22 / 3, "n": 3}
    assert answer["csat"]["n"] == 0
    assert "not over" in answer["about"]["warnings"][0]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ('provider: "no", from: "2026-01-01", to: "2026-02-01"', "NOT_FOUND", "'no'"),
        ('provider: "shop", from: "2026-02-01", to: "2026-02-01"', None, "a day after"),
        ('provider: "shop", from: "2099-01-01", to: "2099-02-01"', None, "after asOf"),
        (
            'provider: "shop", from: "2026-01-01", to: "2026-02-01", margin: 7',
            *(None, "margin"),
        ),
        (
            'provider: "shop", from: "2026-01-01", to: "2026-02-01", discount: -1',
            *(None, "discount"),
        ),
    ],
)
def test_bad_input_names_what_was_expected(draw, ask, arguments, code, says):
    draw({"members": [worlds.member("shop")], "ties": []})
    document = f"{{ serviceQuality({arguments}) {{ csat {{ n }} }} }}"
    [error] = ask(document, True)["errors"]
    assert error.original_error.code == (code or "BAD_USER_INPUT")
    assert says in error.message


def redesigns(*cases: str, **initiative: str) -> worlds.World:
    """An initiative that the first case led to; cases on these days of 2026."""
    rows = [
        {"key": f"c{n}", "customer": "x", "provider": "shop", "reason": "late"}
        | {"opened_at": f"2026-{day}T12:00:00Z", "initiative": "fix" * (n == 0)}
        for n, day in enumerate(cases)
    ]
    return {
        "members": [worlds.member("shop"), worlds.member("x")],
        "ties": [],
        "initiatives": [{"key": "fix", "organisation": "shop", **initiative}],
        "service_cases": rows,
    }


APRIL = ("2026-04-01", "2026-05-01")


def the_change(ask, *period, **more):
    [change] = asked(ask, "shop", *period, **more)["loop"]["changes"]
    rates = [change[name] for name in ("before", "after")]
    return [(rate["value"], rate["n"]) for rate in rates]


def test_an_initiative_after_the_period_leaves_its_whole_length_before_it(draw, ask):
    draw(redesigns("04-05", "04-06", "04-20", since="2026-07-01"))
    # Three cases in the one month of the period, not in the three until July
    assert the_change(ask, *APRIL) == [(3, 3), (None, 0)]


def test_an_initiative_before_the_period_leaves_its_whole_length_after_it(draw, ask):
    draw(redesigns("04-05", "04-06", since="2026-01-01", until="2026-02-01"))
    assert the_change(ask, *APRIL) == [(None, 0), (2, 2)]


def test_an_initiative_that_has_not_ended_counts_from_its_begin(draw, ask):
    cases = ["04-05", "04-06", "04-20"]
    draw(redesigns(*cases, since="2026-04-16", until="2026-12-24"))
    # Half of April each: two cases before, one after
    assert the_change(ask, *APRIL) == [(4, 2), (2, 1)]
    draw(redesigns(*cases, since="2026-04-06", until="2026-04-16"))
    assert the_change(ask, *APRIL) == [(1 / (5 / 30), 1), (2, 1)]


def test_a_part_of_the_period_is_counted_over_that_part(draw, ask):
    draw(redesigns("04-05", "04-06", "04-20", since="2026-04-11"))
    found = the_change(ask, *APRIL, asOf="2026-04-20")
    assert found == [(2 / (10 / 30), 2), (1 / (10 / 30), 1)]


def test_the_team_s_customers_are_the_firm_s_only_while_it_is_a_part(draw, ask):
    """desk, with its customers k1 and k3, joins on 1 June; shop has k0, left k2."""
    world = customers(
        ("a", "1", "YEAR", "2020-01-01", "", "ACTIVE"),
        ("b", "1", "YEAR", "2020-01-01", "", "ACTIVE"),
        ("c", "1", "YEAR", "2020-01-01", "2025-06-01", "ACTIVE"),
    )
    world["ties"][0]["since"] = "2025-06-01"
    draw(world)
    found = asked(ask, "shop", "2025-01-01", "2026-01-01")
    keys = {name: [m["key"] for m in rows] for name, rows in found["customers"].items()}
    assert keys == {
        "atStart": ["a", "c"],
        "atEnd": ["a", "b"],
        "lost": ["c"],
        "won": ["b"],
    }
    assert found["churn"]["value"] == 1 / 2


def test_values_without_a_currency_come_last(draw, ask):
    world = customers(
        ("a", "1", "YEAR", "", "", "ACTIVE"),
        ("a", "2", "YEAR", "", "", "ACTIVE"),
    )
    world["contracts"][0]["currency"] = ""
    draw(world)
    more = {"margin": 1, "discount": 1}
    found = asked(ask, "shop", "2026-01-01", "2026-07-01", **more)
    assert [one["yearlyValue"] for one in found["lifetimeValues"]] == [2, 1]
    codes = [one["currency"] for one in found["lifetimeTotals"]]
    assert codes == ["EUR", None]


def test_a_contract_that_begins_tomorrow_makes_no_customer_today(draw, ask):
    draw(customers(("a", "1", "YEAR", "2026-11-02", "", "ACTIVE")))
    found = asked(ask, "shop", "2026-01-01", "2027-01-01")
    assert found["customers"]["atEnd"] == []


SCALES = {"CSAT": (1, 5), "NPS": (0, 10), "CES": (1, 7), "SATISFACTION": (1, 10)}
BEGIN, END = date(2026, 3, 1), date(2026, 4, 1)


@st.composite
def services(draw) -> worlds.World:
    """A firm, its desk, a stranger, and what is said and asked about March 2026."""
    members = [worlds.member(k) for k in ("firm", "other", "x", "y")]
    members.append(worlds.member("desk", "TEAM"))
    places = st.sampled_from(["firm", "desk", "other"])
    hour = st.integers(-900, 900)
    cases, feedback = [], []
    dates = st.sampled_from(["", "2026-02-20", "2026-03-11", "2026-03-21"])
    initiatives = [
        {"key": f"i{number}", "organisation": "firm", "since": begin}
        | {"until": draw(st.sampled_from(["", "2026-06-01", *["2026-03-26"] * early]))}
        for number, (begin, early) in enumerate(
            [(draw(dates), 1), (draw(dates), 1), ("2026-05-01", 0)]
        )
    ]
    led = st.sampled_from(["", *[row["key"] for row in initiatives]])
    for number in range(draw(st.integers(0, 9))):
        opened = datetime(2026, 3, 15) + timedelta(hours=draw(hour))
        times = [
            opened + timedelta(hours=h) if h is not None else None
            for h in draw(st.tuples(*[st.none() | st.integers(0, 90)] * 2))
        ]
        stamps = [t.isoformat() + "Z" if t else "" for t in times]
        cases.append(
            {"key": f"c{number}", "customer": draw(st.sampled_from("xy"))}
            | {"provider": draw(places), "opened_at": opened.isoformat() + "Z"}
            | {"first_response_at": stamps[0], "resolved_at": stamps[1]}
            | {"contacts": draw(st.sampled_from(["", "1", "1", "2"]))}
            | {"handovers": draw(st.sampled_from(["", "0", "1"]))}
            | {"initiated_by": draw(st.sampled_from(["", "CUSTOMER", "PROVIDER"]))}
            | {"escalated": draw(st.sampled_from(["", "true", "false"]))}
            | {"reason": draw(st.sampled_from(["", "late", "wet"]))}
            | {"initiative": draw(led)}
        )
    for number in range(draw(st.integers(0, 14))):
        kind = draw(st.sampled_from(sorted(SCALES)))
        about = draw(st.sampled_from([{"provider": "firm"}, {"provider": "desk"}]))
        if cases and draw(st.booleans()):
            about = {"case": draw(st.sampled_from(cases))["key"]}
        feedback.append(
            {"key": f"f{number}", "giver": draw(st.sampled_from("xy")), "kind": kind}
            | {"score": str(draw(st.integers(*SCALES[kind])))}
            | {"on": draw(st.sampled_from(["2026-02-28", "2026-03-01", "2026-03-31"]))}
            | {"question": draw(st.sampled_from("123")) * (kind == "SATISFACTION")}
            | {"state": draw(st.sampled_from(["", "CAPTURED", "DONE"]))}
            | {"initiative": draw(led)}
            | about
        )
    ties = [worlds.tie("AFFILIATION", "desk", "firm")]
    files = {"members": members, "ties": ties}
    files |= {"initiatives": initiatives}
    return files | {"service_cases": cases, "feedback": feedback}


def recount(world) -> dict:
    """The same figures by the words of their definitions."""
    own = [c for c in world["service_cases"] if c["provider"] != "other"]
    keys = {c["key"] for c in own}
    inside = [c for c in own if BEGIN <= moment(c["opened_at"]).date() < END]
    said = [
        f
        for f in world["feedback"]
        if f.get("case", f.get("provider")) in keys | {"firm", "desk"}
        and BEGIN <= date.fromisoformat(f["on"]) < END
    ]
    scores = {k: [float(f["score"]) for f in said if f["kind"] == k] for k in SCALES}
    three = [
        [float(f["score"]) for f in said if f["question"] == q] for q in ("1", "2", "3")
    ]
    nps, done = scores["NPS"], [c for c in inside if c["resolved_at"]]
    # One contact and no handover, where both are stated or one of them rules it out.
    known = [
        c
        for c in done
        if c["contacts"] == "2"
        or c["handovers"] == "1"
        or (c["contacts"], c["handovers"]) == ("1", "0")
    ]
    once = [(c["contacts"], c["handovers"]) == ("1", "0") for c in known]
    begun = [c["initiated_by"] == "PROVIDER" for c in inside if c["initiated_by"]]
    waits = [
        (moment(c["first_response_at"]) - moment(c["opened_at"])).total_seconds() / 3600
        for c in inside
        if c["first_response_at"]
    ]
    told = [c for c in inside if c["escalated"]]
    net = sum(s >= 9 for s in nps) - sum(s <= 6 for s in nps)
    index = (sum(map(statistics.mean, three)) / 3 - 1) / 9 * 100 if all(three) else None
    return {
        "csat": {
            "value": ratio([s >= 4 for s in scores["CSAT"]]),
            "n": len(scores["CSAT"]),
        },
        "nps": {"value": 100 * net / len(nps) if nps else None, "n": len(nps)},
        "ces": {"value": ratio(scores["CES"]), "n": len(scores["CES"])},
        "satisfactionIndex": {"value": index, "n": sum(map(len, three))},
        "firstContactRate": {"value": ratio(once), "n": len(once)},
        "proactiveShare": {"value": ratio(begun), "n": len(begun)},
        "escalatedShare": {
            "value": ratio([c["escalated"] == "true" for c in told]),
            "n": len(told),
        },
        "firstResponse": {
            "mean": {"value": ratio(waits), "n": len(waits)},
            "median": statistics.median(waits) if waits else None,
        },
        "loop": {
            "closedShare": {
                "value": ratio([f["state"] == "DONE" for f in said if f["state"]]),
                "n": sum(bool(f["state"]) for f in said),
            },
            "changes": recounted_changes(world, own, inside, keys),
        },
    }


def recounted_changes(world, own, inside, keys) -> list[dict]:
    """Cases a month of March before and after each initiative that has a reason."""
    before = BEGIN - (END - BEGIN)
    known = [c for c in own if before <= moment(c["opened_at"]).date() < END]
    said = [
        f
        for f in world["feedback"]
        if f.get("case", f.get("provider")) in keys | {"firm", "desk"}
    ]
    changes = []
    for row in world["initiatives"]:
        led = [c for c in known if c["initiative"] == row["key"]]
        heard = [f for f in said if f["initiative"] == row["key"]]
        if not led and not heard:
            continue
        reasons = {c["reason"] for c in led} - {""}
        alike = [c for c in inside if not reasons or c["reason"] in reasons]
        begun = date.fromisoformat(row["since"]) if row["since"] else None
        ended = date.fromisoformat(row["until"]) if row["until"] else None
        changes.append(
            {
                "initiative": {"key": row["key"]},
                "before": monthly_rate(alike, BEGIN, begun),
                "after": monthly_rate(alike, ended or begun, END),
            }
        )
    return changes


def monthly_rate(cases, begin, end) -> dict:
    """Over the days of March between two days; March is the whole period."""
    if begin is None or end is None:
        return {"value": None, "n": 0}
    begin, end = max(begin, BEGIN), min(end, END)
    if begin >= end:
        return {"value": None, "n": 0}
    own = [c for c in cases if begin <= moment(c["opened_at"]).date() < end]
    return {"value": len(own) / ((end - begin).days / 31), "n": len(own)}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.removesuffix("Z"))


def ratio(values) -> float | None:
    return sum(values) / len(values) if values else None


@given(world=services())
@settings(max_examples=25)
def test_random_services_match_a_plain_recount(draw, ask, world):
    draw(world)
    answer = asked(ask, "firm", BEGIN.isoformat(), END.isoformat())
    same(answer, recount(world))
    found = ask(EVIDENCE)["serviceQuality"]
    loop = found.pop("loop")
    figures = found | {"closedShare": loop["closedShare"]}
    figures |= {
        f"{name} {place}": figure
        for place, change in enumerate(loop["changes"])
        for name, figure in change.items()
    }
    for name in ("firstResponse", "resolution"):
        figures[name] = figures[name]["mean"]
    for name, figure in figures.items():
        assert len({row["id"] for row in figure["evidence"]}) == figure["n"], name


EVIDENCE = (
    """{
  serviceQuality(provider: "firm", from: "%s", to: "%s", asOf: "2026-11-01") {
    csat ALL interactionCsat ALL nps ALL ces ALL satisfactionIndex ALL
    firstContactRate ALL proactiveShare ALL escalatedShare ALL
    firstResponse { mean ALL } resolution { mean ALL } firstResponseChange ALL
    loop { closedShare ALL changes { before ALL after ALL change ALL } }
  }
}""".replace("ALL", "{ n evidence(first: 200) { id } }")
    % (BEGIN, END)
)
