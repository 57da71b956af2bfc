"""`groupBy` says of how many groups it returns the first."""

from __future__ import annotations

from tests.support.worlds import member, tie

GROUPS = """
  one: groupBy(keys: [{ field: CURRENCY }, { source: REGION }], first: 1) { ...some }
  all: groupBy(keys: [{ field: CURRENCY }, { source: REGION }]) { ...some }
"""
TEXT = f"""query ($of: InvestmentFilter) {{
  investmentsAggregate(filter: $of) {{ {GROUPS} }}
  organisations(filter: {{ key: {{ in: ["a", "b"] }} }}) {{ nodes {{ key
    investmentsAggregate(direction: IN, filter: $of) {{ {GROUPS} }} }} }}
  members(first: 1) {{ nodes {{ key }} }}
  organisationsAggregate {{ groupBy(keys: [{{ field: REGION }}], first: 1) {{
    hasMore totalCount nodes {{ count }} }} }} }}
fragment some on InvestmentGroups {{ hasMore totalCount nodes {{ count }} }}"""


def counts(aggregate):
    return [
        (groups["totalCount"], groups["hasMore"], len(groups["nodes"]))
        for groups in (aggregate["one"], aggregate["all"])
    ]


def test_groups_are_counted_where_they_are_cut(draw, ask):
    """Groups of a: (EUR, north), (SEK, north), (none, none) twice; of b: none."""
    rounds = [("x", "EUR"), ("x", "SEK"), ("y", ""), ("y", ""), ("x", "SEK")]
    ties = [
        tie("INVESTMENT", who, "a", key=f"r{n}", amount="1", currency=currency)
        for n, (who, currency) in enumerate(rounds)
    ]
    members = [member("x", region="north"), *map(member, "yab")]
    draw({"members": members, "ties": ties})
    got = ask(TEXT)
    assert counts(got["investmentsAggregate"]) == [(3, True, 1), (3, False, 3)]
    a, b = (node["investmentsAggregate"] for node in got["organisations"]["nodes"])
    assert counts(a) == [(3, True, 1), (3, False, 3)]
    assert counts(b) == [(0, False, 0), (0, False, 0)]
    own = got["organisationsAggregate"]["groupBy"]
    assert (own["totalCount"], own["hasMore"]) == (2, True)
    got = ask(TEXT, of={"currency": {"isNull": False}})
    assert counts(got["investmentsAggregate"]) == [(2, True, 1), (2, False, 2)]
