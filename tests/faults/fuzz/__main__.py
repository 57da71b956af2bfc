"""`uv run task fuzz-inputs`: mutated samples into every way in; JSON at the end.

A finding is an exception that is no ValuenetError, a 500, more than 30 s, or more than
500 MB; its input is stored. The exit code is 1 if there is one. The files take a
process each, so that the memory of each is its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

import orjson

from tests.faults.fuzz.readers import FORMATS, TEXTS
from tests.faults.fuzz.targets import ENDPOINTS, fuzz_files, fuzz_requests


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.faults.fuzz", description=__doc__)
    names = [*FORMATS, *TEXTS, *ENDPOINTS]
    parser.add_argument("--seconds", type=float, default=600, help="of each target")
    parser.add_argument("--only", action="append", choices=names)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="valuenet-fuzz-"))
    targets = [name for name in names if name in (options.only or names)]
    figures = {}
    for name in targets:
        work = fuzz_requests if name in ENDPOINTS else fuzz_files
        with multiprocessing.get_context("spawn").Pool(1) as process:
            given = (name, folder, options.seconds, options.seed)
            figures[name] = process.apply(work, given)
        sys.stderr.write(f"{name}: {figures[name]}\n")
    told = {"seed": options.seed, "findings": str(folder), "targets": figures}
    sys.stdout.buffer.write(orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n")
    return 1 if any(figure["findings"] for figure in figures.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
