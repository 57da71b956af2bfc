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
from service.networks.snapshots import Snapshots
from service.settings import Settings

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
    preload("schema.execution.engine")

    async def work(graph: Graph) -> dict[str, Any]:
        return await answer_of(graph, settings, text, values, limits=False)

    answer = run_with_graph(settings, TerminalNotice(), work)
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
        variables = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"--variables: not JSON: {error}") from error
    if not isinstance(variables, dict):
        raise BadInput('--variables: expected an object such as {"key": "fuktlys"}')
    return variables


def read_document(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{file}: not UTF-8 text: {error}") from error
    if not text.strip():
        raise BadInput(f"{file}: empty; expected a GraphQL document")
    return text
