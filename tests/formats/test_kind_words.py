"""Words for kinds: each says one thing, and our own names mean what they say."""

from __future__ import annotations

from collections import Counter

import pytest

from service.vocabulary import TIES
from service.vocabulary.enums import MemberKind, MemberRole, TieKind
from service.vocabulary.kind_words import (
    comparable_word,
    member_meaning,
    tie_meaning,
    words_of,
)


@pytest.mark.parametrize("table", ["members", "ties"])
def test_no_word_has_two_meanings(table):
    meanings = {(comparable_word(word), names) for names, word in words_of(table)}
    words = Counter(word for word, _ in meanings)
    assert [word for word, count in words.items() if count > 1] == []


@pytest.mark.parametrize("kind", TIES)
def test_our_names_of_ties_mean_their_kind(kind):
    for name in (kind.value, kind.value.lower().replace("_", " "), TIES[kind].type):
        assert tie_meaning(name).kinds[0] == kind
        assert not tie_meaning(name).is_reversed


@pytest.mark.parametrize(
    ("word", "kind", "role"),
    [
        ("Organisation", "ORGANISATION", None),
        ("Companies", "ORGANISATION", None),
        ("PERSON", "PERSON", None),
        ("Teams", "TEAM", None),
        ("Start-up", "ORGANISATION", "STARTUP"),
        ("investors", "ORGANISATION", "INVESTOR"),
        ("Business angel", "PERSON", "INVESTOR"),
        ("public_body", "ORGANISATION", "PUBLIC_BODY"),
        ("Investerare", "ORGANISATION", "INVESTOR"),
        ("Affärsängel", "PERSON", "INVESTOR"),
        ("Kunde", "ORGANISATION", "CUSTOMER"),
        ("Virksomhed", "ORGANISATION", None),
        ("Behörde", "ORGANISATION", "PUBLIC_BODY"),
        ("Fournisseur", "ORGANISATION", "SUPPLIER"),
        ("Universidad", "ORGANISATION", "UNIVERSITY"),
    ],
)
def test_words_for_members(word, kind, role):
    assert member_meaning(word) == (MemberKind[kind], role and MemberRole[role])


@pytest.mark.parametrize(
    ("word", "kind", "is_reversed"),
    [
        ("works for", "EMPLOYMENT", False),
        ("Employs", "EMPLOYMENT", True),
        ("Invested in", "INVESTMENT", False),
        ("customer of", "EXCHANGE", True),
        ("part of", "AFFILIATION", False),
        ("member of", "MEMBERSHIP", False),
        ("KNOWS", "ACQUAINTANCE", False),
        ("arbetar på", "EMPLOYMENT", False),
        ("köper av", "EXCHANGE", True),
        ("afhænger af", "DEPENDENCY", False),
        ("betreut", "ACCOUNT_MANAGEMENT", False),
        ("travaille chez", "EMPLOYMENT", False),
        ("invierte en", "INVESTMENT", False),
    ],
)
def test_words_for_ties(word, kind, is_reversed):
    meaning = tie_meaning(word)
    assert (meaning.kinds[0], meaning.is_reversed) == (TieKind[kind], is_reversed)
    assert tie_meaning(f"{word} flour") is None
