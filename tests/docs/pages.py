"""The pages of the documentation and their fenced examples.

The info string of a block says how it is tested:

- `graphql` is answered by the demo ecosystem, `graphql my-network` by the reader's own
  spreadsheet; a `json` block directly below has the expected answer;
- `csv FILE` and `toml FILE` are files of the reader;
- `console` has commands that run, in the order of the pages;
- `sh` has commands whose names and options are checked, and requests by curl.

In the stories, docs/from-*.md, `console` has commands with what they print; all other
named blocks are files, or a part of a file. See test_stories.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
STORIES = sorted((ROOT / "docs").glob("from-*.md"))  # each is tested as a whole
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    page: str
    language: str
    name: str
    text: str


class Example(NamedTuple):
    """A question, the world that answers it, and its answer if there is one."""

    id: str
    world: str
    text: str
    answer: str | None

    @property
    def writes(self) -> bool:
        return self.text.startswith("mutation")

    @property
    def subscribes(self) -> bool:
        return self.text.startswith("subscription")


def blocks_of(page: Path) -> list[Block]:
    name = page.relative_to(ROOT).as_posix()
    text = page.read_text(encoding="utf-8")
    return [Block(name, *groups) for groups in BLOCK.findall(text)]


BLOCKS = [b for page in PAGES if page not in STORIES for b in blocks_of(page)]


def blocks_in(*languages: str) -> list[Block]:
    return [block for block in BLOCKS if block.language in languages]


def examples() -> list[Example]:
    """World by world, so that each is loaded once; what writes comes last."""
    examples = []
    for index, block in enumerate(BLOCKS):
        if block.language == "graphql":
            id = f"{block.page}-{index}"
            answer = answer_below(index)
            examples.append(Example(id, block.name or "demo", block.text, answer))
    return sorted(examples, key=lambda example: (example.world, example.writes))


def answer_below(index: int) -> str | None:
    """The text of the JSON block that follows this one on its page."""
    page = BLOCKS[index].page
    below = BLOCKS[index + 1] if index + 1 < len(BLOCKS) else None
    if below is None or (below.page, below.language) != (page, "json"):
        return None
    return below.text


def commands(language: str) -> list[str]:
    """The lines of the console or shell blocks, without the prompt."""
    lines = [ln for b in blocks_in(language) for ln in b.text.splitlines()]
    return [line.removeprefix("$ ") for line in lines]
