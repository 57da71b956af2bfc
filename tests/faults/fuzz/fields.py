"""Names with values, as addresses and forms have them, and mutations of both."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from tests.faults.fuzz.mutations import mutated

Pairs = list[tuple[bytes, bytes]]
Fields = Mapping[str, Sequence[str]]  # the sample values of each field
MOST_BYTES = 200_000  # of a name or a value
DAYS = ["2026-11-01", "2024-02-29", "2025-06-15", "0001-01-01", "9999-12-31", ""]
NUMBERS = ["0", "1", "5", "0.5", "100", "-1", "3650", "1e3", "2147483648", "9" * 20]
TEXTS = ["a", "Åsvik & Co", "fuktlys", "x" * 300, "new:A", "1; 2", "=1+1", "SEK", ""]


def some_pairs(fields: Fields, most: int, random: random.Random) -> Pairs:
    """At most so many of the fields, each with one of its values."""
    names = random.sample([*fields], random.randint(0, min(most, len(fields))))
    return all_pairs({name: fields[name] for name in names}, random)


def all_pairs(fields: Fields, random: random.Random) -> Pairs:
    return [
        (name.encode(), random.choice(values).encode())
        for name, values in fields.items()
    ]


def mutated_pairs(
    pairs: Pairs, others: Sequence[bytes], random: random.Random
) -> Pairs:
    """The same pairs after up to three changes of a value, a name or their order."""
    pairs = list(pairs)
    for _ in range(random.choice((0, 0, 1, 1, 2, 3)) if pairs else 0):
        index = random.randrange(len(pairs))
        name, value = pairs[index]
        match random.randrange(8):
            case 0:
                pairs[index] = mutated(name, others, random), value
            case 1:
                pairs.append((name, random.choice(others)))
            case 2:
                pairs[index] = random.choice(pairs)
            case 3:
                pairs[index] = name, random.choice(others)
            case _:
                pairs[index] = name, mutated(value, others, random)
    return [(name[:MOST_BYTES], value[:MOST_BYTES]) for name, value in pairs]


def encoded(pairs: Pairs) -> bytes:
    return urlencode(pairs).encode()


def mutated_address(
    path: str, pairs: Pairs, others: Sequence[bytes], random: random.Random
) -> bytes:
    """An address whose parameters are mutated, or sometimes all of it."""
    address = quote(path, safe="/.$'(),=@").encode()
    address += b"?" + encoded(mutated_pairs(pairs, others, random))
    if random.random() < 0.1:
        address = mutated(address[:MOST_BYTES], others, random)
    return address[:MOST_BYTES]
