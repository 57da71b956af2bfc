"""The written reports, the digest and that for funders: HTML, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson

from service.errors import BadInput
from service.report.page import html_page, markdown_page, picture_file
from service.report.section import Answer, ReportSection

FOLDER = Path(__file__).parent
QUESTION = FOLDER / "ecosystem.graphql"

# The texts of a report and of the files beside it, by their names.
ReportFiles = dict[str, str]


def html_files(report: Answer, parts: list[ReportSection], name: str) -> ReportFiles:
    return {name: html_page(report, parts)}


def markdown_files(
    report: Answer, parts: list[ReportSection], name: str
) -> ReportFiles:
    """The page, and its pictures beside it: in Markdown they would be unreadable."""
    prefix = f"{Path(name).stem}-"
    pictures = [part.picture for part in parts if part.picture]
    return {
        name: markdown_page(report, parts, prefix),
        **{picture_file(picture, prefix): picture.svg + "\n" for picture in pictures},
    }


def json_files(report: Answer, parts: list[ReportSection], name: str) -> ReportFiles:
    return {name: orjson.dumps(report, option=orjson.OPT_INDENT_2).decode() + "\n"}


ReportWriter = Callable[[Answer, list[ReportSection], str], ReportFiles]
WRITERS: dict[str, ReportWriter] = {
    ".html": html_files,
    ".md": markdown_files,
    ".json": json_files,
}


def report_writer(path: Path) -> ReportWriter:
    """The function that makes the files of a report, by the extension of its file."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(WRITERS)
        raise BadInput(f"--out: {path.name}: unknown file type; expected {known}.")
    return writer
