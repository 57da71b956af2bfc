"""Run everything and print one JSON document; progress is on stderr.

A missed bound is reported (`met`), never a failure: figures depend on the machine.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import orjson

from tests.benchmarks import (
    cascades,
    feeds,
    large_load,
    lenses,
    loading,
    map_page,
    networks,
    pages,
    paths,
    questions,
    reads,
    sheets,
    starting,
    storm,
    writes,
)
from tests.benchmarks.measure import Told, machine, versions
from tests.benchmarks.world import World, world

# All use one server, in this order; each starts with an empty database.
AT_SERVER: dict[str, Callable[[World], list[Told]]] = {
    "questions": questions.questions,
    "loading": loading.investments,
    "large_load": large_load.large,
    "networks": networks.networks,
    "paths": paths.paths,
    "cascades": cascades.cascades,
    "lenses": lenses.lenses,
    "pages": pages.pages,
    "writes": writes.writes,
    "reads": reads.reads,
    "map": map_page.map_page,
    "feeds": feeds.feeds,
}
THEMES = ("starting", "sheets", *AT_SERVER, "storm")


def main() -> None:
    options = arguments()
    # A polite kill unwinds, so that the server and its home go too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    report: Told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "versions": versions(),
    }
    benches = results(options)
    report["benches"] = benches
    report["missed"] = [one["name"] for one in benches if one.get("met") is False]
    sys.stdout.buffer.write(orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n")


def results(options: argparse.Namespace) -> list[Told]:
    benches: list[Told] = []
    if options.network:
        benches.append(starting.fetch())
    if "starting" in options.only:
        benches.append(starting.demo())
    if "sheets" in options.only:
        benches += sheets.tables_of_files()
    themes = [theme for theme in AT_SERVER if theme in options.only]
    if not themes and "storm" not in options.only:
        return benches
    with world() as server:
        for theme in themes:
            server.clear()
            benches += AT_SERVER[theme](server)
        if options.large and "networks" in themes:
            server.clear()
            benches += networks.networks(server, large=True)
        if "storm" in options.only:
            server.clear()
            benches += storm.storm(server, options.storm_reads)
    return benches


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
    parser.add_argument(
        "--storm-reads",
        type=int,
        default=storm.READS,
        help="cheap reads of each storm, four a second; 40 to try it in two minutes",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
