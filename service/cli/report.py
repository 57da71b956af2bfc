"""`valuenet report`: write the report about one community to a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from service.cli.ask import answer_of
from service.cli.command_group import command_app
from service.cli.console import TerminalNotice
from service.cli.session import load_settings, preload, run_with_graph
from service.errors import BadInput, ErrorCode, ValuenetError
from service.formats.writers.output_files import check_output
from service.graph import Graph
from service.report import QUESTION, report_writer

CALLER_ERRORS = (ErrorCode.BAD_USER_INPUT, ErrorCode.NOT_FOUND)

app = command_app()


@app.command()
def report(
    community: Annotated[str, typer.Argument(help="The key of the community.")],
    out: Annotated[
        Path,
        typer.Option(metavar="FILE", help="The file to write: .html, .md or .json."),
    ],
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="First day of the changes. Default: 90 days earlier.",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day of the report. Default: today."),
    ] = None,
    first: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="How many to list in each section at most, 1 to 50. Default: 5.",
        ),
    ] = None,
) -> None:
    """Write a report about a community: brokers, weak points, fading ties, changes."""
    write = report_writer(out)
    check_output(out, "--out")
    variables = {
        "community": community,
        "since": parse_day("--since", since),
        "asOf": parse_day("--as-of", as_of),
        "first": first,
    }
    settings, notice = load_settings("ERROR"), TerminalNotice()
    preload("schema.execution.engine")

    async def work(graph: Graph) -> dict[str, Any]:
        text = QUESTION.read_text(encoding="utf-8")
        return await answer_of(graph, settings, text, variables, limits=False)

    answer = run_with_graph(settings, notice, work)
    if errors := answer.get("errors"):
        is_callers = errors[0]["extensions"]["code"] in CALLER_ERRORS
        error_class = BadInput if is_callers else ValuenetError
        raise error_class(errors[0]["message"])
    for name, text in write(answer["data"]["ecosystemReport"], out.name).items():
        save(out.with_name(name), text)
        notice.say(f"Wrote {out.with_name(name)}.")


def parse_day(option: str, text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadInput(f"{option}: expected a date such as 2026-11-01.") from None


def save(out: Path, text: str) -> None:
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"--out: {out}: {error.strerror}") from error
