"""Why a step may work: the ties of two members with dates, chance and a sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np

from service.analyses.introductions.chances import (
    CLOSE,
    COHORT,
    SUCCESS,
    remaining_share,
)
from service.analyses.introductions.pairs import (
    IntroductionTieColumns,
    chances,
    renewed,
)
from service.analyses.introductions.shares import DERIVED
from service.analyses.partner_paths import sentences
from service.analyses.partner_paths.rows import (
    SharedPeriod,
    ShareRow,
    StoredTieRow,
    day_ago,
    lasts_longer,
)
from service.graph import Graph
from service.graph.statements import statement
from service.settings import Settings
from service.vocabulary.enums import TieKind


@dataclass(frozen=True)
class TieReason:
    """One tie that supports a step."""

    kind: TieKind
    success: float  # of the tie itself, without the open favours of its end
    since: date | None
    until: date | None
    text: str


@dataclass(frozen=True)
class EvidenceRow:
    source: list[str]  # key, name
    target: list[str]
    ties: list[list[object]]
    shared: list[list[object]]


@dataclass(frozen=True)
class PairEvidence:
    """All ties of one pair, as of a day."""

    row: EvidenceRow
    day: date
    settings: Settings

    def ties(self, cohort: bool) -> list[TieReason]:
        """The best first; `cohort`: only a cohort makes the second member a backer."""
        reasons = [self._stored_reason(tie) for tie in self.stored_ties]
        for kind, periods in self.shared_periods.items():
            if kind is TieKind.CONTRACT:
                reasons += [self._contract_reason(period) for period in periods]
            elif not (cohort and kind is TieKind.CO_MEMBERSHIP):
                reasons.append(self._shared_reason(kind, periods, SUCCESS[kind]))
        reasons += self._cohort_reasons() if cohort else []
        return sorted(
            reasons, key=lambda tie: (-round(tie.success, 12), tie.kind.value)
        )

    @property
    def renewed_acquaintance(self) -> TieReason | None:
        """The acquaintance that a contact would renew, as it would be then."""
        for tie in self.stored_ties:
            if tie.kind is TieKind.ACQUAINTANCE:
                chance = float(renewed(columns(tie), self.settings)[0])
                since, text = (
                    day_ago(self.day, tie.begun),
                    self._stored_reason(tie).text,
                )
                return TieReason(tie.kind, chance, since, None, text)
        return None

    @property
    def stored_ties(self) -> list[StoredTieRow]:
        return [StoredTieRow(*tie) for tie in self.row.ties]  # type: ignore[arg-type]

    @property
    def shares(self) -> list[ShareRow]:
        return [ShareRow(*share) for share in self.row.shared]  # type: ignore[arg-type]

    @property
    def shared_periods(self) -> dict[TieKind, list[SharedPeriod]]:
        """By kind, the longest period that the two share in each hub."""
        longest: dict[tuple[str, str], SharedPeriod] = {}
        for share in self.shares:
            is_derived = share.small and share.type in DERIVED
            period = share.overlap if is_derived else None
            known = longest.get((share.type, share.hub))
            if period and (known is None or lasts_longer(period, known)):
                longest[share.type, share.hub] = period
        by_kind: dict[TieKind, list[SharedPeriod]] = defaultdict(list)
        for (type, _), period in longest.items():
            by_kind[DERIVED[type]].append(period)
        return by_kind

    @property
    def names(self) -> tuple[str, str]:
        return self.row.source[1], self.row.target[1]

    def _stored_reason(self, tie: StoredTieRow) -> TieReason:
        since, until = day_ago(self.day, tie.begun), day_ago(self.day, tie.ended)
        names = self.names if tie.source == self.row.source[0] else self.names[::-1]
        text = sentences.stored_tie_sentence(
            tie, *names, since, until if tie.is_over else None
        )
        chance = float(chances(columns(tie), self.settings)[0])
        return TieReason(
            tie.kind, remaining_chance(chance, tie.ended), since, until, text
        )

    def _contract_reason(self, period: SharedPeriod) -> TieReason:
        since = day_ago(self.day, period.begun)
        until = day_ago(self.day, period.ended)
        over = until if period.is_over else None
        text = sentences.contract_sentence(*self.names, period.name, since, over)
        chance = remaining_chance(SUCCESS[TieKind.CONTRACT], period.ended)
        return TieReason(TieKind.CONTRACT, chance, since, until, text)

    def _shared_reason(
        self, kind: TieKind, periods: list[SharedPeriod], chance: float
    ) -> TieReason:
        """All that the two share of one kind: the first begin, the last end."""
        begins = [period.begun for period in periods]
        ends = [period.ended for period in periods]
        begun = None if None in begins else max(b for b in begins if b is not None)
        last = None if None in ends else min(e for e in ends if e is not None)
        since, until = day_ago(self.day, begun), day_ago(self.day, last)
        over = until if last is not None and last >= 0 else None
        text = sentences.shared_sentence(kind, *self.names, periods, since, over)
        return TieReason(kind, remaining_chance(chance, last), since, until, text)

    def _cohort_reasons(self) -> list[TieReason]:
        """Why the second is a backer of the first: a cohort shared or organised."""
        reasons, periods = [], []
        for share in self.shares:
            if not (share.cohort and share.is_active):
                continue
            period = share.overlap or SharedPeriod(share.name, share.one_begun, None)
            if share.type == "MEMBER_OF":
                periods.append(period)
                continue
            since, (startup, backer) = day_ago(self.day, period.begun), self.names
            text = sentences.organiser_sentence(backer, startup, share.name, since)
            reasons.append(TieReason(TieKind.ORGANISING, COHORT, since, None, text))
        if periods:
            reasons.append(self._shared_reason(TieKind.CO_MEMBERSHIP, periods, COHORT))
        return reasons


def remaining_chance(chance: float, ended: int | None) -> float:
    """A chance so many days after its tie ended."""
    if ended is None:
        return chance
    return float(chance * remaining_share(np.array(float(ended))))


def columns(tie: StoredTieRow) -> IntroductionTieColumns:
    """The one tie as columns of the network, to compute its chance in the same way."""
    kind = "" if tie.declared_strength is None else "DECLARED"
    kind = kind if tie.score is None else "SCORE"
    strength = tie.declared_strength if tie.score is None else tie.score
    return IntroductionTieColumns(
        type=tie.type,
        seat=bool(tie.board_seat),
        close=tie.context in CLOSE,
        strength_kind=kind,
        over=tie.is_over,
        sources=[tie.source],
        targets=[""],
        strengths=[] if strength is None else [strength],
        ages=[float(tie.score_age or 0)],
        ended=[],
    )


async def read_evidence(
    graph: Graph, pairs: list[tuple[str, str]], day: date, settings: Settings
) -> dict[tuple[str, str], PairEvidence]:
    """The ties of each of these pairs, in one statement for all."""
    rows = await graph.rows(
        statement("introductions/evidence"),
        EvidenceRow,
        pairs=[list(pair) for pair in pairs],
        day=day,
        max_community=settings.max_community,
    )
    pairs_of = [PairEvidence(row, day, settings) for row in rows]
    return {(pair.row.source[0], pair.row.target[0]): pair for pair in pairs_of}
