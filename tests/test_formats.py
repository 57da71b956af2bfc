"""What the importer reads it gives back; what it cannot read it refuses as a whole."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type
from neo4j import GraphDatabase

from schema.query import schema
from seeds import SEEDS
from service.errors import BadInput, ImportRefused
from service.formats import loading
from tests.worlds import World, member, tie, write

FOLDERS = {seed.key: seed.folder for seed in SEEDS}
SPAN = {"since": "2020-01-01", "until": "2030-12-31"}
ROLES = "ACCELERATOR;CUSTOMER;INCUBATOR;INVESTOR;MENTOR"
ROLES += ";PUBLIC_BODY;STARTUP;SUPPLIER;UNIVERSITY"


def everything() -> World:
    """One record of every kind with a value in every column, and ends for all.

    firm, crew and person have all that a member of their kind can have; other-firm
    and other-person stand at the far ends.
    """
    whole = {
        "roles": ROLES,
        "sector": "Pumps",
        "region": "Småland",
        "country": "SE",
        "function": "Making",
        "description": "Makes pumps.",
        "url": "https://example.org/",
        "status": "Operating",
        "recovery_days": "12.5",
        **SPAN,
    }
    ranked = {"attribute_weights": "price=0.5;size=0.25", "gross_margin": "0.4"}
    research = {"team_kind": "RESEARCH_AND_DEVELOPMENT", "headcount": "7"}
    asked = {"introductions": "ASK", "favours_open": "2"}
    return {
        "members": [
            member("firm", founded_on="1999-12-31", **ranked, **whole),
            member("crew", "TEAM", **research, **whole),
            member("person", "PERSON", **asked, **whole),
            member("other-firm"),
            member("other-person", "PERSON"),
        ],
        "ties": [{**row, **SPAN} for row in every_tie()],
        **every_record(),
    }


def every_tie() -> list[dict[str, str]]:
    """One tie of each kind, with every column of its own."""
    money = {"value": "1000.5", "currency": "SEK", "cost": "10.25"}
    amount = {"receiver_cost": "3.5", "ordered": "10", "provided": "8"}
    felt = {"sender_value": "-1.5", "receiver_value": "2"}
    roles = {"sender_role": "Maker", "receiver_role": "Buyer"}
    named = {"deliverable": "Pump", "exchange_kind": "TANGIBLE", "form": "GOODS"}
    standing = {"discount": "0.1", "discount_on": "Plumbing"}
    exchange = {**named, "area": "ECONOMIC", "channel": "Road", "sequence": "3"}
    dependency = {"strength": "0.9", "criticality": "10", "buffer_days": "2.5"}
    invested = {"round": "Seed", "amount": "5000", "currency": "EUR"}
    known = {"score": "2.5", "score_at": "2026-10-01", "declared_strength": "0.75"}
    months = {"contact_months": "2026-01;2026-02", "context": "FORMER_COLLEAGUE"}
    works = {"title": "Head", "function": "Sales", "founder": "true"}
    party = {"role": "SUPPLIER", "share": "0.5", "accepted_on": "2020-02-02"}
    return [
        tie("EXCHANGE", "firm", "other-firm", **exchange, **roles, **money, **felt)
        | amount,
        tie("DEPENDENCY", "firm", "crew", **dependency, substitute_group="parts"),
        tie("INVESTMENT", "firm", "other-firm", **invested, on="2020-03-03")
        | {"board_seat": "false"},
        tie("ACQUAINTANCE", "other-person", "person", **known, **months),
        tie("EMPLOYMENT", "person", "firm", **works),
        tie("AFFILIATION", "crew", "firm", affiliation_kind="DIVISION"),
        tie("ACCOUNT_MANAGEMENT", "person", "other-firm"),
        tie("FOLLOWING", "person", "firm", channel="Web"),
        tie("ADVICE", "person", "firm", advice_kind="MENTOR"),
        tie("COMPETITION", "firm", "other-firm"),
        tie("MEMBERSHIP", "firm", "community", **standing),
        tie("ORGANISING", "firm", "community", **standing),
        tie("CONTRACT", "firm", "contract", **party),
        tie("CAPABILITY", "firm", "capability"),
        tie("NEED", "person", "capability", stage="2"),
        tie("OFFER", "crew", "offering"),
        tie("COVERAGE", "contract", "offering"),
        tie("WORK", "person", "initiative", time_share="0.25"),
    ]


def every_record() -> World:
    """One record of each other kind, with every column of its own."""
    contract = {"title": "Pumps for years", "value": "2500.5", "currency": "SEK"}
    contract |= {"value_period": "YEAR", "status": "ACTIVE", "segment": "BUSINESS"}
    three = {"referrer": "firm", "customer": "person", "provider": "other-firm"}
    referral = {"on": "2026-02-02", "discount": "0.08", "discount_on": "Pipes"}
    referral |= {"outcome": "WON", "revenue": "900", "currency": "SEK"}
    saved = {"marketing_saved": "18000", "hours_saved": "24.5"}
    who = {"requester": "firm", "introducer": "person", "target": "other-firm"}
    asked = {"purpose": "ADVICE", "need": "Makers", "reason": "Known"}
    asked |= {"state": "MADE", "asked_on": "2026-03-03", "decided_on": "2026-03-09"}
    said = {"giver": "person", "provider": "firm", "case": "case"}
    said |= {"kind": "SATISFACTION", "question": "3", "score": "9", "on": "2026-04-04"}
    case = {"customer": "person", "provider": "firm", "initiative": "initiative"}
    case |= {"opened_at": "2026-05-05T09:30:00+00:00", "channel": "TELEPHONE"}
    case |= {"first_response_at": "2026-05-05T10:00:00+00:00", "reason": "Leak"}
    case |= {"resolved_at": "2026-05-06T10:00:00.125000+00:00", "contacts": "2"}
    case |= {"handovers": "1", "escalated": "true", "compensation": "99.5"}
    innovation = {"organisation": "firm", "horizon": "ADJACENT", "budget": "1000000"}
    innovation |= {"currency": "SEK", "people": "3.5", "status": "RUNNING"}
    named = {"name": "A name", **SPAN}
    told = {"description": "What it is.", **named}
    place = {"kind": "CLUB", "purpose": "LOCAL", "region": "Skåne"}
    ended = {"contract": "contract", "outcome": "LOST"}
    last = {"currency": "SEK", "initiated_by": "PROVIDER"}
    comment = {"comment": "Good.", "state": "PLANNED", "initiative": "initiative"}
    return {
        "contracts": [{"key": "contract", **contract, "terms": "30 days", **named}],
        "offerings": [{"key": "offering", **told}],
        "capabilities": [{"key": "capability", **told}],
        "communities": [
            {"key": "community", **place, **named, "attribute_weights": "price=1"}
            | {"gross_margin": "0.35"}
        ],
        "referrals": [
            {"key": "referral", **three, "contract": "contract"}
            | {**referral, **saved, **named}
        ],
        "introductions": [{"key": "introduction", **who, **asked, **ended, **named}],
        "feedback": [{"key": "feedback", **said, **comment, **named}],
        "service_cases": [{"key": "case", **case, **last, **named}],
        "initiatives": [{"key": "initiative", **innovation, "lesson": "None", **named}],
    }


FIELDS = {  # the field that reads one record of each table, or kind of tie
    "contracts": "contract",
    "offerings": "offering",
    "capabilities": "capability",
    "communities": "community",
    "referrals": "referral",
    "introductions": "introduction",
    "feedback": "feedback",
    "service_cases": "serviceCase",
    "initiatives": "initiative",
    "EXCHANGE": "exchange",
    "DEPENDENCY": "dependency",
    "INVESTMENT": "investment",
    "ACQUAINTANCE": "acquaintance",
    "EMPLOYMENT": "employment",
    "AFFILIATION": "affiliation",
    "ACCOUNT_MANAGEMENT": "accountManagement",
    "FOLLOWING": "following",
    "ADVICE": "advice",
    "COMPETITION": "competition",
    "MEMBERSHIP": "membership",
    "ORGANISING": "organising",
    "CONTRACT": "contractParty",
    "CAPABILITY": "capabilityHolding",
    "NEED": "need",
    "OFFER": "offer",
    "COVERAGE": "coverage",
    "WORK": "work",
    "ORGANISATION": "organisation",
    "TEAM": "team",
    "PERSON": "person",
}
LINKS = ["source", "target", "referrer", "customer", "provider", "contract", "case"]
LINKS += ["requester", "introducer", "giver", "initiative", "organisation"]
LISTS = ["roles", "contact_months"]


def field_of(table: str, row: dict[str, str]) -> str:
    return FIELDS[row["kind"] if table in ("members", "ties") else table]


def camel(column: str) -> str:
    head, *tail = column.split("_")
    return head + "".join(word.title() for word in tail)


def meant(column: str, text: str) -> Any:
    """What GraphQL shows for a cell."""
    if column in LISTS:
        return text.split(";")
    if column in LINKS:
        return {"key": text}
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text)
    except ValueError:
        return text


def asked(table: str, row: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """(selection of GraphQL, what it answers) of one row of a file."""
    aside = {"kind"} if table in ("members", "ties") else set()
    cells = {c: v for c, v in row.items() if c not in aside}
    told = [camel(c) + (" { key }" if c in LINKS else "") for c in cells]
    return " ".join(told), {camel(c): meant(c, v) for c, v in cells.items()}


def scalars(name: str) -> set[str]:
    """All plain fields of the GraphQL type that the root field `name` gives."""
    fields = schema._schema.query_type.fields
    kind = get_named_type(fields[name].type)
    assert isinstance(kind, GraphQLObjectType)
    return {n for n, f in kind.fields.items() if is_leaf_type(get_named_type(f.type))}


@pytest.fixture
def load(graph, runner, tmp_path):
    """Load a world, files or a folder into what is there; how many of each kind."""

    def load(given: World | Path, name: str = "tables") -> dict[str, int]:
        folder = given if isinstance(given, Path) else tmp_path
        if isinstance(given, dict):
            for old in tmp_path.iterdir():
                old.unlink()
            texts = {k: v for k, v in given.items() if not isinstance(v, list)}
            for file, text in texts.items():
                data = text if isinstance(text, bytes) else text.encode()
                (tmp_path / file).write_bytes(data)
            write({k: v for k, v in given.items() if k not in texts}, tmp_path)
        found, faults = loading.read(folder, name)
        return runner.run(loading.write(graph, found, faults, lambda rows: None))

    return load


@pytest.fixture
def refused(load, tmp_path):
    """The faults for which these files are refused, without the folder's name."""

    def refused(files: World) -> list[str]:
        with pytest.raises(ImportRefused) as caught:
            load(files)
        return [fault.replace(f"{tmp_path}/", "") for fault in caught.value.faults]

    return refused


NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties"
TIES = "MATCH (a)-[r]->(b) RETURN type(r) AS type, properties(r) AS properties,"
TIES += " a.key AS source, b.key AS target"


@pytest.fixture(scope="module")
def driver(address):
    auth = (address.username, address.password)
    with GraphDatabase.driver(address.uri, auth=auth) as driver:
        yield driver


@pytest.fixture(scope="module")
def dump(driver, address):
    """Every node and every tie, with all that they hold."""

    def dump() -> list[str]:
        with driver.session(database=address.database) as session:
            rows = [r.data() for text in (NODES, TIES) for r in session.run(text)]
        for row in rows:
            row["labels"] = sorted(row.get("labels", []))
            row["properties"] = sorted(row["properties"].items())
        return sorted(map(repr, rows))

    return dump


ALONE: World = {"members": [member("there")]}

# Reading back


def test_every_property_of_every_kind_comes_back(draw, ask):
    world = everything()
    draw(world)
    for table, rows in world.items():
        for row in rows:
            if row["key"] in ("other-firm", "other-person"):
                continue
            selection, expected = asked(table, row)
            if row["kind" if table == "ties" else "key"] == "ACQUAINTANCE":
                assert expected["source"]["key"] < expected["target"]["key"]
            name = field_of(table, row)
            got = ask(f'{{ {name}(key: "{row["key"]}") {{ {selection} }} }}')[name]
            assert got == expected
            assert scalars(name) - {"id"} - set(got) == set()


