"""The `valuenet` command: parse the command line, call, print."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated

import typer

from service.cli.command_group import CommandGroup, command_app
from service.cli.failure import exit_code_of

app = command_app(
    cls=CommandGroup,
    help="Answer questions about value networks, with GraphQL over Neo4j.",
    no_args_is_help=True,
)


@dataclass
class GlobalOptions:
    """The options before the command."""

    debug: bool = False


def print_version(requested: bool) -> None:
    if requested:
        typer.echo(f"valuenet {version('valuenet')}")
        raise typer.Exit


@app.callback()
def valuenet(
    context: typer.Context,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug", envvar="VALUENET_DEBUG", help="Show the traceback of an error."
        ),
    ] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=print_version,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    context.ensure_object(GlobalOptions).debug = debug


def main() -> int:
    """The exit code of a failure; any other end raises SystemExit."""
    # The schema is a million objects that are never freed: collecting them less often
    # saves a second.
    gc.set_threshold(50_000, 20, 20)
    if isinstance(sys.stdout, TextIOWrapper):  # a name may have what it cannot encode
        sys.stdout.reconfigure(errors="backslashreplace")
    options = GlobalOptions()
    return exit_code_of(lambda: app(obj=options), lambda: options.debug)
