"""Cypher files as statements: each says what it answers, what it takes and returns.

A file is one statement under a header of comments:

    // Which members are there?                   the question, one sentence
    // Each: NODE=Organisation; SORT=n.name       what stands for what (if anything)
    // Params:                                    with sample values
    //   day: 2026-11-01
    // Row: key, name                             the columns
    MATCH (n:Organisation) …

A file is whole as it stands, and can be pasted into a console. Where it stands for
a family of statements, its `Each` line says which words of it change; they are filled
in from the vocabulary alone, never from input. What a caller gave to such words stands
in the one parameter `given`, of which a statement may use all, some or nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "cypher"
COMMENT = re.compile(r"^//\s?(.*)$")
PARAM = re.compile(r"\$([a-z_]+)")
MOST_STATEMENTS = 2_000  # statements: filters and orders make new ones without end
DATE = re.compile(r"^\d{4}-\d\d-\d\d$")


@dataclass(frozen=True)
class Statement:
    """One Cypher statement; `params` are sample values, `row` its columns."""

    name: str
    text: str
    question: str
    params: dict[str, Any] = field(hash=False)
    columns: tuple[str, ...]


class MalformedStatement(Exception):
    """A .cypher file that breaks the form: start-up stops here, not a request."""


@lru_cache(maxsize=MOST_STATEMENTS)
def statement(name: str, **words: str) -> Statement:
    """Read `cypher/<name>.cypher`, with `words` in place of its samples."""
    text = (FOLDER / f"{name}.cypher").read_text(encoding="utf-8")
    lines = text.splitlines()
    header = [m[1] for m in map(COMMENT.match, lines) if m]
    body = "\n".join(line for line in lines if not COMMENT.match(line)).strip()
    family = sample_words(header)
    if words.keys() != family.keys():
        raise MalformedStatement(f"{name}: fill in {sorted(family)}, got {words}")
    # Longest first, and all marked before any is filled in: one may hold another.
    for word, text in sorted(family.items(), key=lambda pair: -len(pair[1])):
        body = body.replace(text, f"\0{word}\0")
    for word, text in words.items():
        body = body.replace(f"\0{word}\0", text)
    return check_parameters(
        Statement(name, body, header[0], *parse_header(name, header))
    )


def sample_words(header: list[str]) -> dict[str, str]:
    """What of the file changes, by the names of the `Each` line."""
    line = next((h for h in header if h.startswith("Each: ")), "Each: ")
    pairs = [pair.partition("=") for pair in line[6:].split("; ") if pair]
    return {word: value for word, _, value in pairs}


def parse_header(
    name: str, header: list[str]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    try:
        start = header.index("Params:")
        end = next(i for i, line in enumerate(header) if line.startswith("Row:"))
        pairs = (line.strip().split(": ", 1) for line in header[start + 1 : end])
        params = {key: sample_value(value) for key, value in pairs}
    except (ValueError, StopIteration, IndexError) as error:
        raise MalformedStatement(f"{name}: header not understood: {error}") from error
    return params, tuple(filter(None, re.split(r"[,\s]+", header[end][4:])))


def sample_value(value: str) -> Any:
    return date.fromisoformat(value) if DATE.match(value) else json.loads(value)


def check_parameters(found: Statement) -> Statement:
    used = set(PARAM.findall(found.text))
    if odd := sorted((used ^ found.params.keys()) - {"given"}):
        raise MalformedStatement(f"{found.name}: parameters differ from header: {odd}")
    return found
