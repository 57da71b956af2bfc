"""What the lines of a sheet are about: members, ties or other records."""

from __future__ import annotations

from dataclasses import dataclass

from service.formats.proposals.profiles import SheetColumn
from service.formats.proposals.tie_rules import EndColumns
from service.formats.records import TABLES
from service.vocabulary import TIES
from service.vocabulary.enums import MemberKind, MemberRole
from service.vocabulary.names import noun_of, with_article

SKIP = "skip"  # what a person says of a sheet that is not meant


@dataclass(frozen=True)
class Subject:
    """What the lines of a sheet are about, and where that is written."""

    table: str
    kind: str | None = None  # of members or ties; None: a column says it
    role: str | None = None
    name: tuple[SheetColumn, ...] = ()
    kinds: SheetColumn | None = None  # with words for kinds
    ends: EndColumns | None = None
    is_sure: bool = True

    def __str__(self) -> str:
        if self.table == "ties":
            return f"each line is a tie ({self.kind or 'a column says its kind'})"
        noun = noun_of(TABLES[self.table]) if self.table in TABLES else "member"
        kind = f" ({self.kind})" if self.kind else ""
        return f"each line is {with_article(noun)}{kind}"


def parts_of_subject(text: str) -> tuple[str, str, str]:
    """The table, the kind and the role that a person says of a sheet; "" for none.

    >>> parts_of_subject("members ORGANISATION STARTUP"), parts_of_subject("contracts")
    (('members', 'ORGANISATION', 'STARTUP'), ('contracts', '', ''))
    """
    table, _, rest = text.partition(" ")
    kind, _, role = rest.partition(" ")
    return table, kind, role


def is_subject(text: str) -> bool:
    """Whether a person may say this of a sheet.

    >>> is_subject("ties EXCHANGE"), is_subject("members"), is_subject("orders")
    (True, True, False)
    >>> is_subject("members ORGANISATION STARTUP"), is_subject("ties EXCHANGE STARTUP")
    (True, False)
    >>> is_subject("ties CO_INVESTMENT")  # such ties are computed, not stored
    False
    """
    table, kind, role = parts_of_subject(text)
    if role and (table != "members" or role not in MemberRole.__members__):
        return False
    kinds = {"members": MemberKind.__members__, "ties": [kind.value for kind in TIES]}
    if table in kinds:
        return not kind or kind in kinds[table]
    return (table in TABLES or table == SKIP) and not kind
