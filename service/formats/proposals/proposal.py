"""A proposed mapping, with what a person has to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from shlex import quote

from service.formats.readers.mapping_file import TableMapping


@dataclass(frozen=True)
class Answers:
    """What a person says about a file where it says nothing itself."""

    our_firm: str | None = None  # the other end of orders that name one end only
    kind: str | None = None  # of members, where nothing says it
    subjects: Mapping[str, str] = field(default_factory=dict)  # by folded sheet
    sources: frozenset[str] = frozenset()  # columns from which ties run
    separators: Mapping[str, str] = field(default_factory=dict)  # by column
    currency: str | None = None  # of amounts whose sign several currencies have
    keeps_personal_data: bool = False


WHOLE = "whole"  # the answer that a cell is one name
NO_ANSWERS = Answers()


@dataclass(frozen=True)
class Question:
    """What only a person knows; an option of `valuenet map` answers it.

    `prefix` stands before the answer in the value of the option, such as `Orders=`.
    """

    text: str
    option: str
    alternatives: tuple[str, ...] = ()
    prefix: str = ""

    @property
    def example(self) -> str:
        """The option with its first answer."""
        first = self.alternatives[0] if self.alternatives else "NAME"
        return f"{self.option} {quote(self.prefix + first)}"

    def __str__(self) -> str:
        values = self.alternatives or ("NAME",)
        choices = [f"{self.option} {quote(self.prefix + value)}" for value in values]
        return f"{self.text} Answer with {' or '.join(choices)}."


@dataclass(frozen=True)
class Remark:
    """What a column, or a whole sheet, is taken for, or why it is left out."""

    sheet: str
    text: str
    column: str | None = None

    def __str__(self) -> str:
        return f"column {self.column!r}: {self.text}" if self.column else self.text


@dataclass
class Proposal:
    """A mapping for all sheets of a file, its reasons and its open questions."""

    mapping: TableMapping
    reasons: list[Remark] = field(default_factory=list)
    unused: list[Remark] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    spellings: dict[str, str] = field(default_factory=dict)  # by folded text

    @property
    def is_sure(self) -> bool:
        return not self.questions and bool(self.mapping.sections)
