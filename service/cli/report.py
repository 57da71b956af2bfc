"""`valuenet report`: the digest of one community, written to a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from service.cli.ask import answered
from service.cli.console import Told
from service.cli.session import ahead, configured, with_graph
from service.errors import BadInput, ErrorCode, ValuenetError
from service.graph import Graph
from service.report import QUESTION, report_writer


def report(
    community: Annotated[str, typer.Argument(help="The key of a community.")],
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="What to write: .html, .md or .json.")
    ],
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Changes since; 90 days before.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day it is about; today.")
    ] = None,
) -> None:
    """Write who brokers, who is fragile, what cools down and what changed."""
    write = report_writer(out)
    given = {"community": community, "since": day("--since", since)}
    given["asOf"] = day("--as-of", as_of)
    settings, told = configured("ERROR"), Told()
    ahead("schema.execution.operation")

    async def work(graph: Graph) -> dict[str, Any]:
        text = QUESTION.read_text(encoding="utf-8")
        return await answered(graph, settings, text, given, limits=False)

    answer = with_graph(settings, told, work)
    if errors := answer.get("errors"):
        failed = BadInput if code(errors[0]) in REFUSED else ValuenetError
        raise failed(errors[0]["message"])
    saved(out, write(answer["data"]["ecosystemReport"]))
    told.say(f"Wrote {out}.")


REFUSED = (ErrorCode.BAD_USER_INPUT, ErrorCode.NOT_FOUND)


def code(error: dict[str, Any]) -> str:
    found: str = error["extensions"]["code"]
    return found


def day(name: str, text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadInput(f"{name}: expected a date such as 2026-11-01.") from None


def saved(out: Path, text: str) -> None:
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"--out: {out}: {error.strerror}") from error
