"""`uv run task faults`: faults by the dozen, on a database of its own; JSON at the end.

Every round checks itself: an acknowledged write that is lost or stored twice, or a gap
in the change log, ends the run.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from service import database
from service.settings import Settings
from tests.benchmarks.measure import machine, rounded, versions
from tests.faults.api_process import ApiProcess
from tests.faults.loop import Told
from tests.faults.proxy import Stage
from tests.faults.rounds import cut, killed_compaction, killed_database, killed_writer
from tests.faults.served import ServedFault, served_round

Report = dict[str, Any]
Round = Callable[[str], Told]


@dataclass
class Tally:
    """All rounds of one fault."""

    rounds: int = 0
    acknowledged: int = 0
    unknown: int = 0
    recoveries: list[float] = field(default_factory=list)
    longest: float = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, told: Told) -> None:
        self.rounds += 1
        self.acknowledged += len(told.done)
        self.unknown += len(told.failed)

    def report(self) -> Report:
        report: Report = {
            "rounds": self.rounds,
            "acknowledged writes, each there once": self.acknowledged,
            "unacknowledged writes, each there at most once": self.unknown,
            "lost": 0,
            "doubled": 0,
        }
        if self.recoveries:
            middle = statistics.median(self.recoveries)
            report["seconds until a write succeeds again (median, max)"] = [
                rounded(middle),
                rounded(max(self.recoveries)),
            ]
            report["longest request in seconds"] = rounded(self.longest)
            report["outcomes"] = dict(sorted(self.outcomes.items()))
        return report


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="of each fault")
    names = [fault.name.lower() for fault in ServedFault]
    names += [f"cut_{stage.name.lower()}" for stage in Stage]
    names += ["killed_writer", "killed_database", "killed_compaction"]
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    options = parser.parse_args()
    began = time.monotonic()
    report: Report = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "versions": versions(),
        "faults": faults(options.only, options.rounds),
    }
    report["seconds"] = round(time.monotonic() - began)
    sys.stdout.buffer.write(orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n")


def faults(names: list[str], rounds: int) -> dict[str, Report]:
    home = Path(tempfile.mkdtemp(prefix="valuenet-faults-"))
    settings = Settings().model_copy(update={"home": home, "neo4j_uri": None})
    try:
        tallies = {name: Tally() for name in names}
        under_load = [f for f in ServedFault if f.name.lower() in tallies]
        if under_load:
            served(home, {f: tallies[f.name.lower()] for f in under_load}, rounds)
        for name, tally in tallies.items():
            if name in DIRECT:
                for number in range(rounds):
                    tally.add(DIRECT[name](settings, f"{name}-{number}"))
                    progress(name, tally, rounds)
        return {name: tally.report() for name, tally in tallies.items()}
    finally:
        database.stop(settings)
        shutil.rmtree(home, ignore_errors=True)


def served(home: Path, tallies: dict[ServedFault, Tally], rounds: int) -> None:
    """Faults of `valuenet serve` and its Neo4j, while clients write and read."""
    api = ApiProcess(home)
    try:
        for number in range(rounds):
            for fault, tally in tallies.items():
                clients, seconds = asyncio.run(
                    served_round(api, fault, f"{fault.name.lower()}-{number}")
                )
                tally.add(clients.told)
                tally.recoveries.append(seconds)
                tally.longest = max(tally.longest, clients.longest)
                tally.outcomes += clients.outcomes
                progress(fault.value, tally, rounds)
    finally:
        api.end()


def cut_at(stage: Stage) -> Callable[[Settings, str], Told]:
    def run(settings: Settings, name: str) -> Told:
        return asyncio.run(cut(database.start(settings), stage, name, 1))

    return run


def writer(settings: Settings, name: str) -> Told:
    seconds = random.uniform(0.2, 1)
    return asyncio.run(killed_writer(database.start(settings), name, seconds))


def database_itself(settings: Settings, name: str) -> Told:
    return asyncio.run(killed_database(settings, name))


DIRECT: dict[str, Callable[[Settings, str], Told]] = {
    "killed_database": database_itself,
    "killed_compaction": killed_compaction,
    "killed_writer": writer,
} | {f"cut_{stage.name.lower()}": cut_at(stage) for stage in Stage}


def progress(name: str, tally: Tally, rounds: int) -> None:
    text = f"{name}: {tally.rounds} of {rounds} rounds, {tally.acknowledged} writes"
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
