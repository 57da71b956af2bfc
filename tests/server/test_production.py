"""The production profile: nothing that graphql-cop finds, and no unsafe start.

The first test asks what graphql-cop asks (GitHub: dolevf/graphql-cop, lib/tests), its
twelve findings and the thirteenth that it switches off: field duplication.
"""

import pytest
from graphql import get_introspection_query

from service.errors import BadInput
from service.server.production_checks import refuse_unsafe
from service.settings import Settings
from service.vocabulary.texts import MOST_MESSAGE

BROWSER = {"accept": "text/html"}


@pytest.fixture(scope="module", autouse=True)
def world(draw):
    draw({"members": [{"key": "a", "kind": "ORGANISATION", "name": "A"}]})


async def findings(client):
    """The names of everything that would help an attacker."""

    async def post(query, **more):
        answer = await client.post("/graphql", json={"query": query}, **more)
        return answer.json()

    aliases = " ".join(f"alias{n}:__typename" for n in range(101))
    batch = [{"query": "{__typename}"}] * 10
    circular = "{__schema{types{fields{type{fields{type{fields{type{name}}}}}}}}}"
    form = {"data": {"query": "{__typename}"}}
    mutation = {"query": "mutation{__typename}"}
    pages = ["/graphiql", "/playground", "/console", "/graphql", "/ide/start.js"]
    found = {
        "alias overloading": "data" in await post(f"{{{aliases}}}"),
        "array batching": (await client.post("/graphql", json=batch)).is_success,
        "directive overloading": len(
            (await post("{__typename " + "@aa" * 10 + "}"))["errors"]
        )
        == 10,
        "circular introspection": "data" in await post(circular),
        "introspection": "data" in await post(get_introspection_query()),
        "suggestions": "Did you mean" in str(await post("{organisationz{key}}")),
        "GET query": (await client.get("/graphql?query={__typename}")).is_success,
        "GET mutation": (await client.get("/graphql", params=mutation)).is_success,
        "form POST": (await client.post("/graphql", **form)).is_success,
        "editor": any(
            [(await client.get(page, headers=BROWSER)).is_success for page in pages]
        ),
        "trace": "tracing" in str(await post("{__typename}")),
        "unhandled errors": "exception" in str(await post("{__typename")),
        "field duplication": "data" in await post("{" + "__typename " * 500 + "}"),
    }
    return {name for name, noted in found.items() if noted}


def test_graphql_cop_finds_nothing_in_production(serve):
    assert serve(findings, profile="production", allow_anonymous=True) == set()


def test_in_development_it_finds_what_is_for_developers(serve):
    expected = {"introspection", "suggestions", "GET query", "editor"}
    assert serve(findings, profile="development") == expected


SUGGESTIVE = [
    "{organisationz{key}}",
    '{organisation(kei:"a"){key}}',
    '{organisation(key:"a"){nam}}',
    "{weakNodes(model:DEPENDENCIES){hurtingCount}}",
    "{brokerage(network:{tie:[EXCHANGE]},groupBy:KIND){nodeCount}}",
    '{member(key:"a"){headcount}}',
    '{organisation(key:"a"){...F}} fragment F on Organisatio {key}',
]
BY_VARIABLE = "query ($n: NetworkInput!) {brokerage(network: $n, groupBy: KIND)"
BY_VARIABLE += " {nodeCount}}"


def test_production_suggests_no_names(serve):
    async def work(client):
        bodies = [{"query": text} for text in SUGGESTIVE]
        wrong = {"tie": [], "ties": ["EXCHANG"]}
        bodies.append({"query": BY_VARIABLE, "variables": {"n": wrong}})
        return [(await client.post("/graphql", json=body)).json() for body in bodies]

    for told in serve(work, profile="production", allow_anonymous=True):
        assert "errors" in told
        assert "mean" not in str(told)
    helped = ["Did you mean" in str(told) for told in serve(work)]
    assert helped == [True] * len(helped)


def test_a_message_has_only_the_beginning_of_a_long_value(serve):
    text = "query ($day: Date) { members(asOf: $day) { totalCount } }"
    body = {"query": text, "variables": {"day": "2" * 100_000}}

    async def work(client):
        return (await client.post("/graphql", json=body)).json()["errors"][0]

    for profile in ("development", "production"):
        error = serve(work, profile=profile, allow_anonymous=True)
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
        assert "2" * 200 in error["message"]
        assert error["message"].endswith("...")
        assert len(error["message"]) == MOST_MESSAGE


UNSAFE = {
    "profile": "production",
    "max_cost": 10**9,
    "max_page": 10_000,
    "max_errors": 10,
    "timeout_seconds": 3_600,
    "cors_origins": ("*", "http://b.test", "https://board.example"),
    "behind_proxy": True,
    "log_level": "DEBUG",
    "neo4j_uri": "bolt://db",
    "neo4j_password": "neo4j",
}

NOT_HTTPS = "is not an https:// origin (commas between them)"


def test_production_names_all_settings_that_it_does_not_start_with(tmp_path):
    with pytest.raises(BadInput) as told:
        refuse_unsafe(Settings(**UNSAFE))
    assert str(told.value).split("; ") == [
        "unsafe settings for VALUENET_PROFILE=production",
        "VALUENET_MAX_COST: 1,000,000,000 is above the maximum 10,000,000",
        "VALUENET_MAX_ERRORS: 10 is above the maximum 9",
        "VALUENET_TIMEOUT_SECONDS: 3,600.0 is above the maximum 300",
        f"VALUENET_CORS_ORIGINS: * {NOT_HTTPS}",
        f"VALUENET_CORS_ORIGINS: http://b.test {NOT_HTTPS}",
        "VALUENET_TOKENS: unset, so every caller may write: create a token with"
        " `valuenet token NAME` and set the variable to its file, or set"
        " VALUENET_ALLOW_ANONYMOUS=true if that is intended",
        "VALUENET_LOG_LEVEL: DEBUG writes the callers' requests into the log",
        "NEO4J_PASSWORD: unset, or a common default",
    ]
    refuse_unsafe(Settings(**{**UNSAFE, "profile": "development"}))
    safe = {"cors_origins": "https://board.example", "tokens": tmp_path / "tokens"}
    safe |= {"neo4j_uri": "bolt://db", "neo4j_password": "long and odd"}
    refuse_unsafe(Settings(profile="production", behind_proxy=True, **safe))


def test_the_application_itself_does_not_start_with_them(serve):
    with pytest.raises(
        BadInput, match="VALUENET_MAX_DEPTH: 99 is above the maximum 50"
    ):
        serve(None, profile="production", max_depth=99)
