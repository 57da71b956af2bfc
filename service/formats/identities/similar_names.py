"""Names that differ by one typing error, such as "Lumen Lab" and "Lumen Labs".

They are possible duplicates, and never one member by themselves. Names of at least six
characters are compared. The words that differ begin alike, one of them has at least
four letters, and neither has digits: "Fund 1" and "Fund 2" are others, and so are
"Fund II" and "Fund III".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

MOST_NAMES = 200_000  # more are not compared
SHORTEST, LEAST_LETTERS = 6, 4  # characters of a name, and of a word that differs
ROMAN = frozenset("ivxlcdm")
DIGITS = frozenset("0123456789")


def similar_names(
    new: frozenset[str], names: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Pairs of comparable names that one typing error tells apart; one of each is new.

    Two such names have a half in common, and a deletion makes them equal (T. Bocek,
    E. Hunt, B. Stiller, Fast Similarity Search in Large Dictionaries, 2007). Cost: time
    O(n · length); memory for the halves of the new names, and for the deletions of the
    names of one length.

    >>> list(similar_names(frozenset(["lumen labs"]), ["lumen labs", "lumen lab"]))
    [('lumen labs', 'lumen lab')]
    """
    if len(names) > MOST_NAMES:
        return
    halves = {half for name in new for half in halves_of(name)}
    by_length: dict[int, list[str]] = defaultdict(list)
    for name in names if halves else ():
        if is_comparable(name) and not halves.isdisjoint(halves_of(name)):
            by_length[len(name)].append(name)
    for length, group in by_length.items():
        for pair in neighbours(group, set(by_length.get(length - 1, ()))):
            if not new.isdisjoint(pair) and is_typing_error(*pair):
                yield pair


def is_comparable(name: str) -> bool:
    return len(name) >= SHORTEST and DIGITS.isdisjoint(name)


def halves_of(name: str) -> Iterator[str]:
    """What one error leaves at one of the ends of a name, whatever its length."""
    for size in ((len(name) - 1) // 2, (len(name) - 2) // 2):
        yield f"{name[:size]}…"
        yield f"…{name[len(name) - size :]}"


def neighbours(
    group: Iterable[str], shorter: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Names of one length that deletions make equal, or equal to a shorter name."""
    by_deletion: dict[str, list[str]] = defaultdict(list)
    for name in group:
        for rest in {name[:i] + name[i + 1 :] for i in range(len(name))}:
            if rest in shorter:
                yield name, rest
            yield from ((other, name) for other in by_deletion[rest])
            by_deletion[rest].append(name)


def is_typing_error(left: str, right: str) -> bool:
    """Whether a letter of one word, or a space, is missing, other or at another place.

    >>> is_typing_error("lumen lab", "lumen labs"), is_typing_error("old x", "old y")
    (True, False)
    >>> is_typing_error("hill bakery", "mill bakery")  # other words
    False
    """
    words = left.split(), right.split()
    if len(words[0]) != len(words[1]):
        return "".join(words[0]) == "".join(words[1])
    pairs = [pair for pair in zip(*words, strict=True) if pair[0] != pair[1]]
    if len(pairs) != 1:
        return False
    [(first, second)] = pairs
    is_word = max(len(first), len(second)) >= LEAST_LETTERS and first[0] == second[0]
    return (
        is_word and not ROMAN.issuperset(first + second) and is_one_edit(first, second)
    )


def is_one_edit(first: str, second: str) -> bool:
    """Whether one insertion, change or exchange of neighbours makes two words equal."""
    if len(first) != len(second):
        return True  # that a deletion makes them equal is known
    unequal = [i for i in range(len(first)) if first[i] != second[i]]
    is_exchange = len(unequal) == 2 and unequal[1] == unequal[0] + 1
    swapped = is_exchange and first[unequal[0]] == second[unequal[1]]
    return len(unequal) == 1 or (swapped and first[unequal[1]] == second[unequal[0]])
