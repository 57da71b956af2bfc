"""`valuenet ask`: answer one GraphQL document in process, as JSON on stdout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from service.cli.command_group import command_app
from service.cli.console import TerminalNotice
from service.cli.session import load_settings, preload, run_with_graph
from service.errors import BadInput
from service.graph import Graph
from service.inputs.files import decoded, input_text
from service.inputs.json_text import InvalidJson, parse_json
from service.networks.snapshots import Snapshots
from service.settings import Settings

MAX_BYTES = 1_000_000  # of a document

app = command_app()


@app.command()
def ask(
    file: Annotated[
        str,
        typer.Argument(
            metavar="[FILE|-]", help="A GraphQL document; - reads standard input."
        ),
    ] = "-",
    variables: Annotated[
        str,
        typer.Option(metavar="JSON", help="The variables, as one JSON object."),
    ] = "{}",
) -> None:
    """Answer a GraphQL document.

    The answer is JSON on standard output. Cost limits do not apply. The exit code is 1
    if the answer has errors.
    """
    values = parse_variables(variables)
    text = read_document(file)
    settings = load_settings("ERROR")  # the first plan is always slow: no warnings
    if faults := faults_of(text, values, settings):
        print_answer(faults)
    preload("schema.execution.engine")

    async def work(graph: Graph) -> dict[str, Any]:
        return await answer_of(graph, settings, text, values, limits=False)

    print_answer(run_with_graph(settings, TerminalNotice(), work))


def faults_of(
    text: str, variables: dict[str, Any], settings: Settings
) -> dict[str, Any] | None:
    """The answer to what does not fit the schema: no database need start for it."""
    from schema.execution.offline_check import request_faults

    return request_faults(text, variables, settings)


def print_answer(answer: dict[str, Any]) -> None:
    """Print the answer as JSON; errors end the command with exit code 1."""
    typer.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2))
    if answer.get("errors"):
        raise typer.Exit(1)


async def answer_of(
    graph: Graph,
    settings: Settings,
    text: str,
    variables: dict[str, Any] | None = None,
    *,
    limits: bool = True,
) -> dict[str, Any]:
    """The response to one document, in process."""
    # The schema takes seconds to import; a database may start in the meantime.
    from schema.context import Context
    from schema.execution.engine import GraphQLEngine

    context = Context(graph, settings, Snapshots(graph, settings), may_write=True)
    engine = GraphQLEngine(settings, has_limits=limits)
    return (await engine.execute(text, variables, None, context)).body


def parse_variables(text: str) -> dict[str, Any]:
    try:
        variables = parse_json(text)
    except (InvalidJson, UnicodeEncodeError) as error:
        raise BadInput(f"--variables: not JSON: {error}") from error
    if not isinstance(variables, dict):
        raise BadInput('--variables: expected an object such as {"key": "fuktlys"}')
    return variables


def read_document(file: str) -> str:
    text = standard_input() if file == "-" else input_text(Path(file), MAX_BYTES)
    if not text.strip():
        raise BadInput(f"{file}: empty; expected a GraphQL document")
    return text


def standard_input() -> str:
    name = "standard input"
    if sys.stdin is None:
        raise BadInput(f"{name} is closed; name a file with a GraphQL document")
    if sys.stdin.isatty():
        TerminalNotice().say("Type a GraphQL document, and end it with Ctrl-D")
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:  # it may be a folder
        raise BadInput(f"{name}: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise BadInput(f"{name} has more than {MAX_BYTES:,} bytes")
    return decoded(data, name)
