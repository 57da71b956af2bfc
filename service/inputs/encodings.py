"""Which encoding a text has: UTF-8, UTF-16 or UTF-32, else Windows-1252."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable

# UTF-32 first: the mark of UTF-16 is its beginning.
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
WINDOWS_1252 = "cp1252"
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    WINDOWS_1252: "Windows-1252",
}
SAMPLE = 1 << 12
MOST_NUL = 0.4  # of the bytes at even, or at odd, positions of UTF-16 without a mark
LEAST_ASCII = 0.6  # of the letters of a text in Windows-1252, at least
UNUSED_BYTES = b"\x81\x8d\x8f\x90\x9d"  # no characters of Windows-1252
ASCII_LETTERS = bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B))
OTHER_BYTES = bytes(range(0x80, 0x100))

Chunks = Callable[[], Iterable[bytes]]  # the bytes of a file, from its beginning
# "Ã" or "Ä" and the next byte of a letter: no two letters of a word in Windows-1252.
UTF8_LETTER = re.compile(rb"[\xc3-\xc5][\x80-\xbf](?![\x80-\xff])")


class UnknownEncoding(ValueError):
    """The bytes are text of none of these encodings; `line` is where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def encoding_name(encoding: str) -> str:
    """The name for people.

    >>> encoding_name("utf-8-sig"), encoding_name("cp1250")
    ('UTF-8', 'cp1250')
    """
    return NAMES.get(codec_name(encoding) or encoding, encoding)


def codec_name(encoding: str) -> str | None:
    """Python's name of an encoding of texts; None for every other word.

    >>> codec_name("Windows-1252"), codec_name("rot13"), codec_name("nix")
    ('cp1252', None, None)
    """
    try:
        "a".encode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError, TypeError):
        return None


def encoding_of_sample(head: bytes) -> str | None:
    """The encoding that the first bytes of a text show, by a mark or by zero bytes."""
    for mark, encoding in MARKS.items():
        if head.startswith(mark):
            return encoding
    sample = head[:SAMPLE]
    most = MOST_NUL * len(sample) / 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > most and even < odd / 4:
        return "utf-16-le"
    return "utf-16-be" if even > most and odd < even / 4 else None


def encoding_of(chunks: Chunks) -> str:
    """The encoding of a whole text, which is read to its end unless a mark tells it.

    >>> encoding_of(lambda: [b"Malm\\xc3", b"\\xb6"])
    'utf-8'
    >>> encoding_of(lambda: [b"Malm\\xf6 Bryggeri"])
    'cp1252'
    """
    head = next(iter(chunks()), b"")
    if encoding := encoding_of_sample(head):
        return encoding
    try:
        check_utf8(chunks())
    except UnknownEncoding:
        if not is_windows_1252(chunks()):
            raise
        return WINDOWS_1252
    return "utf-8"


def check_utf8(chunks: Iterable[bytes]) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    try:
        for chunk in chunks:
            decoder.decode(chunk)
            line += chunk.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        line += error.object.count(b"\n", 0, error.start)
        text = f"neither UTF-8 ({error.reason}) nor Windows-1252"
        raise UnknownEncoding(text, line) from error


def is_windows_1252(chunks: Iterable[bytes]) -> bool:
    """Whether it can be a text of western Europe: most letters have no accent.

    A text with letters in UTF-8 is one with an error in it.
    """
    latin = others = 0
    for chunk in chunks:
        if len(chunk.translate(None, UNUSED_BYTES)) < len(chunk):
            return False
        if UTF8_LETTER.search(chunk):
            return False
        latin += len(chunk) - len(chunk.translate(None, ASCII_LETTERS))
        others += len(chunk) - len(chunk.translate(None, OTHER_BYTES))
    return latin >= LEAST_ASCII * (latin + others)
