"""Mutations of bytes: what a broken, foreign or hostile file may have."""

from __future__ import annotations

import random
from collections.abc import Sequence

MOST_BYTES = 1_000_000  # before a mutation: else they, not the product, take memory
MOST_REPEATED = 100_000  # bytes that are repeated often
PIECES = [
    b"\0",
    b"\x1b[2J",
    b"\x7f",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",  # half a character
    b"\\ud800",
    b"\\u0000",
    "\u202e\u2028é漢😀".encode(),
    "ﷺ".encode() * 50,  # 18 times as long under NFKC
    b'"',
    b'""',
    b"'",
    b"\n",
    b"\r",
    b"\r\n",
    b",",
    b";",
    b":",
    b"\t",
    b" ",
    b"-1",
    b"0",
    b"1e400",
    b"-0.0",
    b"NaN",
    b"Infinity",
    b"9" * 20,
    b"9" * 400,
    b"9" * 5_000,
    b"9999-12-31",
    b"0001-01-01",
    b"2026-02-30",
    b"9999-12-31T23:59:59Z",
    b"0001-01-01T00:00:00+14:00",
    b"true",
    b"null",
    b"[]",
    b"{}",
    b'[{"id": []}]',
    b"[" * 99 + b"]" * 99,
    b"[" * 500 + b"]" * 500,
    b'{"a":' * 500 + b"1" + b"}" * 500,
    b"{a" * 300,
    b"(" * 300,
    b"<a>",
    b"</a>",
    b"<a b='c'/>",
    b"<!--",
    b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"&#0;",
    b"%s%n{}",
    b"$" * 10,
    b"x" * 700,
    b"x" * 140_000,
    b"," * 70_000,
    b"\n" * 5_000,
    b"/etc/passwd",
    b"../..",
]


def mutated(data: bytes, others: Sequence[bytes], random: random.Random) -> bytes:
    """`data` after one to six changes; `others` are samples to take parts from."""
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        data = random.choice(MUTATIONS)(data[:MOST_BYTES], others, random)
    return data


def span(data: bytes, random: random.Random) -> tuple[int, int]:
    """A part of the data, often a short one."""
    start = random.randrange(len(data) + 1)
    length = random.choice((1, 4, 20, 200, len(data)))
    return start, min(len(data), start + random.randrange(length + 1))


def insert(data: bytes, others: Sequence[bytes], random: random.Random) -> bytes:
    start, _ = span(data, random)
    return data[:start] + random.choice(PIECES) + data[start:]


def replace(data: bytes, others: Sequence[bytes], random: random.Random) -> bytes:
    start, end = span(data, random)
    return data[:start] + random.choice(PIECES) + data[end:]


def delete(data: bytes, others: Sequence[bytes], random: random.Random) -> bytes:
    start, end = span(data, random)
    return data[:start] + data[end:]


def repeat(data: bytes, others: Sequence[bytes], random: random.Random) -> bytes:
    start, end = span(data, random)
    count = random.choice((1, 2, 50 if end - start < MOST_REPEATED else 1))
    return data[:end] + data[start:end] * count + data[end:]


def flip(data: bytes, others: Sequence[bytes], random: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(data), random.choice((1, 3, 30)))):
        changed[random.randrange(len(data))] = random.randrange(256)
    return bytes(changed)


def splice(data: bytes, others: Sequence[bytes], random: random.Random) -> bytes:
    other = random.choice(others)
    first, last = span(other, random)
    start, end = span(data, random)
    return data[:start] + other[first:last] + data[end:]


def swap_words(data: bytes, others: Sequence[bytes], random: random.Random) -> bytes:
    """Two words change places: values come under other names."""
    words = data.split(b'"') if b'"' in data else data.split(b",")
    if len(words) > 1:
        a, b = random.randrange(len(words)), random.randrange(len(words))
        words[a], words[b] = words[b], words[a]
    return (b'"' if b'"' in data else b",").join(words)


def truncate(data: bytes, others: Sequence[bytes], random: random.Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def encode(data: bytes, others: Sequence[bytes], random: random.Random) -> bytes:
    encoding = random.choice(("utf-16", "latin-1", "utf-8-sig", "utf-32"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


MUTATIONS = [
    *(insert, insert, replace, replace, delete, repeat, flip),
    *(splice, swap_words, swap_words, truncate, encode),
]