def test_members_without_columns_have_the_defaults_of_their_kind(draw, ask):
    draw({"members": [member("p", "PERSON"), member("o")]})
    text = """{ person(key: "p") { roles introductions favoursOpen sector since }
                organisation(key: "o") { roles foundedOn recoveryDays until } }"""
    assert ask(text) == {
        "person": {
            "roles": [],
            "introductions": "OPEN",
            "favoursOpen": 0,
            "sector": None,
            "since": None,
        },
        "organisation": {
            "roles": [],
            "foundedOn": None,
            "recoveryDays": None,
            "until": None,
        },
    }


def test_a_dependency_without_columns_is_harmless_and_at_full_strength(draw, ask):
    draw({"members": [member("a"), member("b")], "ties": [tie("DEPENDENCY", "a", "b")]})
    text = "{ dependencies { nodes { strength criticality bufferDays } } }"
    assert ask(text)["dependencies"]["nodes"] == [
        {"strength": 1, "criticality": 100, "bufferDays": 0}
    ]


@pytest.mark.parametrize(
    "text",
    [
        "'}) DETACH DELETE n //",
        "`n`; MATCH (n) DELETE n",
        '"; DROP $rows \\" \\u0041 \\',
        "Åsa Ødegård, 株式会社, עברית, e\u0301",
        "👩‍🔬 & <script>",
        "a,b;c\td",
        "x" * 100_000,
    ],
    ids=["quote", "backtick", "escape", "unicode", "emoji", "separators", "long"],
)
def test_any_text_is_kept_as_it_is(draw, ask, text):
    known = tie("EXCHANGE", "one", "two", deliverable=text, key="e")
    row = member("one", sector=text, description=text)
    draw({"members": [row, member("two")], "ties": [known]})
    assert ask("{ organisations { nodes { key sector description } } }") == {
        "organisations": {
            "nodes": [
                {"key": "one", "sector": text, "description": text},
                {"key": "two", "sector": None, "description": None},
            ]
        }
    }
    assert ask("{ exchanges { nodes { deliverable } } }") == {
        "exchanges": {"nodes": [{"deliverable": text}]}
    }


@pytest.mark.parametrize(
    "text", ["'}) DELETE n //", "`n`", "a:b%3A", "👩‍🔬", "é e\u0301"]
)
def test_any_text_is_a_key_and_a_name(draw, ask, text):
    members = [{"key": text, "kind": "ORGANISATION", "name": text}, member("z")]
    draw({"members": members, "ties": [{**tie("COMPETITION", text, "z"), "key": ""}]})
    document = """query ($key: String!) { organisation(key: $key) {
      key name competitions { nodes { source { key } target { key } } } } }"""
    ends = {"source": {"key": text}, "target": {"key": "z"}}
    assert ask(document, key=text)["organisation"] == {
        "key": text,
        "name": text,
        "competitions": {"nodes": [ends]},
    }


def test_files_may_have_a_byte_order_mark_and_windows_lines(load, ask, draw):
    draw(ALONE)
    text = "\ufeffkey,kind,name\r\na,ORGANISATION,Å\r\n\r\n"
    text += 'b,TEAM,"two\r\nlines, ""quoted"""\r\n'
    assert load({"members.csv": text}) == {"Organisation": 1, "Team": 1}
    assert ask("{ members { nodes { key name } } }")["members"]["nodes"] == [
        {"key": "there", "name": "Name of there"},
        {"key": "b", "name": 'two\r\nlines, "quoted"'},
        {"key": "a", "name": "Å"},
    ]


def test_an_empty_file_or_a_header_alone_counts_as_absent(load, draw):
    draw(ALONE)
    files = {
        "members.csv": "key,kind,name\no,ORGANISATION,O\n",
        "ties.csv": "",
        "contracts.csv": "no,such,columns\n",
        "referrals.csv": "\ufeff",
    }
    assert {k: v for k, v in load(files).items() if v} == {"Organisation": 1}


# Loading again


def test_loading_the_same_folder_twice_changes_nothing(draw, load, dump):
    world = everything()
    world["ties"] += [{**row, "key": "", "until": ""} for row in every_tie()]
    world["ties"] = [
        row for row in world["ties"] if row["kind"] != "ACQUAINTANCE" or row["key"]
    ]
    draw(world)
    before = dump()
    load(world)
    assert dump() == before


def test_loading_the_demo_twice_changes_nothing(draw, load, dump):
    draw(FOLDERS["demo"])
    before = dump()
    load(FOLDERS["demo"])
    assert dump() == before


def test_a_blank_cell_clears_and_an_absent_column_stays(draw, load, ask):
    made = {"sector": "Pumps", "region": "Skåne", "roles": "STARTUP;INVESTOR"}
    known = tie("EXCHANGE", "a", "b", value="5", channel="Road")
    referral = {"key": "r", "referrer": "a", "customer": "b", "provider": "a"}
    draw(
        {
            "members": [member("a", **made), member("b")],
            "ties": [known],
            "contracts": [{"key": "c"}],
            "referrals": [{**referral, "contract": "c", "revenue": "7"}],
        }
    )
    load(
        {
            "members": [member("a", sector="", roles="SUPPLIER")],
            "ties": [{**tie("EXCHANGE", "a", "b"), "value": ""}],
            "referrals": [{**referral, "contract": ""}],
        }
    )
    load({"members": [member("a", country="SE")], "referrals": [referral]})
    text = """{ organisation(key: "a") { sector region country roles }
      exchanges { nodes { value channel } }
      referral(key: "r") { revenue contract { key } referrer { key } } }"""
    assert ask(text) == {
        "organisation": {
            "sector": None,
            "region": "Skåne",
            "country": "SE",
            "roles": ["SUPPLIER"],
        },
        "exchanges": {"nodes": [{"value": None, "channel": "Road"}]},
        "referral": {"revenue": 7, "contract": None, "referrer": {"key": "a"}},
    }


