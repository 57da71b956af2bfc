"""All reads of records as GraphQL documents, and a network of each kind of tie."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLObjectType, get_named_type

from schema.query import schema
from tests.support.everything import everything, field_of

SUMS = """{ count key { max } groupBy(keys: [{ field: SINCE, bucket: MONTH }]) {
  nodes { count key { distinct } } } }"""


ENDS = [("", "first"), ("", "last")]
# Each way and each end, but not each way from each end: a plan takes 0.1 s.
WAYS = [("OUT", "first"), ("IN", "last"), ("BOTH", "first"), ("BOTH", "last")]


def everything_of(kind: GraphQLObjectType) -> str:
    """A selection of all that hangs on a record, both ways, from both ends."""
    parts = []
    for name, field in kind.fields.items():
        given = get_named_type(field.type)
        if not hasattr(given, "fields") or name in ("brokerage", "partnerPaths"):
            continue
        if name.endswith("Aggregate"):
            parts.append(f"{name} {SUMS}")
            continue
        if "first" not in field.args:
            parts.append(f"{name} {{ __typename }}")
            continue
        for way, end in WAYS if "direction" in field.args else ENDS:
            asked = f"{end}: 1" + (f", direction: {way}" if way else "")
            what = "{ totalCount nodes { __typename } }"
            parts.append(f"{name}{way}{end}: {name}({asked}) {what}")
    return " ".join(["__typename", *parts])


def documents() -> list[str]:
    """All reads of records that the API has."""
    query = schema._schema.query_type
    found = []
    keys = {
        field_of(t, row): row["key"] for t, rows in everything().items() for row in rows
    }
    keys |= {"member": "firm", "investor": "firm", "customer": "person"}
    keys |= {"organisation": "firm", "team": "crew", "person": "person"}
    for name, field in query.fields.items():
        if name in keys:
            inner = everything_of(get_named_type(field.type))
            found.append(f'{{ {name}(key: "{keys[name]}") {{ {inner} }} }}')
        elif name.endswith("Aggregate"):
            found.append(f"{{ {name} {SUMS} }}")
        elif {"first", "after", "last", "before"} <= set(field.args):
            what = "{ totalCount nodes { __typename } }"
            found += [f"{{ {name}({end}: 1) {what} }}" for end in ("first", "last")]
    return found


KINDS = ["EXCHANGE", "DEPENDENCY", "INVESTMENT", "ACQUAINTANCE", "EMPLOYMENT"]
KINDS += ["AFFILIATION", "ACCOUNT_MANAGEMENT", "FOLLOWING", "ADVICE", "COMPETITION"]
KINDS += ["CONTRACT", "REFERRAL", "CO_INVESTMENT", "CO_CONTRACT", "CO_MEMBERSHIP"]
BROKERAGE = """query ($ties: [TieKind!]!, $by: GroupKey!, $member: String) {
  brokerage(groupBy: $by, member: $member, network: {
    ties: $ties, organisation: "firm", community: "community", region: "Småland"
  }) { nodeCount } }"""
WHOLE = """query ($ties: [TieKind!]!, $by: GroupKey!, $member: String) {
  brokerage(groupBy: $by, member: $member, network: { ties: $ties, isolates: true }) {
    nodeCount brokers { evidence { role } } } }"""
CHANGED = """query ($ties: [TieKind!]!) {
  networkChange(network: { ties: $ties }, from: "2019-11-01", to: "2026-11-01") {
    tiesCame { source { key } ties { key } } tiesWent { ties { key } } } }"""
GROUPS = ["KIND", "SECTOR", "REGION", "COUNTRY", "FUNCTION", "ORGANISATION"]
GROUPS += ["COMMUNITY"]


def networks() -> list[tuple[str, dict[str, Any]]]:
    """A question about a network of each kind of tie, by each group, and of all."""
    found: list[tuple[str, dict[str, Any]]] = [(CHANGED, {"ties": KINDS})]
    found.append((BROKERAGE, {"ties": KINDS, "by": "SIDE"}))
    found += [(WHOLE, {"ties": KINDS, "by": by}) for by in GROUPS]
    for kind in KINDS:
        found.append((WHOLE, {"ties": [kind], "by": "SECTOR"}))
        found.append((WHOLE, {"ties": [kind], "by": "SECTOR", "member": "firm"}))
    return found
