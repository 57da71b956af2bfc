"""Rankings page to their ends: nothing twice, nothing left out, in the stated order."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from schema.types.ranking import WRITTEN_SINCE
from tests.oracles import brokerage as brokerage_oracle
from tests.support import worlds
from tests.support.walking import flat, walk
from tests.support.worlds import member, tie

BROKERS = """
query ($network: NetworkInput!, $first: Int, $after: String, $rank: BrokerageRole) {
  brokerage(network: $network, groupBy: SECTOR, rankBy: $rank, first: $first,
            after: $after) {
    nodeCount
    brokers { member { key } scores { observed { total liaison } } }
    brokersPageInfo { hasNextPage endCursor }
    about { warnings }
  }
}"""
WRITE = """mutation {
  createOrganisation(input: { key: "m99", name: "M" }) { __typename }
}"""
EXCHANGES = {"ties": ["EXCHANGE"]}


def brokers_after(ask, first, **variables):
    def page(after):
        answer = ask(BROKERS, first=first, after=after, **variables)["brokerage"]
        assert WRITTEN_SINCE not in answer["about"]["warnings"]
        return answer["brokers"], answer["brokersPageInfo"]

    return page


@given(data=st.data(), first=st.sampled_from([1, 2, 3, 7]))
@settings(max_examples=15)
def test_brokers_page_by_page_are_all_members_by_score_then_key(draw, ask, data, first):
    world = data.draw(worlds.networks())
    network, _ = data.draw(worlds.network_inputs(world))
    draw(world)
    pages = walk(brokers_after(ask, first, network=network))
    expected = brokerage_oracle.brokerage(world, network, "SECTOR", None)
    keys = [row["member"]["key"] for row in flat(pages)]
    assert keys == [row["member"]["key"] for row in expected["brokers"]]
    assert [len(page) for page in pages[:-1]] == [first] * (len(pages) - 1)


def ring(count: int) -> dict[str, Any]:
    """A directed ring: each member brokers one pair, so all have one score."""
    keys = [f"m{index:02}" for index in range(count)]
    ties = [tie("EXCHANGE", keys[i - 1], keys[i]) for i in range(count)]
    return {"members": [member(key, sector="A") for key in keys], "ties": ties}


def test_equal_scores_neither_repeat_nor_leave_out_a_member(draw, ask):
    draw(ring(20))
    pages = walk(brokers_after(ask, 3, network=EXCHANGES))
    keys = [row["member"]["key"] for row in flat(pages)]
    assert keys == [f"m{index:02}" for index in range(20)]


def test_a_page_after_a_write_says_so_and_goes_on(draw, ask):
    draw(ring(6))
    answer = ask(BROKERS, first=4, network=EXCHANGES)["brokerage"]
    after = answer["brokersPageInfo"]["endCursor"]
    ask(WRITE)
    page = ask(BROKERS, first=4, after=after, network=EXCHANGES)["brokerage"]
    assert page["about"]["warnings"].count(WRITTEN_SINCE) == 1
    assert [row["member"]["key"] for row in page["brokers"]] == ["m04", "m05"]
    again = ask(BROKERS, first=4, network=EXCHANGES)["brokerage"]
    assert WRITTEN_SINCE not in again["about"]["warnings"]


def test_a_cursor_fits_its_question_alone(draw, ask):
    draw(ring(6))
    answer = ask(BROKERS, first=2, network=EXCHANGES)["brokerage"]
    after = answer["brokersPageInfo"]["endCursor"]
    for cursor, variables, text in [
        (after, {"network": {"ties": ["REFERRAL"]}}, "other arguments"),
        (after, {"network": EXCHANGES, "rank": "LIAISON"}, "other arguments"),
        (after[:-4], {"network": EXCHANGES}, "expected a cursor from this API"),
        ("bm9uc2Vuc2U", {"network": EXCHANGES}, "expected a cursor from this API"),
        ("", {"network": EXCHANGES}, "expected a cursor from this API"),
    ]:
        found = ask(BROKERS, errors=True, first=2, after=cursor, **variables)
        [error] = found["errors"]
        assert error.message.startswith("after: ")
        assert text in error.message
    longer = ask(BROKERS, first=4, after=after, network=EXCHANGES)["brokerage"]
    assert len(longer["brokers"]) == 4  # `first` may change
