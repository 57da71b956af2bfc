"""`uv run task soak`: faults by the hundred, on a database of its own; JSON at the end.

Of each 30 rounds one kills the database, three kill the writer, the others cut its
connection at each stage in turn.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

import orjson

from service import database
from service.database import Address
from service.settings import Settings
from tests.faults.loop import Told
from tests.faults.proxy import Stage
from tests.faults.rounds import cut, killed_database, killed_writer


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.faults.soak", description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    rounds = parser.parse_args().rounds
    home = Path(tempfile.mkdtemp(prefix="valuenet-soak-"))
    settings = Settings().model_copy(update={"home": home, "neo4j_uri": None})
    try:
        told = soak(settings, rounds)
    finally:
        database.stop(settings)
        shutil.rmtree(home, ignore_errors=True)
    sys.stdout.buffer.write(orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n")


def soak(settings: Settings, rounds: int) -> dict[str, object]:
    """Every round checks itself: a write lost or doubled, or a gap, ends the soak."""
    began, stages = time.monotonic(), cycle(Stage)
    counts = {"database killed": 0, "writer killed": 0}
    counts |= {f"cut {stage.value}": 0 for stage in Stage}
    acknowledged = unknown = 0
    asyncio.run(killed_database(settings, "first"))  # it also prepares the database
    for number in range(rounds):
        name, told = f"round-{number}", Told()
        if number % 30 == 29:
            what, told = "database killed", asyncio.run(killed_database(settings, name))
        elif number % 10 == 5:
            address: Address = database.start(settings)
            seconds = random.uniform(0.2, 1)
            what = "writer killed"
            told = asyncio.run(killed_writer(address, name, seconds))
        else:
            stage = next(stages)
            address = database.start(settings)
            what = f"cut {stage.value}"
            told = asyncio.run(cut(address, stage, name, 1))
        counts[what] += 1
        acknowledged += len(told.done)
        unknown += len(told.failed)
        sys.stderr.write(f"\r{number + 1} of {rounds} rounds, {acknowledged} writes")
    sys.stderr.write("\n")
    return {
        "rounds": counts,
        "acknowledged writes, each there once": acknowledged,
        "unacknowledged writes, each there at most once": unknown,
        "lost": 0,
        "doubled": 0,
        "seconds": round(time.monotonic() - began),
    }


if __name__ == "__main__":
    main()
