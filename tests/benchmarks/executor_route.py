"""`valuenet serve` with every read on the executor's route, to be timed beside ours."""

from __future__ import annotations

from functools import partial

from schema.answering.execution import execute
from service import endpoint
from service.cli import main

if __name__ == "__main__":
    endpoint.execute = partial(execute, compiled=False)  # type: ignore[assignment]
    main()
