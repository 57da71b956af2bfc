"""The reads that are timed, ours and the contender's for the same answer."""

from __future__ import annotations

import random
from typing import Any

from tests.benchmarks.business import COUNTRIES
from tests.benchmarks.load import Query

N = 20_000  # of organisations, people, teams and contracts each
LEVELS = 12


def one(name: str) -> Any:
    def variables(rng: random.Random) -> dict[str, Any]:
        return {name: f"org-{rng.randrange(N)}"}

    return variables


def country(rng: random.Random) -> dict[str, Any]:
    return {"country": rng.choice(COUNTRIES)}


def deep(inner: str = "key") -> str:
    """Organisations within organisations, twelve levels of fields."""
    for _ in range((LEVELS - 2) // 3):
        inner = f"source {{ {inner} }}"
        inner = f"key investments(direction: IN, first: 5) {{ nodes {{ {inner} }} }}"
    return f"query ($key: String!) {{ organisation(key: $key) {{ {inner} }} }}"


OURS = {
    "Q1": Query(
        "query ($key: String!) { organisation(key: $key) {"
        " __typename id name country foundedOn } }",
        one("key"),
    ),
    "Q2": Query(
        """query ($key: String!) { organisation(key: $key) { key name
        affiliations(direction: IN) { nodes { source { key name
          ... on Team { teamKind } } } }
        investments(direction: IN) { nodes { round amount source { key name } } }
        contracts { nodes { target { key title value
          parties { nodes { source { key name } } } } } } } }""",
        one("key"),
    ),
    "Q3": Query(
        """query ($country: String!) { organisations(first: 50,
        filter: { country: { eq: $country } }, orderBy: [{ field: NAME }]) { totalCount
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        edges { cursor node { key name } } } }""",
        country,
    ),
    "Q4": Query(
        """query ($country: String!) { organisations(first: 50,
        filter: { country: { eq: $country } }, orderBy: [{ field: NAME }]) {
        edges { node { key name investments(direction: IN, first: 5) {
          edges { node { round amount source { key name } } } } } } } }""",
        country,
    ),
    "Q5": Query("{ organisations(first: 10000) { nodes { key name country } } }"),
    "Q6 first page": Query(
        """{ organisations(first: 50) { totalCount
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        edges { cursor node { key name } } } }"""
    ),
    "Q7": Query(
        """query ($key: String!) { organisation(key: $key) { key
          investmentsAggregate(direction: IN) { count amount { sum } } }
        organisationsAggregate { count } }""",
        one("key"),
    ),
    "depth 12": Query(deep(), one("key")),
}
PAGE = """query ($size: Int!, $after: String) {
  organisations(first: $size, after: $after) {
  totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  edges { cursor node { key name } } } }"""
END = """query ($size: Int!, $after: String) {
  organisations(first: $size, after: $after) { pageInfo { endCursor } } }"""

THEIRS = {
    "Q1": Query(
        "query ($id: ID!) { organisations(where: {id: {eq: $id}}) {"
        " __typename id name country foundedOn } }",
        one("id"),
    ),
    "Q2": Query(
        """query ($id: ID!) { organisations(where: {id: {eq: $id}}) { id name
        teams { id name kind }
        investorsConnection { edges { properties { round amount } node { id name } } }
        contracts { id title value parties { id name } } } }""",
        one("id"),
    ),
    "Q3": Query(
        """query ($country: String!) { organisationsConnection(first: 50,
        where: { country: { eq: $country } }, sort: [{ name: ASC }]) { totalCount
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        edges { cursor node { id name } } } }""",
        country,
    ),
    "Q4": Query(
        """query ($country: String!) { organisationsConnection(first: 50,
        where: { country: { eq: $country } }, sort: [{ name: ASC }]) {
        edges { node { id name investorsConnection(first: 5) {
          edges { properties { round amount } node { id name } } } } } } }""",
        country,
    ),
    "Q5": Query("query { organisations(limit: 10000) { id name country } }"),
    "Q6": Query(
        "{ organisations(limit: 50, offset: 15000, sort: [{name: ASC}]) { id name } }"
    ),
    "Q7": Query(
        """query ($id: ID!) { organisations(where: {id: {eq: $id}}) {
          id investorsConnection {
            aggregate { count { nodes } edge { amount { sum } } } } }
        organisationsConnection { aggregate { count { nodes } } } }""",
        one("id"),
    ),
}
