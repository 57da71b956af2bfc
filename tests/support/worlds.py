"""Worlds in the `tables` format: drawn examples and hypothesis strategies."""

import csv
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

World = dict[str, list[dict[str, str]]]
Row = dict[str, str]

AS_OF = "2026-11-01"
OPEN = ("", "")
# Dates about AS_OF: begun that day, the day after; over that day, the day after
SPANS = [
    *[OPEN] * 5,
    *[("2021-03-05", "")] * 2,
    ("2024-06-30", ""),
    (AS_OF, ""),
    ("2026-11-02", ""),
    ("2027-06-01", ""),
    ("", AS_OF),
    ("", "2026-11-02"),
    ("2019-01-01", "2025-11-01"),
    ("2022-02-02", "2026-05-05"),
    ("2022-02-02", "2028-01-01"),
]
KEPT = [*[OPEN] * 14, ("2020-01-01", ""), ("2026-11-02", ""), ("", AS_OF)]
ROLES = ["STARTUP", "INVESTOR", "CUSTOMER", "SUPPLIER", "INCUBATOR", "ACCELERATOR"]
ROLES += ["MENTOR", "PUBLIC_BODY", "UNIVERSITY"]
PARTIES = ["SUPPLIER", "CUSTOMER", "INVESTOR", "PARTNER", "FUNDER", "BENEFICIARY"]
STATUSES = ["ACTIVE", "ACTIVE", "ACTIVE", "", "DRAFT", "COMPLETED", "TERMINATED"]
ARCS = ["EXCHANGE", "DEPENDENCY", "INVESTMENT", "ACQUAINTANCE", "EMPLOYMENT"]
ARCS += ["AFFILIATION", "ADVICE", "COMPETITION", "FOLLOWING", "ACCOUNT_MANAGEMENT"]
THROUGH = ["CONTRACT", "REFERRAL", "CO_INVESTMENT", "CO_CONTRACT", "CO_MEMBERSHIP"]
KINDS = ["ORGANISATION", "TEAM", "PERSON"]
KINDS_ABOVE = ["AFFILIATION", "EMPLOYMENT"]
# Columns that hold a key, file by file; every other column is left as it is
KEYS = {
    "ties": ["key", "source", "target", "channel"],
    "initiatives": ["key", "organisation"],
    "referrals": ["key", "referrer", "customer", "provider", "contract"],
    "introductions": ["key", "requester", "introducer", "target", "contract"],
    "feedback": ["key", "giver", "provider", "case", "initiative"],
    "service_cases": ["key", "customer", "provider", "initiative"],
}


def write(world: World, folder: Path) -> None:
    """One CSV for each file that has rows; a missing cell is blank."""
    for stem, rows in world.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        if rows:
            with (folder / f"{stem}.csv").open(
                "w", encoding="utf-8", newline=""
            ) as out:
                table = csv.DictWriter(out, columns, restval="")
                table.writeheader()
                table.writerows(rows)


def prefixed(world: World, prefix: str) -> World:
    """The same world under keys of its own, its members in the dataset `prefix`."""
    out: World = {}
    for stem, rows in world.items():
        held = KEYS.get(stem, ["key"])
        out[stem] = [
            {c: f"{prefix}-{v}" if v and c in held else v for c, v in row.items()}
            for row in rows
        ]
    dataset = {"key": prefix, "name": prefix, "kind": "DATASET"}
    out["communities"] = [*out.get("communities", []), dataset]
    belongs = [
        tie("MEMBERSHIP", m["key"], prefix, key=f"{prefix}-in-{m['key']}")
        for m in out["members"]
    ]
    out["ties"] = [*out.get("ties", []), *belongs]
    return out


def together(worlds: list[World]) -> World:
    """Several worlds as one, their keys set apart as w0-…, w1-…: one load for all."""
    whole: World = {}
    for place, world in enumerate(worlds):
        for file, rows in prefixed(world, f"w{place}").items():
            whole.setdefault(file, []).extend(rows)
    return whole


def member(key: str, kind: str = "ORGANISATION", **columns: str) -> Row:
    return {"key": key, "kind": kind, "name": f"Name of {key}", **columns}


