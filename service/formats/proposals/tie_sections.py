"""The sections for a sheet whose lines are ties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.formats.proposals.end_sections import (
    ORGANISATION,
    EndSections,
    share_round,
)
from service.formats.proposals.fields import field_source, fitting_field, unfit_value
from service.formats.proposals.name_kinds import NamedTie, kinds_of_names
from service.formats.proposals.profiles import SheetColumn, slot_of
from service.formats.proposals.proposal import Question
from service.formats.proposals.sections import OPEN_DAYS, DraftSection, SheetDraft
from service.formats.proposals.subjects import Subject
from service.formats.proposals.tie_rules import label_of
from service.formats.proposals.words import tie_kind_source
from service.formats.readers.mapping_cells import CellSource
from service.formats.records import LABELS
from service.vocabulary import TIES
from service.vocabulary.enums import TieKind
from service.vocabulary.folding import fold
from service.vocabulary.kind_words import tie_meaning
from service.vocabulary.ties import Employment, Tie
from service.vocabulary.validation import CHECKS


class TieSections:
    """Puts together the sections of one sheet of ties."""

    def __init__(self, draft: SheetDraft, subject: Subject) -> None:
        self.draft, self.subject = draft, subject
        self.rows = draft.profile.rows

    def build(self) -> None:
        ends = self.subject.ends
        assert ends is not None
        is_open = not ends.is_sure and not self.subject.kinds
        if is_open and self.subject.is_sure:
            self.ask_direction(ends.source, ends.target)
        classes = self.classes()
        every = list(dict.fromkeys(cls for cls in classes if cls))
        sections = EndSections(self.draft)
        kinds = kinds_of_names(self.named_ties(classes)) if len(every) > 1 else {}
        for column, side in ((ends.source, "sources"), (ends.target, "targets")):
            sections.add_end(column, kind_of_end(every, side), kinds)
            direction = "from" if side == "sources" else "to"
            self.draft.use(column, f"the tie runs {direction} it")
        if self.subject.kinds:
            self.draft.use(self.subject.kinds, "the kind of tie, by its words")
        if self.is_split(classes, every):
            for cls in every:
                self.add_section([c if c is cls else None for c in classes], cls)
            self.keep_all()
        else:
            section = self.add_section(classes)
            share_round(self.draft, section, "source", ends.source)
            is_of_contacts = slot_of(ends.source) == "contact"
            if is_of_contacts and every == [Employment]:
                self.draft.take_fields(section, but=OPEN_DAYS)
                self.draft.keep_open_days(section)
            self.draft.take_fields(section)
            self.draft.take_attributes(section)

    def classes(self) -> list[type[Tie] | None]:
        """The kind of tie of each row."""
        column = self.subject.kinds
        if column is None:
            kind = next(k for k in TIES if k.value == self.subject.kind)
            return [TIES[kind]] * len(self.rows)
        kinds = self.kinds_of_words(column)
        words = [row.get(column.name) for row in self.rows]
        return [TIES[kinds[word]] if word in kinds else None for word in words]

    def kinds_of_words(self, column: SheetColumn) -> dict[str, TieKind]:
        """The kind of tie of each word: of several the first that fits all targets."""
        kinds = {}
        for word in column.values:
            if meaning := tie_meaning(word):
                labels = self.labels_of_targets(column, word)
                fitting = [k for k in meaning.kinds if labels & set(TIES[k].targets)]
                kinds[word] = (fitting or meaning.kinds)[0]
        return kinds

    def labels_of_targets(self, column: SheetColumn, word: str) -> set[str]:
        """What the targets of the lines with a word are, as far as that is known."""
        assert self.subject.ends is not None
        target = self.subject.ends.target
        names = [row.get(target.name) for row in self.rows if row[column.name] == word]
        known = self.draft.known
        lists = [known.lists_of(name, target.sheet) for name in names if name]
        return {label_of(kind) for kinds in lists for kind in kinds.values()}

    def named_ties(self, classes: Sequence[type[Tie] | None]) -> Iterator[NamedTie]:
        """The ties of the first rows; a word may say that one runs back."""
        ends, column = self.subject.ends, self.subject.kinds
        assert ends is not None
        for row, cls in zip(self.rows, classes, strict=True):
            source, target = row.get(ends.source.name), row.get(ends.target.name)
            meaning = tie_meaning(row.get(column.name) or "") if column else None
            if meaning and meaning.is_reversed:
                source, target = target, source
            if cls:
                yield NamedTie(cls, source, target)

    def add_section(
        self, classes: list[type[Tie] | None], cls: type[Tie] | None = None
    ) -> DraftSection:
        ends = self.subject.ends
        assert ends is not None
        section = self.draft.add("ties", list(classes))
        kind = CellSource(value=self.subject.kind)
        if column := self.subject.kinds:
            source = tie_kind_source(column, self.kinds_of_words(column))
            kind = self.draft.spell(source, column)
            if cls:
                kinds = self.kinds_of_words(column)
                words = [word for word in kinds if TIES[kinds[word]] is cls]
                section.lines = {column.name: tuple(map(fold, words))}
                if not any(is_reversed_word(word) for word in words):
                    kind = CellSource(value=cls.kind.value)
        section.cells = {
            "kind": kind,
            "source": self.draft.names(ends.source),
            "target": self.draft.names(ends.target),
        }
        return section

    def is_split(self, classes: list[type[Tie] | None], every: list[type[Tie]]) -> bool:
        """Whether a column is one property for some kinds and none for others."""
        if len(every) < 2:
            return False
        fields = list(dict.fromkeys(f for cls in every for f in TIE_FIELDS[cls]))
        for column in self.draft.free:
            names = fitting_field(column, fields)
            fitting = [
                n for n in names if not isinstance(field_source(column, n, every), str)
            ]
            if fitting and all(
                unfit_value(column, n, self.rows, classes) is not None for n in fitting
            ):
                return True
        return False

    def keep_all(self) -> None:
        """Each kind takes the columns that it has; the others are attributes."""
        draft = self.draft
        before = set(draft.used)
        every = set[str]()
        ties = [section for section in draft.sections if section.table == "ties"]
        for section in ties:
            draft.take_fields(section)
            every |= draft.used - before
            draft.used = set(before)
        for section in ties:
            own = {c for source in section.cells.values() for c in source.columns}
            draft.used = before | own | self.blank_in(section)
            draft.take_attributes(section)
        draft.used |= every

    def blank_in(self, section: DraftSection) -> set[str]:
        """The columns without a value in the rows of a section."""
        rows = [r for r, cls in zip(self.rows, section.classes, strict=True) if cls]
        columns = self.draft.profile.columns
        return {name for name in columns if not any(row.get(name) for row in rows)}

    def ask_direction(self, source: SheetColumn, target: SheetColumn) -> None:
        text = (
            f"sheet {self.draft.profile.name!r}: does a line run from"
            f" {source.name!r} to {target.name!r}, or back?"
        )
        names = (source.name, target.name)
        self.draft.ask(Question(text, "--from", names))


def is_reversed_word(text: str) -> bool:
    meaning = tie_meaning(text)
    return meaning is not None and meaning.is_reversed


def kind_of_end(classes: list[type[Tie]], side: str) -> str | None:
    """The kind of members that all kinds of ties allow at a side, if they do."""
    allowed = [set(getattr(cls, side)) for cls in classes]
    common = set.intersection(*allowed) if allowed else set()
    kinds = [kind for kind, label in LABELS.items() if label in common]
    return ORGANISATION if ORGANISATION in kinds else next(iter(kinds), None)


TIE_FIELDS = {cls: list(CHECKS[cls]) for cls in TIES.values()}
