"""The `valuenet` command: parses, calls, prints."""

from __future__ import annotations

import gc
from importlib.metadata import version
from typing import Annotated

import typer

from service.cli import (
    ask,
    check,
    database,
    demo,
    export,
    load,
    report,
    serve,
    token,
    undo,
)
from service.cli.failure import guarded

app = typer.Typer(
    help="Answers questions about value networks, over Neo4j and GraphQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
wanted = {"debug": False}


def tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"valuenet {version('valuenet')}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[
        bool, typer.Option("--debug", envvar="VALUENET_DEBUG", help="Show tracebacks.")
    ] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=tell_version, is_eager=True, help="Tell it and end."
        ),
    ] = False,
) -> None:
    wanted["debug"] = debug


app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("token")(token.token)
app.command("load")(load.load)
app.command("export")(export.export)
app.command("undo")(undo.undo)
app.command("ask")(ask.ask)
app.command("report")(report.report)
app.add_typer(database.app, name="database")
app.command("check")(check.check)


def main() -> int:
    """The exit code of a failure; any other end is an exit of its own."""
    # The schema is a million objects that stay: to look at them often is a second.
    gc.set_threshold(50_000, 20, 20)
    return guarded(app, lambda: wanted["debug"])
