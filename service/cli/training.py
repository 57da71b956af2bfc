"""Makes the start-up cache of the embedded Neo4j: `python -m service.cli.training`.

A command that ran a server starts this process as it ends, if there is no cache yet.
The training run does what a first user does: it loads the demo and asks its questions.
"""

from __future__ import annotations

import logging
import sys

from seeds import SEEDS, Seed
from service import logs
from service.cli.ask import answer_of
from service.cli.console import TerminalNotice
from service.cli.session import run_at
from service.database import Address, aot_cache
from service.errors import ValuenetError
from service.formats.loader import Loader
from service.graph import Graph
from service.settings import Settings


def workload(address: Address) -> None:
    """What the JVM is trained with, on an empty database."""
    seed = SEEDS[0]
    notice = TerminalNotice()
    settings = Settings().model_copy(update={"timeout_seconds": 600})

    async def work(graph: Graph) -> None:
        await Loader([seed.file]).load(graph, notice.records)
        for text in questions(seed):
            await answer_of(graph, settings, text, limits=False)

    run_at(address, settings, notice, work)


def questions(seed: Seed) -> list[str]:
    paths = sorted((seed.folder / "questions").glob("*.graphql"))
    return [path.read_text(encoding="utf-8") for path in paths]


def main() -> int:
    logs.configure("INFO")
    try:
        aot_cache.make_cache(Settings(), workload)
    except (ValuenetError, OSError):
        logging.getLogger("valuenet.database").exception("no start-up cache was made")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
