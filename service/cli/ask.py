"""`valuenet ask`: one GraphQL document in process, its answer as JSON on stdout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from service.cli.console import Told
from service.cli.session import ahead, configured, with_graph
from service.errors import BadInput
from service.graph import Graph
from service.networks.snapshots import Snapshots
from service.settings import Settings


def ask(
    file: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help="A GraphQL document; - is stdin.")
    ] = "-",
    variables: Annotated[
        str, typer.Option(metavar="JSON", help="An object, by variable.")
    ] = "{}",
) -> None:
    """Answer a GraphQL document, without cost limits; exit code 1 if it has errors."""
    given = parsed(variables)
    text = document(file)
    settings = configured("ERROR")  # a cold plan is slow, and no news to who asks
    ahead("schema.execution.operation")

    async def work(graph: Graph) -> dict[str, Any]:
        return await answered(graph, settings, text, given, limits=False)

    answer = with_graph(settings, Told(), work)
    typer.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2))
    if answer.get("errors"):
        raise typer.Exit(1)


async def answered(
    graph: Graph,
    settings: Settings,
    text: str,
    variables: dict[str, Any] | None = None,
    *,
    limits: bool = True,
) -> dict[str, Any]:
    """The response to one document, in process."""
    # The schema takes seconds to import, which other commands need not wait for.
    from schema.context import Context
    from schema.execution.operation import execute

    context = Context(graph, settings, Snapshots(graph, settings))
    return (await execute(text, variables, None, context, limits=limits)).body


def parsed(variables: str) -> dict[str, Any]:
    try:
        found = orjson.loads(variables)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"--variables: not JSON: {error}") from error
    if not isinstance(found, dict):
        raise BadInput('--variables: expected an object such as {"key": "fuktlys"}')
    return found


def document(file: str) -> str:
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
