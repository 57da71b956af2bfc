"""A mapping for all sheets of a file together, from their headers and values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.formats.proposals.header_words import ENDS, HeaderMeaning
from service.formats.proposals.known_names import LEAST_SHARE, KnownNames, list_names
from service.formats.proposals.list_sections import ListSections, kinds_of_rows
from service.formats.proposals.list_subjects import ListSearch
from service.formats.proposals.profiles import SheetColumn, SheetProfile, profile_of
from service.formats.proposals.proposal import (
    NO_ANSWERS,
    Answers,
    Proposal,
    Question,
    Remark,
)
from service.formats.proposals.sections import SheetDraft
from service.formats.proposals.subjects import SKIP, Subject
from service.formats.proposals.tie_rules import possible_kinds
from service.formats.proposals.tie_sections import TieSections
from service.formats.proposals.tie_subjects import TieSearch
from service.formats.readers.mapping_file import Mapping, MappingSection
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
    proposal = Proposal(Mapping([], options))
    link_ids(profiles)
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
            add_names(profile, subject, known)
    lists = [(profiles[number], subject) for number, subject in subjects.items()]
    add_ids(lists, profiles, known)
    for number, profile in enumerate(profiles):
        if number not in subjects:
            ties = TieSearch(profile, known, profiles, answers).subject()
            subjects |= {number: ties} if ties else {}
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
    names = list_names(profile, [column.name for column in subject.name])
    kinds: Sequence[str] = [subject.table] * len(names)
    if subject.table == "members":
        kinds = kinds_of_rows(subject, profile.rows)
    for name, kind in zip(names, kinds, strict=True):
        if name:
            known.add_name(name, kind, profile.sheet.file)


def add_ids(
    lists: Sequence[tuple[SheetProfile, Subject]],
    profiles: Sequence[SheetProfile],
    known: KnownNames,
) -> None:
    """The columns with ids that other sheets mean; two lists must not share an id."""
    for profile, subject in lists:
        for column in id_columns(profile, subject):
            others = [p for p in profiles if p is not profile]
            if any(is_referred(column, other) for other in others):
                kinds = kinds_by_value(profile, subject, column)
                for id, kind in kinds.items():
                    known.add_id(id, kind, column)
                break


def link_ids(profiles: Sequence[SheetProfile]) -> None:
    """Columns such as "Account ID" name members, where another sheet lists the ids."""
    for profile in profiles:
        own = own_ids(profile)
        ids = {id for other in profiles if other is not profile for id in ids_of(other)}
        for column in profile.columns.values():
            owner, values = column.meaning.owner, column.values.keys()
            if column is own or owner not in ENDS or "id" not in column.meaning.slots:
                continue
            if values and len(values & ids) >= LEAST_SHARE * len(values):
                column.meaning = HeaderMeaning((owner,))


def own_ids(profile: SheetProfile) -> SheetColumn | None:
    """The first column with ids, if no two lines have one: the ids of the lines."""
    columns = profile.columns.values()
    first = next((c for c in columns if "id" in c.meaning.slots), None)
    return first if first and first.is_unique else None


def ids_of(profile: SheetProfile) -> Iterable[str]:
    own = own_ids(profile)
    return own.values if own else ()


def id_columns(profile: SheetProfile, subject: Subject) -> list[SheetColumn]:
    """What may be ids: numbers and codes, and the titles of contracts."""
    columns = [c for c in profile.columns.values() if "id" in c.meaning.slots]
    if subject.table in ("contracts", "service_cases"):
        columns += subject.name
    return [column for column in columns if column.is_unique]


def is_referred(column: SheetColumn, other: SheetProfile) -> bool:
    """Whether a column of another sheet has these ids."""
    for own in other.columns.values():
        is_end = any(slot in ENDS for slot in own.meaning.slots)
        shared = own.values.keys() & column.values.keys()
        fewest = min(len(own.values), len(column.values))
        if is_end and shared and len(shared) >= LEAST_SHARE * fewest:
            return True
    return False


def kinds_by_value(
    profile: SheetProfile, subject: Subject, column: SheetColumn
) -> dict[str, str]:
    kinds: Sequence[str] = [subject.table] * len(profile.rows)
    if subject.table == "members":
        kinds = kinds_of_rows(subject, profile.rows)
    pairs = zip(profile.rows, kinds, strict=True)
    return {id: kind for row, kind in pairs if (id := row.get(column.name))}


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
