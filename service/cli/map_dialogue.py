"""The questions of `valuenet map`: options answer them, or a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import typer

from service.cli.console import TerminalNotice, printable
from service.errors import BadInput
from service.formats.proposals import (
    WHOLE,
    Answers,
    Proposal,
    Question,
    is_subject,
    proposed_mapping,
)
from service.formats.sheets import Sheet, SheetOptions, sheets_of
from service.vocabulary.enums import MemberKind
from service.vocabulary.folding import fold
from service.vocabulary.names import counted


@dataclass
class Dialogue:
    """Asks until everything is clear; where there is no terminal, it asks nothing."""

    path: Path
    names: Sequence[str]  # of the sheets that are meant; none: all
    options: SheetOptions
    answers: Answers
    sheets: list[Sheet] = field(default_factory=list)

    def proposal(self) -> Proposal:
        while True:
            sheets = sheets_of(self.path, self.options)
            self.sheets = chosen_sheets(sheets, self.path, self.names)
            proposal = proposed_mapping(self.sheets, self.answers)
            if not proposal.questions or not is_terminal():
                return proposal
            self.ask(proposal.questions[0])

    def ask(self, question: Question) -> None:
        answer = answer_to(question)
        if question.option == "--date":
            self.options = replace(self.options, date_format=answer)
        elif question.option == "--decimal":
            self.options = replace(self.options, decimal=answer)
        else:
            self.answers = answered(self.answers, question, answer)

    def require_answers(self, proposal: Proposal) -> None:
        """End with what only a person knows, and the options that say it."""
        if not proposal.questions:
            return
        notice = TerminalNotice()
        for question in proposal.questions:
            notice.say(str(question))
        count = counted(len(proposal.questions), "question")
        raise BadInput(f"{self.path}: {count} open; use the options above")


def is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def answer_to(question: Question) -> str:
    """What a person types: one of the alternatives, if there are any."""
    choices = ", ".join(question.alternatives)
    text = f"{question.text} ({choices})" if choices else question.text
    while True:
        answer: str = typer.prompt(printable(text), err=True)
        if not question.alternatives or answer in question.alternatives:
            return answer


def answered(answers: Answers, question: Question, answer: str) -> Answers:
    """
    >>> answered(Answers(), Question("", "--our-firm"), "Old Mill").our_firm
    'Old Mill'
    """
    if question.option == "--about":
        subjects = {**answers.subjects, fold(question.prefix[:-1]): answer}
        return replace(answers, subjects=subjects)
    if question.option == "--from":
        return replace(answers, sources=answers.sources | {answer})
    if question.option == "--currency":
        return replace(answers, currency=answer)
    if question.option == "--split":
        column, mark = separator_of(question.prefix + answer)
        return replace(answers, separators={**answers.separators, column: mark})
    return replace(answers, our_firm=answer)


def chosen_sheets(sheets: list[Sheet], path: Path, names: Sequence[str]) -> list[Sheet]:
    if not sheets:
        raise BadInput(f"{path}: no table in it: a header and a line under it")
    known = {fold(sheet.name): sheet for sheet in sheets}
    for name in names:
        if fold(name) not in known:
            every = ", ".join(sheet.name for sheet in sheets)
            raise BadInput(f"--sheet: expected one of {every}; got {name!r}")
    return [known[fold(name)] for name in names] or sheets


def kind_of(text: str | None) -> str | None:
    """The kind of members that an option names."""
    if text is not None and text.upper() not in MemberKind.__members__:
        kinds = ", ".join(MemberKind.__members__)
        raise BadInput(f"--kind: expected one of {kinds}; got {text!r}")
    return text and text.upper()


def separator_of(text: str) -> tuple[str, str]:
    """What separates the names in a column.

    >>> separator_of("Portfolio=,"), separator_of("Name=whole")
    (('Portfolio', ','), ('Name', ''))
    """
    column, _, mark = text.rpartition("=")
    if not column or not (mark == WHOLE or len(mark) == 1):
        example = 'expected COLUMN=SIGN, such as "Portfolio=,"'
        raise BadInput(f"--split: {example}; got {text!r}")
    return column, "" if mark == WHOLE else mark


def subject_of(text: str) -> tuple[str, str]:
    """What a person says of a sheet, by the folded name of the sheet."""
    sheet, _, subject = text.rpartition("=")
    if not sheet or not is_subject(subject):
        example = 'expected SHEET=WHAT, such as "Orders=ties EXCHANGE"'
        raise BadInput(f"--about: {example}; got {text!r}")
    return fold(sheet), subject
