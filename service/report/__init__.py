"""The written report: the answer to one question as HTML, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from service.errors import BadInput
from service.report.page import html, markdown
from service.report.sections import sections

QUESTION = Path(__file__).with_name("ecosystem.graphql")


def as_json(report: dict[str, Any]) -> str:
    return orjson.dumps(report, option=orjson.OPT_INDENT_2).decode() + "\n"


WRITERS: dict[str, Callable[[dict[str, Any]], str]] = {
    ".html": lambda report: html(report, sections(report)),
    ".md": lambda report: markdown(report, sections(report)),
    ".json": as_json,
}


def writer(path: Path) -> Callable[[dict[str, Any]], str]:
    """What makes the text of a report, by the ending of its file."""
    found = WRITERS.get(path.suffix.lower())
    if found is None:
        raise BadInput(f"--out: {path.name}: expected {', '.join(WRITERS)}.")
    return found
