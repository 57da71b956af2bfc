"""Runs one input after the other, and records what none of them may cause."""

from __future__ import annotations

import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from service.errors import ValuenetError

MAX_SECONDS = 30
MAX_MEGABYTES = 500
SHOWN = 20  # findings of one target


class TooSlow(BaseException):
    """Not an Exception, so that no handler of the product takes it for its own."""


@dataclass
class Fuzzing:
    """What one target did with its inputs, and the findings by their place."""

    name: str
    folder: Path
    inputs: int = 0
    accepted: int = 0
    slowest: float = 0
    megabytes: int = 0
    findings: dict[str, str] = field(default_factory=dict)

    def run(self, cases: Iterator[tuple[bytes, Callable[[], Any]]], end: float) -> None:
        """Run cases until `end`; each is what to store of it, and what to call."""
        signal.signal(signal.SIGALRM, too_slow)
        for data, call in cases:
            if time.monotonic() > end:
                return
            self.inputs += 1
            start = time.monotonic()
            signal.alarm(MAX_SECONDS)
            try:
                call()
                self.accepted += 1
            except ValuenetError as error:
                self.check_sentence(str(error), data)
            except (Exception, TooSlow) as error:
                self.add(
                    place_of(error.__cause__ or error),
                    "".join(traceback.format_exc()),
                    data,
                )
            finally:
                signal.alarm(0)
            self.check_time(time.monotonic() - start, data)
            self.check_memory(data)

    def check_sentence(self, text: str, data: bytes) -> None:
        if not text.strip() or len(text) > 200_000:
            self.add("no sentence, or an endless one", text[:1_000], data)

    def check_time(self, seconds: float, data: bytes) -> None:
        """Store the slowest input, which is a finding only if it took too long."""
        if seconds > self.slowest:
            self.slowest = seconds
            (self.folder / f"{self.name}-slowest").write_bytes(data)

    def check_memory(self, data: bytes) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024
        if used > MAX_MEGABYTES >= self.megabytes:
            self.add("memory", f"{used} MB", data)
        self.megabytes = max(self.megabytes, used)

    def add(self, place: str, text: str, data: bytes) -> None:
        if place in self.findings or len(self.findings) == SHOWN:
            return
        self.findings[place] = text
        file = self.folder / f"{self.name}-{len(self.findings)}"
        file.write_bytes(data)
        sys.stderr.write(f"{self.name}: {place}: {file}\n{text}\n")

    def figures(self) -> dict[str, Any]:
        return {
            "inputs": self.inputs,
            "accepted": self.accepted,
            "slowest in s": round(self.slowest, 2),
            "most memory in MB": self.megabytes,
            "findings": list(self.findings),
        }


def too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlow(f"more than {MAX_SECONDS} s")


def place_of(error: BaseException) -> str:
    """The kind of an error and the last line of ours on its way, or what it says."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "/service/" in f.filename or "/schema/" in f.filename]
    place = f"at {own[-1].filename}:{own[-1].lineno}" if own else str(error)[:80]
    return f"{type(error).__name__} {place}"
