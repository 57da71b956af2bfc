"""Types that are told from all values of a column."""

from __future__ import annotations

import pytest

from service.formats.sheets.column_kinds import ColumnKind
from service.formats.sheets.column_types import column_type
from service.formats.sheets.date_texts import standard_date
from service.formats.sheets.number_texts import currency_codes, standard_number

NUMBERS = [
    (["12,5", "1.250,75"], ",", ["12.5", "1250.75"]),
    (["1,234.56", "12,000"], ".", ["1234.56", "12000"]),
    (["0,123", "1,234"], ",", ["0.123", "1.234"]),
    (["950", "12,000"], ".", ["950", "12000"]),
    (["1.234.567"], ",", ["1234567"]),
    (["12,34,567.5"], ".", ["1234567.5"]),
    (["1 250,5", "3"], ",", ["1250.5", "3"]),
    (["1\u00a0250,5"], ",", ["1250.5"]),
    (["1\u202f250.5"], ".", ["1250.5"]),
    (["1'250.50", "1’000’000"], ".", ["1250.50", "1000000"]),
    (["-3", "\u22124.5", "(1,234.50)", "12-"], ".", ["-3", "-4.5", "-1234.50", "-12"]),
    (["1.5E+06", "2"], ".", ["1.5E+06", "2"]),
    ([".5"], ".", ["0.5"]),
]
DATES = [
    (["03/04/2025", "31/12/2025"], "%d/%m/%Y", ["2025-04-03", "2025-12-31"]),
    (["03/04/2025", "12/31/2025"], "%m/%d/%Y", ["2025-03-04", "2025-12-31"]),
    (["3.4.2025"], "%d.%m.%Y", ["2025-04-03"]),
    (["03.04.25", "01.02.69"], "%d.%m.%y", ["2025-04-03", "1969-02-01"]),
    (["2025-04-03", "2025-4-5"], "%Y-%m-%d", ["2025-04-03", "2025-04-05"]),
    (["2025/04/03"], "%Y/%m/%d", ["2025-04-03"]),
    (["2025-04-03 00:00:00"], "%Y-%m-%d", ["2025-04-03"]),
    (["03/03/2025"], "%d/%m/%Y", ["2025-03-03"]),
]
WORDS = [
    ("3 Feb 2025", "2025-02-03"),
    ("Feb 3, 2025", "2025-02-03"),
    ("3rd of May 2025", "2025-05-03"),
    ("den 3 februari 2025", "2025-02-03"),
    ("3. marts 2025", "2025-03-03"),
    ("3. März 2025", "2025-03-03"),
    ("1er août 2025", "2025-08-01"),
    ("3 de enero de 2025", "2025-01-03"),
    ("3-Dec-25", "2025-12-03"),
    ("2025 okt 3", "2025-10-03"),
]


@pytest.mark.parametrize(("values", "decimal", "right"), NUMBERS)
def test_numbers_are_read_by_the_marks_of_their_column(values, decimal, right):
    type = column_type(values)
    assert (type.kind, type.format, type.alternatives) == ("number", decimal, ())
    assert [type.parse(value) for value in values] == right


@pytest.mark.parametrize(("values", "format", "right"), DATES)
def test_dates_are_read_in_the_order_of_their_column(values, format, right):
    type = column_type(values)
    assert (type.kind, type.format, type.alternatives) == ("date", format, ())
    assert [type.parse(value) for value in values] == right


@pytest.mark.parametrize(("text", "right"), WORDS)
def test_months_have_names_in_six_languages(text, right):
    type = column_type([text])
    assert (type.kind, type.parse(text)) == ("date", right)


@pytest.mark.parametrize(
    ("values", "alternatives", "readings"),
    [
        (["1,234", "5,678"], (".", ","), [["1234", "5678"], ["1.234", "5.678"]]),
        (["1.234"], (".", ","), [["1.234"], ["1234"]]),
        (["03/04/2025"], ("%d/%m/%Y", "%m/%d/%Y"), [["2025-04-03"], ["2025-03-04"]]),
    ],
)
def test_a_column_that_may_be_two_things_says_so(values, alternatives, readings):
    type = column_type(values)
    assert type.is_ambiguous
    assert type.alternatives == alternatives
    for format, right in zip(alternatives, readings, strict=True):
        chosen = type.with_format(format)
        assert not chosen.is_ambiguous
        assert [chosen.parse(value) for value in values] == right


def test_a_point_among_decimal_commas_is_never_another_number():
    type = column_type(["12,5", "12.5", "1.250,75"])
    assert (type.format, type.misfits, type.misfit_count) == (",", ("12.5",), 1)
    assert type.parse("12.5") is None


@pytest.mark.parametrize(
    ("values", "signs", "right"),
    [
        (["€ 1 250,00", "€ 3,5"], ("€",), ["1250.00", "3.5"]),
        (["1 250 kr", "30 kr"], ("kr",), ["1250", "30"]),
        (["$1,234", "-$5"], ("$",), ["1234", "-5"]),
        (["1.250,- ", "SEK 3"], (",-", "SEK"), None),
        (["1.234 €"], ("€",), ["1234"]),
        (["12:-"], (":-",), ["12"]),
    ],
)
def test_currencies_are_recognised(values, signs, right):
    type = column_type([value.strip() for value in values])
    assert (type.kind, type.currencies) == ("number", signs)
    if right:
        assert [type.parse(value) for value in values] == right
    assert all(isinstance(currency_codes(sign), tuple) for sign in signs)


