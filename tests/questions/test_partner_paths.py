"""Introduction paths against a search of all of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles import paths as oracle
from tests.oracles import portfolio
from tests.support import worlds
from tests.support.answers import same

QUESTION = """
query ($startup: String!, $needs: [String!], $backers: [MemberRole!], $hops: Int,
       $asOf: Date, $first: Int) {
  partnerPaths(startup: $startup, needs: $needs, backers: $backers, maxHops: $hops,
               asOf: $asOf, first: $first) {
    startup { key }
    stages {
      capability { key } stage independentRoutes combinedSuccess
      paths {
        backer { key } partner { key } success hops
        steps { from { key } to { key } success needsConsent ties { kind success } }
        weakestStep {
          from { key } to { key } success needsConsent ties { kind success }
        }
      }
    }
  }
}"""
ROLES = ["INVESTOR", "MENTOR", "INCUBATOR", "ACCELERATOR"]


@given(
    drawn=st.lists(worlds.introduction_worlds(), min_size=1, max_size=6),
    backers=st.lists(st.sampled_from(ROLES), min_size=1, unique=True),
    hops=st.integers(1, 6),
    first=st.sampled_from([1, 3, 20]),
)
@settings(max_examples=25)
def test_random_worlds_match_an_exhaustive_search(
    draw, ask, drawn, backers, hops, first
):
    world = worlds.together(drawn)
    draw(world)
    for place in range(len(drawn)):
        startup = f"w{place}-m00"
        asked = {"startup": startup, "asOf": worlds.AS_OF, "first": first}
        answer = ask(QUESTION, **asked, backers=backers, hops=hops)["partnerPaths"]
        day = worlds.AS_OF
        same(
            answer,
            oracle.partner_paths(world, startup, None, backers, hops, day, first),
        )


WARM_UP = """
query ($startup: String!, $hops: Int) {
  partnerPaths(startup: $startup, maxHops: $hops, backers: [INVESTOR, MENTOR],
               asOf: "2026-11-01", first: 1) {
    stages { capability { key } askFirst { backer { key } reason }
      paths { backer { key } success }
      warmUp { from { key } to { key } successBefore successAfter tie { success }
               nullReason } }
  }
}"""


@given(
    drawn=st.lists(worlds.introduction_worlds(), min_size=1, max_size=4),
    hops=st.integers(2, 5),
)
@settings(max_examples=15)
def test_the_tie_to_warm_up_is_the_best_of_all_renewals(draw, ask, drawn, hops):
    whole = worlds.together(drawn)
    draw(whole)
    for place in range(len(drawn)):
        startup = f"w{place}-m00"
        # Each world by itself: no tie joins two of them.
        world = {
            file: [row for row in rows if row["key"].startswith(f"w{place}")]
            for file, rows in whole.items()
        }
        renewed = portfolio.renewals(world, worlds.AS_OF)
        for stage in ask(WARM_UP, startup=startup, hops=hops)["partnerPaths"]["stages"]:
            need, told = stage["capability"]["key"], stage["warmUp"]
            if not stage["paths"]:
                assert (told["successAfter"], stage["askFirst"]) == (None, None)
                continue
            assert stage["askFirst"]["backer"] == stage["paths"][0]["backer"]
            before = stage["paths"][0]["success"]
            after = [
                (portfolio.best(other, startup, need, hops, worlds.AS_OF), tie)
                for tie, other in renewed
            ]
            most = max((success for success, _ in after), default=0.0)
            if most <= before + 1e-12:
                assert told["successAfter"] is None
                assert "No single contact" in told["nullReason"]
                continue
            assert told["successBefore"] == before
            assert told["successAfter"] == pytest.approx(most, rel=1e-9)
            ends = {told["from"]["key"], told["to"]["key"]}
            [own] = [
                success
                for success, tie in after
                if {tie["source"], tie["target"]} == ends
            ]
            assert own == pytest.approx(most, rel=1e-9)


def test_two_routes_in_parallel_are_likelier_than_either(draw, ask):
    """As in VT-13, with the chances of ties: .5 * .9 and .5 * .7."""
    kinds = {"s": "ORGANISATION", "t": "ORGANISATION"}
    people = {"a": "PERSON", "b": "PERSON"}
    members = [worlds.member(k, kind) for k, kind in (kinds | people).items()]
    members = [m | {"roles": "MENTOR" if m["key"] in "ab" else ""} for m in members]
    # Mentors of the cohort, whose first tie is .5; then .9, and .7 over a contract.
    ties = [worlds.tie("MEMBERSHIP", k, "c") for k in "sab"]
    ties += [worlds.tie("EMPLOYMENT", "a", "t"), worlds.party("b", "x", "CUSTOMER")]
    ties += [worlds.party("t", "x", "SUPPLIER"), worlds.tie("NEED", "s", "k")]
    ties.append(worlds.tie("CAPABILITY", "t", "k"))
    draw(
        {
            "members": members,
            "ties": ties,
            "contracts": [worlds.contract("x", status="ACTIVE")],
            "communities": [{"key": "c", "name": "c", "kind": "INCUBATOR_COHORT"}],
            "capabilities": [{"key": "k", "name": "k"}],
        }
    )
    document = """{ partnerPaths(startup: "s", backers: [MENTOR], maxHops: 2) {
        stages { combinedSuccess independentRoutes paths { success } } } }"""
    [stage] = ask(document)["partnerPaths"]["stages"]
    assert [round(p["success"], 9) for p in stage["paths"]] == [0.45, 0.35]
    assert stage["combinedSuccess"] == pytest.approx(1 - 0.55 * 0.65)
    assert stage["independentRoutes"] == 2


def test_evidence_names_counts_dates_and_who(draw, ask):
    draw(worlds.introductions())
    document = """{ partnerPaths(startup: "startup", asOf: "2026-11-01") {
        stages { paths { steps { ties { kind text } } } } } }"""
    stages = ask(document)["partnerPaths"]["stages"]
    ties = [
        tie
        for stage in stages
        for path in stage["paths"]
        for step in path["steps"]
        for tie in step["ties"]
    ]
    assert ties
    names = {row["name"] for row in worlds.introductions()["members"]}
    for tie in ties:
        assert sum(name in tie["text"] for name in names) >= 2, tie
        assert tie["text"].endswith(".")


MEMBER = """
fragment Paths on IntroductionPaths {
  paths { backer { key } partner { key } success hops
    steps { from { key } to { key } success needsConsent ties { kind text } } }
  morePaths independentRoutes combinedSuccess
  askFirst { backer { key } reason } warmUp { successBefore successAfter nullReason }
}
query ($startup: String!, $needs: [String!], $member: String, $backers: [MemberRole!]) {
  partnerPaths(startup: $startup, needs: $needs, member: $member, backers: $backers,
               asOf: "2026-11-01", first: 3) {
    stages { ...Paths }
    toMember { member { key } nullReason ...Paths }
    nullReason
  }
}"""


@given(
    drawn=st.lists(worlds.introduction_worlds(), min_size=1, max_size=3),
    backers=st.lists(st.sampled_from(ROLES), min_size=1, unique=True),
)
@settings(max_examples=10)
def test_a_member_is_reached_as_the_only_holder_of_a_capability(
    draw, ask, drawn, backers
):
    world = worlds.together(drawn)
    keys = [m["key"] for m in world["members"]]
    only = {key: f"only-{key}" for key in keys}
    world["capabilities"] += [{"key": own, "name": own} for own in only.values()]
    world["ties"] += [worlds.tie("CAPABILITY", key, own) for key, own in only.items()]
    draw(world)
    for place in range(len(drawn)):
        startup = f"w{place}-m00"
        for key in [key for key in keys if key.startswith(f"w{place}-")][1:5]:
            variables = {"startup": startup, "member": key, "backers": backers}
            both = ask(MEMBER, needs=[only[key]], **variables)["partnerPaths"]
            [stage], member = both["stages"], both["toMember"]
            assert member.pop("member") == {"key": key}
            reason = member.pop("nullReason")
            assert member == stage
            assert (reason is None) == bool(member["paths"])
            alone = ask(MEMBER, **variables)["partnerPaths"]
            assert alone["stages"] == []
            assert alone["nullReason"] is None
            assert alone["toMember"]["paths"] == member["paths"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ('startup: "nobody"', "NOT_FOUND", "'nobody'"),
        ('startup: "startup", needs: ["no"]', "NOT_FOUND", "'no'"),
        ('startup: "startup", maxHops: 0', "BAD_USER_INPUT", "1 to 8"),
        ('startup: "startup", maxHops: 50', "BAD_USER_INPUT", "1 to 8"),
        ('startup: "startup", member: "startup"', "BAD_USER_INPUT", "another member"),
        ('startup: "startup", member: "nobody"', "NOT_FOUND", "nobody"),
        ('startup: "startup", first: 0', "BAD_USER_INPUT", "1 to 1000"),
    ],
)
def test_bad_input_names_what_was_expected(draw, ask, arguments, code, says):
    draw(worlds.introductions())
    [error] = ask(f"{{ partnerPaths({arguments}) {{ startup {{ key }} }} }}", True)[
        "errors"
    ]
    assert error.original_error.code == code
    assert says in error.message
