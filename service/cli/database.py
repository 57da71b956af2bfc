"""`valuenet database …`: the embedded Neo4j, from its start to its backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service import database
from service.cli.command_group import command_app
from service.cli.compactor import Compactor
from service.cli.console import TerminalNotice, facts_table, stdout_console
from service.cli.session import load_settings, run_with_graph, train_later
from service.graph import Graph
from service.graph.statements import statement

app = command_app(
    help="Start, stop, back up or clear the database. Without NEO4J_URI this is the"
    " embedded Neo4j in VALUENET_HOME.",
    no_args_is_help=True,
)

DumpFile = Annotated[Path, typer.Argument(metavar="FILE", help="The dump file.")]


@app.command()
def start() -> None:
    """Start the database; it runs until `valuenet database stop`."""
    address = database.start(load_settings(), TerminalNotice())
    line = f"Neo4j runs at {address.uri}; stop it with `valuenet database stop`."
    stdout_console().print(line)


@app.command()
def stop() -> None:
    """Stop the database, even while a command uses it."""
    settings = load_settings()
    was_running = database.stop(settings, TerminalNotice())
    train_later(settings)
    stdout_console().print("Stopped." if was_running else "It was not running.")


@app.command()
def status() -> None:
    """Show whether the database runs, where it is, and its size."""
    settings = load_settings()
    if settings.neo4j_uri:
        with database.connect(settings, TerminalNotice()) as address:
            stdout_console().print(f"Neo4j answers at {address.uri} (NEO4J_URI).")
        return
    state = database.status(settings)
    until = "until `valuenet database stop`" if state.stays else "while a command runs"
    facts = {
        "running": until if state.running else "no",
        "address": state.uri,
        "process": state.pid,
        "since": state.since and f"{state.since:%Y-%m-%d %H:%M:%S %Z}",
        "home": state.home,
        "Neo4j": state.version,
        "data": f"{state.data_bytes / 1e6:,.0f} MB",
    }
    known = {name: str(value) for name, value in facts.items() if value is not None}
    stdout_console().print(facts_table(known))


@app.command()
def dump(file: DumpFile) -> None:
    """Write the database to one file; stop it first."""
    database.dump(load_settings(), file, TerminalNotice())
    line = f"Wrote the dump {file} ({file.stat().st_size / 1e6:,.1f} MB)."
    stdout_console().print(line)


@app.command()
def restore(file: DumpFile) -> None:
    """Replace the database with a dump; stop it first."""
    database.restore(load_settings(), file, TerminalNotice())
    stdout_console().print(f"Restored the database from {file}.")


@app.command()
def compact() -> None:
    """Rewrite the database without what was erased or deleted; stop it first.

    All records, the change log and stored answers are copied into a new database,
    compared, and take the place of the old one, which is deleted.
    """
    notice = TerminalNotice()
    compactor = Compactor(notice)
    sizes = database.compact(load_settings(), notice, compactor.copy, compactor.compare)
    stdout_console().print(
        f"Compacted the database from {sizes.before / 1e6:,.0f} MB to"
        f" {sizes.after / 1e6:,.0f} MB. Dumps, exports and backups that you made before"
        " still contain what was erased: delete or replace them.",
        soft_wrap=True,
    )


@app.command()
def clear(
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask for confirmation.")
    ] = False,
) -> None:
    """Remove all records, after a confirmation.

    A database with data of another application is refused.
    """
    settings = load_settings()
    where = settings.neo4j_uri or settings.home
    if not yes:
        typer.confirm(f"Remove all records of {where}?", abort=True, err=True)

    async def work(graph: Graph) -> None:
        await graph.write_in_batches(statement("writes/clear"))

    run_with_graph(settings, TerminalNotice(), work)
    stdout_console().print(f"Removed all records of {where}.")
