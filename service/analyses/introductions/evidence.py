"""What ties two members, tie by tie: dates, chance and one sentence each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np

from service.analyses.introductions import texts
from service.analyses.introductions.chances import CLOSE, COHORT, SUCCESS, left
from service.analyses.introductions.pairs import TieColumns, chances, renewed
from service.analyses.introductions.rows import Share, Shared, Stored, ago, longer
from service.analyses.introductions.shares import DERIVED
from service.graph import Graph
from service.graph.statements import statement
from service.settings import Settings
from service.vocabulary.enums import TieKind


@dataclass(frozen=True)
class Tie:
    """One reason to believe in a step."""

    kind: TieKind
    success: float  # of the tie itself, without the favours of whom it reaches
    since: date | None
    until: date | None
    text: str


@dataclass(frozen=True)
class PairRow:
    source: list[str]  # key, name
    target: list[str]
    ties: list[list[object]]
    shared: list[list[object]]


@dataclass(frozen=True)
class Evidence:
    """All that ties one pair, as of a day."""

    row: PairRow
    day: date
    settings: Settings

    def ties(self, cohort: bool) -> list[Tie]:
        """The best first; `cohort` where nothing else makes the second a backer."""
        found = [self._stored(tie) for tie in self.stored]
        for kind, shared in self.together.items():
            if kind is TieKind.CONTRACT:
                found += [self._contract(both) for both in shared]
            elif not (cohort and kind is TieKind.CO_MEMBERSHIP):
                found.append(self._together(kind, shared, SUCCESS[kind]))
        found += self._cohorts() if cohort else []
        return sorted(found, key=lambda tie: (-round(tie.success, 12), tie.kind.value))

    @property
    def renewable(self) -> Tie | None:
        """The acquaintance that a contact would renew, as it would be then."""
        for tie in self.stored:
            if tie.kind is TieKind.ACQUAINTANCE:
                chance = float(renewed(columns(tie), self.settings)[0])
                since, text = ago(self.day, tie.begun), self._stored(tie).text
                return Tie(tie.kind, chance, since, None, text)
        return None

    @property
    def stored(self) -> list[Stored]:
        return [Stored(*tie) for tie in self.row.ties]  # type: ignore[arg-type]

    @property
    def shares(self) -> list[Share]:
        return [Share(*share) for share in self.row.shared]  # type: ignore[arg-type]

    @property
    def together(self) -> dict[TieKind, list[Shared]]:
        """What the two share of each kind, hub by hub: what lasted longest there."""
        best: dict[tuple[str, str], Shared] = {}
        for share in self.shares:
            both = share.both if share.small and share.type in DERIVED else None
            kept = best.get((share.type, share.hub))
            if both is not None and (kept is None or longer(both, kept)):
                best[share.type, share.hub] = both
        found: dict[TieKind, list[Shared]] = defaultdict(list)
        for (type, _), both in best.items():
            found[DERIVED[type]].append(both)
        return found

    @property
    def names(self) -> tuple[str, str]:
        return self.row.source[1], self.row.target[1]

    def _stored(self, tie: Stored) -> Tie:
        since, until = ago(self.day, tie.begun), ago(self.day, tie.ended)
        names = self.names if tie.source == self.row.source[0] else self.names[::-1]
        text = texts.stored(tie, *names, since, until if tie.over else None)
        chance = float(chances(columns(tie), self.settings)[0])
        return Tie(tie.kind, rest(chance, tie.ended), since, until, text)

    def _contract(self, both: Shared) -> Tie:
        since, until = ago(self.day, both.begun), ago(self.day, both.ended)
        over = until if both.over else None
        text = texts.contract(*self.names, both.name, since, over)
        chance = rest(SUCCESS[TieKind.CONTRACT], both.ended)
        return Tie(TieKind.CONTRACT, chance, since, until, text)

    def _together(self, kind: TieKind, shared: list[Shared], chance: float) -> Tie:
        """All that the two share of one kind: the first begin, the last end."""
        begins = [both.begun for both in shared]
        ends = [both.ended for both in shared]
        begun = None if None in begins else max(b for b in begins if b is not None)
        last = None if None in ends else min(e for e in ends if e is not None)
        since, until = ago(self.day, begun), ago(self.day, last)
        over = until if last is not None and last >= 0 else None
        text = texts.together(kind, *self.names, shared, since, over)
        return Tie(kind, rest(chance, last), since, until, text)

    def _cohorts(self) -> list[Tie]:
        """What makes the second a backer of the first: a cohort shared or organised."""
        found, shared = [], []
        for share in self.shares:
            if not (share.cohort and share.active):
                continue
            both = share.both or Shared(share.name, share.one_begun, None)
            if share.type == "MEMBER_OF":
                shared.append(both)
                continue
            since, (startup, backer) = ago(self.day, both.begun), self.names
            text = texts.organises(backer, startup, share.name, since)
            found.append(Tie(TieKind.ORGANISING, COHORT, since, None, text))
        if shared:
            found.append(self._together(TieKind.CO_MEMBERSHIP, shared, COHORT))
        return found


def rest(chance: float, ended: int | None) -> float:
    """What is left of a chance so many days after its tie ended."""
    return chance if ended is None else float(chance * left(np.array(float(ended))))


def columns(tie: Stored) -> TieColumns:
    """The one tie as the network's columns have it, so that its chance is the same."""
    told = "" if tie.declared_strength is None else "DECLARED"
    told = told if tie.score is None else "SCORE"
    strength = tie.declared_strength if tie.score is None else tie.score
    return TieColumns(
        type=tie.type,
        seat=bool(tie.board_seat),
        close=tie.context in CLOSE,
        told=told,
        over=tie.over,
        sources=[tie.source],
        targets=[""],
        strengths=[] if strength is None else [strength],
        ages=[float(tie.score_age or 0)],
        ended=[],
    )


async def evidence(
    graph: Graph, pairs: list[tuple[str, str]], day: date, settings: Settings
) -> dict[tuple[str, str], Evidence]:
    """What ties each of these pairs, in one statement for all."""
    rows = await graph.rows(
        statement("introductions/evidence"),
        PairRow,
        pairs=[list(pair) for pair in pairs],
        day=day,
        max_community=settings.max_community,
    )
    found = [Evidence(row, day, settings) for row in rows]
    return {(e.row.source[0], e.row.target[0]): e for e in found}