def tie(kind: str, source: str, target: str, **columns: str) -> Row:
    made = {"kind": kind, "source": source, "target": target}
    return {"key": f"{kind}:{source}:{target}", **made, **columns}


def contract(key: str, **columns: str) -> Row:
    return {"key": key, "title": f"Contract {key}", **columns}


def party(who: str, what: str, role: str, **columns: str) -> Row:
    key = f"{what}:{who}:{role}"
    return tie("CONTRACT", who, what, **({"key": key, "role": role} | columns))


def four_nodes() -> World:
    """VT-1: sectors 1 (a, b) and 2 (c, d), EXCHANGE arcs.

    .-----> c ---.      sector 1: a b
    |       ^    v      sector 2: c d
    a ----> b -> d
    ^            |
    `------------'
    """
    members = [member(k, sector=s) for k, s in zip("abcd", "1122", strict=True)]
    ties_ = [tie("EXCHANGE", *arc) for arc in ["ab", "ac", "bc", "bd", "cd", "da"]]
    return {"members": members, "ties": ties_}


ADVICE = """
1:2,4,8,16,18,21; 2:6,7,21; 3:1,2,4,6,7,8,9,10,11,12,14,17,18,20,21;
4:1,2,6,8,10,11,12,16,17,18,20,21; 5:1,2,6,7,8,10,11,13,14,16,17,18,19,20,21;
6:21; 7:2,6,11,12,14,17,18,21; 8:2,4,6,7,10,11,18,21;
9:1,2,6,7,8,10,11,12,14,16,17,18,21; 10:1,2,3,4,5,8,11,13,15,16,17,18,19,20;
11:1,2,7; 12:7,21; 13:1,2,5,9,14,18; 14:2,7,18,21;
15:1,2,3,4,5,6,7,8,9,10,11,12,13,14,16,17,18,19,20,21; 16:1,2,10,18;
17:1,2,4,7,21; 18:1,2,3,4,5,7,8,9,10,11,13,14,15,16,19,20,21;
19:1,2,3,5,7,10,11,14,15,18,20; 20:1,2,6,8,11,12,14,15,16,17,18,21;
21:2,3,4,6,7,8,12,14,17,18,20
"""


def krackhardt() -> World:
    """VT-2: who asks whom for advice among 21 managers, sector = department.

    n15 --> each of the 20 others     n18 --> 17 of them     n06 --> n21 only
    """
    departments = "EECECBABCDDBCCCEBDCCB"
    members = [
        member(f"n{number:02d}", sector=letter)
        for number, letter in enumerate(departments, 1)
    ]
    ties_ = []
    for row in ADVICE.replace("\n", "").split(";"):
        giver, takers = row.split(":")
        for taker in takers.split(","):
            ties_.append(tie("EXCHANGE", f"n{int(giver):02d}", f"n{int(taker):02d}"))
    return {"members": members, "ties": ties_}


def depends(dependent: str, provider: str, a: str, b: str, **columns: str) -> Row:
    return tie("DEPENDENCY", dependent, provider, strength=a, criticality=b, **columns)


def weak_team() -> World:
    """Story B: a weak R&D team, a waiting buyer (arrows along the flow of value).

    rd --.9/10, 5 d--> production --1/100--> maker --.6/30, 3 d--> buyer1
                                             maker       --.6/30--> buyer2  (either
                                             alternative --.6/30--> buyer2   will do)
    rd, production, sales, marketing, support are PART_OF maker
    """
    kinds = {"rd": "RESEARCH_AND_DEVELOPMENT"}
    teams = ["rd", "production", "sales", "marketing", "support"]
    members = [member("maker"), member("alternative", roles="SUPPLIER")]
    members += [member(b, roles="CUSTOMER") for b in ("buyer1", "buyer2")]
    members += [
        member(
            t,
            "TEAM",
            team_kind=kinds.get(t, t.upper()),
            recovery_days="30" * (t == "rd"),
        )
        for t in teams
    ]
    ties_ = [tie("AFFILIATION", t, "maker", affiliation_kind="DIVISION") for t in teams]
    ties_ += [
        depends("production", "rd", ".9", "10", buffer_days="5"),
        depends("maker", "production", "1", "100", buffer_days="0"),
        depends("buyer1", "maker", ".6", "30", buffer_days="3"),
        depends("buyer2", "maker", ".6", "30", substitute_group="parts"),
        depends("buyer2", "alternative", ".6", "30", substitute_group="parts"),
    ]
    contracts = []
    for number, value in ((1, "500000"), (2, "250000")):
        key = f"contract{number}"
        contracts.append(contract(key, value=value, currency="SEK", status="ACTIVE"))
        ties_ += [
            party("maker", key, "SUPPLIER"),
            party(f"buyer{number}", key, "CUSTOMER"),
        ]
    return {"members": members, "ties": ties_, "contracts": contracts}


