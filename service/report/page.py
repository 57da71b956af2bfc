"""Sections as one page: HTML, or Markdown with the pictures inside."""

from __future__ import annotations

from html import escape
from typing import Any

from service.report.sections import Section

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.2rem .7rem;"
    "border-bottom:1px solid #ccc;text-align:left}svg{max-width:100%;height:auto}"
    "small{color:#555}"
)
MARKS = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|#"})


def html(report: dict[str, Any], sections: list[Section]) -> str:
    """Whole in itself: it fetches nothing, and what data says is only ever text."""
    name = escape(title(report))
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        f"<title>{name}</title><style>{STYLE}</style></head><body>",
        f"<h1>{name}</h1>",
    ]
    for section in sections:
        parts.append(
            f"<h2>{escape(section.title)}</h2><p>{escape(section.sentence)}</p>"
        )
        parts += [section.picture] if section.picture else []
        parts += [table(section)] if section.rows else []
        parts += [f"<p><small>{escape(note)}</small></p>" for note in section.notes]
    parts.append(f"<p><small>{escape(report['about']['formula'])}</small></p>")
    return "\n".join([*parts, "</body></html>"]) + "\n"


def title(report: dict[str, Any]) -> str:
    named = report["community"]["name"] or report["community"]["key"]
    return f"{named}, {report['day']}"


def table(section: Section) -> str:
    def cells(row: list[str], tag: str) -> str:
        return "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)

    head = f"<tr>{cells(section.columns, 'th')}</tr>"
    body = "\n".join(f"<tr>{cells(row, 'td')}</tr>" for row in section.rows)
    return f"<table><thead>{head}</thead><tbody>\n{body}\n</tbody></table>"


def markdown(report: dict[str, Any], sections: list[Section]) -> str:
    parts = [f"# {plain(title(report))}"]
    for section in sections:
        parts += [f"## {plain(section.title)}", plain(section.sentence)]
        # A blank line would end the block of HTML that the picture is.
        parts += [section.picture.replace("\n\n", "\n")] if section.picture else []
        if section.rows:
            lines = [section.columns, ["---"] * len(section.columns), *section.rows]
            parts.append("\n".join(line(row) for row in lines))
        parts += [plain(note) for note in section.notes]
    return "\n\n".join([*parts, plain(report["about"]["formula"])]) + "\n"


def line(row: list[str]) -> str:
    return "| " + " | ".join(plain(cell) for cell in row) + " |"


def plain(text: str) -> str:
    """Text as text: no mark of Markdown, no line of its own.

    >>> plain("a | b *c*")
    'a \\\\| b \\\\*c\\\\*'
    """
    return " ".join(text.split()).translate(MARKS)
