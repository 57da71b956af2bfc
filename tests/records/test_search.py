"""search: words, beginnings of words, scores, pages, and whatever people type."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.support.worlds import contract, member

SEARCH = """query ($text: String!, $kinds: [SearchKind!], $first: Int, $after: String,
    $asOf: Date) {
  search(text: $text, kinds: $kinds, first: $first, after: $after, asOf: $asOf) {
    totalCount edges { score cursor } pageInfo { hasNextPage endCursor }
    nodes { __typename id ... on Member { key } ... on Contract { key } } } }"""


@pytest.fixture(scope="module")
def firms(draw):
    names = {"a": "Åsvik Pump", "b": "Pump Service Norr", "c": "Pumpkin Farm"}
    names |= {"d": "R&D Åsvik", "e": "O'Brien Pumps", "f": "Mill"}
    draw(
        {
            "members": [
                *(member(key, name=name) for key, name in names.items()),
                member("g", "TEAM", name="Pump team", until="2020-01-01"),
            ],
            "contracts": [contract("k", title="Pump supply", status="DRAFT")],
        }
    )


def found(ask, text: str, **more: Any) -> list[str]:
    return sorted(
        node["key"] for node in ask(SEARCH, text=text, **more)["search"]["nodes"]
    )


def test_every_word_must_be_there_whole_or_as_a_beginning(firms, ask):
    assert found(ask, "pump") == ["a", "b", "c", "e", "g", "k"]
    assert found(ask, "PUMP åsv") == ["a"]
    assert found(ask, "pump mill") == []
    assert found(ask, "r&d") == ["d"]
    assert found(ask, "o'brien") == ["e"]
    assert found(ask, "(pump") == found(ask, "pump")


def test_a_whole_word_scores_higher_than_a_beginning(firms, ask):
    edges = ask(SEARCH, text="pump", kinds=["ORGANISATION"])["search"]
    keys = [node["key"] for node in edges["nodes"]]
    assert set(keys[:2]) == {"a", "b"}
    assert set(keys[2:]) == {"c", "e"}
    scores = [edge["score"] for edge in edges["edges"]]
    assert scores == sorted(scores, reverse=True)
    assert scores[1] > scores[2]


def test_only_the_kinds_and_the_day_asked_for(firms, ask):
    assert found(ask, "pump", kinds=["TEAM", "CONTRACT"]) == ["g", "k"]
    assert found(ask, "pump", asOf="2026-11-01") == ["a", "b", "c", "e"]
    assert found(ask, "pump", asOf="2019-01-01", kinds=["TEAM"]) == ["g"]
    then = ask(SEARCH, text="pump", asOf="2026-11-01", first=1)["search"]
    assert (then["totalCount"], len(then["nodes"])) == (4, 1)
    assert ask(SEARCH, text="((")["search"]["totalCount"] == 0


def test_pages_of_a_search_hold_each_match_once(firms, ask):
    whole = ask(SEARCH, text="pump")["search"]
    seen, after = [], None
    for _ in range(6):
        page = ask(SEARCH, text="pump", first=1, after=after)["search"]
        seen += page["nodes"]
        assert page["totalCount"] == 6
        after = page["pageInfo"]["endCursor"]
        assert page["pageInfo"]["hasNextPage"] == (len(seen) < 6)
    assert seen == whole["nodes"]
    assert ask(SEARCH, text="pump", after=after)["search"]["nodes"] == []


def test_a_cursor_of_another_search_is_the_clients_error(firms, ask):
    after = ask(SEARCH, text="pump", first=1)["search"]["pageInfo"]["endCursor"]
    for text, cursor in (("mill", after), ("pump", "what")):
        [error] = ask(SEARCH, errors=True, text=text, after=cursor)["errors"]
        assert error.original_error.code == "BAD_USER_INPUT"
        assert error.message.startswith("after: ")


def test_too_long_a_text_is_the_clients_error(firms, ask):
    [error] = ask(SEARCH, errors=True, text="a" * 201)["errors"]
    assert error.message == "text: expected at most 200 characters."


@pytest.mark.parametrize(
    "text",
    ["", " ", "*", "*:*", "AND OR NOT", "\0", '"', "((", "[a TO", "/.*/", "name:a"],
)
def test_operators_of_the_index_are_only_text(firms, ask, text):
    assert found(ask, text) == []


@given(text=st.text('aP&|!(){}[]^"~*?:\\/+- ANDORT\0é😀', max_size=12))
@settings(max_examples=40, phases=[Phase.generate])
def test_no_text_is_an_error(firms, ask, text):
    ask(SEARCH, text=text)


SPELLINGS = {
    "a": ("Åsvik Vatten", ["asvik", "ÅSVIK", "åsvik", "A\u030asvik", "asv vatten"]),
    "b": ("Müller & Söhne", ["muller", "Muller sohne", "MÜLLER", "mu\u0308ll"]),
    "c": ("O'Reilly", ["o'reilly", "O’Reilly", "o’rei", "O‘Reilly"]),
    "d": ("O’Brien", ["o'brien", "O’BRIEN", "o'br"]),
    "e": ("Straße 9", ["strasse", "straße", "STRASSE 9"]),
    "f": ("Ærø Færge", ["aero", "ærø", "aerø faer"]),
    "g": ("Łódź Mill", ["lodz", "Łódź", "łod"]),
    "h": ("İzmir Işık", ["izmir", "İZMİR", "izmir isik", "ışık"]),
    "i": ("Smith-Jones", ["smith-jones", "smith-jon", "jones", "smith\u2011jones"]),
    "j": ("Nguyễn Văn", ["nguyen", "nguyễn", "NGUYE van"]),
    "k": ("Αθήνα", ["αθήνα", "ΑΘΉΝΑ"]),
    "l": ("Йога", ["йога", "ЙОГА"]),
    "m": ("हिन्दी सेवा", ["हिन्दी", "हिन्दी सेवा"]),
    "n": ("ガス", ["ガス"]),
    "o": ("Þórr Đuro Œuvre", ["thorr", "duro", "oeuvre", "ÞÓRR ĐURO ŒUVRE"]),
    "q": ("Va\u030arvik Ju\u0308rgens", ["varvik", "vårvik", "VARV jurg", "Jürgens"]),
    "p": (
        "\uff26\uff55\uff4c\uff4c \ufb01ne",
        ["full", "\uff46\uff55\uff4c\uff4c", "fine"],
    ),
}


def test_a_word_is_found_however_its_letters_are_typed(draw, ask):
    rows = [member(key, name=name) for key, (name, _) in SPELLINGS.items()]
    draw({"members": rows})
    expected = {text: [key] for key, (_, t) in SPELLINGS.items() for text in t}
    assert {text: found(ask, text) for text in expected} == expected
    assert found(ask, "smith brien") == found(ask, "smith-brien") == []


def test_accents_fold_in_every_text_that_is_searched(draw, ask):
    need = {"need": "Kühlung", "requester": "a", "introducer": "b", "target": "c"}
    draw(
        {
            "members": [
                member("a", description="Överallt", sector="Café"),
                member("b", "PERSON", region="Málaga"),
                member("c", "PERSON", function="Förvaltning"),
            ],
            "contracts": [contract("k", title="Señal", terms="Größe")],
            "introductions": [{"key": "i", **need, "reason": "naïve"}],
            "feedback": [{"key": "f", "giver": "b", "comment": "très bien"}],
        }
    )
    text = "query ($text: String!) { search(text: $text) { totalCount } }"
    words = "overallt cafe malaga forvaltning senal grosse kuhlung naive tres"
    for word in words.split():
        assert ask(text, text=word) == {"search": {"totalCount": 1}}, word


def test_every_latin_letter_is_folded_as_the_index_folds_it(draw, ask):
    ranges = [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]
    ranges.remove(ord("Ỽ"))  # folded in upper case alone
    letters = {f"x{c:x}": chr(c) for c in ranges if chr(c).isalpha()}
    rows = [member(key, name=f"{char}{key}") for key, char in letters.items()]
    draw({"members": rows})
    prefixes = {key: f"{char}{key}"[:-1] for key, char in letters.items()}
    text = """query ($text: String!) { search(text: $text, first: 200) {
      nodes { ... on Member { key } } } }"""
    missed = {
        key: letters[key]
        for key, prefix in prefixes.items()
        if {"key": key} not in ask(text, text=prefix)["search"]["nodes"]
    }
    assert missed == {}