def fdna() -> World:
    """VT-12, both nets (strength/criticality, arrows from provider to dependent).

    rd --.9/10--> prod --.6/30--> buyer      1 --.75/20--> 2 --.45/35--> 5
                  alt  --.3/80--> buyer      1 --.85/30--> 3 --.70/30--> 5
                                             1 --.45/55--> 4 --.45/55--> 5
    """
    keys = ["rd", "prod", "alt", "buyer", "1", "2", "3", "4", "5"]
    ties_ = [
        depends("prod", "rd", ".9", "10"),
        depends("buyer", "prod", ".6", "30"),
        depends("buyer", "alt", ".3", "80"),
        depends("2", "1", ".75", "20"),
        depends("3", "1", ".85", "30"),
        depends("4", "1", ".45", "55"),
        depends("5", "2", ".45", "35"),
        depends("5", "3", ".70", "30"),
        depends("5", "4", ".45", "55"),
    ]
    return {"members": [member(key) for key in keys], "ties": ties_}


def introductions() -> World:
    """A start-up, who backs it, and how they reach three partners on AS_OF.

    startup <-.9 board- fund <-.9- paula --.5-- olga (ASK) --.9-> protomaker
       |                 |          |`--.5---- max (CLOSED) --.9-> factory
       |                 |          `--.8, over a year ago-- dora --.9-> shipper
       |                 |--.5 till a year ago, both in mint-- angel --.7-- factory
       |                 `--.8-- mint --.8 till a year ago-- angel
       |<-.8- moa (one favour open) --.8 adviser of-- protomaker
       `--.5 cohort of-- hub <-.9- hanna --.5-- dora
    """
    persons = {"paula": "", "olga": "ASK", "max": "CLOSED", "dora": "OPEN", "hanna": ""}
    roles = {"startup": "STARTUP", "fund": "INVESTOR", "angel": "INVESTOR"}
    roles |= {"hub": "INCUBATOR;ACCELERATOR", "mint": "STARTUP"}
    able = {
        "prototype": "protomaker",
        "manufacture": "factory",
        "distribution": "shipper",
    }
    members = [member(k, roles=roles.get(k, "")) for k in [*roles, *able.values()]]
    members += [member(k, "PERSON", introductions=v) for k, v in persons.items()]
    members += [member("moa", "PERSON", roles="MENTOR", favours_open="1")]
    jobs = {"paula": "fund", "olga": "protomaker", "max": "factory", "dora": "shipper"}
    ties_ = [tie("EMPLOYMENT", *job) for job in (jobs | {"hanna": "hub"}).items()]
    for stage, (need, maker) in enumerate(able.items(), 1):
        ties_.append(tie("NEED", "startup", need, stage=str(stage)))
        ties_.append(tie("CAPABILITY", maker, need))
    ties_ += [
        tie("INVESTMENT", "fund", "startup", on="2024-05-01", board_seat="true"),
        tie("INVESTMENT", "fund", "mint", on="2020-01-01"),
        tie("INVESTMENT", "angel", "mint", on="2021-01-01", until="2025-11-01"),
        tie("ADVICE", "moa", "startup", advice_kind="MENTOR"),
        tie("ADVICE", "moa", "protomaker", advice_kind="ADVISER"),
        tie("ACQUAINTANCE", "olga", "paula", score="1", score_at=AS_OF),
        tie("ACQUAINTANCE", "max", "paula", score="2", score_at="2026-05-05"),
        tie(
            "ACQUAINTANCE", "dora", "paula", declared_strength=".8", until="2025-11-01"
        ),
        tie("ACQUAINTANCE", "dora", "hanna", declared_strength=".5", context="FRIEND"),
        tie("MEMBERSHIP", "startup", "cohort"),
        tie("ORGANISING", "hub", "cohort"),
        party("angel", "supply", "CUSTOMER"),
        party("factory", "supply", "SUPPLIER"),
    ]
    return {
        "members": members,
        "ties": ties_,
        "capabilities": [{"key": key, "name": key} for key in able],
        "communities": [{"key": "cohort", "name": "c", "kind": "INCUBATOR_COHORT"}],
        "contracts": [contract("supply", status="ACTIVE")],
    }


