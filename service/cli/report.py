"""`valuenet report`: write the report about one community to a file."""

from __future__ import annotations

from datetime import UTC, date, datetime
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
from service.report import FOLDER, report_writer
from service.report.funder_sections import funder_report, funder_sections
from service.report.funders import YEAR, Ask, funder_facts
from service.report.section import Answer, ReportSection
from service.report.sections import sections

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
            help="First day of the changes. Default: 90 days earlier, or with"
            " --funders a year.",
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
    funders: Annotated[
        bool,
        typer.Option(
            "--funders",
            help="The report for funders: start-ups alive, jobs, contracts won, money"
            " raised, introductions, the network before and after.",
        ),
    ] = False,
) -> None:
    """Write a report about a community: brokers, weak points, fading ties, changes."""
    write = report_writer(out)
    check_output(out, "--out")
    first_day, last_day = parse_day("--since", since), parse_day("--as-of", as_of)
    settings, notice = load_settings("ERROR"), TerminalNotice()
    preload("schema.execution.engine")

    async def work(graph: Graph) -> tuple[Answer, list[ReportSection]]:
        async def ask(name: str, variables: Answer) -> Answer:
            text = (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")
            answer = await answer_of(graph, settings, text, variables, limits=False)
            return data_of(answer)

        if funders:
            return await funder_parts(ask, community, first_day, last_day)
        variables = {"community": community, "since": first_day, "asOf": last_day}
        answer = await ask("ecosystem", {**variables, "first": first})
        digest = answer["ecosystemReport"]
        return digest, sections(digest)

    answer, parts = run_with_graph(settings, notice, work)
    for name, text in write(answer, parts, out.name).items():
        save(out.with_name(name), text)
        notice.say(f"Wrote {out.with_name(name)}.")


def data_of(answer: dict[str, Any]) -> Answer:
    if errors := answer.get("errors"):
        is_callers = errors[0]["extensions"]["code"] in CALLER_ERRORS
        error_class = BadInput if is_callers else ValuenetError
        raise error_class(errors[0]["message"])
    data: Answer = answer["data"]
    return data


async def funder_parts(
    ask: Ask, community: str, first_day: str | None, last_day: str | None
) -> tuple[Answer, list[ReportSection]]:
    last = date.fromisoformat(last_day or f"{datetime.now(UTC):%Y-%m-%d}")
    first = date.fromisoformat(first_day or str(last - YEAR))
    facts = await funder_facts(ask, community, first, last)
    return funder_report(facts), funder_sections(facts)


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
