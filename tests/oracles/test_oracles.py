"""The slow implementations themselves, against published tables and hand work."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.brokerage import NAMES, brokerage, evidence
from tests.oracles.cascade import weak_node_impact
from tests.oracles.graph import active, contract_arcs, day, inside
from tests.oracles.network import groups, project
from tests.oracles.paths import partner_paths
from tests.support import worlds
from tests.support.worlds import AS_OF, contract, member, party, tie

EXCHANGES = {"ties": ["EXCHANGE"], "asOf": AS_OF}


def row(scores: dict[str, Any], part: str) -> list[Any]:
    return [scores[part][name] for name in NAMES]


def near(expected: list[Any], tolerance: float) -> Any:
    return pytest.approx(expected, abs=tolerance)


def test_four_nodes_as_published() -> None:
    answer = brokerage(worlds.four_nodes(), EXCHANGES, "SECTOR")
    assert [b["member"]["key"] for b in answer["brokers"]] == ["a", "d", "b", "c"]
    by_key = {b["member"]["key"]: b["scores"] for b in answer["brokers"]}
    assert row(by_key["a"], "observed") == [0, 1, 0, 1, 0, 2]
    assert row(by_key["b"], "observed") == [0, 0, 1, 0, 0, 1]
    assert row(by_key["c"], "observed") == [0, 0, 0, 1, 0, 1]
    assert row(by_key["d"], "observed") == [0, 1, 1, 0, 0, 2]
    for scores in by_key.values():
        assert row(scores, "expected") == near([0, 0.25, 0.25, 0.25, 0, 0.75], 1e-9)
        spread = near([0, 0.4677, 0.5, 0.5, 0, 0.9186], 5e-5)
        assert row(scores, "standardDeviation") == spread
    z = row(by_key["a"], "z")
    assert z[0] is None
    assert z[4] is None
    assert [z[1], z[2], z[3], z[5]] == near([1.6036, -0.5, 1.5, 1.3608], 5e-5)
    whole = answer["whole"]
    assert row(whole, "observed") == [0, 2, 2, 2, 0, 6]
    assert row(whole, "expected") == near([0, 1, 1, 1, 0, 3], 1e-9)
    assert row(whole, "standardDeviation") == near([0, 1.118, 1, 1, 0, 1.9365], 5e-5)
    assert evidence(worlds.four_nodes(), EXCHANGES, "SECTOR", "a") == [
        {"source": {"key": "d"}, "target": {"key": "b"}, "role": "GATEKEEPER"},
        {"source": {"key": "d"}, "target": {"key": "c"}, "role": "CONSULTANT"},
    ]


OBSERVED = """
1[1 2 2 11 8 24]; 2[0 1 6 0 13 20]; 3[1 0 6 3 10 20]; 4[0 5 6 6 13 30];
5[3 0 13 1 5 22]; 6[0 0 0 0 0 0]; 7[0 7 0 0 31 38]; 8[0 0 2 4 10 16];
9[0 0 10 0 3 13]; 10[0 15 1 1 28 45]; 11[0 0 1 0 4 5]; 12[0 0 0 0 2 2];
13[1 0 0 2 0 3]; 14[0 0 4 0 0 4]; 15[7 0 10 2 7 26]; 16[0 0 1 0 1 2];
17[0 0 1 1 8 10]; 18[0 32 4 11 74 121]; 19[2 0 0 1 1 4]; 20[2 0 8 4 9 23];
21[11 7 20 15 19 72]
"""
EXPECTED = {
    "E": [0.6724, 9.1897, 5.7155, 5.7155, 21.2932, 42.5864],
    "C": [4.7069, 4.2586, 10.1983, 10.1983, 13.2242, 42.5864],
    "B": [1.3448, 8.2931, 7.1724, 7.1724, 18.6035, 42.5864],
    "A": [0, 10.5345, 0, 0, 32.0519, 42.5864],
    "D": [0.2241, 9.8621, 4.0345, 4.0345, 24.4311, 42.5864],
}


def test_krackhardt_as_published() -> None:
    answer = brokerage(worlds.krackhardt(), EXCHANGES, "SECTOR", first=30)
    assert (answer["nodeCount"], answer["arcCount"]) == (21, 190)
    brokers = {b["member"]["key"]: b for b in answer["brokers"]}
    for line in OBSERVED.replace("\n", "").split(";"):
        number, counts = line.strip(" ]").split("[")
        scores = brokers[f"n{int(number):02d}"]["scores"]
        assert row(scores, "observed") == [int(c) for c in counts.split()]
    for broker in brokers.values():
        expected = near(EXPECTED[broker["group"]], 6e-5)
        assert row(broker["scores"], "expected") == expected
        assert broker["scores"]["standardDeviation"]["total"] == near(15.678, 5e-4)
    for key, z in {
        "n18": [-0.50, 4.77, -0.01, 1.90, 5.01, 5.00],
        "n21": [6.96, -0.30, 2.62, 1.60, 0.05, 1.88],
    }.items():
        assert row(brokers[key]["scores"], "z") == near(z, 6e-3)
    alone = row(brokers["n07"]["scores"], "z")
    assert [alone[0], alone[2], alone[3]] == [None] * 3
    assert [alone[1], alone[4], alone[5]] == near([-0.75, -0.09, -0.29], 6e-3)
    whole = answer["whole"]
    assert row(whole, "observed") == [28, 69, 95, 62, 246, 500]
    expected = [47.742, 152.414, 152.414, 152.414, 389.329, 894.314]
    assert row(whole, "expected") == near(expected, 6e-4)
    spread = [9.673, 25.731, 23.836, 23.836, 33.284, 63.610]
    assert row(whole, "standardDeviation") == near(spread, 6e-4)
    z = [-2.041, -3.242, -2.409, -3.793, -4.306, -6.199]
    assert row(whole, "z") == near(z, 6e-4)


def test_brokers_rank_by_any_role_with_null_z_last() -> None:
    def ranked(role: str, by: str) -> list[str]:
        world = worlds.krackhardt()
        answer = brokerage(world, EXCHANGES, "SECTOR", None, role, by, 30)
        return [b["member"]["key"] for b in answer["brokers"]]

    assert ranked("TOTAL", "OBSERVED")[:3] == ["n18", "n21", "n10"]
    assert ranked("COORDINATOR", "OBSERVED")[:3] == ["n21", "n15", "n05"]
    assert ranked("COORDINATOR", "Z")[0] == "n21"
    assert ranked("COORDINATOR", "Z")[-1] == "n07"


def test_networks_too_small_for_a_density_have_no_moments() -> None:
    world = {"members": [member("a")]}
    answer = brokerage(world, EXCHANGES, "SECTOR")
    assert (answer["nodeCount"], answer["brokers"]) == (0, [])
    answer = brokerage(world, EXCHANGES | {"isolates": True}, "SECTOR")
    assert answer["brokers"][0]["group"] is None
    assert row(answer["brokers"][0]["scores"], "observed") == [0] * 6
    assert row(answer["brokers"][0]["scores"], "expected") == [None] * 6
    assert row(answer["whole"], "z") == [None] * 6
    with pytest.raises(KeyError):
        brokerage(world, EXCHANGES, "SECTOR", member="nobody")


def level(answer: dict[str, Any], key: str) -> float:
    found = {i["member"]["key"]: i["operability"] for i in answer["impacts"]}
    return 100 * found.get(key, 1.0)


@pytest.mark.parametrize(
    ("rd", "prod", "buyer"),
    [(100, 100, 100), (80, 82, 94.6), (40, 46, 76), (0, 10, 40)],
)
def test_dependency_arithmetic(rd: float, prod: float, buyer: float) -> None:
    answer = weak_node_impact(worlds.fdna(), "rd", rd / 100, as_of=AS_OF)
    assert level(answer, "prod") == pytest.approx(prod)
    assert level(answer, "buyer") == pytest.approx(buyer)


@pytest.mark.parametrize(
    ("first", "rest"), [(50, [62.5, 57.5, 77.5, 81.0833]), (0, [20, 15, 55, 45])]
)
def test_five_node_net_of_public_code(first: float, rest: list[float]) -> None:
    answer = weak_node_impact(worlds.fdna(), "1", first / 100, as_of=AS_OF)
    assert [level(answer, key) for key in "2345"] == near(rest, 5e-5)
    assert answer["affectedCount"] == 4
    # prod and buyer depend on somebody too
    assert answer["affectedShare"] == pytest.approx(4 / 6)


def test_weak_team_and_the_buyer_who_waits() -> None:
    answer = weak_node_impact(worlds.weak_team(), "rd", 0.4, as_of=AS_OF)
    told = [
        (i["member"]["key"], round(i["loss"], 6), i["order"], round(i["waitDays"], 6))
        for i in answer["impacts"]
    ]
    assert told == [
        ("rd", 0.6, 0, 18),
        ("production", 0.54, 1, 13),
        ("maker", 0.54, 2, 13),
        ("buyer1", 0.324, 3, 10),
    ]
    way = [{"key": key} for key in ("rd", "production", "maker", "buyer1")]
    assert answer["customersWaiting"] == [
        {
            "customer": {"key": "buyer1"},
            "waitDays": pytest.approx(10),
            "contracts": [{"key": "contract1"}],
            "valueAtRisk": [{"amount": 500000.0, "currency": "SEK"}],
            "decidingPath": way,
        }
    ]
    assert answer["affectedShare"] == 0.75
    assert answer["totalLoss"] == pytest.approx(1.404)
    assert answer["converged"] is True


def test_a_contract_without_dependency_waits_like_its_supplier() -> None:
    world = worlds.weak_team()
    world["members"].append(member("buyer3"))
    world["contracts"].append(contract("contract3", value="70"))
    world["ties"] += [party("maker", "contract3", "SUPPLIER")]
    world["ties"] += [party("buyer3", "contract3", "CUSTOMER")]
    found = weak_node_impact(world, "rd", 0.4, 30, AS_OF)["customersWaiting"]
    assert [w["customer"]["key"] for w in found] == ["buyer3", "buyer1"]
    assert found[0]["waitDays"] == pytest.approx(13)
    assert found[0]["valueAtRisk"] == [{"amount": 70.0, "currency": None}]
    assert [p["key"] for p in found[0]["decidingPath"]][-2:] == ["maker", "buyer3"]
    # Whoever depends on a part of the supplier has its buffer counted, not the contract
    part = worlds.depends("buyer3", "production", "0", "100", buffer_days="13")
    world["ties"].append(part)
    found = weak_node_impact(world, "rd", 0.4, 30, AS_OF)["customersWaiting"]
    assert [w["customer"]["key"] for w in found] == ["buyer1"]
    world["members"][:] = [m | {"recovery_days": ""} for m in world["members"]]
    found = weak_node_impact(world, "rd", 0.4, None, AS_OF)["customersWaiting"]
    assert [(w["customer"]["key"], w["waitDays"]) for w in found] == [("buyer1", None)]


def test_a_ring_has_a_fixed_point_and_a_way_to_the_seed() -> None:
    ring = [("a", "seed"), ("a", "c"), ("b", "a"), ("c", "b")]
    ties_ = [worlds.depends(*arc, "1", "100") for arc in ring]
    world = {"members": [member(k) for k in ("a", "b", "c", "seed")], "ties": ties_}
    answer = weak_node_impact(world, "seed", as_of=AS_OF, outage_days=4)
    assert [i["loss"] for i in answer["impacts"]] == near([1, 1, 1, 1], 1e-7)
    ways = {
        i["member"]["key"]: "".join(p["key"][0] for p in i["decidingPath"])
        for i in answer["impacts"]
    }
    assert ways == {"seed": "s", "a": "sa", "b": "sab", "c": "sabc"}
    assert [i["waitDays"] for i in answer["impacts"]] == [4] * 4


def stage(answer: dict[str, Any], capability: str) -> dict[str, Any]:
    return next(s for s in answer["stages"] if s["capability"] == {"key": capability})


def keys(path: dict[str, Any]) -> str:
    return " ".join([path["steps"][0]["from"]["key"], *names(path)])


def names(path: dict[str, Any]) -> list[str]:
    return [step["to"]["key"] for step in path["steps"]]


def test_introductions_of_the_drawn_world() -> None:
    world, roles = worlds.introductions(), ("INVESTOR", "MENTOR")
    answer = partner_paths(world, "startup", backers=roles, as_of=AS_OF)
    assert [s["stage"] for s in answer["stages"]] == [1, 2, 3]
    first, second, third = answer["stages"]
    assert [keys(p) for p in first["paths"]] == [
        "startup fund paula olga protomaker",
        "startup moa protomaker",
    ]
    best = first["paths"][0]
    assert best["success"] == pytest.approx(0.9 * 0.9 * 0.5 * 0.9)
    assert best["weakestStep"] == best["steps"][2]
    assert [s["needsConsent"] for s in best["steps"]] == [False, False, True, False]
    assert first["paths"][1]["success"] == pytest.approx(0.8 / 2 * 0.8)
    assert first["independentRoutes"] == 2
    assert first["combinedSuccess"] == pytest.approx(1 - (1 - 0.3645) * (1 - 0.32))
    # A closed person blocks the better way; the derived tie ended 365 days before
    assert [keys(p) for p in second["paths"]] == [
        "startup fund mint angel factory",
        "startup fund angel factory",
    ]
    successes = [0.9 * 0.8 * 0.4 * 0.7, 0.9 * 0.25 * 0.7]
    assert [p["success"] for p in second["paths"]] == near(successes, 1e-12)
    # Both pass fund and angel, so they are one route
    assert second["combinedSuccess"] == pytest.approx(0.2016)
    assert second["independentRoutes"] == 1
    assert [keys(p) for p in third["paths"]] == ["startup fund paula dora shipper"]
    assert third["paths"][0]["success"] == pytest.approx(0.9 * 0.9 * 0.4 * 0.9)


def test_an_incubator_leads_in_by_its_cohort() -> None:
    world = worlds.introductions()
    answer = partner_paths(world, "startup", ["distribution"], ["INCUBATOR"], 4, AS_OF)
    (path,) = stage(answer, "distribution")["paths"]
    assert keys(path) == "startup hub hanna dora shipper"
    assert path["steps"][0]["ties"] == [{"kind": "ORGANISING", "success": 0.5}]
    assert path["success"] == pytest.approx(0.5 * 0.9 * 0.5 * 0.9)
    answer = partner_paths(world, "startup", ["distribution"], ["INCUBATOR"], 3, AS_OF)
    found = stage(answer, "distribution")
    assert (found["paths"], found["combinedSuccess"]) == ([], None)
    assert found["independentRoutes"] == 1


def test_two_routes_in_parallel() -> None:
    """VT-13: .5 * .9 and .7 give .835."""
    world = {
        "members": [
            member("startup"),
            member("one", roles="INVESTOR"),
            member("two", roles="INVESTOR"),
        ],
        "communities": [{"key": "cohort", "kind": "ACCELERATOR_COHORT"}],
        "contracts": [contract("c")],
        "capabilities": [{"key": "making"}],
        "ties": [
            *[tie("MEMBERSHIP", who, "cohort") for who in ("startup", "one", "two")],
            tie("AFFILIATION", "one", "two"),
            party("startup", "c", "CUSTOMER"),
            party("two", "c", "SUPPLIER"),
            tie("CAPABILITY", "two", "making"),
        ],
    }
    answer = partner_paths(world, "startup", ["making"], as_of=AS_OF)
    found = stage(answer, "making")
    assert [p["success"] for p in found["paths"]] == near([0.7, 0.45], 1e-12)
    assert found["paths"][0]["steps"][0]["ties"] == [
        {"kind": "CONTRACT", "success": 0.7},
        {"kind": "CO_MEMBERSHIP", "success": 0.5},
    ]
    assert found["combinedSuccess"] == pytest.approx(0.835)
    assert (found["stage"], found["independentRoutes"]) == (None, 2)


def test_dates_contracts_and_arcs_read_as_the_design_says() -> None:
    on = day(AS_OF)
    assert active({"since": AS_OF}, on)
    assert not active({"until": AS_OF}, on)
    assert not active({"on": "2026-11-02"}, on)
    assert not active({"status": "COMPLETED"}, on, contract=True)
    assert active({"status": "COMPLETED", "until": "2027-01-01"}, on, contract=True)
    parties = [party("a", "c", r) for r in ("SUPPLIER", "PARTNER")]
    parties += [party("b", "c", "CUSTOMER"), party("d", "c", "SUPPLIER")]
    assert contract_arcs(parties) - {("a", "a")} == {
        *[("a", "b"), ("d", "b"), ("b", "a"), ("a", "d"), ("d", "a")]
    }


def test_groups_follow_the_earliest_employer_to_the_top() -> None:
    world = {
        "members": [
            *[member("firm"), member("owner"), member("solo", "TEAM")],
            *[member("team", "TEAM"), member("p", "PERSON"), member("q", "PERSON")],
        ],
        "ties": [
            tie("EMPLOYMENT", "p", "solo", since="2020-01-01"),
            tie("EMPLOYMENT", "p", "team"),
            tie("AFFILIATION", "team", "firm"),
            tie("AFFILIATION", "firm", "owner"),
            tie("EMPLOYMENT", "q", "solo"),
        ],
    }
    everyone = sorted(m["key"] for m in world["members"])
    assert groups(world, everyone, "ORGANISATION", {"ties": []}, AS_OF) == {
        **dict.fromkeys(["firm", "owner", "p", "team"], "owner"),
        "q": "solo",
        "solo": None,
    }
    assert inside(world, "firm", day(AS_OF)) == {"firm", "team", "p"}


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_random_worlds_are_answered(data: st.DataObject) -> None:
    """Every draw has an answer, and its parts agree with one another."""
    world = worlds.prefixed(data.draw(worlds.networks()), "w")
    asked, group = data.draw(worlds.network_inputs(world, "w"))
    answer = brokerage(world, asked, group, first=1000)
    members, arcs = project(world, asked)
    assert (answer["nodeCount"], answer["arcCount"]) == (len(members), len(arcs))
    for name in NAMES:
        counts = [b["scores"]["observed"][name] for b in answer["brokers"]]
        assert sum(counts) == answer["whole"]["observed"][name]
    unique = [r["key"] for rows in world.values() for r in rows]
    assert len(unique) == len(set(unique))


@settings(max_examples=25, deadline=None)
@given(world=worlds.cascades())
def test_random_cascades_are_answered(world: worlds.World) -> None:
    answer = weak_node_impact(world, "m00", 0.25, 20, AS_OF)
    assert answer["converged"]
    for found in answer["impacts"]:
        way = [step["key"] for step in found["decidingPath"]]
        assert (way[0], way[-1]) == ("m00", found["member"]["key"])
        assert len(set(way)) == len(way) > found["order"]


@settings(max_examples=25, deadline=None)
@given(world=worlds.introduction_worlds())
def test_random_introductions_are_answered(world: worlds.World) -> None:
    roles = ["INVESTOR", "MENTOR", "INCUBATOR"]
    answer = partner_paths(world, "m00", backers=roles, as_of=AS_OF, first=10**6)
    for found in answer["stages"]:
        assert (found["combinedSuccess"] is None) == (not found["paths"])
        assert found["independentRoutes"] or not found["paths"]
        for path in found["paths"]:
            assert len({"m00", *names(path)}) == path["hops"] + 1 <= 5