# The kinds that the two ends of a tie may have; any kind if none is named
ENDS = {
    "INVESTMENT": ("OTP", "O"),
    "ACQUAINTANCE": ("P", "P"),
    "EMPLOYMENT": ("P", "OT"),
    "AFFILIATION": ("OT", "O"),
    "ACCOUNT_MANAGEMENT": ("P", "OTP"),
    "FOLLOWING": ("OTP", "O"),
    "ADVICE": ("OP", "OP"),
}
MAYBE = ["", "", "true", "false"]


def ends(members: list[Row], kind: str) -> list[tuple[str, str]]:
    """Pairs that a tie of this kind may join; affiliation only downwards: no cycle."""
    givers, takers = ENDS.get(kind, ("OTP", "OTP"))
    pairs = [
        (one["key"], two["key"])
        for one in members
        for two in members
        if one["kind"][0] in givers and two["kind"][0] in takers and one is not two
    ]
    if kind in {"AFFILIATION", "ACQUAINTANCE"}:
        pairs = [p for p in pairs if (p[0] > p[1]) == (kind == "AFFILIATION")]
    return pairs


def choose(draw: Any, *options: str) -> str:
    return draw(st.sampled_from(options))


def span(draw: Any, spans: list[tuple[str, str]] = SPANS) -> Row:
    since, until = draw(st.sampled_from(spans))
    return {"since": since, "until": until}


def columns_of(draw: Any, kind: str) -> Row:
    """What a tie of this kind carries beside its dates; a blank is the default."""
    if kind == "EXCHANGE":
        return {"exchange_kind": choose(draw, "TANGIBLE", "INTANGIBLE", "")}
    if kind == "DEPENDENCY":
        return {
            "strength": choose(draw, "", "0.9", "0.6", "0.25", "1", "0"),
            "criticality": choose(draw, "", "10", "30", "0", "80", "100"),
            "buffer_days": choose(draw, "", "0", "2", "3.5", "10"),
            "substitute_group": choose(draw, "", "", "", "s1", "s2"),
        }
    if kind == "INVESTMENT":
        return {
            "on": choose(draw, "", "2020-02-29", "2026-12-01"),
            "board_seat": choose(draw, *MAYBE),
        }
    if kind == "ACQUAINTANCE":
        dates = ["", AS_OF, "2026-05-05", "2024-01-31", "2026-12-24"]
        return {
            "score": choose(draw, "", "", "0.5", "1", "3.25"),
            "score_at": choose(draw, *dates),
            "declared_strength": choose(draw, "", "0", "0.4", "0.9", "1"),
            "context": choose(draw, "", "CLIENT", "FAMILY", "FRIEND"),
        }
    return {}


