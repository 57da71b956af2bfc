"""Where nothing is stored, an answer says so, and what to add: its 0 is no news."""

from __future__ import annotations

import pytest

from tests.support.answers import own_warnings
from tests.support.gap_world import gap_world
from tests.support.worlds import AS_OF, contract, member, party, tie


@pytest.fixture
def gaps(draw, ask):
    """A cohort with jobs, investments, mentors and acquaintances alone."""
    draw(gap_world())

    def answer(field: str, text: str):
        return ask(text.replace("DAY", f'asOf: "{AS_OF}"'))[field]

    return answer


def test_without_a_dependency_the_losses_are_unknown(gaps):
    text = """{ weakNodes(DAY) { hurtingCount about { warnings } } }"""
    answer = gaps("weakNodes", text)
    assert answer["hurtingCount"] == 0
    [warning] = own_warnings(answer)
    assert warning.startswith(f"No dependency at all is active on {AS_OF}")
    assert "unknown, not 0. Add DEPENDENCY ties" in warning
    text = """{ weakNodes(network: { ties: [DEPENDENCY], community: "cohort", DAY }) {
      members { totalLoss } nullReason about { warnings } } }"""
    answer = gaps("weakNodes", text)
    assert answer["members"] == []
    assert answer["nullReason"].startswith("No member of this network has a dependency")
    assert "between two members of this network" in own_warnings(answer)[0]
    text = """{ weakNodeImpact(member: "startup03", DAY) { affectedCount
      about { warnings } } }"""
    answer = gaps("weakNodeImpact", text)
    assert answer["affectedCount"] == 0
    [warning] = own_warnings(answer)
    assert "No dependency on 'startup03' and no contract that it supplies" in warning


def test_a_dependency_without_a_strength_counts_as_complete_and_is_counted(draw, ask):
    ties = [tie("DEPENDENCY", "b", "a"), tie("DEPENDENCY", "c", "b", strength="0.5")]
    ties += [tie("DEPENDENCY", "e", "d")]
    draw({"members": [member(key) for key in "abcde"], "ties": ties})
    text = """query ($network: NetworkInput) { weakNodes(network: $network) {
      members { member { key } totalLoss } about { warnings } } }"""
    answer = ask(text)["weakNodes"]
    losses = {row["member"]["key"]: row["totalLoss"] for row in answer["members"]}
    assert losses == {"a": 1.5, "d": 1, "b": 0.5, "c": 0, "e": 0}
    assert "2 dependencies have no strength" in answer["about"]["warnings"][0]
    network = {"ties": ["DEPENDENCY"], "kinds": ["PERSON"]}
    answer = ask(text, network=network)["weakNodes"]
    assert "strength, criticality" in answer["about"]["warnings"][0]
    assert "have no strength" not in " ".join(answer["about"]["warnings"])
    text = """query ($key: String!) { weakNodeImpact(member: $key) {
      about { warnings } } }"""
    [warning] = ask(text, key="a")["weakNodeImpact"]["about"]["warnings"]
    assert warning.startswith("1 dependency has no strength")
    # Of c no dependent is stored; b's own dependent states its strength.
    assert ask(text, key="b")["weakNodeImpact"]["about"]["warnings"] == []
    [warning] = ask(text, key="c")["weakNodeImpact"]["about"]["warnings"]
    assert "No dependency on 'c'" in warning


def test_a_contract_alone_is_enough_to_know_who_waits(draw, ask):
    world = {
        "members": [member("a"), member("b")],
        "ties": [party("a", "c", "SUPPLIER"), party("b", "c", "CUSTOMER")],
        "contracts": [contract("c")],
    }
    draw(world)
    text = """query ($key: String!) { weakNodeImpact(member: $key) {
      customersWaiting { customer { key } } about { warnings } } }"""
    answer = ask(text, key="a")["weakNodeImpact"]
    assert answer["about"]["warnings"] == []
    assert len(answer["customersWaiting"]) == 1
    [warning] = ask(text, key="b")["weakNodeImpact"]["about"]["warnings"]
    assert "No dependency on 'b' and no contract that it supplies" in warning


