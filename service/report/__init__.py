"""The written report: the answer of `ecosystemReport` as HTML, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson

from service.errors import BadInput
from service.report.page import html_page, markdown_page
from service.report.section import Answer
from service.report.sections import sections

QUESTION = Path(__file__).with_name("ecosystem.graphql")


def json_text(report: Answer) -> str:
    return orjson.dumps(report, option=orjson.OPT_INDENT_2).decode() + "\n"


WRITERS: dict[str, Callable[[Answer], str]] = {
    ".html": lambda report: html_page(report, sections(report)),
    ".md": lambda report: markdown_page(report, sections(report)),
    ".json": json_text,
}


def report_writer(path: Path) -> Callable[[Answer], str]:
    """The function that makes the text of a report, by the extension of its file."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(WRITERS)
        raise BadInput(f"--out: {path.name}: unknown file type; expected {known}.")
    return writer
