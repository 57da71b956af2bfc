"""One target for some seconds, in a process of its own; the result is its figures."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import Any

from service import database
from service.settings import Settings
from tests.faults.fuzz.readers import cases_of
from tests.faults.fuzz.watch import Fuzzing

# The names of WAYS_IN, which needs the schema.
ENDPOINTS = ["post", "post_headers", "get", "sse", "websocket"]
ENDPOINTS += ["feed_tables", "odata", "pages", "forms", "upload"]


def fuzz_files(name: str, folder: Path, seconds: float, seed: int) -> dict[str, Any]:
    fuzzing = Fuzzing(name, folder)
    with tempfile.TemporaryDirectory() as work:
        cases = cases_of(name, Path(work), random.Random(seed))
        fuzzing.run(cases, time.monotonic() + seconds)
    return fuzzing.figures()


def fuzz_requests(name: str, folder: Path, seconds: float, seed: int) -> dict[str, Any]:
    # The schema, which the files do not need, takes seconds and megabytes.
    from tests.faults.fuzz.requests import Requests
    from tests.faults.fuzz.ways_in import request_cases

    fuzzing = Fuzzing(name, folder)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings().model_copy(update={"home": Path(home), "neo4j_uri": None})
        with database.connect(settings) as address:
            requests = Requests(address, settings, random.Random(seed))
            cases = request_cases(name, requests)
            fuzzing.run(cases, time.monotonic() + seconds)
            requests.close()
    return fuzzing.figures()
