"""Which currency an amount is in: by signs, by the header, or as a person says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from service.formats.proposals.header_words import language_of
from service.formats.proposals.profiles import SheetColumn
from service.formats.proposals.proposal import Answers, Question
from service.formats.readers.mapping_cells import CellSource
from service.formats.sheets.number_texts import currency_codes
from service.vocabulary.folding import fold

CODE = re.compile("[A-Z]{3}")
CROWNS = {"sv": "SEK", "da": "DKK", "no": "NOK"}  # by the language of the headers


class CurrencyChoice:
    """The currencies of the amounts of one sheet."""

    def __init__(
        self, headers: Iterable[str], answers: Answers, ask: Callable[[Question], None]
    ) -> None:
        own = (answers.currency, CROWNS.get(language_of(headers) or ""))
        self._own = [code for code in own if code]
        self._ask = ask

    def of_amount(self, column: SheetColumn) -> str | None:
        """The currency that the header or the signs of an amount say."""
        signs = column.type.currencies
        codes = [code for sign in signs for code in currency_codes(sign)]
        return self._chosen(column, column.meaning.currencies or codes)

    def source(self, column: SheetColumn) -> CellSource:
        """The codes in a column of currencies, which may have signs instead."""
        words = {}
        for text in column.values:
            if not CODE.fullmatch(text):
                words[fold(text)] = self._chosen(column, currency_codes(text)) or ""
        return CellSource((column.name,), words=words)

    def _chosen(self, column: SheetColumn, codes: Sequence[str]) -> str | None:
        """The one of several currencies with the same sign that is meant."""
        choices = tuple(dict.fromkeys(codes))
        if own := next((code for code in self._own if code in choices), None):
            return own
        if len(choices) > 1:
            text = f"column {column.name!r}: which currency is it?"
            self._ask(Question(text, "--currency", choices))
        return choices[0] if len(choices) == 1 else None
