"""What a sheet's name, headers and values say of its lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from service.formats.proposals.header_words import ENDS
from service.formats.proposals.known_names import KnownNames
from service.formats.proposals.profiles import SheetColumn, SheetProfile, slot_of
from service.formats.proposals.proposal import NO_ANSWERS, Answers
from service.formats.proposals.sheet_names import SheetMeaning, sheet_meanings
from service.formats.proposals.subjects import parts_of_subject
from service.vocabulary.folding import fold
from service.vocabulary.kind_words import member_meaning, tie_meaning

LEAST_SHARE = 0.6  # of the different words of a column, which say a kind
UNIQUE_SHARE = 0.9  # of the values of a column of names, which are different
MEMBERS, TIES = "members", "ties"


class SheetSigns:
    """One sheet among those of its file, and what a person says of it."""

    def __init__(
        self,
        profile: SheetProfile,
        known: KnownNames,
        others: Sequence[SheetProfile] = (),
        answers: Answers = NO_ANSWERS,
    ) -> None:
        self.profile, self.known = profile, known
        self.others = [other for other in others if other is not profile]
        self.sources = answers.sources
        self.columns = [c for c in profile.columns.values() if not c.is_blank]
        self.meanings = self._meanings()
        self.answer = None
        if subject := answers.subjects.get(fold(profile.name)):
            table, kind, role = parts_of_subject(subject)
            self.answer = SheetMeaning(table, kind or None, role or None)
            self.meanings = [self.answer]

    def _meanings(self) -> list[SheetMeaning]:
        """A network is its members, unless another sheet has these."""
        meanings = sheet_meanings(self.profile.name)
        tables = {meaning.table for meaning in meanings}
        if {MEMBERS, "communities"} <= tables:
            names = [sheet_meanings(other.name) for other in self.others]
            if any({m.table for m in every} == {MEMBERS} for every in names):
                return [m for m in meanings if m.table != MEMBERS]
        return meanings

    def meaning(self, *tables: str) -> SheetMeaning | None:
        return next((m for m in self.meanings if m.table in tables), None)

    def is_named_after(self, table: str) -> bool:
        """Whether that is what the name of the sheet says before all."""
        return bool(self.meanings) and self.meanings[0].table == table

    def has(self, slot: str) -> bool:
        return any(slot in c.slots and not c.owner for c in self.columns)

    def ends(self, table: str | None = None) -> list[SheetColumn]:
        """The columns that name records; with a table, those of that table."""
        ends = [c for c in self.columns if slot_of(c) in ENDS]
        return [c for c in ends if table in (None, ENDS[slot_of(c) or ""][0])]

    def kind_column(self) -> SheetColumn | None:
        """The column whose words say kinds of members, or their roles."""
        return self._column_of_words(("kind", "roles"), member_meaning)

    def relation_column(self) -> SheetColumn | None:
        """The column whose words say kinds of ties."""
        return self._column_of_words(("relation", "kind"), tie_meaning)

    def _column_of_words(
        self, slots: Sequence[str], meaning: Callable[[str], object]
    ) -> SheetColumn | None:
        """The first column under such a header, or under an unknown one, of words."""
        every = [c for c in self.columns if not c.owner]
        headers = [c for c in every if set(slots) & set(c.slots)]
        for column in [*headers, *(c for c in every if not c.meaning.slots)]:
            words = [value for value in column.values if meaning(value)]
            if len(words) >= LEAST_SHARE * len(column.values):
                return column
        return None


def is_nearly_unique(column: SheetColumn) -> bool:
    return len(column.values) >= UNIQUE_SHARE * column.values.total()
