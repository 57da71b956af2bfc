"""The change log of loads, and loads of several transactions."""

from __future__ import annotations

import pytest

from service.formats import staging
from service.formats.rows import NOTHING_IMPORTED
from tests.support.worlds import World, member, tie

LOGGED = """MATCH (c:Change) RETURN count(DISTINCT c.run) AS runs,
  collect(DISTINCT c.by) AS by, sum(size(c.keys)) AS records,
  max(c.number) - min(c.number - size(c.keys)) AS numbers"""


@pytest.fixture
def small(monkeypatch):
    """Transactions of four rows, parts of two."""
    monkeypatch.setattr("service.formats.load.TRANSACTION_SIZE", 4)
    monkeypatch.setattr("service.formats.load.PART_SIZE", 2)
    monkeypatch.setattr(staging, "BATCH_SIZE", 2)


def ring(size: int, **last: str) -> World:
    """Members in a ring of exchanges, and a referral; the last tie has `last`."""
    ties = [tie("EXCHANGE", f"m{i}", f"m{(i + 1) % size}") for i in range(size)]
    ties[-1] |= last
    referral = {"key": "r", "referrer": "m0", "customer": "m1", "provider": "m2"}
    members = [member(f"m{i}") for i in range(size)]
    return {"members": members, "ties": ties, "referrals": [referral]}


def test_every_record_of_a_load_is_logged_under_one_run(small, draw, load, count):
    draw({})
    load(ring(7))
    logged = {"runs": 1, "by": ["import"], "records": 15, "numbers": 15}
    assert count(LOGGED) == logged


def test_loading_again_in_several_transactions_changes_nothing(small, draw, load, dump):
    draw({})
    load(ring(7))
    before = dump()
    load(ring(7))
    assert dump() == before


def test_a_fault_in_the_last_transaction_prevents_the_first_one(
    small, draw, refused, dump
):
    draw({"members": [member("there")]})
    before = dump()
    days = {"since": "2026-02-01", "until": "2026-01-01", "key": "late"}
    assert refused(ring(7, **days)) == [
        "ties.csv line 8, column until: until (2026-01-01) must not be before since"
        " (2026-02-01)",
        NOTHING_IMPORTED,
    ]
    assert dump() == before


def test_only_changed_records_are_added_to_the_log(small, draw, load, count):
    world = ring(7)
    draw(world)
    load({**world, "members": [member("m3", sector="Pumps"), *world["members"][4:]]})
    assert count(LOGGED) == {"runs": 2, "by": ["import"], "records": 16, "numbers": 16}
