"""Cypher files as statements: what each answers, takes, returns and may cost.

A file is one statement under a header of comments:

    // Which members are there?                   the question, one sentence
    // Each: NODE=Organisation; SORT=n.name       the words that change (if any do)
    // Params:                                    with sample values
    //   day: 2026-11-01
    // Row: key, name                             the columns
    // Rows: by key                               or: one, in any order
    // Budget: 400 db hits                        on the demo, by the example
    // Example: { organisations { totalCount } }  reaches it; else who runs it
    MATCH (n:Organisation) …

A file can be pasted into a console as it is. Where it serves a family of statements,
its `Each` line names the words that change; they are filled in from the vocabulary
alone, never from input. What a caller passes for such words is in the one parameter
`values`, of which a statement may use all, some or nothing.

`Rows` says what the rows are ordered by: `one` row needs no order, and neither does a
statement whose rows are put together by the caller (`in any order`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "cypher"
COMMENT = re.compile(r"^//\s?(.*)$")
PARAM = re.compile(r"\$([a-z_]+)")
MOST_STATEMENTS = 2_000  # filters and orders make new ones without end
LABEL = re.compile(r"^(Each|Params|Row|Rows|Budget|Example):\s*(.*)$")
DATE = re.compile(r"^\d{4}-\d\d-\d\d$")


@dataclass(frozen=True)
class Statement:
    """One Cypher statement; `params` are sample values."""

    name: str
    text: str
    question: str
    params: dict[str, Any] = field(hash=False)
    columns: tuple[str, ...]


class MalformedStatement(Exception):
    """A .cypher file with a wrong header: it stops the start, not a request later."""


@dataclass(frozen=True)
class StatementHeader:
    """What the comments at the top of a .cypher file declare."""

    question: str
    words: dict[str, str]  # the samples of the `Each` line
    params: dict[str, Any]
    columns: tuple[str, ...]
    rows: str  # "one", "in any order", or "by" what they are ordered by
    budget: int | None  # database hits of its example on the demo
    example: str


@lru_cache(maxsize=MOST_STATEMENTS)
def statement(name: str, **words: str) -> Statement:
    """Read `cypher/<name>.cypher`, with `words` in place of its samples."""
    header, body = read_file(name)
    if words.keys() != header.words.keys():
        expected = sorted(header.words)
        raise MalformedStatement(f"{name}: fill in {expected}, got {words}")
    # Longest first, and all marked before any is filled in: one may contain another.
    for word, text in sorted(header.words.items(), key=lambda pair: -len(pair[1])):
        body = body.replace(text, f"\0{word}\0")
    for word, text in words.items():
        body = body.replace(f"\0{word}\0", text)
    return check_parameters(
        Statement(name, body, header.question, header.params, header.columns)
    )


@cache
def read_file(name: str) -> tuple[StatementHeader, str]:
    """The header of a file, and its statement with the samples still in it."""
    lines = (FOLDER / f"{name}.cypher").read_text(encoding="utf-8").splitlines()
    comments = [m[1] for m in map(COMMENT.match, lines) if m]
    body = "\n".join(line for line in lines if not COMMENT.match(line)).strip()
    try:
        return parse_header(comments), body
    except (LookupError, ValueError) as error:
        raise MalformedStatement(f"{name}: header not understood: {error}") from error


def parse_header(comments: list[str]) -> StatementHeader:
    parts = parts_of(comments)
    columns = tuple(filter(None, re.split(r"[,\s]+", " ".join(parts["Row"]))))
    each = [pair.partition("=") for pair in "".join(parts.get("Each", [])).split("; ")]
    return StatementHeader(
        question=comments[0],
        words={word: text for word, _, text in each if word},
        params=dict(parameter(line) for line in parts["Params"]),
        columns=columns,
        rows=parts["Rows"][0] if columns else "",
        budget=db_hits(parts["Budget"][0]) if "Budget" in parts else None,
        example="\n".join(parts["Example"]),
    )


def parts_of(comments: list[str]) -> dict[str, list[str]]:
    """The lines under each label; indented lines continue the one above them."""
    parts: dict[str, list[str]] = {}
    lines: list[str] = []
    for comment in comments[1:]:
        if label := LABEL.match(comment):
            lines = parts[label[1]] = [label[2]] if label[2] else []
        elif comment.startswith("  "):
            lines.append(comment[2:])
        else:
            lines = []  # a remark
    return parts


def db_hits(text: str) -> int:
    """A budget as a number.

    >>> db_hits("1,400 db hits")
    1400
    """
    return int(text.removesuffix(" db hits").replace(",", ""))


def parameter(line: str) -> tuple[str, Any]:
    name, value = line.split(": ", 1)
    return name, date.fromisoformat(value) if DATE.match(value) else json.loads(value)


def check_parameters(statement: Statement) -> Statement:
    used = set(PARAM.findall(statement.text))
    if unexpected := sorted((used ^ statement.params.keys()) - {"values"}):
        raise MalformedStatement(
            f"{statement.name}: parameters differ from the header: {unexpected}"
        )
    return statement
