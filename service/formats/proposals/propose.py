"""A mapping for all sheets of a file together, from their headers and values."""

from __future__ import annotations

from collections.abc import Sequence

from service.formats.proposals.id_columns import add_ids
from service.formats.proposals.known_names import KnownNames
from service.formats.proposals.list_sections import ListSections
from service.formats.proposals.list_subjects import ListSearch
from service.formats.proposals.profiles import SheetProfile, profile_of
from service.formats.proposals.proposal import (
    NO_ANSWERS,
    Answers,
    Proposal,
    Question,
    Remark,
)
from service.formats.proposals.row_kinds import kind_of_row, name_of_row
from service.formats.proposals.sections import SheetDraft
from service.formats.proposals.subjects import SKIP, Subject
from service.formats.proposals.tie_rules import possible_kinds
from service.formats.proposals.tie_sections import TieSections
from service.formats.proposals.tie_subjects import TieSearch
from service.formats.readers.mapping_file import MappingSection, TableMapping
from service.formats.sheets import Sheet, SheetOptions
from service.vocabulary.folding import fold

ANYTHING = ("members", "contracts", "ties EXCHANGE")


def proposed_mapping(
    sheets: Sequence[Sheet],
    answers: Answers = NO_ANSWERS,
    beside: Sequence[Sheet] = (),
) -> Proposal:
    """What the sheets of one file are most likely about.

    Lists come first: ties of other sheets name what is in them. `beside` has the sheets
    of other files that are loaded together with this one.
    """
    profiles = [profile_of(sheet) for sheet in sheets]
    others = [profile_of(sheet) for sheet in beside]
    options = sheets[0].options if sheets else SheetOptions()
    proposal = Proposal(TableMapping([], options))
    known = KnownNames()
    add_lists(others, known)
    subjects = sheet_subjects(profiles, known, answers)
    for number, profile in enumerate(profiles):
        sheet = profile.name if len(profiles) > 1 else None
        subject = subjects.get(number)
        if answers.subjects.get(fold(profile.name)) == SKIP:
            proposal.unused.append(Remark(profile.name, "you left it out"))
        elif subject is None:
            ask_subject(profile, proposal)
        else:
            draft = SheetDraft(profile, known, answers, proposal)
            build(draft, subject)
            proposal.mapping.sections.extend(draft.mapping_sections(sheet))
    sort_sections(proposal.mapping.sections)
    return proposal


def add_lists(profiles: Sequence[SheetProfile], known: KnownNames) -> None:
    """The names that other files list."""
    for profile in profiles:
        if subject := ListSearch(profile, known, profiles).subject():
            add_names(profile, subject, known)


def sheet_subjects(
    profiles: Sequence[SheetProfile], known: KnownNames, answers: Answers
) -> dict[int, Subject]:
    """What each sheet is about, by its number; the names of lists become known."""
    subjects: dict[int, Subject] = {}
    for number, profile in enumerate(profiles):
        if subject := ListSearch(profile, known, profiles, answers).subject():
            subjects[number] = subject
            if profiles[1:]:
                add_names(profile, subject, known)
    lists = [(profiles[number], subject) for number, subject in subjects.items()]
    add_ids(lists, profiles, known)
    for number, profile in enumerate(profiles):
        if number in subjects:
            continue
        if subject := TieSearch(profile, known, profiles, answers).subject():
            subjects[number] = subject
    return subjects


def sort_sections(sections: list[MappingSection]) -> None:
    """Those of one table together, as a TOML file has them."""
    tables = list(dict.fromkeys(section.table for section in sections))
    sections.sort(key=lambda section: tables.index(section.table))


def build(draft: SheetDraft, subject: Subject) -> None:
    draft.remark(str(subject))
    if not subject.is_sure:
        ask_subject(draft.profile, draft.proposal, choices_for(subject, draft.known))
    if subject.table == "ties":
        TieSections(draft, subject).build()
    else:
        ListSections(draft, subject).build()


def add_names(profile: SheetProfile, subject: Subject, known: KnownNames) -> None:
    for row in profile.all_rows():
        if name := name_of_row(subject, row):
            known.add_name(name, kind_of_row(subject, row), profile.sheet.file)


def choices_for(subject: Subject, known: KnownNames) -> list[str]:
    """What the lines of a sheet may be."""
    if subject.ends is None:
        return ["members", "contracts"]
    kinds = possible_kinds(subject.ends.source, subject.ends.target, known)
    return [f"ties {kind.value}" for kind in kinds]


def ask_subject(
    profile: SheetProfile, proposal: Proposal, choices: Sequence[str] = ANYTHING
) -> None:
    text = f"sheet {profile.name!r}: what are its lines?"
    answers = (*choices, SKIP)
    question = Question(text, "--about", answers, f"{profile.name}=")
    proposal.questions.append(question)
