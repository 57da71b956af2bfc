"""The kinds of the members that a sheet with several kinds of ties names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from service.formats.records import LABELS
from service.vocabulary.ties import Tie

ORGANISATION = "ORGANISATION"
EVERY_KIND = frozenset(LABELS)


class NamedTie(NamedTuple):
    """A line of such a sheet, with its ends in the direction of the tie."""

    cls: type[Tie]
    source: str | None
    target: str | None


def kinds_of_names(ties: Iterable[NamedTie]) -> dict[str, str]:
    """The kind of each member: an organisation, unless one of its ties rules that out.

    Names of which nothing is possible are left out.
    """
    possible: dict[str, frozenset[str]] = {}
    for tie in ties:
        ends = ((tie.source, tie.cls.sources), (tie.target, tie.cls.targets))
        for name, labels in ends:
            if name:
                kinds = possible.get(name, EVERY_KIND)
                possible[name] = kinds & member_kinds(labels)
    return {name: first_kind(kinds) for name, kinds in possible.items() if kinds}


def member_kinds(labels: Sequence[str]) -> frozenset[str]:
    return frozenset(kind for kind, label in LABELS.items() if label in labels)


def first_kind(kinds: frozenset[str]) -> str:
    return ORGANISATION if ORGANISATION in kinds else min(kinds)
