"""Figures: samples of one measurement, reported with their bound and their peers."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from service.database import jars

WARM_UP = 5
ROUNDS = 20
PACKAGES = (
    "neo4j",
    "neo4j-rust-ext",
    "strawberry-graphql",
    "graphql-core",
    "numpy",
    "scipy",
    "networkx",
    "valuenet",
)

Told = dict[str, Any]


@dataclass(kw_only=True)
class Figure:
    """One thing measured: `ours` is compared with its bound, a peer has none."""

    name: str
    unit: str
    samples: list[float]
    bound: float | None = None
    least: bool = False  # the bound is to be reached, not kept below
    db_hits: int | None = None
    db_hits_bound: int | None = None
    peers: list[Figure] = field(default_factory=list)
    more: Told = field(default_factory=dict)
    load: tuple[float, ...] = field(default_factory=os.getloadavg)

    def told(self) -> Told:
        median = statistics.median(self.samples)
        found: Told = {"name": self.name, "unit": self.unit}
        if self.bound is not None:
            found["bound"] = self.bound
            met = median >= self.bound if self.least else median <= self.bound
            found["met"] = met
        found |= {
            "rounds": len(self.samples),
            "median": rounded(median),
            "min": rounded(min(self.samples)),
            "max": rounded(max(self.samples)),
            "spread": rounded(spread(self.samples)),
        }
        if self.db_hits is not None:
            found["db_hits"] = self.db_hits
        if self.db_hits is not None and self.db_hits_bound is not None:
            found["db_hits_bound"] = self.db_hits_bound
            found["met"] = found.get("met", True) and self.db_hits <= self.db_hits_bound
        found["load_average"] = [rounded(value) for value in self.load]
        found |= self.more
        if self.bound is not None or self.peers:
            found["peers"] = [peer.told() for peer in self.peers]
        return found


def skipped(name: str, reason: str) -> Told:
    return {"name": name, "skipped": reason}


def rounded(value: float) -> float:
    return float(f"{value:.4g}")


def spread(samples: list[float]) -> float:
    """The interquartile range."""
    if len(samples) < 2:
        return 0.0
    low, _, high = statistics.quantiles(samples, n=4, method="inclusive")
    return high - low


def seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def milliseconds(
    run: Callable[[], object], rounds: int = ROUNDS, warm_up: int = WARM_UP
) -> list[float]:
    """The time of each warm round."""
    for _ in range(warm_up):
        run()
    return [seconds(run) * 1_000 for _ in range(rounds)]


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Progress on stderr."""
    started = time.perf_counter()
    say(f"{what} …")
    yield
    say(f"  {time.perf_counter() - started:.1f} s")


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def megabytes(files: Iterable[Path]) -> float:
    return sum(file.stat().st_size for file in files) / 1e6


def machine() -> Told:
    return {
        "cores": os.cpu_count(),
        "cores_usable": len(psutil.Process().cpu_affinity() or [])
        if hasattr(psutil.Process, "cpu_affinity")
        else os.cpu_count(),
        "cpu": cpu_model(),
        "memory_gib": rounded(psutil.virtual_memory().total / 2**30),
        "os": platform.platform(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load_average": [rounded(value) for value in os.getloadavg()],
    }


def cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = (line.partition(":")[2].strip() for line in lines if "model name" in line)
    return next(models, platform.machine())


def versions() -> Told:
    found: Told = {"neo4j server (embedded)": jars.neo4j_version(jars.read_lock())}
    return found | {name: version(name) for name in PACKAGES}
