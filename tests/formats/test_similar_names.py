"""Names that differ by one typing error are possible duplicates, never one member."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from service.formats.identities.entity import MERGED, SEPARATE
from service.formats.identities.similar_names import (
    MOST_NAMES,
    is_comparable,
    is_typing_error,
    similar_names,
)
from tests.formats.test_identities import decided, identified, stored, works
from tests.formats.test_identities import given as row

NAMES = st.text("ab ", min_size=4, max_size=9).map(lambda text: " ".join(text.split()))


def distance(left, right):
    """Insertions, deletions, changes and exchanges of neighbours between two names.

    Source: Wagner and Lowrance, optimal string alignment.
    """
    table = [[i + j for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            is_equal = left[i - 1] == right[j - 1]
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (not is_equal),
            )
            ends = left[i - 2 : i], right[j - 2 : j]
            if i > 1 and j > 1 and ends[0] == ends[1][::-1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@settings(max_examples=300, deadline=None)
@given(st.sets(NAMES, max_size=12), st.sets(NAMES, max_size=4))
def test_pairs_are_those_of_all_pairs_with_a_distance_of_one(names, new):
    every = sorted(names | new)
    pairs = {frozenset(pair) for pair in similar_names(frozenset(new), every)}
    assert pairs == {
        frozenset((left, right))
        for left in every
        for right in every
        if left < right
        and new & {left, right}
        and is_comparable(left)
        and is_comparable(right)
        and distance(left, right) == 1
        and is_typing_error(*sorted((left, right), key=len, reverse=True))
    }


def pairs_of(*rows, existing=()):
    return identified(list(rows), existing=existing)[2]


def test_firms_of_one_country_with_a_typing_error_are_listed_and_stay_two():
    rows = [row("Lumen Lab", "SE"), row("Lumen Labs AB"), row("Lumen Labz", "NO")]
    members, _, pairs, _ = identified(rows, existing=[])
    assert {cells["key"] for cells in members} == {
        "lumen-lab",
        "lumen-labs",
        "lumen-labz",
    }
    assert {frozenset(pair[:2]) for pair in pairs} == {
        frozenset(("lumen-lab", "lumen-labs")),
        frozenset(("lumen-labs", "lumen-labz")),
    }
    assert {pair[2] for pair in pairs} == {SEPARATE}
    known = [stored("lumen", "Lumen Lab", "SE")]
    pairs = pairs_of(row("Lumen Labs", "SE"), existing=known)
    assert pairs == [("lumen-labs", "lumen", SEPARATE)]
    assert pairs_of(existing=[*known, stored("labs", "Lumen Labs")]) == []


def test_numbers_and_short_or_other_words_are_other_names():
    names = [
        "Fund 11",
        "Fund 12",
        "Nord Fund II",
        "Nord Fund III",
        "Bakery X",
        "Bakery Y",
    ]
    names += ["Hill Bakery", "Mill Bakery", "Torv", "Torva"]
    assert pairs_of(*map(row, names)) == []


def test_people_are_listed_if_they_share_an_employer():
    firm = row("Old Mill", id="firm")
    people = [
        row("Anna Berg", kind="PERSON", id="1"),
        row("Ana Berg", kind="PERSON", id="2"),
    ]
    jobs = [works("1", "firm"), works("2", "firm")]
    assert pairs_of(firm, *people) == []
    assert [pair[2] for pair in pairs_of(firm, *people, *jobs)] == [SEPARATE]


def test_a_person_says_that_two_spellings_are_one_member():
    known = [stored("lumen", "Lumen Lab", "SE")]
    rows = [row("Lumen Labs", id="1"), row("Torva", id="2")]
    rows.append(
        (
            "ties",
            rows[0][1]._replace(
                cells={"kind": "EXCHANGE", "source": "Lumen Labs", "target": "2"},
                id=None,
            ),
        )
    )
    members, ties, pairs, faults = decided(
        rows, existing=known, same=[("file 0 1", "key lumen")]
    )
    assert ([cells["key"] for cells in members], faults) == (["lumen", "torva"], [])
    assert (ties, pairs) == ([("lumen", "torva")], [("lumen", "lumen", MERGED)])


def test_very_many_names_are_not_compared():
    names = [
        f"{'x' * 6}{number:x}".translate(TO_LETTERS) for number in range(MOST_NAMES)
    ]
    new = frozenset(["lumen labs"])
    pair = ["lumen labs", "lumen lab"]
    assert list(similar_names(new, [*names[:-2], *pair])) == [tuple(pair)]
    assert list(similar_names(new, [*names, *pair])) == []


TO_LETTERS = str.maketrans("0123456789", "ghijklmnop")
