"""The group of commands: each command's module is imported only when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

# In the order of the help. Each module `service.cli.<command>` has the Typer `app`,
# whose own help begins with the same sentence.
COMMANDS = {
    "demo": "Load example data, answer three questions and serve the API.",
    "serve": "Serve the API of the database until Ctrl-C.",
    "token": "Create an access token.",
    "load": "Load data from files.",
    "map": "Propose a mapping for a table.",
    "export": "Export data to files.",
    "table": "Write a table to a file, or list the tables.",
    "undo": "Undo changes, such as an import.",
    "ask": "Answer a GraphQL document.",
    "report": "Write a report about a community.",
    "database": "Start, stop, back up or clear the database.",
    "check": "Check the settings, the database and the data.",
}


def command_app(**options: Any) -> typer.Typer:
    """A Typer for one command, with plain help and plain errors."""
    return typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        **options,
    )


class CommandGroup(TyperGroup):
    """Lists the commands without their modules, which take a second to import."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = {
            name: TyperCommand(name, help=text, rich_markup_mode=None)
            for name, text in COMMANDS.items()
        }

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, _, rest = super().resolve_command(ctx, args)
        command = typer.main.get_command(import_module(f"service.cli.{name}").app)
        command.name = name
        return name, command, rest
