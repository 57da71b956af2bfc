"""`valuenet demo`: an example world in a home of its own, its answers, and the API."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from seeds import SEEDS, TOURED, Seed
from service import database
from service.cli.ask import answered
from service.cli.console import Told
from service.cli.console import answers as on_stdout
from service.cli.demo_tour import answers
from service.cli.load import loaded
from service.cli.serve import Port, bound, served
from service.cli.session import ahead, configured, prepared
from service.graph import Graph
from service.graph.statements import statement
from service.settings import Settings
from service.writes.checks import Existing

LOOPBACK = "127.0.0.1"


def demo(
    once: Annotated[
        bool, typer.Option("--once", help="Print the answers and end.")
    ] = False,
    port: Port = 8000,
) -> None:
    """Three questions and their answers; then the API, to ask more."""
    given, told = configured("ERROR"), Told()  # a first plan is slow, and no news
    home = given.home / "demo"
    settings = given.model_copy(update={"home": home, "neo4j_uri": None})
    with contextlib.ExitStack() as stack:
        line = None if once else stack.enter_context(bound(settings, LOOPBACK, port))
        ahead("schema.execution.operation")
        address = stack.enter_context(database.connected(settings, told))

        async def work(graph: Graph) -> None:
            await seeded(graph, told, TOURED if once else SEEDS)
            await shown(graph, settings)

        prepared(address, settings, told, work)
        if line:
            served(address, settings, line, told, *next_steps(settings))


async def seeded(graph: Graph, told: Told, seeds: Sequence[Seed]) -> None:
    """Each seed is loaded once; its community tells whether it is there."""
    read = statement("records/existing", NODE="Community", KIND="Community")
    keys = [seed.key for seed in seeds]
    known = {row.key for row in await graph.rows(read, Existing, keys=keys)}
    for seed in seeds:
        if seed.key not in known:
            counts = await loaded(graph, seed.folder, seed.format, told)
            told.say(f"Loaded {seed.about}: {sum(counts.values()):,} records")


async def shown(graph: Graph, settings: Settings) -> None:
    async def ask(text: str) -> dict[str, Any]:
        return await answered(graph, settings, text, limits=False)  # cold plans

    await answers(ask, on_stdout())


def next_steps(settings: Settings) -> list[str]:
    home = f"VALUENET_HOME={settings.home}"
    return [
        "",
        "Three things to try next:",
        "1. Open the editor and press its button; Ctrl-Space completes as you type.",
        "2. In another terminal, ask a question of your own of this very database:",
        f"   {home} uv run valuenet ask seeds/demo/questions/weak_team.graphql",
        "3. Load your own spreadsheet, saved as members.csv and ties.csv in a folder"
        " (seeds/demo is an example):",
        "   uv run valuenet load FOLDER && uv run valuenet serve --port 8001",
        "",
    ]
