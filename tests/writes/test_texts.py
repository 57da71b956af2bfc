"""Texts that say nothing or cannot be stored, in mutations and in files."""

from __future__ import annotations

import re
from typing import Any

import pytest

from service.errors import ImportRefusal
from service.vocabulary.texts import MOST_MESSAGE
from tests.formats.reading import faults_of
from tests.support.worlds import member, write

WRITE = """mutation ($input: OrganisationInput!) { upsertOrganisation(input: $input) {
  ... on Organisation { key name description url }
  ... on WriteError { problems { path code message } } } }"""
BLANKS = ["\u00a0", "\u3000\u2003", "\u200b", "\ufeff \u2028", "\u3164"]
CONTROLS = [
    "a\0b",
    "\x01",
    "a\x1fb",
    "tab\tbed",
    "two\nlines",
    "a\x7f",
    "a\x85b",
    "\ufffe",
]
URLS = [
    "acme.com",
    "www.acme.com",
    "https://",
    "https:///path",
    "//acme.com",
    "https:acme.com",
    "mailto:info@acme.com",
    "https://acme .com",
    "http://[::1",
    "http://acme.com:port",
]


@pytest.fixture
def upsert(ask, draw):
    draw({"members": [{"key": "old", "kind": "ORGANISATION", "name": "Old"}]})

    def upsert(**values: Any) -> dict[str, Any]:
        given = {"key": "acme", "name": "Acme", **values}
        return ask(WRITE, input=given)["upsertOrganisation"]

    return upsert


def in_a_file(folder, **values: str) -> list[str]:
    """The faults of members.csv with one member."""
    cells = {"key": "acme", "kind": "ORGANISATION", "name": "Acme", **values}
    write({"members": [cells]}, folder)
    return faults_of(folder, "tables")


def message(answer: dict[str, Any], column: str) -> str:
    [problem] = answer["problems"]
    assert problem["path"] == ["input", column]
    assert problem["code"] == "INVALID"
    return problem["message"]


@pytest.mark.parametrize("text", BLANKS, ids=ascii)
def test_a_blank_text_is_refused(upsert, text, tmp_path):
    for column in ("name", "key", "sector", "description"):
        assert message(upsert(**{column: text}), column) == "must not be blank"
    if text.strip():  # readers of files take spaces as an empty cell
        [fault] = in_a_file(tmp_path, name=text)
        assert fault.endswith("members.csv line 2, column name: must not be blank")


@pytest.mark.parametrize("text", CONTROLS, ids=ascii)
def test_a_control_character_is_refused_with_its_code_point(upsert, text, tmp_path):
    char = next(c for c in text if not c.isascii() or not c.isprintable())
    expected = f"must not contain U+{ord(char):04X}, "
    columns = ["key", "country", "url"]
    columns += [] if char in "\t\n" else ["name", "sector", "description"]
    for column in columns:
        assert message(upsert(**{column: text}), column).startswith(expected)
    if text.strip() == text:
        [fault] = in_a_file(tmp_path, country=text)
        assert f"line 2, column country: {expected}" in fault


def test_other_texts_have_lines_and_no_other_control_character(upsert, tmp_path):
    text = "one\n\ttwo\r\nthree"
    assert upsert(description=text)["description"] == text
    assert in_a_file(tmp_path, description=text) == []
    assert "U+000C" in message(upsert(description="a\fb"), "description")
    [fault] = in_a_file(tmp_path, description="a\x0bb")
    assert "column description: must not contain U+000B" in fault


@pytest.mark.parametrize("url", URLS)
def test_an_address_without_scheme_or_host_is_refused(upsert, url, tmp_path):
    expected = "must be an address with a scheme and a host, such as"
    assert message(upsert(url=url), "url").startswith(expected)
    [fault] = in_a_file(tmp_path, url=url)
    assert expected in fault


def test_a_message_has_only_the_beginning_of_a_long_value(upsert):
    long = "x" * 100_000
    assert message(upsert(url=long), "url").endswith(f"got '{'x' * 57}...'")


CONTRACT = """mutation ($currency: String, $key: String!) {
  contract: upsertContract(input: {key: "c", title: "C", currency: $currency}) { ...e }
  team: deleteTeam(key: $key) { ...e }
} fragment e on WriteError { problems { message } }"""


def test_a_currency_or_key_of_any_length_has_a_short_message(ask, upsert):
    long = "x" * 100_000
    answer = ask(CONTRACT, currency=long, key=long)
    [currency], [key] = (answer[name]["problems"] for name in ("contract", "team"))
    assert currency["message"].endswith(f"got '{'x' * 57}...'")
    assert key["message"].startswith("no Team has the key 'xxx")
    assert len(key["message"]) == MOST_MESSAGE


@pytest.mark.parametrize(
    "url",
    ["https://acme.com", "http://[::1]:8080/x?y#z", "HTTPS://åsvik.se/ö", "ftp://a"],
)
def test_an_address_with_scheme_and_host_is_stored_as_it_is(upsert, url, tmp_path):
    assert upsert(url=url)["url"] == url
    assert in_a_file(tmp_path, url=url) == []


def test_the_keys_of_ends_and_links_obey_the_same_rules(ask, upsert):
    text = """mutation ($key: String!) {
      tie: createFollowing(input: { source: "old", target: $key }) { ...e }
      link: createFeedback(input: { key: "f", giver: $key, provider: "old" }) { ...e }
    } fragment e on WriteError { problems { path message } }"""
    answer = ask(text, key="o\0ld")
    for field, column in (("tie", "target"), ("link", "giver")):
        [problem] = answer[field]["problems"]
        assert problem["path"] == ["input", column]
        assert "U+0000" in problem["message"]


@pytest.mark.database
@pytest.mark.parametrize("key", [".", ".."])
def test_a_key_that_no_address_can_have_is_refused(key, draw, ask):
    draw({})
    text = f"must not be '{key}', which is no part of an address"
    document = """mutation ($key: String!) { createTeam(input: {key: $key, name: "A"}) {
      ... on WriteError { problems { path message } } } }"""
    [problem] = ask(document, key=key)["createTeam"]["problems"]
    assert problem["path"][-1] == "key"
    assert text in problem["message"]
    with pytest.raises(ImportRefusal, match=re.escape(text)):
        draw({"members": [member(key)]})