def test_a_record_may_link_to_another_end_later(draw, load, ask):
    members = [member(key) for key in "abc"]
    referral = {"key": "r", "referrer": "a", "customer": "b", "provider": "c"}
    draw({"members": members, "referrals": [referral]})
    turned = {"key": "r", "referrer": "b", "customer": "c", "provider": "a"}
    load({"members": members, "referrals": [turned]})
    text = (
        "{ referrals { nodes { referrer { key } customer { key } provider { key } } } }"
    )
    assert ask(text)["referrals"]["nodes"] == [
        {"referrer": {"key": "b"}, "customer": {"key": "c"}, "provider": {"key": "a"}}
    ]


# Ties


def test_the_stored_names_of_five_kinds_are_accepted(draw, ask):
    world = everything()
    kinds = {
        "CAPABILITY": "HAS_CAPABILITY",
        "NEED": "NEEDS",
        "OFFER": "OFFERS",
        "COVERAGE": "COVERS",
        "WORK": "WORKS_ON",
    }
    rows = [row for row in every_tie() if row["kind"] in kinds]
    draw(world | {"ties": [row | {"kind": kinds[row["kind"]]} for row in rows]})
    text = """{ capabilityHoldings { nodes { key } } needs { nodes { key stage } }
      offers { nodes { key } } coverages { nodes { key } }
      works { nodes { key timeShare } } }"""
    assert {name: found["nodes"] for name, found in ask(text).items()} == {
        "capabilityHoldings": [{"key": "CAPABILITY:firm:capability"}],
        "needs": [{"key": "NEED:person:capability", "stage": 2}],
        "offers": [{"key": "OFFER:crew:offering"}],
        "coverages": [{"key": "COVERAGE:contract:offering"}],
        "works": [{"key": "WORK:person:initiative", "timeShare": 0.25}],
    }


def test_ties_without_keys_get_them_from_what_tells_them_apart(draw, ask):
    day = {"since": "2020-01-01"}
    kinds = {"a": "ORGANISATION", "b": "ORGANISATION", "p": "PERSON", "q": "PERSON"}
    ties = [
        tie("EXCHANGE", "a", "b", deliverable="Pumps: 5%", **day),
        tie("EXCHANGE", "a", "b", deliverable="Advice", **day),
        tie("INVESTMENT", "a", "b", round="Seed", on="2021-01-01"),
        tie("ACQUAINTANCE", "q", "p", **day),
        tie("CONTRACT", "a", "c", role="SUPPLIER"),
        tie("CONTRACT", "a", "c", role="CUSTOMER"),
        tie("NEED", "a", "k", stage="1"),
        tie("FOLLOWING", "a", "b", channel="Web"),
    ]
    draw(
        {
            "members": [member(k, kind) for k, kind in kinds.items()],
            "ties": [row | {"key": ""} for row in ties],
            "contracts": [{"key": "c"}],
            "capabilities": [{"key": "k"}],
        }
    )
    text = """{ exchanges { nodes { key } } investments { nodes { key } }
      acquaintances { nodes { key since source { key } } }
      contractParties { nodes { key } }
      needs { nodes { key } } followings { nodes { key } } }"""
    assert {name: found["nodes"] for name, found in ask(text).items()} == {
        "exchanges": [
            {"key": "EXCHANGE:a:b:2020-01-01:Advice"},
            {"key": "EXCHANGE:a:b:2020-01-01:Pumps%3A 5%25"},
        ],
        "investments": [{"key": "INVESTMENT:a:b:2021-01-01:Seed"}],
        "acquaintances": [
            {"key": "ACQUAINTANCE:p:q:", "since": "2020-01-01", "source": {"key": "p"}}
        ],
        "contractParties": [
            {"key": "CONTRACT:a:c::CUSTOMER"},
            {"key": "CONTRACT:a:c::SUPPLIER"},
        ],
        "needs": [{"key": "NEED:a:k::1"}],
        "followings": [{"key": "FOLLOWING:a:b:"}],
    }


def test_a_record_begins_on_its_own_day_where_since_is_blank(draw, ask):
    three = {"referrer": "a", "customer": "b", "provider": "a"}
    who = {"requester": "a", "introducer": "b", "target": "a"}
    given = {"since": "2020-01-01"}
    draw(
        {
            "members": [member("a"), member("b")],
            "ties": [
                tie("INVESTMENT", "a", "b", key="1", on="2021-01-01"),
                tie("INVESTMENT", "a", "b", key="2", on="2021-01-01", **given),
            ],
            "referrals": [
                {"key": "1", **three, "on": "2022-02-02"},
                {"key": "2", **three, "on": "2022-02-02", **given},
            ],
            "introductions": [{"key": "1", **who, "asked_on": "2023-03-03"}],
            "feedback": [{"key": "1", "giver": "a", "on": "2024-04-04"}],
            "service_cases": [
                {"key": "1", "customer": "a", "provider": "b"}
                | {"opened_at": "2025-05-05T23:59:00Z"}
            ],
        }
    )
    text = """{ investments { nodes { key since } } referrals { nodes { key since } }
      introductions { nodes { since } } feedbacks { nodes { since } }
      serviceCases { nodes { since } } }"""
    assert {name: found["nodes"] for name, found in ask(text).items()} == {
        "investments": [
            {"key": "1", "since": "2021-01-01"},
            {"key": "2", "since": "2020-01-01"},
        ],
        "referrals": [
            {"key": "1", "since": "2022-02-02"},
            {"key": "2", "since": "2020-01-01"},
        ],
        "introductions": [{"since": "2023-03-03"}],
        "feedbacks": [{"since": "2024-04-04"}],
        "serviceCases": [{"since": "2025-05-05"}],
    }