def some_ties(draw: Any, members: list[Row], kinds: list[str], most: int) -> list[Row]:
    """Random ties, parallel ones too, but one ACQUAINTANCE for each pair."""
    found, known = [], set()
    # Lists drawn freely stay short: say first how many
    count = draw(st.sampled_from([most // 2, most // 2, most, most // 4, most // 4, 1]))
    several = st.lists(st.sampled_from(kinds), min_size=count, max_size=count)
    for kind in draw(several):
        pairs = [p for p in ends(members, kind) if (kind, p) not in known]
        if not pairs:
            continue
        pair = draw(st.sampled_from(pairs))
        if kind == "ACQUAINTANCE":
            known.add((kind, pair))
        columns = columns_of(draw, kind) | span(draw)
        if columns.get("on", "") > (columns["until"] or "9"):
            columns["on"] = ""
        key = f"t{len(found):02d}"
        found.append(tie(kind, *pair, **({"key": key} | columns)))
    return found


def some_members(
    draw: Any, least: int, most: int, kinds: list[str], roles: list[str], start: int = 0
) -> list[Row]:
    found = []
    count = draw(st.sampled_from([most, most - 2, (least + most) // 2, least]))
    for number in range(start, start + count):
        kind = choose(draw, *kinds)
        played = {choose(draw, "", *roles), choose(draw, "", "", *roles)} - {""}
        columns = {
            "roles": ";".join(sorted(played)),
            "sector": choose(draw, "", "A", "B", "C"),
            "region": choose(draw, "", "north", "south"),
            "recovery_days": choose(draw, "", "0", "12.5", "30"),
        }
        if kind == "PERSON":
            columns["introductions"] = choose(draw, "", "", "OPEN", "ASK", "CLOSED")
            columns["favours_open"] = choose(draw, "", "", "0", "1", "3")
        found.append(member(f"m{number:02d}", kind, **columns, **span(draw, KEPT)))
    return found


def some_contracts(
    draw: Any,
    members: list[Row],
    most: int,
    party_spans: list[tuple[str, str]] = KEPT,
) -> tuple[list[Row], list[Row]]:
    """(contracts, their party ties), a member in up to two roles of one contract."""
    contracts, parties = [], []
    who = st.sampled_from([m["key"] for m in members])
    roles = st.sampled_from([*["SUPPLIER", "CUSTOMER"] * 3, *PARTIES])
    for number in range(draw(st.sampled_from([most, 1, 0]))):
        key = f"c{number}"
        columns = {
            "status": choose(draw, *STATUSES),
            "value": choose(draw, "", "100", "2500.5"),
            "currency": choose(draw, "SEK", "EUR", ""),
        }
        contracts.append(contract(key, **columns, **span(draw)))
        some = st.lists(st.tuples(who, roles), min_size=2, max_size=4, unique=True)
        held = draw(some)
        for one, role in held:
            parties.append(party(one, key, role, **span(draw, party_spans)))
    return contracts, parties


def some_communities(
    draw: Any, members: list[Row], kinds: list[str], most: int
) -> tuple[list[Row], list[Row]]:
    """(communities, MEMBERSHIP and ORGANISING ties)."""
    keys = [m["key"] for m in members]
    hosts = [m["key"] for m in members if m["kind"] == "ORGANISATION"]
    communities, held = [], []
    for number in range(draw(st.integers(0, most))):
        key = f"g{number}"
        columns = {"name": key, "kind": choose(draw, *kinds)}
        communities.append({"key": key, **columns, **span(draw, KEPT)})
        for one in sorted(draw(st.sets(st.sampled_from(keys), min_size=1))):
            held.append(tie("MEMBERSHIP", one, key, **span(draw)))
        if hosts and draw(st.booleans()):
            one = draw(st.sampled_from(hosts))
            held.append(tie("ORGANISING", one, key, **span(draw)))
    return communities, held


def some_referrals(draw: Any, members: list[Row]) -> list[Row]:
    keys = [m["key"] for m in members]
    found = []
    for number in range(draw(st.integers(0, 2)) if len(keys) > 2 else 0):
        three = draw(st.permutations(keys))[:3]
        who = dict(zip(["referrer", "customer", "provider"], three, strict=True))
        dates = span(draw)
        on = choose(draw, "2021-03-05", "2026-12-01", "")
        on = "" if on > (dates["until"] or "9") else on
        found.append({"key": f"r{number}", **who, "on": on, **dates})
    return found


@st.composite
def networks(draw: Any) -> World:
    """At most 12 members of all kinds under many kinds of ties, for `brokerage`."""
    members = some_members(draw, 1, 12, ["ORGANISATION", *KINDS], ROLES)
    kinds = [*ARCS, *["EXCHANGE"] * 8, *["EMPLOYMENT", "AFFILIATION", "INVESTMENT"]]
    held = some_ties(draw, members, kinds, 40)
    contracts, parties = some_contracts(draw, members, 3)
    sorts = ["CLUB", "BUSINESS_NETWORK", "INCUBATOR_COHORT", "DATASET", ""]
    communities, places = some_communities(draw, members, sorts, 3)
    return {
        "members": members,
        "ties": held + parties + places,
        "contracts": contracts,
        "communities": communities,
        "referrals": some_referrals(draw, members),
    }


@st.composite
def weighted_networks(draw: Any) -> World:
    """A network whose ties carry values, amounts and currencies, some blank."""
    world = draw(networks())
    amounts = ["", "0", "1", "2.5", "10", "-1", "100000"]
    rare = choose(draw, *["SEK"] * 3, "EUR")
    for row in [*world["ties"], *world["contracts"]]:
        column = {"EXCHANGE": "value", "INVESTMENT": "amount"}.get(row.get("kind", ""))
        if "title" in row or column:
            row[column or "value"] = choose(draw, *amounts)
            row["currency"] = choose(draw, "SEK", "SEK", "", rare)
    return world


@st.composite
def weighted_inputs(draw: Any, world: World) -> Any:
    """(NetworkInput with a weight that its ties have, GroupKey)."""
    network, group_by = draw(network_inputs(world))
    able = {
        "STRENGTH": ["ACQUAINTANCE", "DEPENDENCY"],
        "VALUE": ["EXCHANGE", "CONTRACT"],
        "AMOUNT": ["INVESTMENT"],
    }
    weight = choose(draw, "COUNT", *able)
    if weight in able:
        kinds = st.sampled_from(able[weight])
        network["ties"] = sorted(draw(st.sets(kinds, min_size=1)))
    return network | {"weight": weight}, group_by


@st.composite
def network_inputs(draw: Any, world: World, community: str | None = None) -> Any:
    """(NetworkInput, GroupKey) that one may ask of the world; pass its prefix."""
    asked: dict[str, Any] = {"asOf": choose(draw, AS_OF, AS_OF, "2024-12-31")}
    kinds = st.sampled_from([*["EXCHANGE"] * 6, *ARCS, *THROUGH])
    several = draw(st.lists(kinds, min_size=1, max_size=4, unique=True))
    usual = choose(draw, "EXCHANGE", "EXCHANGE", "EXCHANGE", several[0])
    asked["ties"] = sorted({usual, *several})
    firms = [m["key"] for m in world["members"] if m["kind"] == "ORGANISATION"]
    options = {
        "kinds": st.lists(st.sampled_from(KINDS), min_size=1, unique=True),
        "roles": st.lists(st.sampled_from(ROLES), min_size=3, unique=True),
        "region": st.sampled_from(["north", "south"]),
        "exchangeKind": st.sampled_from(["TANGIBLE", "INTANGIBLE"]),
        "isolates": st.booleans(),
    }
    if firms:
        options["organisation"] = st.sampled_from(firms)
    for name, values in options.items():
        rare = choose(draw, *["no"] * 11, "yes") == "yes"
        if rare or (name == "isolates" and draw(st.booleans())):
            asked[name] = draw(values)
    if community is not None:
        asked["community"] = community
    groups = ["KIND", "SECTOR", "SECTOR", "REGION", "ORGANISATION", "COMMUNITY"]
    return asked, choose(draw, *groups, *["SIDE"] * ("organisation" in asked))


@st.composite
def communities_at_work(draw: Any) -> World:
    """The community `g`: who joined and left, sells, and exchanges, on which days.

    `m00` is there from the first day; many exchanges run over it.
    """
    others = some_members(draw, 2, 8, ["ORGANISATION", *KINDS], ["CUSTOMER"], start=1)
    members = [member("m00", **span(draw, KEPT)), *others]
    things = ["disk", "flash", "repair", "pay"]
    for row in members:
        own = [f"{name}={choose(draw, '.1', '.2', '.3')}" for name in things[:3]]
        if row["kind"] == "ORGANISATION":
            texts = ["", ";".join(own), ";".join(own[:2])]
            row["attribute_weights"] = choose(draw, *texts)
    held = some_ties(draw, members, ["EXCHANGE"], 24)
    for row in held:
        row["deliverable"] = choose(draw, "", *things)
        row["channel"] = choose(draw, "", "m00", "m00", "m01")
        row["ordered"] = choose(draw, "", "0", "4")
        row["provided"] = choose(draw, "", "0", "3", "4")
    contracts, parties = some_contracts(draw, members, 6)
    for number, row in enumerate(others):
        if draw(st.booleans()):  # a contract with m00, which sells or buys
            sides = draw(st.permutations(["SUPPLIER", "CUSTOMER"]))
            key = f"k{number}"
            contracts.append(contract(key, status=choose(draw, *STATUSES)))
            for who, role in zip(("m00", row["key"]), sides, strict=True):
                parties.append(party(who, key, role, **span(draw, KEPT)))
    held += [
        tie("MEMBERSHIP", row["key"], "g", key=f"in{number}-{row['key']}", **span(draw))
        for row in members
        for number in range(draw(st.sampled_from([1, 1, 1, 2, 0])))
    ]
    return {
        "members": members,
        "ties": held + parties,
        "contracts": contracts,
        "communities": [{"key": "g", "name": "Group"}],
    }


@st.composite
def cascades(draw: Any) -> World:
    """Who depends on whom, with cycles, substitutes, buffers and contracts.

    The seed to ask about is `m00`: most others hang on an earlier member.
    """
    sorts = [*["ORGANISATION"] * 3, *KINDS]
    days = {"recovery_days": choose(draw, "", "30", "12.5")}
    others = some_members(draw, 2, 9, sorts, ["CUSTOMER", "SUPPLIER"], start=1)
    members = [member("m00", choose(draw, *KINDS), **days), *others]
    held = some_ties(draw, members, [*["DEPENDENCY"] * 9, *KINDS_ABOVE], 20)
    for place, one in enumerate(others):
        if draw(st.integers(0, 3)):
            columns = columns_of(draw, "DEPENDENCY") | {"since": "2020-01-01"}
            before = draw(st.sampled_from(members[: place + 1]))["key"]
            held.append(tie("DEPENDENCY", one["key"], before, **columns))
    contracts, parties = some_contracts(draw, members, 4)
    return {"members": members, "ties": held + parties, "contracts": contracts}


@st.composite
def introduction_worlds(draw: Any) -> World:
    """A start-up `m00`, its needs, backers and cohorts, and who knows whom."""
    startup = member("m00", roles="STARTUP")
    roles = ["INVESTOR", "INVESTOR", "MENTOR", "INCUBATOR", "ACCELERATOR"]
    sorts = ["ORGANISATION", "ORGANISATION", "TEAM", *["PERSON"] * 3]
    members = [startup, *some_members(draw, 2, 9, sorts, roles, start=1)]
    kinds = ["INVESTMENT", "ADVICE", "EMPLOYMENT", "AFFILIATION", "ACCOUNT_MANAGEMENT"]
    kinds += [*["ACQUAINTANCE"] * 5, "EMPLOYMENT", "EMPLOYMENT", "EXCHANGE"]
    held = some_ties(draw, members, kinds, 26)
    for one in members[1:]:
        kind = choose(draw, "", "INVESTMENT", "ADVICE")
        if kind and not (kind == "ADVICE" and one["kind"] == "TEAM"):
            held.append(tie(kind, one["key"], "m00", **span(draw)))
    contracts, parties = some_contracts(draw, members, 2)
    sorts = ["INCUBATOR_COHORT", "ACCELERATOR_COHORT", "CLUB", "DATASET"]
    communities, places = some_communities(draw, members, sorts, 2)
    capabilities = [{"key": k, "name": k} for k in ("k0", "k1", "k2")]
    for row in capabilities:
        if draw(st.integers(0, 3)):
            columns = {"stage": choose(draw, "", "1", "2")}
            held.append(tie("NEED", "m00", row["key"], **columns, **span(draw)))
        able = st.sampled_from([m["key"] for m in members[1:]])
        for one in sorted(draw(st.sets(able, min_size=1, max_size=3))):
            held.append(tie("CAPABILITY", one, row["key"], **span(draw)))
    return {
        "members": members,
        "ties": held + parties + places,
        "contracts": contracts,
        "communities": communities,
        "capabilities": capabilities,
    }
