"""What a person says of the files of an import, as the folder stores it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from service.errors import BadInput
from service.formats.proposals import WHOLE, Answers, is_subject
from service.formats.readers.mapping_file import sheet_options
from service.formats.sheets import SheetOptions
from service.vocabulary.enums import MemberKind
from service.vocabulary.folding import fold
from service.web.imports.folder import ImportFolder

Codes = dict[str, dict[str, dict[str, str]]]  # by number of the file, sheet, column
Words = dict[str, dict[str, dict[str, dict[str, str]]]]  # and by text


@dataclass(frozen=True)
class ImportAnswers:
    """How the files of an import are read, and how they are loaded."""

    our_firm: str = ""
    kind: str = ""
    currency: str = ""
    encoding: str = ""
    decimal: str = ""
    date: str = ""
    source: str = ""
    subjects: Mapping[str, str] = field(default_factory=dict)  # by folded sheet
    tie_sources: tuple[str, ...] = ()  # columns from which ties run
    separators: Mapping[str, str] = field(default_factory=dict)  # by column
    keeps_personal_data: bool = False
    meanings: Codes = field(default_factory=dict)  # of columns
    words: Words = field(default_factory=dict)  # values of ours
    skips_faulty: bool = False
    is_complete: bool = False
    takes_new_keys: bool = False

    def for_proposals(self) -> Answers:
        return Answers(
            our_firm=self.our_firm or None,
            kind=self.kind or None,
            subjects=self.subjects,
            sources=frozenset(self.tie_sources),
            separators=self.separators,
            currency=self.currency or None,
            keeps_personal_data=self.keeps_personal_data,
        )

    def for_sheets(self) -> SheetOptions:
        texts = {"encoding": self.encoding, "decimal": self.decimal, "date": self.date}
        return sheet_options("this page", {n: t for n, t in texts.items() if t})

    def with_answer(self, option: str, prefix: str, answer: str) -> ImportAnswers:
        """The answers with one more: that to a question of a proposal.

        >>> ImportAnswers().with_answer("--our-firm", "", "Old Mill").our_firm
        'Old Mill'
        """
        subject = prefix[:-1]
        if option == "--about":
            return self.with_subject(subject, answer)
        if option == "--from":
            return replace(self, tie_sources=(*self.tie_sources, answer))
        if option == "--split":
            mark = "" if answer == WHOLE else answer
            return replace(self, separators={**self.separators, subject: mark})
        name = option.removeprefix("--").replace("-", "_")
        if name not in ("our_firm", "currency", "date", "decimal"):
            raise BadInput(f"{option[:40]}: this page has no such question.")
        changes: dict[str, Any] = {name: answer}
        return replace(self, **changes)

    def with_subject(self, sheet: str, subject: str) -> ImportAnswers:
        if subject and not is_subject(subject):
            raise BadInput(f"{sheet[:60]}: its lines cannot be {subject[:50]!r}.")
        subjects = {**self.subjects, fold(sheet): subject}
        return replace(self, subjects={s: t for s, t in subjects.items() if t})

    def check(self) -> None:
        """BadInput if a text is none that is possible."""
        self.for_sheets()
        if self.kind and self.kind not in MemberKind.__members__:
            raise BadInput(f"kind: expected one of {', '.join(MemberKind.__members__)}")


def read_answers(folder: ImportFolder) -> ImportAnswers:
    document: dict[str, Any] = folder.document("answers")
    ties = tuple(document.pop("tie_sources", ()))
    return ImportAnswers(**document, tie_sources=ties)


def write_answers(folder: ImportFolder, answers: ImportAnswers) -> None:
    folder.write("answers", asdict(answers))