@pytest.mark.parametrize(
    ("given", "shown", "since"),
    [
        ("2026-05-05", "2026-05-05T00:00:00+00:00", "2026-05-05"),
        ("2026-05-05T09:30", "2026-05-05T09:30:00+00:00", "2026-05-05"),
        ("2026-05-05T01:30:00+02:00", "2026-05-04T23:30:00+00:00", "2026-05-04"),
    ],
)
def test_a_time_is_kept_in_utc(draw, ask, given, shown, since):
    case = {"key": "1", "customer": "a", "provider": "a", "opened_at": given}
    draw({"members": [member("a")], "service_cases": [case]})
    assert ask("{ serviceCases { nodes { openedAt since } } }") == {
        "serviceCases": {"nodes": [{"openedAt": shown, "since": since}]}
    }


# Refusing

MEMBERS = "key,kind,name\no,ORGANISATION,O\nt,TEAM,T\np,PERSON,P\nq,PERSON,Q\n"
ENUMS = "SUPPLIER, CUSTOMER, INVESTOR, PARTNER, FUNDER, BENEFICIARY"
KINDS = "ORGANISATION, TEAM, PERSON"
NO_END = "no Member has the key 'x'"


def one(file: str, header: str, row: str) -> dict[str, str]:
    return {"members.csv": MEMBERS, file: f"{header}\n{row}\n"}


FAULTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "unknown file": (
        {"members.csv": MEMBERS, "people.csv": "key\n"},
        [
            "people.csv line 1: unknown file; expected one of members.csv, ties.csv,"
            " contracts.csv, offerings.csv, capabilities.csv, communities.csv,"
            " initiatives.csv, referrals.csv, introductions.csv, feedback.csv,"
            " service_cases.csv"
        ],
    ),
    "unknown kind of member": (
        {"members.csv": "key,kind,name\na,FIRM,A\nb,,B\n"},
        [
            f"members.csv line 2, column kind: expected one of {KINDS}; got 'FIRM'",
            f"members.csv line 3, column kind: expected one of {KINDS}; got None",
        ],
    ),
    "referral among ties": (
        one("ties.csv", "kind,source,target", "REFERRAL,o,p"),
        ["ties.csv line 2, column kind: REFERRAL has a file of its own, referrals.csv"],
    ),
    "derived kind among ties": (
        one("ties.csv", "kind,source,target", "CO_INVESTMENT,o,p"),
        [
            "ties.csv line 2, column kind: CO_INVESTMENT is derived from other ties"
            " and cannot be loaded"
        ],
    ),
    "unknown column": (
        one("contracts.csv", "key,titel", "c,C"),
        ["contracts.csv line 1, column titel: unknown column"],
    ),
    "column of another kind": (
        one("ties.csv", "kind,source,target,strength", "COMPETITION,o,p,1"),
        [
            "ties.csv line 2, column strength: a Competition has no strength;"
            " leave it blank"
        ],
    ),
    "column twice": (
        one("contracts.csv", "key,title,title", "c,C,D"),
        ["contracts.csv line 1, column title: the column stands twice"],
    ),
    "cells under no name": (
        one("contracts.csv", "key,", "c,C"),
        ["contracts.csv line 2: more cells than the header names"],
    ),
    "more cells than the header": (
        one("contracts.csv", "key,title", "c,C,D"),
        ["contracts.csv line 2: more cells than the header names"],
    ),
    "missing source": (
        one("ties.csv", "kind,source,target", "FOLLOWING,x,o"),
        [f"ties.csv line 2, column source: {NO_END}"],
    ),
    "missing end of a pair turned round": (
        one("ties.csv", "kind,source,target", "ACQUAINTANCE,x,p"),
        [f"ties.csv line 2, column source: {NO_END}"],
    ),
    "missing community": (
        one("ties.csv", "kind,source,target", "MEMBERSHIP,o,x"),
        ["ties.csv line 2, column target: no Community has the key 'x'"],
    ),
    "missing contract of a referral": (
        one("referrals.csv", "key,referrer,customer,provider,contract", "r,o,p,q,x"),
        ["referrals.csv line 2, column contract: no Contract has the key 'x'"],
    ),
    "blank end": (
        one("ties.csv", "kind,source,target", "FOLLOWING,,o"),
        ["ties.csv line 2, column source: a tie needs both its ends"],
    ),
    "wrong kind of end": (
        one("ties.csv", "kind,source,target", "EMPLOYMENT,o,p"),
        [
            "ties.csv line 2, column source: 'o' is a Organisation; a Employment wants"
            " a Person there",
            "ties.csv line 2, column target: 'p' is a Person; a Employment wants"
            " a Organisation or Team there",
        ],
    ),
    "missing name": (
        {"members.csv": "key,kind,name\na,TEAM,\n"},
        ["members.csv line 2, column name: a member needs a name"],
    ),
    "missing key": (
        one("contracts.csv", "key,title", ",C"),
        ["contracts.csv line 2, column key: every record needs a key"],
    ),
    "missing link": (
        one("referrals.csv", "key,referrer,customer", "r,o,"),
        [
            "referrals.csv line 2, column customer: a Referral needs its customer",
            "referrals.csv line 2, column provider: a Referral needs its provider",
        ],
    ),
    "duplicate member": (
        {"members.csv": MEMBERS + "o,TEAM,Other\n"},
        ["members.csv line 6, column key: duplicate key 'o', as in members.csv line 2"],
    ),
    "duplicate record": (
        one("contracts.csv", "key,title", "c,C\nc,C"),
        [
            "contracts.csv line 3, column key: duplicate key 'c', as in contracts.csv"
            " line 2"
        ],
    ),
    "duplicate built key": (
        one("ties.csv", "kind,source,target", "FOLLOWING,p,o\nFOLLOWING,p,o"),
        [
            "ties.csv line 3, column key: duplicate key 'FOLLOWING:p:o:', as in"
            " ties.csv line 2; give these ties keys"
        ],
    ),
    "a pair that knows each other twice": (
        one(
            "ties.csv",
            "kind,source,target,since",
            "ACQUAINTANCE,p,q,2020-01-01\nACQUAINTANCE,q,p,2021-01-01",
        ),
        [
            "ties.csv line 3, column key: duplicate key 'ACQUAINTANCE:p:q:', as in"
            " ties.csv line 2; give these ties keys"
        ],
    ),
    "a pair that knows each other twice, under two keys": (
        one(
            "ties.csv",
            "key,kind,source,target",
            "a,ACQUAINTANCE,p,q\nb,ACQUAINTANCE,q,p",
        ),
        ["ties.csv line 3, column key: a second tie of the pair of ties.csv line 2"],
    ),
    "unreadable number": (
        one("ties.csv", "kind,source,target,value", "EXCHANGE,o,p,1 000"),
        ["ties.csv line 2, column value: expected a number such as 0.5, got '1 000'"],
    ),
    "no number at all": (
        one("ties.csv", "kind,source,target,value", "EXCHANGE,o,p,NaN"),
        ["ties.csv line 2, column value: expected a number such as 0.5, got 'NaN'"],
    ),
    "unreadable whole number": (
        one("ties.csv", "kind,source,target,sequence", "EXCHANGE,o,p,1_000"),
        ["ties.csv line 2, column sequence: expected a whole number, got '1_000'"],
    ),
    "a whole number too large": (
        one("ties.csv", "kind,source,target,sequence", "EXCHANGE,o,p,2147483648"),
        [
            "ties.csv line 2, column sequence: expected a number below 2147483648,"
            " got 2147483648"
        ],
    ),
    "unreadable date": (
        one("ties.csv", "kind,source,target,since", "EXCHANGE,o,p,2026-02-30"),
        [
            "ties.csv line 2, column since: expected a date such as 2026-11-01,"
            " got '2026-02-30'"
        ],
    ),
    "date in another order": (
        one("ties.csv", "kind,source,target,until", "EXCHANGE,o,p,20260203"),
        [
            "ties.csv line 2, column until: expected a date such as 2026-11-01,"
            " got '20260203'"
        ],
    ),
    "unreadable time": (
        one("service_cases.csv", "key,customer,provider,opened_at", "s,p,o,noon"),
        [
            "service_cases.csv line 2, column opened_at: expected a time such as"
            " 2026-11-01T09:30:00Z, got 'noon'"
        ],
    ),
    "unreadable truth": (
        one("ties.csv", "kind,source,target,founder", "EMPLOYMENT,p,o,yes"),
        ["ties.csv line 2, column founder: expected true or false, got 'yes'"],
    ),
    "unreadable enum": (
        {
            "members.csv": MEMBERS,
            "contracts.csv": "key\nc\n",
            "ties.csv": "kind,source,target,role\nCONTRACT,o,c,supplier\n",
        },
        [f"ties.csv line 2, column role: expected one of {ENUMS}; got 'supplier'"],
    ),
    "unreadable role": (
        {"members.csv": "key,kind,name,roles\na,TEAM,A,STARTUP;BOSS\n"},
        [
            "members.csv line 2, column roles: expected one of STARTUP, INVESTOR,"
            " CUSTOMER, SUPPLIER, INCUBATOR, ACCELERATOR, MENTOR, PUBLIC_BODY,"
            " UNIVERSITY; got 'BOSS'"
        ],
    ),
    "unreadable month": (
        one(
            "ties.csv", "kind,source,target,contact_months", "ACQUAINTANCE,p,q,2026-13"
        ),
        [
            "ties.csv line 2, column contact_months: expected months such as 2026-11,"
            " got '2026-13'"
        ],
    ),
    "out of bounds": (
        one(
            "ties.csv",
            "kind,source,target,strength,criticality,buffer_days",
            "DEPENDENCY,o,p,1.1,-1,-0.5",
        ),
        [
            "ties.csv line 2, column strength: expected 0 to 1, got 1.1",
            "ties.csv line 2, column criticality: expected 0 to 100, got -1",
            "ties.csv line 2, column buffer_days: expected 0 or more, got -0.5",
        ],
    ),
    "score beyond its scale": (
        one("feedback.csv", "key,giver,kind,score", "a,p,CSAT,6\nb,p,NPS,6"),
        ["feedback.csv line 2, column score: CSAT is scored 1 to 5, got 6"],
    ),
    "depending on oneself": (
        one("ties.csv", "kind,source,target", "DEPENDENCY,o,o"),
        ["ties.csv line 2, column target: 'o' cannot be tied to itself so"],
    ),
    "not UTF-8": (
        {
            "members.csv": MEMBERS,
            "contracts.csv": b"key,title\na,\xc3\x85\n" + b"b,\n" * 9000 + b"c,\xc5s\n",
        },
        ["contracts.csv line 9003: not UTF-8: invalid continuation byte"],
    ),
    "unterminated quote": (
        one("contracts.csv", "key,title", 'c,C\nd,"D\ne,E\nf,F'),
        ["contracts.csv line 3: not a CSV line: unexpected end of data"],
    ),
    "lines within cells": (
        one("contracts.csv", "key,title,value", '"a","A\nA\nA",1\nb,"B\nB",x\nc,C,y'),
        [
            "contracts.csv line 5, column value: expected a number such as 0.5,"
            " got 'x'",
            "contracts.csv line 7, column value: expected a number such as 0.5,"
            " got 'y'",
        ],
    ),
    "a name too long for the index": (
        {"members.csv": f"key,kind,name\na,TEAM,{'Å' * 1001}\n"},
        ["members.csv line 2, column name: expected at most 1000 characters, got 1001"],
    ),
    "a key too long for the index": (
        {"members.csv": f"key,kind,name\n{'k' * 1001},TEAM,A\n"},
        ["members.csv line 2, column key: expected at most 1000 characters, got 1001"],
    ),
    "a built key too long for the index": (
        one("ties.csv", "kind,source,target,deliverable", f"EXCHANGE,o,p,{'d' * 2000}"),
        [
            "ties.csv line 2, column key: the key built from this tie has more than"
            " 1000 characters; give it a key"
        ],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_its_place_and_nothing_is_kept(draw, refused, dump, name):
    draw(ALONE)
    before = dump()
    files, expected = FAULTS[name]
    assert refused(files) == [*expected, "Nothing of this run was kept."]
    assert dump() == before


def test_all_faults_of_all_files_come_in_one_run(draw, refused, dump):
    draw(ALONE)
    before = dump()
    files = {
        "members.csv": "key,kind,name,favours_open\na,PERSON,,x\n",
        "ties.csv": "kind,source,target,since\nNO,a,a,\nADVICE,a,b,never\n",
        "contracts.csv": "key,value\n,1\nc,\nc,\n",
        "communities.csv": "key,size\ng,1\n",
    }
    assert [fault.partition(":")[0] for fault in refused(files)] == [
        "members.csv line 2, column favours_open",
        "members.csv line 2, column name",
        "ties.csv line 2, column kind",
        "ties.csv line 3, column since",
        "communities.csv line 1, column size",
        "contracts.csv line 2, column key",
        "contracts.csv line 4, column key",
        "ties.csv line 3, column target",
        "Nothing of this run was kept.",
    ]
    assert dump() == before


def test_at_most_a_hundred_faults_are_listed(refused):
    text = "key,kind,name\n" + "".join(f"m{i},FIRM,M\n" for i in range(150))
    faults = refused({"members.csv": text})
    assert len(faults) == 102
    assert faults[99].startswith("members.csv line 101, column kind: ")
    assert faults[100:] == [
        "… and perhaps more: the first 100 are listed.",
        "Nothing of this run was kept.",
    ]


def test_a_member_keeps_the_kind_that_the_database_knows(draw, refused, dump):
    draw({"members": [member("a"), member("b", "PERSON")]})
    before = dump()
    assert refused({"members": [member("c"), member("a", "TEAM")]}) == [
        "members.csv line 3, column kind: 'a' is a Organisation in the database, and"
        " stays one",
        "Nothing of this run was kept.",
    ]
    assert dump() == before


def test_a_tie_keeps_the_ends_that_the_database_knows(draw, refused, dump):
    members = [member(key) for key in "abc"]
    draw({"members": members, "ties": [tie("COMPETITION", "a", "b", key="k")]})
    before = dump()
    moved = {"members": members, "ties": [tie("COMPETITION", "a", "c", key="k")]}
    assert refused(moved) == [
        "ties.csv line 2, column key: 'k' runs from 'a' to 'b' in the database",
        "Nothing of this run was kept.",
    ]
    assert dump() == before


def test_an_end_may_stand_in_the_database_already(draw, load, refused):
    draw({"members": [member("a"), member("b", "TEAM")]})
    assert load({"ties": [tie("AFFILIATION", "b", "a")]}) == {"AFFILIATION": 1}
    assert refused({"ties": [tie("AFFILIATION", "a", "b")]}) == [
        "ties.csv line 2, column target: 'b' is a Team; a Affiliation wants a"
        " Organisation there",
        "Nothing of this run was kept.",
    ]


@pytest.mark.parametrize(
    ("name", "format", "says"),
    [
        ("absent", "tables", "no such file or folder"),
        ("file.csv", "tables", "expected a folder"),
        ("", "tables", "no .csv file there"),
        ("", "yc", "Startups.csv: not found"),
        ("", "cordis", "h2020_organizations.csv: not found"),
        ("", "xml", "expected one of tables, yc, cordis"),
    ],
)
def test_a_path_that_is_no_data_says_what_was_expected(tmp_path, name, format, says):
    path = tmp_path / name
    if name == "file.csv":
        path.write_text("key\n")
    with pytest.raises(BadInput, match=says):
        loading.read(path, format)


# Seeds


@pytest.fixture(scope="module")
def yc(draw):
    draw(FOLDERS["yc"], "yc")


COUNTS = """
RETURN
  COUNT { MATCH (i)-[:INVESTED_IN]->() RETURN DISTINCT i } AS investors,
  COUNT { ()-[:INVESTED_IN]->() } AS investments,
  COUNT { (:Startup) } AS startups,
  COUNT {
    MATCH (s:Startup)-[:MEMBER_OF]->(:Community {kind: "ACCELERATOR_COHORT"})
    RETURN DISTINCT s
  } AS in_batch,
  COUNT { (:Community {kind: "ACCELERATOR_COHORT"}) } AS batches,
  COUNT { MATCH (p)-[:WORKS_FOR {founder: true}]->() RETURN DISTINCT p } AS founders,
  COUNT { (:Member)-[:MEMBER_OF]->(:Community {key: "yc"}) } AS dataset,
  COUNT { (:Member) } AS members
"""


@pytest.fixture(scope="module")
def count(driver, address):
    def count(text: str) -> dict[str, int]:
        return driver.execute_query(text, database_=address.database).records[0].data()

    return count


def test_yc_has_the_investors_and_investments_of_its_files(yc, count):
    found = count(COUNTS)
    assert found.pop("members") == found.pop("dataset")
    assert found == {
        "investors": 766,
        "investments": 2516,
        "startups": 688,
        "in_batch": 688,
        "batches": 19,
        "founders": 998,
    }


def test_an_investors_sector_is_the_one_that_it_funds_most(yc, ask):
    """Counted here from the file, company by company."""
    with (FOLDERS["yc"] / "Startups.csv").open(encoding="utf-8-sig") as lines:
        companies = list(csv.DictReader(lines))
    name = "Andreessen Horowitz"
    funded = [
        row["Categories"].split(",")[0].strip()
        for row in companies
        if name in [part.strip() for part in row["Investors"].split(",")]
    ]
    sectors = Counter(sector for sector in funded if sector)
    [(first, most), (_, next_most)] = sectors.most_common(2)
    assert most > next_most
    text = """{ organisation(key: "yc-andreessen-horowitz") {
      name sector roles investments(direction: OUT) { totalCount } } }"""
    assert ask(text)["organisation"] == {
        "name": name,
        "sector": first,
        "roles": ["INVESTOR"],
        "investments": {"totalCount": len(funded)},
    }


def test_one_yc_company_reads_as_its_line_says(yc, ask):
    text = """{ organisation(key: "yc-curebit") {
      name sector region country url status foundedOn roles
      memberships { nodes { since target { key name kind } } }
      employments { nodes { title founder source { name } } }
      investments { totalCount }
    } }"""
    got = ask(text)["organisation"]
    founders = sorted(tie["source"]["name"] for tie in got.pop("employments")["nodes"])
    assert founders == ["Allan Grant", "Dominic Coryell", "Jeff Yee", "Nori Yoshida"]
    batch = {"key": "yc-2011-winter", "name": "Y Combinator Winter 2011"}
    batch |= {"kind": "ACCELERATOR_COHORT"}
    yc = {"key": "yc", "name": "Y Combinator companies", "kind": "DATASET"}
    assert got == {
        "name": "Curebit",
        "sector": "E-Commerce",
        "region": "California",
        "country": "US",
        "url": "https://www.talkable.com",
        "status": "Operating",
        "foundedOn": "2010-01-01",
        "roles": ["STARTUP"],
        "memberships": {
            "nodes": [
                {
                    "since": "2011-01-01",
                    "target": {**batch, "kind": "ACCELERATOR_COHORT"},
                },
                {"since": None, "target": yc},
            ]
        },
        "investments": {"totalCount": 9},
    }


@pytest.fixture(scope="module")
def cordis(draw):
    draw(FOLDERS["cordis"], "cordis")


def participations() -> list[dict[str, str]]:
    file = FOLDERS["cordis"] / "h2020_organizations.csv"
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


PARTICIPATIONS = """
RETURN
  COUNT { (:Organisation) } AS organisations,
  COUNT { (:Contract) } AS contracts,
  COUNT { MATCH (t:Team)-[:PART_OF]->(:Organisation) RETURN DISTINCT t } AS parts,
  COUNT { (:Team) } AS teams,
  COUNT { (:Organisation {key: "cordis-european-commission"})
          -[:PARTY_TO {role: "FUNDER"}]->(:Contract) } AS funded,
  COUNT { (:Member)-[:MEMBER_OF]->(:Community {key: "cordis"}) } AS dataset,
  COUNT { (:Member) } AS members
"""


def test_cordis_has_the_organisations_and_grants_of_its_file(cordis, count):
    with (FOLDERS["cordis"] / "h2020_organizations.csv").open(
        encoding="utf-8"
    ) as lines:
        rows = list(csv.DictReader(lines))
    teams = {(row["projectID"], row["organisationID"]) for row in rows}
    found = count(PARTICIPATIONS)
    assert found.pop("members") == found.pop("dataset")
    assert found == {
        "organisations": 1819 + 1,
        "contracts": 336,
        "teams": len(teams),
        "parts": len(teams),
        "funded": 336,
    }


def test_shares_of_a_cordis_grant_come_from_its_amounts(cordis, ask):
    text = """{ contract(key: "cordis-project-883204") {
      title value currency valuePeriod parties(first: 200) {
        nodes { role share source { __typename } } } } }"""
    grant = ask(text)["contract"]
    with (FOLDERS["cordis"] / "h2020_organizations.csv").open(
        encoding="utf-8"
    ) as lines:
        rows = [r for r in csv.DictReader(lines) if r["projectID"] == "883204"]
    amounts = [float(r["ecContribution"].replace(",", ".") or 0) for r in rows]
    parties = grant.pop("parties")["nodes"]
    shares = sorted(p["share"] for p in parties if p["share"] is not None)
    assert shares == pytest.approx(sorted(a / sum(amounts) for a in amounts))
    assert [p["role"] for p in parties].count("FUNDER") == 1
    assert grant == {
        "title": "EU-RADION",
        "value": pytest.approx(sum(amounts)),
        "currency": "EUR",
        "valuePeriod": "TOTAL",
    }


def test_numbers_of_cordis_may_have_a_decimal_comma(draw, ask, tmp_path):
    columns = "projectID,projectAcronym,organisationID,name,shortName,SME,activityType"
    columns += ",city,country,organizationURL,role,ecContribution"
    rows = ['1,P,10,Ten,T,True,PRC,Athens,EL,,coordinator,"771225,1"']
    rows += ["1,P,20,Twenty,,False,HES,London,UK,https://t,thirdParty,228774.9"]
    text = "\n".join([columns, *rows, ""])
    (tmp_path / "h2020_organizations.csv").write_text(text, encoding="utf-8")
    draw(tmp_path, "cordis")
    text = """{ contract(key: "cordis-project-1") { value parties { nodes {
        role share source { key } } } }
      organisations { nodes { key country description roles } } }"""
    project = "cordis-project-1"
    assert ask(text) == {
        "contract": {
            "value": 1_000_000,
            "parties": {
                "nodes": sorted(
                    [
                        party("cordis-10", "BENEFICIARY", 0.7712251),
                        party(f"{project}-10", "BENEFICIARY", None),
                        party("cordis-20", "PARTNER", 0.2287749),
                        party(f"{project}-20", "PARTNER", None),
                        party("cordis-european-commission", "FUNDER", None),
                    ],
                    key=lambda p: (
                        f"CONTRACT:{p['source']['key']}:{project}::{p['role']}"
                    ),
                )
            },
        },
        "organisations": {
            "nodes": [
                {
                    "key": "cordis-european-commission",
                    "country": "BE",
                    "description": None,
                    "roles": ["INVESTOR", "PUBLIC_BODY"],
                },
                {
                    "key": "cordis-10",
                    "country": "GR",
                    "description": "Small or medium-sized",
                    "roles": [],
                },
                {
                    "key": "cordis-20",
                    "country": "GB",
                    "description": None,
                    "roles": ["UNIVERSITY"],
                },
            ]
        },
    }


def party(key: str, role: str, share: float | None) -> dict[str, Any]:
    return {"role": role, "share": share, "source": {"key": key}}
