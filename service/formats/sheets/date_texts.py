"""Dates and times as people write them, in any order of day, month and year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from service.formats.sheets.months import LINK_WORDS, MONTH_NUMBERS

ISO = "%Y-%m-%d"
COMPACT = "%Y%m%d"
EXCEL = "excel"  # the order of a number of days since 1899-12-30
EXCEL_START = date(1899, 12, 30)
EXCEL_DAYS = range(15_000, 80_000)  # 1941 to 2119
MAX_LENGTH = 40
# Where the day, the month and the year are among three numbers.
ORDERS = {"ymd": (2, 1, 0), "dmy": (0, 1, 2), "mdy": (1, 0, 2)}
CENTURY_TURN = 69  # two-digit years below it are of this century, as in POSIX
MIDNIGHT = time()

TIME = re.compile(
    r"""[T,\s]\s*(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d+)?)?\s*
    (?:([AaPp])\.?[Mm]\.?)?\s*(Z|UTC|[-+]\d\d:?\d\d)?""",
    re.VERBOSE,
)
NUMBERS = re.compile(r"(\d{1,4})([-/.\s]) ?(\d{1,2})\2 ?(\d{1,4})\.?")
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
TOKENS = re.compile(r"\d+|[^\W\d_]+")
MONTH_WORD = re.compile(rf"\b({'|'.join(MONTH_NUMBERS)})\b")
DATE_CHARACTERS = re.compile(r"[\w\s,./-]+")


@dataclass(frozen=True)
class WrittenDate:
    """A text that may be a date: what it is in each order of its numbers."""

    days: dict[str, date]
    formats: dict[str, str]  # as `strptime` names them
    time: time
    zone: str = ""

    @property
    def clear_day(self) -> date | None:
        """The day where nothing else can be meant: an ISO date, or a named month."""
        is_long = "%Y" in self.formats.get("ymd", "")
        return self.days.get("name") or (self.days["ymd"] if is_long else None)

    def standard(self, order: str, has_times: bool = False) -> str | None:
        """The date, or the time, as `tables` writes it."""
        day = self.days.get(order) or self.clear_day
        if day is None:
            return None
        if not has_times:
            return day.isoformat() if self.time == MIDNIGHT else None
        return f"{day.isoformat()}T{self.time.isoformat()}{self.zone}"


def written_date(text: str) -> WrittenDate | None:
    """The readings of a text that may be a date.

    >>> sorted(written_date("03/04/2025").days), written_date("3 mars 2025").days
    (['dmy', 'mdy'], {'name': datetime.date(2025, 3, 3)})
    """
    if len(text) > MAX_LENGTH or not text[:1].isalnum():
        return None
    clock, zone = MIDNIGHT, ""
    if ":" in text or "T" in text:
        text, clock, zone = without_time(text)
    readings = numeric_dates(text) or named_date(text)
    if not readings:
        return None
    days = {order: day for order, (day, _) in readings.items()}
    formats = {order: format for order, (_, format) in readings.items()}
    return WrittenDate(days, formats, clock, zone)


def is_like_date(text: str) -> bool:
    """Whether it has the form of a date; its numbers may be no day.

    >>> is_like_date("99/99/9999"), is_like_date("1.25")
    (True, False)
    """
    if len(text) > MAX_LENGTH:
        return False
    if ":" in text or "T" in text:
        text = without_time(text)[0]
    return bool(NUMBERS.fullmatch(text) or MONTH_WORD.search(text.lower()))


def without_time(text: str) -> tuple[str, time, str]:
    """The text of the date, its time of day, and its time zone."""
    for match in TIME.finditer(text):
        if match.end() != len(text):
            continue
        hour, minute, second = (int(match[n] or 0) for n in (1, 2, 3))
        if match[4]:
            hour = hour % 12 + 12 * (match[4] in "pP")
        if hour < 24 and minute < 60 and second < 60:
            zone = "Z" if match[5] == "UTC" else match[5] or ""
            return text[: match.start()].strip(), time(hour, minute, second), zone
    return text, MIDNIGHT, ""


Readings = dict[str, tuple[date, str]]  # by order: the date, and its format


def numeric_dates(text: str) -> Readings:
    match = NUMBERS.fullmatch(text)
    if not match:
        return {}
    numbers, mark = (match[1], match[3], match[4]), match[2]
    readings = {}
    for order, (d, m, y) in ORDERS.items():
        if not is_usual(order, mark, numbers[y]):
            continue
        if day := date_of(numbers[y], int(numbers[m]), numbers[d]):
            letters = "".join("%" + letter for letter in order)
            format = mark.join(letters[i : i + 2] for i in (0, 2, 4))
            is_long = len(numbers[y]) == 4
            readings[order] = day, format.replace("%y", "%Y" if is_long else "%y")
    return readings


def is_usual(order: str, mark: str, year: str) -> bool:
    """Whether anybody writes dates in this order with this mark."""
    if order == "ymd":
        return len(year) == 4 or mark == "-"
    return order == "dmy" or mark in "/-"


def named_date(text: str) -> Readings:
    """A date whose month is a word, in one of our languages."""
    if not DATE_CHARACTERS.fullmatch(text):
        return {}
    tokens = [t for t in TOKENS.findall(text.lower()) if t not in LINK_WORDS]
    months = [index for index, t in enumerate(tokens) if t in MONTH_NUMBERS]
    if len(tokens) != 3 or len(months) != 1:
        return {}
    month = MONTH_NUMBERS[tokens.pop(months[0])]
    first, second = tokens
    if months[0] == 1 and len(first) == 4:
        day, format = date_of(first, month, second), "%Y %B %d"
    elif months[0] < 2:
        format = "%d %B %Y" if months[0] else "%B %d, %Y"
        day = date_of(second, month, first)
    else:
        return {}
    return {"name": (day, format)} if day else {}


def date_of(year: str, month: int, day: str) -> date | None:
    if len(year) not in (2, 4) or len(day) > 2 or not (year + day).isdecimal():
        return None
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < CENTURY_TURN else 1900
    try:
        return date(number, month, int(day))
    except ValueError:
        return None


def excel_date(text: str) -> date | None:
    """The day that a spreadsheet stores as a number.

    >>> excel_date("46000")
    datetime.date(2025, 12, 9)
    """
    if not (text.isdecimal() and len(text) == 5 and int(text) in EXCEL_DAYS):
        return None
    return EXCEL_START + timedelta(days=int(text))


def standard_date(text: str, format: str) -> str | None:
    """A date in an explicit format of `strptime`, or in ISO, as `tables` writes it.

    Names of months may be in any of our languages.

    >>> standard_date("3. März 2025", "%d. %B %Y"), standard_date("3/4/25", "%d/%m/%y")
    ('2025-03-03', '2025-04-03')
    """
    text = text.strip()
    if format == EXCEL:
        day = excel_date(text)
        return day.isoformat() if day else None
    if ISO_DATE.match(text) and (written := written_date(text)):
        return written.standard("ymd")
    if format == COMPACT and len(text) != len("20251209"):
        return None
    if "%b" in format or "%B" in format:
        format = re.sub(r"%[bB]", "%m", format)
        text = re.sub(r"[^\W\d_]+\.?", month_digits, text)
    try:
        return datetime.strptime(text, format).date().isoformat()
    except ValueError:
        return None


def month_digits(match: re.Match[str]) -> str:
    number = MONTH_NUMBERS.get(match[0].lower().rstrip("."))
    return str(number) if number else match[0]
