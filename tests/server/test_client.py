"""A client generated from the SDL (ariadne-codegen 0.19.0, `uv run task client`).

The generator wants an older graphql-core than we run, so that it cannot be among our
dependencies; what it writes needs only httpx and pydantic, and is kept here.
"""

from datetime import date
from pathlib import Path

import httpx
import pytest
from graphql import parse, print_ast

import seeds
from schema.execution.documents import check_document
from schema.execution.limits import Limits
from schema.query import schema
from service.settings import Settings
from tests.server.client.valuenet_client import Client, GraphQLClientGraphQLMultiError
from tests.server.client.valuenet_client.enums import MemberRole
from tests.support.listening import listening

FOLDER = Path(__file__).parent / "client"
DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def client(draw, address):
    draw(seeds.FOLDER / "demo")
    with listening(address, Settings()) as place, httpx.Client(timeout=60) as http:
        yield Client(url=f"{place}/graphql", http_client=http)


def test_the_client_asks_what_its_operations_say_of_today_s_schema():
    text = (FOLDER / "operations.graphql").read_text()
    assert check_document(schema._schema, text, Limits(), 200).errors == ()
    made = (FOLDER / "valuenet_client" / "client.py").read_text()
    queries = [part.split('"""')[0] for part in made.split('gql("""')[1:]]
    inside = "\n".join(queries).replace("__typename", "")
    assert words(inside) == words(text.replace("__typename", ""))


def words(text):
    return print_ast(parse(text)).split()


def test_an_analysis_comes_typed(client):
    found = client.brokers_by_region(community="demo", day=DAY).brokerage
    (broker,) = found.brokers
    assert found.node_count == 96
    assert (broker.member.typename__, broker.member.key) == (
        "Organisation",
        "bergslund-ventures",
    )
    assert broker.group == "Mälardalen"
    assert broker.scores.null_reason is None


def test_a_customer_waits_ten_days(client):
    impact = client.weak_team(member="asvik-pump-rnd", day=DAY).weak_node_impact
    (wait,) = impact.customers_waiting
    assert wait.customer.name == "Björkliden Dairy"
    assert (wait.wait_days, wait.value_at_risk[0].currency) == (10, "SEK")


def test_pages_follow_one_another_to_the_end(client):
    keys, roles, after = [], set(), None
    while True:
        page = client.organisation_page(first=15, after=after).organisations
        keys += [one.key for one in page.nodes]
        roles |= {role for one in page.nodes for role in one.roles}
        after = page.page_info.end_cursor
        if not page.page_info.has_next_page:
            break
    assert len(keys) == len(set(keys)) == 110
    assert MemberRole.STARTUP in roles


def test_an_error_is_raised_with_its_code(client):
    with pytest.raises(GraphQLClientGraphQLMultiError) as told:
        client.weak_team(member="nix", day=DAY)
    assert told.value.errors[0].extensions == {"code": "NOT_FOUND"}