def test_without_needs_paths_and_choke_points_are_unknown(gaps):
    text = """{ partnerPaths(startup: "startup03", DAY) { nullReason
      stages { stage } } }"""
    answer = gaps("partnerPaths", text)
    assert answer["stages"] == []
    assert answer["nullReason"].startswith("The start-up has no needs stored")
    assert "Add NEED ties" in answer["nullReason"]
    text = """{ chokePoints(community: "cohort", DAY) { pairCount startupCount
      needingStartupCount nullReason } }"""
    answer = gaps("chokePoints", text)
    assert (answer["startupCount"], answer["needingStartupCount"]) == (22, 0)
    assert "has a stored need. Add NEED ties" in answer["nullReason"]
    text = """{ chokePoints(startups: [], DAY) { nullReason } }"""
    assert "No start-up is in the portfolio" in gaps("chokePoints", text)["nullReason"]
    text = """{ capabilityGaps(startup: "startup03", DAY) { gapCount
      gapShare { value nullReason } } }"""
    answer = gaps("capabilityGaps", text)
    assert answer["gapShare"]["value"] is None
    assert "Add NEED ties" in answer["gapShare"]["nullReason"]
    text = (
        """{ networking(member: "startup03", DAY) { needDistance { nullReason } } }"""
    )
    reason = gaps("networking", text)["needDistance"]["nullReason"]
    assert reason == "It needs nothing, as far as stored. Add NEED ties."


def test_choke_points_count_the_startups_with_a_need(draw, ask):
    members = [member(key, roles="STARTUP") for key in "abc"]
    capabilities = [{"key": "k", "name": "K"}]
    ties = [tie("NEED", "a", "k"), tie("NEED", "b", "k")]
    draw({"members": members, "ties": ties, "capabilities": capabilities})
    text = """{ chokePoints { startupCount needingStartupCount pairsWithoutPathCount
      nullReason } }"""
    assert ask(text)["chokePoints"] == {
        "startupCount": 3,
        "needingStartupCount": 2,
        "pairsWithoutPathCount": 2,
        "nullReason": "No start-up has a path to anything that it needs.",
    }


def test_without_an_incubator_nobody_knows_what_one_adds(gaps, draw, ask):
    text = """{ exposure(startup: "startup03", DAY) { addedCount cohorts { key }
      about { warnings } } }"""
    answer = gaps("exposure", text)
    assert answer["cohorts"] == [{"key": "cohort"}]
    [warning] = [w for w in own_warnings(answer) if "incubator" in w]
    assert "counts only what its cohorts add" in warning
    assert "ORGANISING" in warning
    world = gap_world()
    world["members"].append(member("hub", roles="INCUBATOR"))
    world["ties"].append(tie("ORGANISING", "hub", "cohort"))
    draw(world)
    answer = gaps("exposure", text)
    assert not [w for w in own_warnings(answer) if "incubator" in w]
    draw({"members": [member("alone", roles="STARTUP")], "ties": []})
    [warning] = ask('{ exposure(startup: "alone") { about { warnings } } }')[
        "exposure"
    ]["about"]["warnings"]
    assert "addedCount is 0" in warning


def test_a_departure_says_which_losses_nobody_can_know(gaps, draw, ask):
    text = """{ departureImpact(person: "founder06", DAY) { customerCount
      lostRouteCount about { warnings } } }"""
    customers, routes = own_warnings(gaps("departureImpact", text))
    assert "No customer of 'startup03' is stored" in customers
    assert "No start-up has a stored need" in routes
    world = {
        "members": [
            member("firm"),
            member("buyer"),
            member("p", "PERSON"),
            member("s", roles="STARTUP"),
        ],
        "ties": [
            tie("EMPLOYMENT", "p", "firm"),
            party("firm", "c", "SUPPLIER"),
            party("buyer", "c", "CUSTOMER"),
            tie("NEED", "s", "k"),
        ],
        "contracts": [contract("c")],
        "capabilities": [{"key": "k", "name": "K"}],
    }
    draw(world)
    text = """{ departureImpact(person: "p") { about { warnings } } }"""
    assert ask(text)["departureImpact"]["about"]["warnings"] == []


def test_key_people_say_of_how_many_customers_and_partners(gaps, draw, ask):
    text = """{ keyPeople(organisation: "KEY", DAY) { ownedCount memberCount
      nullReason } }"""
    answer = gaps("keyPeople", text.replace("KEY", "startup03"))
    # two funds, two mentors
    assert (answer["ownedCount"], answer["memberCount"]) == (0, 4)
    assert "any of 4 customers and partners. Add" in answer["nullReason"]
    draw({"members": [member("alone")], "ties": []})
    answer = gaps("keyPeople", text.replace("KEY", "alone"))
    assert answer["memberCount"] == 0
    assert "none is stored for that day. Add" in answer["nullReason"]


