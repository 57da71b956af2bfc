"""`valuenet undo`: changes of the log taken back, an import above all."""

from __future__ import annotations

from typing import Annotated

import typer

from service.change_log.undo import undo as undone
from service.cli.console import Told, answers
from service.cli.session import configured, with_graph
from service.graph import Graph


def undo(
    changes: Annotated[
        list[str],
        typer.Argument(metavar="CHANGE…", help="Numbers, ranges (12-40), or run ids."),
    ],
) -> None:
    """Take changes back, unless later ones stand on them."""
    settings, told = configured(), Told()

    async def work(graph: Graph) -> None:
        count = await undone(graph, changes, "undo")
        answers().print(f"Undone: {count:,} changes")

    with_graph(settings, told, work)
