"""What the header of a column and the name of a sheet say, by the words of people."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from service.formats.sheets.number_texts import currency_codes
from service.vocabulary.kind_words import comparable_word

PLURALS = ("s", "es", "er", "ar", "n", "en", "r")  # ends of words for several
BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
WORDS = re.compile(r"[^\W_]+|[€$£%#°]+")
CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
FILLER_WORDS = "of the in du de del la le les des for för av i der d l"
FILLERS = frozenset(FILLER_WORDS.split())
# Amounts in thousands or millions, which the number alone does not say.
SCALED = re.compile(
    r"\b(tkr|tsek|teur|tusd|ksek|keur|kusd|kdkk|kkr|mkr|msek|meur|musd|mdkk|mio|mn|mkr"
    r"|tusen|tusental|thousands?|millions?|miljon(er)?|tausend|tsd|millionen|milliers?"
    r"|miles|millones|tusind|bn|000s?)\b|\b[kmt]\s?[€$£]|[€$£]\s?[kmt]\b|'000",
    re.IGNORECASE,
)
SIGNS = re.compile(r"[€$£¥]|\b[A-Z]{3}\b|\bkr\b|\beuro?s?\b")


class HeaderMeaning(NamedTuple):
    """What a header may stand for, the likeliest first.

    `owner` is the slot in the line that it describes: in "Seller country" the
    supplier. `number` tells "Person 1" from "Person 2".
    """

    slots: tuple[str, ...] = ()
    owner: str | None = None
    currencies: tuple[str, ...] = ()
    is_scaled: bool = False


@cache
def words_of_table(table: str) -> dict[str, tuple[str, ...]]:
    """What each comparable word stands for, in all languages."""
    meanings: dict[str, dict[str, None]] = defaultdict(dict)
    for names in languages().values():
        for slot, words in names.get(table, {}).items():
            for word in words:
                meanings[header_key(word)][slot] = None
    return {word: tuple(slots) for word, slots in meanings.items()}


@cache
def languages() -> dict[str, dict[str, dict[str, list[str]]]]:
    package = files("service.formats.proposals")
    return tomllib.loads(package.joinpath("header_words.toml").read_text("utf-8"))


def header_key(text: str) -> str:
    """
    >>> header_key("Org.nr"), header_key("N° client"), header_key("%")
    ('orgnr', 'nclient', '%')
    """
    return comparable_word(text) or text


def header_meaning(header: str) -> HeaderMeaning:
    """
    >>> header_meaning("Belopp (SEK)")[::2]
    (('value',), ('SEK',))
    >>> header_meaning("Seller country")[:2], header_meaning("Amount, k€").is_scaled
    ((('country',), 'supplier'), True)
    """
    slots, owner = slots_of(header)
    if not slots:
        bare = SCALED.sub(" ", SIGNS.sub(" ", BRACKETS.sub(" ", header)))
        slots, owner = slots_of(bare)
    units = "".join(f" {text}" for text in SIGNS.findall(header))
    codes = [code for sign in units.split() for code in currency_codes(sign)]
    is_scaled = SCALED.search(header) is not None
    return HeaderMeaning(slots, owner, tuple(dict.fromkeys(codes)), is_scaled)


def slots_of(header: str) -> tuple[tuple[str, ...], str | None]:
    """What a header stands for, and whose it is, if it says that."""
    known = words_of_table("columns")
    subject, mark, rest = header.partition(" - ")
    if mark and set(known.get(header_key(subject), ())) & ENDS.keys():
        whole = known.get(header_key(subject + rest), ())  # "Deal - Title" of a CRM
        return slots_of(f"{subject} {rest}") if whole else slots_of(rest)
    words = [word for part in CAMEL.split(header) for word in WORDS.findall(part)]
    if slots := known.get(header_key("".join(words) or header)):
        subject, _, last = slots[0].rpartition("_")
        return (("id",), subject) if last == "id" and subject else (slots, None)
    if words and (words[-1].isdecimal() or len(words[-1]) == 1) and len(words) > 1:
        unnumbered = known.get(header_key("".join(words[:-1])))
        if unnumbered:
            return unnumbered, None
    for part in header.split("/") if "/" in header else ():
        if slots := known.get(header_key(part)):
            return slots, None
    if words and "currency" in known.get(header_key(words[-1]), ()):
        return ("currency",), None
    return slots_of_parts(words)


def slots_of_parts(words: list[str]) -> tuple[tuple[str, ...], str | None]:
    """What two parts of a header say: whose it is, and what it is of it."""
    known = words_of_table("columns")
    for index in range(1, len(words)):
        parts = words[:index], words[index:]
        keys = [header_key("".join(without_fillers(part))) for part in parts]
        for subject, rest in (keys, keys[::-1]):
            slots = known.get(rest, ())
            ends = [slot for slot in known.get(subject, ()) if slot in ENDS]
            if slots and ends:
                return slots, ends[0]
    return (), None


def without_fillers(words: list[str]) -> list[str]:
    return [word for word in words if word.lower() not in FILLERS] or words


# What names a member, or another record, in a line: its table, kind and role.
ENDS: dict[str, tuple[str, str | None, str | None]] = {
    "person": ("members", "PERSON", None),
    "contact": ("members", "PERSON", None),
    "ceo": ("members", "PERSON", None),
    "organisation": ("members", "ORGANISATION", None),
    "team": ("members", "TEAM", None),
    "member": ("members", None, None),
    "investor": ("members", "ORGANISATION", "INVESTOR"),
    "startup": ("members", "ORGANISATION", "STARTUP"),
    "customer": ("members", "ORGANISATION", "CUSTOMER"),
    "supplier": ("members", "ORGANISATION", "SUPPLIER"),
    "mentor": ("members", "PERSON", "MENTOR"),
    "account_manager": ("members", "PERSON", None),
    "parent": ("members", "ORGANISATION", None),
    "subsidiary": ("members", "ORGANISATION", None),
    "competitor": ("members", "ORGANISATION", None),
    "follower": ("members", None, None),
    "followed": ("members", "ORGANISATION", None),
    "dependent": ("members", None, None),
    "provider": ("members", None, None),
    "organiser": ("members", "ORGANISATION", None),
    "referrer": ("members", None, None),
    "requester": ("members", None, None),
    "introducer": ("members", "PERSON", None),
    "meets": ("members", None, None),
    "giver": ("members", None, None),
    "source": ("members", None, None),
    "target": ("members", None, None),
    "contract": ("contracts", None, None),
    "offering": ("offerings", None, None),
    "capability": ("capabilities", None, None),
    "need": ("capabilities", None, None),
    "community": ("communities", None, None),
    "initiative": ("initiatives", None, None),
    "case": ("service_cases", None, None),
}


@cache
def plural_words() -> frozenset[str]:
    """The words for several members whose singular is known too, such as customers."""
    plurals = set[str]()
    for tables in languages().values():
        slots = tables["columns"]
        words = {header_key(w) for slot in ENDS for w in slots.get(slot, ())}
        ends = [(w, w.removesuffix(end)) for w in words for end in PLURALS]
        plurals |= {w for w, singular in ends if w != singular and singular in words}
    return frozenset(plurals)


def language_of(headers: Iterable[str]) -> str | None:
    """The language that most of the headers are words of; None if several are."""
    counts = Counter[str]()
    for language, tables in languages().items():
        words = {header_key(w) for ws in tables["columns"].values() for w in ws}
        counts[language] = sum(header_key(header) in words for header in headers)
    [(first, count), (_, second)] = counts.most_common(2)
    return first if count > second else None
