"""What common words say about members and ties: their kinds and roles.

kind_words.toml has the words of each language. Readers of files of other programs use
them; our own names, such as PUBLIC_BODY and DEPENDS_ON, are known as well.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from service.vocabulary import MEMBER_KINDS, ROLE_LABELS, TIES
from service.vocabulary.enums import MemberKind, MemberRole, TieKind
from service.vocabulary.folding import fold

SEPARATORS = re.compile(r"[\W_]+")
REVERSED = "of"


class MemberMeaning(NamedTuple):
    """A kind of member, and the role that its members play, if it says one.

    The kind is certain where there is no role: an investor may be a person.
    """

    kind: MemberKind
    role: MemberRole | None = None


class TieMeaning(NamedTuple):
    """Kinds of ties, the likeliest first; `is_reversed`: from target to source."""

    kinds: tuple[TieKind, ...]
    is_reversed: bool = False


@lru_cache(maxsize=10_000)
def comparable_word(text: str) -> str:
    """
    >>> comparable_word("Start-Up"), comparable_word("public_body")
    ('startup', 'publicbody')
    """
    return SEPARATORS.sub("", fold(text))


@lru_cache(maxsize=10_000)
def member_meaning(text: str) -> MemberMeaning | None:
    """What a word says about a member; None if it is no such word.

    >>> member_meaning("Company").kind.name, member_meaning("Start-ups").role.name
    ('ORGANISATION', 'STARTUP')
    >>> member_meaning("bridge") is None
    True
    """
    word = comparable_word(text)
    return member_words().get(word) or member_words().get(word.removesuffix("s"))


@lru_cache(maxsize=10_000)
def tie_meaning(text: str) -> TieMeaning | None:
    """What a word says about a tie; None if it is no such word.

    >>> tie_meaning("works for").kinds[0].name, tie_meaning("customer of").is_reversed
    ('EMPLOYMENT', True)
    >>> tie_meaning("DEPENDS_ON").kinds[0].name, tie_meaning("flour") is None
    ('DEPENDENCY', True)
    """
    return tie_words().get(comparable_word(text))


@cache
def member_words() -> dict[str, MemberMeaning]:
    own = [kind.value for kind in MEMBER_KINDS.values()]
    own += [role.value for role in ROLE_LABELS]
    words = {comparable_word(name): meaning_of_names(name) for name in own}
    for names, word in words_of("members"):
        words[comparable_word(word)] = meaning_of_names(names)
    return words


def meaning_of_names(names: str) -> MemberMeaning:
    """
    >>> meaning_of_names("PERSON INVESTOR").kind.name
    'PERSON'
    """
    first, _, last = names.partition(" ")
    is_kind = first in MemberKind.__members__
    kind = MemberKind[first] if is_kind else MemberKind.ORGANISATION
    role = last if is_kind else first
    return MemberMeaning(kind, MemberRole[role] if role else None)


@cache
def tie_words() -> dict[str, TieMeaning]:
    words: dict[str, TieMeaning] = {}
    for kind, cls in TIES.items():
        for name in (kind.value, cls.type):
            words[comparable_word(name)] = TieMeaning((kind,))
    for names, word in words_of("ties"):
        kinds = tuple(TieKind[name] for name in names.split() if name != REVERSED)
        words.setdefault(
            comparable_word(word), TieMeaning(kinds, names.endswith(f" {REVERSED}"))
        )
    return words


def words_of(table: str) -> Iterator[tuple[str, str]]:
    """Each word of a table in every language, after the name of what it means."""
    text = files("service.vocabulary").joinpath("kind_words.toml").read_text("utf-8")
    languages: dict[str, Any] = tomllib.loads(text)
    for language in languages.values():
        for name, words in language[table].items():
            yield from ((name, word) for word in words)
