"""A connection is cut at each stage of a write: the answer is true all the same."""

from __future__ import annotations

import asyncio

import pytest

from tests.faults.proxy import Stage
from tests.faults.rounds import cut, killed_writer

ROUNDS = 10


@pytest.fixture(autouse=True)
def world(draw):
    draw({"members": [{"key": "acme", "kind": "ORGANISATION", "name": "Acme"}]})


@pytest.mark.parametrize("stage", list(Stage), ids=lambda stage: stage.name)
def test_a_write_is_done_once_and_acknowledged_whatever_is_cut(address, stage):
    told = asyncio.run(cut(address, stage, "test", ROUNDS))
    assert len(told.done) == ROUNDS


def test_what_a_killed_process_was_told_is_there_and_the_log_has_no_gap(address):
    told = asyncio.run(killed_writer(address, "killed", 1.5))
    assert told.done
