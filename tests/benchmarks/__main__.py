"""Run everything and print one JSON document; progress is on stderr.

A missed bound is told (`met`), never a failure: figures hang on the machine.
"""

from __future__ import annotations

import argparse
import signal
import sys
from datetime import UTC, datetime

import orjson

from tests.benchmarks import cascades, loading, networks, questions, reads, starting
from tests.benchmarks.measure import Told, machine, versions
from tests.benchmarks.world import world

THEMES = ("starting", "questions", "loading", "networks", "cascades", "reads")
AT_SERVER = {"questions", "loading", "networks", "cascades", "reads"}


def main() -> None:
    asked = arguments()
    # A polite kill unwinds, so that the server and its home go too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    told: Told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "versions": versions(),
    }
    benches: list[Told] = []
    if asked.network:
        benches.append(starting.fetch())
    if "starting" in asked.only:
        benches.append(starting.demo())
    if AT_SERVER & set(asked.only):
        with world() as found:
            if "questions" in asked.only:
                benches += questions.questions(found)
            if "loading" in asked.only:
                benches += loading.investments(found)
            if "networks" in asked.only:
                benches += networks.networks(found)
                benches += networks.networks(found, large=True) if asked.large else []
            if "cascades" in asked.only:
                benches += cascades.cascades(found)
            if "reads" in asked.only:
                benches += reads.reads(found)
    told["benches"] = benches
    told["missed"] = [one["name"] for one in benches if one.get("met") is False]
    sys.stdout.buffer.write(orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--network", action="store_true", help="also fetch all jars anew (176 MB)"
    )
    parser.add_argument(
        "--only", nargs="+", choices=THEMES, default=THEMES, help="these themes alone"
    )
    parser.add_argument(
        "--large", action="store_true", help="also 1,000,000 members, 5,000,000 ties"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