def test_a_percentage_is_a_share():
    type = column_type(["10 %", "12,5%", "100%"])
    assert type.is_percent
    assert [type.parse(t) for t in ("10 %", "12,5%", "100%")] == ["0.1", "0.125", "1"]


def test_a_percentage_among_other_numbers_does_not_fit():
    type = column_type(["10", "12", "13", "5 %"])
    assert (type.is_percent, type.misfits) == (False, ("5 %",))
    assert type.parse("5 %") is None
    percent = column_type(["10 %", "12 %", "13%", "1%", "0", "5"])
    assert (percent.is_percent, percent.misfits) == (True, ("0", "5"))
    assert [percent.parse(text) for text in ("0", "5", "13%")] == ["0", None, "0.13"]


@pytest.mark.parametrize(
    ("values", "right"),
    [
        (["Ja", "NEJ"], ["true", "false"]),
        (["ja", "nein"], ["true", "false"]),
        (["oui", "non"], ["true", "false"]),
        (["Sí", "No"], ["true", "false"]),
        (["x", None, "X"], ["true", "true"]),
        (["True", "false"], ["true", "false"]),
    ],
)
def test_booleans_are_words_of_one_language(values, right):
    type = column_type(values)
    assert type.kind is ColumnKind.BOOLEAN
    assert [type.parse(value) for value in values if value] == right


@pytest.mark.parametrize(
    "values",
    [
        ["007", "012"],
        ["+46 8 123 45 67"],
        ["556012-5790"],
        ["NO", "NO"],
        ["NO", "SE"],
        ["12A", "14B"],
        ["v1.2.3"],
        ["10.0.0.1"],
        ["SKU 12"],
        ["2025-02-30"],
        ["32/13/2025"],
        ["1,2,3"],
        ["12.345,67.8"],
        [],
    ],
)
def test_other_columns_are_texts(values):
    assert column_type(values).kind is ColumnKind.TEXT


@pytest.mark.parametrize(
    ("values", "format", "text", "right"),
    [
        (["1/2/2025", "13/2/2025"], "%m/%d/%Y", "1/2/2025", "2025-01-02"),
        (["20250131"], "%Y%m%d", "20250131", "2025-01-31"),
        (["20250131"], "%Y%m%d", "202513", None),
        (["2,5"], ".", "2,500", "2500"),
        (["1 234"], "'", "12'5", "12.5"),
    ],
)
def test_a_format_that_a_person_gives_counts(values, format, text, right):
    assert column_type(values).with_format(format).parse(text) == right


def test_a_clear_date_fits_any_order():
    type = column_type(["31/12/2025", "2025-12-31", "3 May 2025", "12/31/2025"])
    assert type.misfits == ("12/31/2025",)
    assert type.parse("2025-12-31") == "2025-12-31"
    assert type.parse("3 May 2025") == "2025-05-03"


@pytest.mark.parametrize("text", ["12 May am", "May 4, noon", "2 May \u5b1b\u4a32"])
def test_a_month_beside_another_word_is_no_date(text):
    assert column_type([text], "When").kind is not ColumnKind.DATE


def test_days_of_a_spreadsheet_are_dates_where_the_name_says_so():
    assert column_type(["46000"], "Order date").parse("46000") == "2025-12-09"
    assert column_type(["46000"], "Amount").kind is ColumnKind.NUMBER
    assert column_type(["20251209"], "Datum").parse("20251209") == "2025-12-09"
    assert column_type(["20251209"], "Order").kind is ColumnKind.NUMBER


def test_one_bad_cell_does_not_change_the_type():
    type = column_type(["1,5"] * 99 + ["unknown"])
    assert (type.kind, type.misfits, type.misfit_count) == ("number", ("unknown",), 1)


def test_times_keep_their_zone():
    type = column_type(["2025-01-02 10:30", "2025-01-02T11:00:00Z"])
    assert type.kind is ColumnKind.TIME
    assert type.parse("2025-01-02 10:30") == "2025-01-02T10:30:00"
    assert type.parse("2025-01-02T11:00:00Z") == "2025-01-02T11:00:00Z"
    american = column_type(["12/31/2025 2:30 PM"])
    assert american.parse("12/31/2025 2:30 PM") == "2025-12-31T14:30:00"


@pytest.mark.parametrize(
    ("text", "decimal", "thousands", "right"),
    [
        ("1,234.56", ".", None, "1234.56"),
        ("1.250,75", ",", None, "1250.75"),
        ("12.5", ",", None, None),
        ("1 234", ".", ",", None),
        ("1 234", ".", " ", "1234"),
        ("1\u00a0234", ",", " ", "1234"),
        ("1’234.5", ".", "'", "1234.5"),
        ("€ 5", ".", None, "5"),
        ("", ".", None, None),
        ("12e5", ".", None, "12e5"),
    ],
)
def test_a_number_is_read_with_marks_that_are_named(text, decimal, thousands, right):
    assert standard_number(text, decimal, thousands) == right


@pytest.mark.parametrize(
    ("text", "format", "right"),
    [
        ("31/12/2025", "%d/%m/%Y", "2025-12-31"),
        ("3 mai 2025", "%d %B %Y", "2025-05-03"),
        ("3 maj 2025", "%d %B %Y", "2025-05-03"),
        ("3 Okt. 25", "%d %b %y", "2025-10-03"),
        ("2025-12-31", "%d/%m/%Y", "2025-12-31"),
        ("31/12/2025", "%m/%d/%Y", None),
        ("46000", "excel", "2025-12-09"),
    ],
)
def test_a_date_is_read_in_a_format_that_is_named(text, format, right):
    assert standard_date(text, format) == right
