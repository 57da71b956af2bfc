"""A load that was killed is completed by loading again, without a difference."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.formats.reading import unnumbered
from tests.support.worlds import member, tie, write

SIZE = 1_500
# The command, its transactions so small that a kill falls between or inside of many.
COMMAND = """
import sys
from service.formats import load, staging
load.TRANSACTION_SIZE, staging.BATCH_SIZE = 250, 50
from service.cli import main
sys.argv = ["valuenet", "load", sys.argv[1]]
sys.exit(main())
"""


def world():
    draw = random.Random(7)
    members = [member(f"m{i}", roles="STARTUP", sector="s") for i in range(SIZE)]
    ends = [(draw.randrange(SIZE), draw.randrange(SIZE)) for _ in range(SIZE)]
    ties = [
        tie("EXCHANGE", f"m{a}", f"m{b}", key=f"t{i}", value=str(i))
        for i, (a, b) in enumerate(ends)
    ]
    three = {"referrer": "m0", "customer": "m1", "provider": "m2"}
    referrals = [{"key": f"r{i}", **three, "revenue": "5"} for i in range(300)]
    return {"members": members, "ties": ties, "referrals": referrals}


@pytest.fixture
def begin(address, tmp_path):
    """Begin `valuenet load`; the process."""
    write(world(), tmp_path)
    environment = os.environ | {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
    }

    def begin():
        command = [sys.executable, "-c", COMMAND, str(tmp_path)]
        return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

    return begin


def test_loading_again_completes_a_load_killed_at_any_point(
    draw, count, dump, begin, graph, tmp_path
):
    draw(tmp_path)
    whole = unnumbered(dump())
    total = "MATCH (n:!Change) RETURN count(n) AS n"
    unfinished = "MATCH (s:ValuenetSchema) RETURN size(s.unfinished) AS n"
    draw({"members": [member("there")]})
    partial = set()
    for share in (0.0, 0.3, 0.8):
        process = begin()
        wanted = 2 + int(share * (SIZE + 300))
        deadline = time.monotonic() + 120
        while count(total)["n"] <= wanted and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        partial.add(count(total)["n"])
        assert count(unfinished)["n"] == 1
    assert max(partial) > min(partial)
    assert begin().wait() == 0
    assert count(unfinished)["n"] == 0
    now = [row for row in unnumbered(dump()) if "'there'" not in row]
    assert now == whole