def test_ownership_counts_members_that_no_stored_channel_reaches(gaps, draw, ask):
    text = """{ networkOwnership(organisation: "startup03", DAY) {
      ownedShare { value n } about { warnings } } }"""
    answer = gaps("networkOwnership", text)
    assert answer["ownedShare"] == {"value": 0, "n": 4}
    [warning] = own_warnings(answer)
    assert "no stored channel reaches: 4 of 4" in warning
    ties = [tie("FOLLOWING", "b", "a"), tie("INVESTMENT", "c", "a")]
    draw({"members": [member(key) for key in "abc"], "ties": ties})
    text = text.replace("startup03", "a")
    assert ": 1 of 2;" in own_warnings(gaps("networkOwnership", text))[0]
    draw({"members": [member(key) for key in "ab"], "ties": ties[:1]})
    assert own_warnings(gaps("networkOwnership", text)) == []


def test_openings_are_unknown_without_needs_and_roles(gaps, draw, ask):
    text = """{ openings(community: "cohort", DAY) { openingCount nullReason } }"""
    assert gaps("openings", text)["nullReason"].startswith("Unknown. No need")
    text = """{ lenses(community: "cohort", DAY) { sentences { school sentence } } }"""
    sentence = gaps("lenses", text)["sentences"][-1]["sentence"]
    assert sentence.startswith("No opening: Unknown. No need")
    world = {
        "members": [member(key) for key in "ab"],
        "ties": [
            tie("NEED", "a", "k"),
            tie("CAPABILITY", "b", "k"),
            tie("EXCHANGE", "a", "b"),
        ],
        "capabilities": [{"key": "k", "name": "K"}],
    }
    draw(world)
    reason = ask("{ openings { nullReason } }")["openings"]["nullReason"]
    assert reason == "No two members without a tie complete each other."


def test_referrals_count_businesses_without_a_region_and_undated_referrals(draw, ask):
    world = {
        "members": [
            member("a", region="north"),
            member("b"),
            member("c"),
            member("p", "PERSON"),
        ],
        "ties": [],
        "referrals": [{"key": "r", "referrer": "a", "customer": "b", "provider": "c"}],
    }
    draw(world)
    text = """query ($region: String) { referralNetwork(region: $region) {
      regions { name businesses } about { warnings } } }"""
    answer = ask(text)["referralNetwork"]
    assert answer["regions"] == [{"name": "north", "businesses": 1}]
    assert answer["about"]["warnings"] == [
        "Referrals without a day, counted as fresh, and in no chain: 1.",
        "Businesses without a region, in no row of `regions`: 2. Add their region.",
    ]
    assert ask(text, region="north")["referralNetwork"]["about"]["warnings"] == []


def test_acquaintances_without_any_day_of_contact_are_counted_apart(draw, ask):
    people = [member(key, "PERSON") for key in "abc"]
    known = {"score": "1", "score_at": "2020-01-01"}
    ties = [tie("ACQUAINTANCE", "a", "b"), tie("ACQUAINTANCE", "a", "c", **known)]
    draw({"members": people, "ties": ties})
    text = """{ networking(member: "a") { upkeepDueCount about { warnings }
      upkeepDue { member { key } lastContact } sectorDiversity { nullReason } } }"""
    answer = ask(text)["networking"]
    assert [due["member"]["key"] for due in answer["upkeepDue"]] == ["b", "c"]
    text = "Acquaintances without any day of contact, the first of upkeepDue: 1 of 2."
    assert text in answer["about"]["warnings"]
    assert answer["sectorDiversity"]["nullReason"] == "No contact has a known sector."


def test_a_map_says_how_many_arcs_of_the_whole_network_it_leaves_out(draw, ask):
    arcs = [tie("EXCHANGE", *pair) for pair in ("ab", "bc", "cd", "da")]
    arcs += [tie("ADVICE", "a", "b")]
    draw({"members": [member(key) for key in "abcd"], "ties": arcs})
    text = """query ($first: Int) { networkMap(first: $first,
      network: { ties: [EXCHANGE, ADVICE] }) {
      nodeCount linkCount arcCount about { warnings } } }"""
    cut = ask(text, first=2)["networkMap"]
    assert (cut["nodeCount"], cut["linkCount"], cut["arcCount"]) == (4, 2, 5)
    # All four have two neighbours: none has fewer ties than those shown.
    assert cut["about"]["warnings"] == [
        "Members with fewer or as many ties that are not shown: 2."
    ]
    whole = ask(text)["networkMap"]
    assert (whole["linkCount"], whole["arcCount"]) == (5, 5)
    assert whole["about"]["warnings"] == []
