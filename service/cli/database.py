"""`valuenet database …`: the embedded Neo4j, from its start to its backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from service import database
from service.cli.console import Told, answers
from service.cli.session import configured, with_graph
from service.graph import Graph
from service.graph.statements import statement

app = typer.Typer(help="The embedded Neo4j of VALUENET_HOME.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(metavar="FILE", help="The dump.")]


@app.command()
def start() -> None:
    """Start it; it stays until `valuenet database stop`."""
    address = database.start(configured(), Told())
    answers().print(f"{address.uri} answers; `valuenet database stop` ends it")


@app.command()
def stop() -> None:
    """End it, whoever uses it."""
    ran = database.stop(configured(), Told())
    answers().print("Stopped." if ran else "It did not run.")


@app.command()
def status() -> None:
    """Where it is, and whether it runs (with NEO4J_URI: whether that one answers)."""
    settings = configured()
    if settings.neo4j_uri:
        with database.connected(settings, Told()) as address:
            answers().print(f"{address.uri} (NEO4J_URI) answers")
        return
    found = database.status(settings)
    until = "until stopped" if found.stays else "while a command uses it"
    facts = {
        "runs": until if found.running else "no",
        "address": found.uri,
        "process": found.pid,
        "since": found.since and f"{found.since:%Y-%m-%d %H:%M:%S %Z}",
        "home": found.home,
        "Neo4j": found.version,
        "data": f"{found.data_bytes / 1e6:,.0f} MB",
    }
    shown = Table(box=None, show_header=False, pad_edge=False)
    for name, value in facts.items():
        if value is not None:
            shown.add_row(name, str(value))
    answers().print(shown)


@app.command()
def dump(file: File) -> None:
    """Write it to one file. It must not run meanwhile."""
    database.dump(configured(), file, Told())
    answers().print(f"Dumped to {file} ({file.stat().st_size / 1e6:,.1f} MB)")


@app.command()
def restore(file: File) -> None:
    """Replace it by what a dump holds. It must not run meanwhile."""
    database.restore(configured(), file, Told())
    answers().print(f"Restored from {file}")


@app.command()
def clear(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove all records (asks first); a database that is not ours is refused."""
    settings, told = configured(), Told()
    where = settings.neo4j_uri or settings.home
    if not yes:
        typer.confirm(f"Remove all records of {where}?", abort=True, err=True)

    async def work(graph: Graph) -> None:
        await graph.write_in_batches(statement("writes/clear"))

    with_graph(settings, told, work)
    answers().print(f"Cleared {where}")
