"""The rules for texts: their characters, names that say nothing, web addresses."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

LINE_BREAKS = "\t\n\r"
# Control characters, halves of characters, and what XML files cannot hold.
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
FORBIDDEN_IN_LINES = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters without a shape
INVISIBLE_CATEGORIES = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Mn"))
BLANK = "must not be blank"
MOST_QUOTED = 60  # characters of a value in a message
MOST_MESSAGE = 2_000  # characters of a message to a client


class InvalidValue(ValueError):
    """Says in plain words what a value must be; the caller adds where it is."""


def excerpt(value: object) -> str:
    """A value in a message to a person, never longer than a line.

    >>> excerpt("a"), excerpt(5.0), excerpt("x" * 1_000)[-8:]
    ("'a'", '5.0', "xxxx...'")
    """
    if isinstance(value, str):
        return repr(beginning_of(value, MOST_QUOTED))
    return beginning_of(repr(value), MOST_QUOTED)


def beginning_of(text: str, most: int) -> str:
    """At most so many characters of a text; three dots say that it is longer."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def line_of_text(value: Any) -> str:
    """A text of one line, such as a key."""
    return checked_characters(value, FORBIDDEN)


def lines_of_text(value: Any) -> str:
    """A text that may have tabs and line breaks."""
    return checked_characters(value, FORBIDDEN_IN_LINES)


def checked_characters(value: Any, forbidden: re.Pattern[str]) -> str:
    if not isinstance(value, str):
        raise InvalidValue(f"must be a text; got {excerpt(value)}")
    if value.isascii() and value.isprintable() and value.strip():
        return value  # nearly every text, ten times faster
    if match := forbidden.search(value):
        name = character_name(match[0])
        where = f"character {match.start() + 1}"
        raise InvalidValue(f"must not contain {name}; {where} of the text is one")
    if is_blank(value):
        raise InvalidValue(BLANK)
    return value


def character_name(char: str) -> str:
    """
    >>> character_name(chr(0)), character_name(chr(10))
    ('U+0000, a control character', 'U+000A, a tab or line break')
    """
    kind = "a control character"
    if char in LINE_BREAKS:
        kind = "a tab or line break"
    elif "\ud800" <= char <= "\udfff":
        kind = "half a character"
    elif char >= "\ufffe":
        kind = "which is not a character"
    return f"U+{ord(char):04X}, {kind}"


def is_blank(text: str) -> bool:
    """Whether nothing in the text can be seen: only white space of any kind.

    >>> is_blank(chr(0xA0) + chr(0x200B)), is_blank(" a")
    (True, False)
    """
    return all(
        char in INVISIBLE or unicodedata.category(char) in INVISIBLE_CATEGORIES
        for char in text
    )


def checked_url(value: Any) -> str:
    """
    >>> checked_url("https://example.com/about")
    'https://example.com/about'
    """
    text = line_of_text(value)
    if not is_url(text):
        example = "a scheme and a host, such as https://example.com"
        raise InvalidValue(f"must be an address with {example}; got {excerpt(text)}")
    return text


def is_url(text: str) -> bool:
    """
    >>> is_url("ftp://example.com"), is_url("example.com"), is_url("mailto:a@b.se")
    (True, False, False)
    """
    try:
        parts = urlsplit(text)
        has_port = parts.port is None or parts.port > 0
    except ValueError:  # of the port, or of an address in brackets
        return False
    has_host = not is_blank(parts.hostname or "")
    has_space = any(char.isspace() for char in text)
    return bool(parts.scheme) and has_host and has_port and not has_space
