"""From nothing to the first answers: jars, Neo4j, the demo."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from service import database
from service.database import jars
from service.settings import Settings
from tests.benchmarks.measure import Figure, Told, doing, megabytes, rounded, seconds
from tests.benchmarks.world import VALUENET, environment

ROUNDS = 3


def demo() -> Told:
    """`valuenet demo --once` in an empty home, the jars fetched before."""
    jars.ensure_jars(Settings())
    runs = []
    for _ in range(ROUNDS):
        with doing("valuenet demo --once from an empty home"):
            runs.append(phases())
    totals = [run["ended"] for run in runs]
    middle = runs[totals.index(sorted(totals)[len(totals) // 2])]
    return Figure(
        name="valuenet demo --once, empty home, jars fetched",
        unit="s",
        bound=45,
        samples=totals,
        more={
            "seconds_until_neo4j_had_started": [
                rounded(run["started"]) for run in runs
            ],
            "phases_of_the_median_round": shares(middle),
        },
        peers=[
            Figure(
                name="start and end of Neo4j alone, empty home, without the demo",
                unit="s",
                samples=[seconds(neo4j_alone)],
            )
        ],
    ).told()


def phases() -> dict[str, float]:
    """Seconds from the start until each line of the command's progress."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        started = time.perf_counter()
        run = subprocess.Popen(
            [VALUENET, "demo", "--once"],
            env=environment(VALUENET_HOME=home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        found: dict[str, float] = {}
        assert run.stderr is not None
        for line in run.stderr:
            found[line.strip()] = time.perf_counter() - started
            if line.startswith("Starting Neo4j"):
                found["started"] = bolt_answers(Path(home), started)
        if run.wait():
            raise RuntimeError(f"the demo failed: {found}")
        found["ended"] = time.perf_counter() - started
        return found


def bolt_answers(home: Path, started: float) -> float:
    """Seconds until the log of Neo4j says that it is up (the clocks of one host)."""
    log = home / "demo" / "neo4j" / "logs" / "console.log"
    while time.perf_counter() - started < 120:
        if log.exists() and "Started." in log.read_text("utf-8", "replace"):
            break
        time.sleep(0.02)
    return time.perf_counter() - started


def shares(run: dict[str, float]) -> dict[str, float]:
    """Seconds between one line of progress and the next."""
    names = sorted(run, key=run.__getitem__)
    gaps = zip(names, [0.0, *(run[name] for name in names)], strict=False)
    return {f"until {name!r}": rounded(run[name] - before) for name, before in gaps}


def neo4j_alone() -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        settings = Settings().model_copy(update={"home": Path(home), "neo4j_uri": None})
        with database.connect(settings):
            pass


def fetch() -> Told:
    """All jars of the lock into an empty cache."""
    with (
        doing("fetching the jars"),
        tempfile.TemporaryDirectory() as cache,
    ):
        settings = Settings().model_copy(update={"cache": Path(cache)})
        took = seconds(lambda: jars.ensure_jars(settings))
        size = megabytes(Path(cache).rglob("*.jar"))
    return Figure(
        name="jars from nothing",
        unit="s",
        samples=[took],
        more={"megabytes": rounded(size), "megabytes_per_s": rounded(size / took)},
    ).told()
