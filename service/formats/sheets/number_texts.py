"""Numbers as people write them, with marks of thousands, currencies and percent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

POINT, COMMA = ".", ","
DECIMALS = (POINT, COMMA)
MAX_LENGTH = 60
SPACES = "\\s\u00a0\u202f\u2009"
APOSTROPHES = "'’"
MINUS = "\u2212\u2013-"  # the minus sign, a dash and the hyphen
CODES = """
AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK
JOD JPY KES KRW KWD MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK
SGD THB TND TRY TWD UAH USD UYU VND ZAR
"""
# Codes by sign; of several the first is no better than the others.
CURRENCIES_OF_SIGNS: dict[str, tuple[str, ...]] = {
    **{code: (code,) for code in CODES.split()},
    "€": ("EUR",),
    "euro": ("EUR",),
    "£": ("GBP",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "US$": ("USD",),
    "A$": ("AUD",),
    "C$": ("CAD",),
    "R$": ("BRL",),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₩": ("KRW",),
    "₺": ("TRY",),
    "₽": ("RUB",),
    "₪": ("ILS",),
    "₫": ("VND",),
    "₴": ("UAH",),
    "₦": ("NGN",),
    "฿": ("THB",),
    "zł": ("PLN",),
    "Kč": ("CZK",),
    "Ft": ("HUF",),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kr.": ("DKK", "SEK", "NOK", "ISK"),
    ":-": ("SEK",),
    ",-": (),
}
SIGN = "|".join(
    re.escape(sign) for sign in sorted(CURRENCIES_OF_SIGNS, key=len, reverse=True)
)
NUMBER = re.compile(
    rf"""(?P<open>\()? \s* (?P<sign>[+{MINUS}])? \s* (?P<before>{SIGN})? \s*
    (?P<second>[+{MINUS}])? \s*
    (?P<body>[.,]?\d(?:[\d.,{APOSTROPHES}{SPACES}]*\d)?(?:[eE][-+]?\d+)?) \s*
    (?P<percent>%)? \s* (?P<after>{SIGN})? (?P<trailing>-)? (?P<close>\))?""",
    re.VERBOSE | re.IGNORECASE,
)
GROUPED = r"[1-9]\d{{0,2}}(?:(?P<mark>[{marks}])\d{{3}}(?:(?P=mark)\d{{3}})*)"
INDIAN = r"[1-9]\d?(?:,\d\d)+,\d{3}"
PLAIN = r"0|[1-9]\d*"
CURRENCIES_OF_THOUSANDTHS = ("BHD", "JOD", "KWD", "OMR", "TND")


@cache
def body_pattern(decimal: str) -> re.Pattern[str]:
    other = COMMA if decimal == POINT else POINT
    grouped = GROUPED.format(marks=f"{re.escape(other)}{APOSTROPHES}{SPACES}")
    indian = f"|{INDIAN}" if decimal == POINT else ""
    whole = rf"(?P<whole>{grouped}{indian}|{PLAIN})?"
    return re.compile(
        rf"{whole}(?:{re.escape(decimal)}(?P<rest>\d+))?(?P<power>[eE][-+]?\d+)?"
    )


@dataclass(frozen=True)
class WrittenNumber:
    """A number as it is written; what it is depends on the decimal sign."""

    body: str
    is_negative: bool
    is_percent: bool
    currency: str | None  # its sign, such as €

    def standard(self, decimal: str, thousands: str | None = None) -> str | None:
        """The number as `tables` writes it; None if it does not fit these marks."""
        match = body_pattern(decimal).fullmatch(self.body)
        if match is None or not (match["whole"] or match["rest"]):
            return None
        mark = match["mark"] or (COMMA if COMMA in (match["whole"] or "") else None)
        if mark and thousands is not None and not is_same_mark(mark, thousands):
            return None
        whole = re.sub(r"\D", "", match["whole"] or "0")
        text = whole + (f".{match['rest']}" if match["rest"] else "")
        text += match["power"] or ""
        if self.is_percent:
            text = format(Decimal(text).scaleb(-2).normalize(), "f")
        return f"-{text}" if self.is_negative else text


def written_number(text: str) -> WrittenNumber | None:
    """The parts of a text that may be a number.

    >>> written_number("€ 1 250,00").standard(",")
    '1250.00'
    >>> written_number("12.5").standard(",") is None
    True
    """
    if len(text) > MAX_LENGTH or not (match := NUMBER.fullmatch(text)):
        return None
    if bool(match["open"]) != bool(match["close"]):
        return None
    signs = [match["sign"], match["second"], match["trailing"]]
    if sum(map(bool, signs)) + bool(match["open"]) > 1:
        return None
    is_negative = bool(match["open"]) or any(sign in MINUS for sign in signs if sign)
    if match["before"] and match["after"]:
        return None
    sign = match["before"] or match["after"]
    return WrittenNumber(match["body"], is_negative, bool(match["percent"]), sign)


def standard_number(
    text: str, decimal: str = POINT, thousands: str | None = None
) -> str | None:
    """A number with these marks as `tables` writes it; None if the text is none.

    >>> standard_number("1,234.56"), standard_number("1.250,75 kr", ",")
    ('1234.56', '1250.75')
    """
    number = written_number(text.strip())
    return number.standard(decimal, thousands) if number else None


def is_same_mark(mark: str, other: str) -> bool:
    """Spaces are one mark, however wide they are, and so are apostrophes."""
    if mark.isspace() and other.isspace():
        return True
    return mark == other or (mark in APOSTROPHES and other in APOSTROPHES)


def currency_codes(sign: str) -> tuple[str, ...]:
    """The currencies that a sign may stand for.

    >>> currency_codes("€"), currency_codes("kr")[0]
    (('EUR',), 'SEK')
    """
    folded = {key.casefold(): codes for key, codes in CURRENCIES_OF_SIGNS.items()}
    return folded.get(sign.casefold(), ())
