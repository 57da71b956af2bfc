"""`valuenet serve` with every read on the executor's route, to be timed beside ours."""

from __future__ import annotations

from functools import partial

from schema.execution.operation import execute
from service.cli import main
from service.server import graphql_endpoint

if __name__ == "__main__":
    graphql_endpoint.execute = partial(execute, compiled=False)  # type: ignore[assignment]
    main()
