"""`valuenet demo`: example data in a home of its own, its answers, and the API."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from seeds import SEEDS, TOURED, Seed
from service.cli.ask import answer_of
from service.cli.command_group import command_app
from service.cli.console import TerminalNotice, stdout_console
from service.cli.demo_tour import print_tour
from service.cli.load_remarks import print_remarks
from service.cli.serve import Port, listen, run_server
from service.cli.session import load_settings, preload, run_at, running_database
from service.database import Compiler
from service.formats.loader import Loader
from service.graph import Graph
from service.graph.statements import statement
from service.settings import Settings
from service.writes.checks import NodeIdentity

LOOPBACK = "127.0.0.1"

app = command_app()


@app.command()
def demo(
    once: Annotated[
        bool, typer.Option("--once", help="Exit after the answers; serve nothing.")
    ] = False,
    port: Port = 8000,
) -> None:
    """Load example data, answer three questions and serve the API.

    The example data have a database of their own, beside yours.
    """
    own, notice = load_settings("ERROR"), TerminalNotice()  # first plans are slow
    home = own.home / "demo"
    settings = own.model_copy(update={"home": home, "neo4j_uri": None})
    with contextlib.ExitStack() as stack:
        listener = None
        if not once:
            listener = stack.enter_context(listen(settings, LOOPBACK, port))
        preload("schema.execution.engine")
        compiler = Compiler.QUICK if once else Compiler.FULL
        running = running_database(settings, notice, compiler)
        address = stack.enter_context(running)

        async def work(graph: Graph) -> None:
            await load_seeds(graph, notice, TOURED if once else SEEDS)
            await answer_tour(graph, settings)

        run_at(address, settings, notice, work)
        if listener:
            run_server(address, settings, listener, notice, *next_steps(settings))


async def load_seeds(
    graph: Graph, notice: TerminalNotice, seeds: Sequence[Seed]
) -> None:
    """Load each seed whose community is not yet in the database."""
    read = statement("records/existing", NODE="Community", KIND="Community")
    keys = [seed.key for seed in seeds]
    existing = {row.key for row in await graph.rows(read, NodeIdentity, keys=keys)}
    for seed in seeds:
        if seed.key not in existing:
            loader = Loader([seed.file])
            counts = await loader.load(graph, notice.records)
            print_remarks(loader.files, notice)
            notice.say(f"Loaded {seed.about}: {sum(counts.values()):,} records")


async def answer_tour(graph: Graph, settings: Settings) -> None:
    async def ask(text: str) -> dict[str, Any]:
        return await answer_of(graph, settings, text, limits=False)  # plans are cold

    await print_tour(ask, stdout_console())


def next_steps(settings: Settings) -> list[str]:
    home = f"VALUENET_HOME={settings.home}"
    return [
        "",
        "Three things to try next:",
        "1. Open the page in a browser: overview, members, introductions, what-if.",
        "2. Ask this database a question from another terminal:",
        f"   {home} uv run valuenet ask seeds/demo/questions/weak_team.graphql",
        "3. Load your own file, a spreadsheet or an export of another program:",
        "   uv run valuenet load FILE && uv run valuenet serve --port 8001",
        "",
    ]
