"""`valuenet serve` with every read on the executor's route, to be timed beside ours."""

from __future__ import annotations

from functools import partialmethod

from schema.execution.engine import GraphQLEngine
from service.cli import main

if __name__ == "__main__":
    execute = partialmethod(GraphQLEngine.execute, compiled=False)
    GraphQLEngine.execute = execute  # type: ignore[assignment,method-assign]
    main()
