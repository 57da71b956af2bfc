"""`valuenet undo`: undo changes of the change log, such as an import."""

from __future__ import annotations

from typing import Annotated

import typer

from service.change_log.undo import check_selection
from service.change_log.undo import undo as undo_changes
from service.cli.command_group import command_app
from service.cli.console import TerminalNotice, stdout_console
from service.cli.session import load_settings, run_with_graph
from service.graph import Graph

app = command_app()


@app.command()
def undo(
    changes: Annotated[
        list[str],
        typer.Argument(
            metavar="CHANGE",
            help="Numbers (12), ranges (12-40) or run ids of the change log.",
        ),
    ],
) -> None:
    """Undo changes, such as an import.

    Nothing is undone if later changes depend on them.
    """
    check_selection(changes)  # before a server starts

    async def work(graph: Graph) -> None:
        outcome = await undo_changes(graph, changes, "undo")
        stdout_console().print(f"Undone changes: {outcome.count:,}")

    run_with_graph(load_settings(), TerminalNotice(), work)
