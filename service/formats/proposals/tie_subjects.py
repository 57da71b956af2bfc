"""Which ties the lines of a sheet are: their kind and their two ends."""

from __future__ import annotations

from service.formats.proposals.header_words import ENDS
from service.formats.proposals.profiles import SheetColumn
from service.formats.proposals.sheet_signs import TIES, SheetSigns
from service.formats.proposals.subjects import Subject
from service.formats.proposals.tie_rules import TIE_SLOTS, end_columns
from service.vocabulary.enums import TieKind
from service.vocabulary.kind_words import tie_meaning


class TieSearch(SheetSigns):
    """Finds the kind of ties: in a column, in the name of the sheet, or by the ends."""

    def subject(self) -> Subject | None:
        """None if no two columns can be the ends of a tie."""
        relation = self.relation_column()
        columns = [c for c in self.columns if self.may_be_end(c) and c is not relation]
        if self.answer and len(columns) < 2:
            columns = [c for c in self.columns if c.is_of_names and c is not relation]
        if relation:
            kinds = kinds_of_words(relation)
            ends = end_columns(kinds, columns, self.known, self.sources)
            return ends and Subject(TIES, kinds=relation, ends=ends)
        meaning = self.meaning(TIES)
        named = meaning.kind if meaning else None
        kinds = [TieKind[named]] if named else list(TIE_SLOTS)
        ends = end_columns(kinds, columns, self.known, self.sources)
        if ends is None:
            return None
        is_clear = named is not None or ends.is_typical or self.answer is not None
        return Subject(TIES, ends.kind.value, ends=ends, is_sure=is_clear)

    def may_be_end(self, column: SheetColumn) -> bool:
        if column.owner:
            return False
        slots = set(column.slots)
        return bool(slots & (ENDS.keys() | {"name"})) or bool(
            self.known.kinds_of(column)
        )


def kinds_of_words(column: SheetColumn) -> list[TieKind]:
    meanings = [meaning for v in column.values if (meaning := tie_meaning(v))]
    return list(dict.fromkeys(m.kinds[0] for m in meanings))
