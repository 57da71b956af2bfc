"""The written report: the answer of `ecosystemReport` as HTML, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson

from service.errors import BadInput
from service.report.page import html_page, markdown_page, picture_file
from service.report.section import Answer
from service.report.sections import sections

QUESTION = Path(__file__).with_name("ecosystem.graphql")

# The texts of a report and of the files beside it, by their names.
ReportFiles = dict[str, str]


def html_files(report: Answer, name: str) -> ReportFiles:
    return {name: html_page(report, sections(report))}


def markdown_files(report: Answer, name: str) -> ReportFiles:
    """The page, and its pictures beside it: in Markdown they would be unreadable."""
    prefix, parts = f"{Path(name).stem}-", sections(report)
    pictures = [section.picture for section in parts if section.picture]
    return {
        name: markdown_page(report, parts, prefix),
        **{picture_file(picture, prefix): picture.svg + "\n" for picture in pictures},
    }


def json_files(report: Answer, name: str) -> ReportFiles:
    return {name: orjson.dumps(report, option=orjson.OPT_INDENT_2).decode() + "\n"}


WRITERS: dict[str, Callable[[Answer, str], ReportFiles]] = {
    ".html": html_files,
    ".md": markdown_files,
    ".json": json_files,
}


def report_writer(path: Path) -> Callable[[Answer, str], ReportFiles]:
    """The function that makes the files of a report, by the extension of its file."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(WRITERS)
        raise BadInput(f"--out: {path.name}: unknown file type; expected {known}.")
    return writer
