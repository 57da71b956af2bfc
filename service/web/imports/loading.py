"""The later steps of an import: check, load and undo."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice

from service.change_log.append import Author
from service.change_log.history import LoggedChange
from service.change_log.undo import later_changes, undo
from service.errors import BadInput, ImportRefusal, ValuenetError
from service.formats.causes import lines_of_remarks
from service.formats.differences import Difference
from service.formats.identities.entity import MERGED, PairDecisions
from service.formats.load_files import LoadFiles, LoadOptions
from service.formats.load_report import write_faulty_lines, write_report
from service.formats.loader import Loader
from service.graph import Graph
from service.settings import Settings
from service.vocabulary.names import counted, noun_of
from service.web.imports.answers import read_answers
from service.web.imports.folder import Document, ImportFolder
from service.web.imports.recognise import input_files
from service.web.words import OPERATIONS
from service.writes.apply import Progress

CHANGES = ("created", "changed", "unchanged")
MOST_PAIRS = 100  # that the page lists; the report has them all
MOST_REMARKS = 100
MOST_SOURCES = 3  # that the page names
MOST_FAULTY = 20  # lines that the page lists
EVERY_SECONDS = 0.5  # progress is written


def loader_of(folder: ImportFolder, settings: Settings) -> Loader:
    answers = read_answers(folder)
    options = LoadOptions(
        settings.half_life_days,
        answers.skips_faulty,
        answers.is_complete,
        answers.takes_new_keys,
        decisions_of(folder),
    )
    files = input_files(folder)
    if answers.is_complete and not all(file.source for file in files):
        text = "only of a source can it be said that a file is all that it lists"
        raise BadInput(f"{text}; name the source.")
    return Loader(files, options)


def decisions_of(folder: ImportFolder) -> PairDecisions:
    pairs = folder.document("decisions").get("pairs", [])
    by_answer: dict[str, set[tuple[str, str]]] = {"same": set(), "different": set()}
    for left, right, answer in pairs:
        by_answer[answer].add((left, right))
    return PairDecisions(*map(frozenset, by_answer.values()))


async def check(folder: ImportFolder, settings: Settings, graph: Graph) -> Document:
    """What loading would change, or the faults for which nothing would be loaded."""
    loader = loader_of(folder, settings)
    try:
        loader.check(settings)
        differences = await loader.differences(graph)
    except ValuenetError as error:
        return {**outcome(folder, loader), "messages": messages_of(error)}
    return {
        **outcome(folder, loader),
        "changes": [change_row(kind, each) for kind, each in differences.items()],
    }


async def load(
    folder: ImportFolder, settings: Settings, graph: Graph, author: Author
) -> Document:
    """What was loaded, or the faults for which nothing was."""
    loader = loader_of(folder, settings)

    @contextmanager
    def display(title: str, total: int) -> Iterator[Progress]:
        progress = ProgressFile(folder, total)
        progress.write()
        yield progress.advance

    try:
        loader.check(settings)
        counts = await loader.load(graph, display, author)
    except ValuenetError as error:
        return {**outcome(folder, loader), "messages": messages_of(error)}
    counts = {kind: count for kind, count in counts.items() if count}
    return {**outcome(folder, loader), "counts": counts, "run": author.run}


async def undo_load(folder: ImportFolder, graph: Graph, by: str) -> Document:
    """How many changes were undone, or why none was.

    Later changes that depend on the import are undone with it if a person agreed.
    """
    selection = [folder.document("loaded")["run"]]
    try:
        later = await later_changes(graph, selection)
        if later and folder.document("agreed").get("later") != summary_of(later):
            return {"messages": [later_text(later)], "later": summary_of(later)}
        selection += [str(change.number) for change in later]
        return {"undone": (await undo(graph, selection, by)).count}
    except ValuenetError as error:
        return {"messages": messages_of(error)}


def summary_of(changes: Sequence[LoggedChange]) -> str:
    """How many changes there are, and the last of them: what a person agrees to."""
    return f"{len(changes)} to {changes[-1].number}"


def later_text(changes: Sequence[LoggedChange]) -> str:
    counts = Counter((change.kind, change.operation.value) for change in changes)
    kinds = [
        f"{noun_of(kind).lower()}: {count:,} {OPERATIONS[operation]}"
        for (kind, operation), count in counts.items()
    ]
    count = counted(len(changes), "later change")
    return f"These depend on this import: {count} ({'; '.join(kinds)})."


def outcome(folder: ImportFolder, loader: Loader) -> Document:
    """The remarks and the possible duplicates; the report has all of them."""
    files = loader.files
    write_report(folder.report, files)
    if files.left_out:
        write_faulty_lines(folder.faulty, files)
    remarks = list(lines_of_remarks(files.faults.notes, files.faults.examples))
    return {
        "remarks": remarks[:MOST_REMARKS],
        "remark_count": len(remarks),
        "pairs": [
            {
                "members": [match.imported, match.existing],
                "references": match.references,
                "decision": match.decision,
            }
            for match in files.matches[:MOST_PAIRS]
        ],
        "pair_count": len(files.matches),
        "known_from": known_sources(files),
        "left_out": len(files.left_out),
        "faulty": [
            f"{file} line {line}: {'; '.join(texts)}"
            for (file, line), texts in islice(files.left_out.items(), MOST_FAULTY)
        ],
    }


def known_sources(files: LoadFiles) -> list[tuple[str, int]]:
    """How many members of the files have the names of members of other sources."""
    own = {file.source for file in files.files}
    counts = Counter(
        source
        for match in files.matches
        for source in match.existing.sources
        if match.decision == MERGED and source not in own
    )
    return counts.most_common(MOST_SOURCES)


def change_row(kind: str, difference: Difference) -> Document:
    counts = {change: difference.counts[change] for change in CHANGES}
    names = {c: difference.names.get(c, []) for c in CHANGES if c != "unchanged"}
    return {"kind": kind, "counts": counts, "names": names}


def messages_of(error: ValuenetError) -> list[str]:
    return error.messages if isinstance(error, ImportRefusal) else [str(error)]


class ProgressFile:
    """How many records of a load were written, for whoever waits for it."""

    def __init__(self, folder: ImportFolder, total: int) -> None:
        self._folder, self._total = folder, total
        self._count = 0
        self._written_at = 0.0

    def advance(self, count: int) -> None:
        self._count += count
        if time.monotonic() - self._written_at > EVERY_SECONDS:
            self.write()

    def write(self) -> None:
        self._written_at = time.monotonic()
        with suppress(OSError):
            document = {"count": self._count, "total": self._total}
            self._folder.write("progress", document)
