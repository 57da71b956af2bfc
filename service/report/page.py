"""The report as one page: HTML with its pictures inside, or Markdown."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from service.report.section import Answer, Picture, ReportSection

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.2rem .7rem;"
    "border-bottom:1px solid #ccc;text-align:left}svg{max-width:100%;height:auto}"
    "small{color:#555}"
)
MARKDOWN_MARKS = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|#"})


def html_page(report: Answer, sections: list[ReportSection]) -> str:
    """A page that fetches nothing; text from the data is always escaped."""
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
        parts += [section.picture.svg] if section.picture else []
        parts += [html_table(section)] if section.rows else []
        parts += [f"<p><small>{escape(note)}</small></p>" for note in section.notes]
    parts.append(f"<p><small>{escape(report['about']['formula'])}</small></p>")
    return "\n".join([*parts, "</body></html>"]) + "\n"


def title(report: Answer) -> str:
    name = report["community"]["name"] or report["community"]["key"]
    return f"{name}, {report['day']}"


def html_table(section: ReportSection) -> str:
    def cells(row: list[str], tag: str) -> str:
        return "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)

    head = f"<tr>{cells(section.columns, 'th')}</tr>"
    body = "\n".join(f"<tr>{cells(row, 'td')}</tr>" for row in section.rows)
    return f"<table><thead>{head}</thead><tbody>\n{body}\n</tbody></table>"


def markdown_page(
    report: Answer, sections: list[ReportSection], prefix: str = ""
) -> str:
    """Markdown links its pictures: each is a file `prefix` + its name + .svg."""
    parts = [f"# {escaped(title(report))}"]
    for section in sections:
        parts += [f"## {escaped(section.title)}", escaped(section.sentence)]
        parts += [picture_link(section.picture, prefix)] if section.picture else []
        if section.rows:
            lines = [section.columns, ["---"] * len(section.columns), *section.rows]
            parts.append("\n".join(markdown_row(row) for row in lines))
        parts += [escaped(note) for note in section.notes]
    return "\n\n".join([*parts, escaped(report["about"]["formula"])]) + "\n"


def picture_file(picture: Picture, prefix: str) -> str:
    return f"{prefix}{picture.name}.svg"


def picture_link(picture: Picture, prefix: str) -> str:
    address = quote(picture_file(picture, prefix))
    return f"![{escaped(picture.description)}]({address})"


def markdown_row(row: list[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in row) + " |"


def escaped(text: str) -> str:
    """Text on one line, without any markup of Markdown.

    >>> escaped("a | b *c*")
    'a \\\\| b \\\\*c\\\\*'
    """
    return " ".join(text.split()).translate(MARKDOWN_MARKS)
