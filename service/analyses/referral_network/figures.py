"""Density, reciprocity, balance, conversion, savings, chains of referrals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from service.algorithms.decay import decay
from service.analyses.figure import Figure, mean, nothing, pieces, share
from service.analyses.referral_network.rows import (
    FeedbackRow,
    ReferralRow,
    ReferralRows,
    RegionRow,
)

UNDECIDED = "No referral of this kind was won or lost."


@dataclass(frozen=True)
class RegionResult:
    """One region: how many of its providers refer, how many businesses meet."""

    region: RegionRow
    density: Figure
    coverage: Figure
    reciprocity: Figure
    conversion: Figure


@dataclass(frozen=True)
class MemberBalanceResult:
    """How many referrals a member gave and received, and their decayed balance."""

    member: str
    given_count: int
    received_count: int
    decayed_balance: float

    @property
    def balance(self) -> int:
        return self.given_count - self.received_count


@dataclass(frozen=True)
class ReferralChainResult:
    """A referral whose customer later refers."""

    first: str
    next: str
    customer: str


def referral_pieces(referrals: Iterable[ReferralRow]) -> tuple[tuple[str, str], ...]:
    return pieces("Referral", (referral.key for referral in referrals))


def region_result(region: RegionRow, referrals: list[ReferralRow]) -> RegionResult:
    """Both ends in the region."""
    providers = set(region.providers)
    own = [r for r in referrals if r.referrer in providers and r.provider in providers]
    mutual = [referral for referral in own if referral.referrer != referral.provider]
    pairs = {(referral.referrer, referral.provider) for referral in mutual}
    ordered = len(providers) * (len(providers) - 1)
    density = share(
        len(pairs),
        ordered,
        "The region has fewer than two providers.",
        referral_pieces(mutual),
    )
    coverage = share(
        region.joined,
        len(region.businesses),
        "The region has no business.",
        pieces("Organisation", region.businesses),
    )
    return RegionResult(region, density, coverage, reciprocity(own), conversion(own))


def reciprocity(referrals: list[ReferralRow]) -> Figure:
    """Pairs with referrals both ways, of pairs with any."""
    own = [r for r in referrals if r.referrer != r.provider]
    ways = {(r.referrer, r.provider) for r in own}
    any_way = {tuple(sorted(way)) for way in ways}
    both = {tuple(sorted(way)) for way in ways if way[::-1] in ways}
    return share(
        len(both),
        len(any_way),
        "No member has referred a customer to another.",
        referral_pieces(own),
    )


def conversion(
    referrals: Iterable[ReferralRow],
    test: Callable[[ReferralRow], bool] = lambda _: True,
) -> Figure:
    """Won, of those won or lost."""
    own = [referral for referral in referrals if referral.is_decided and test(referral)]
    return share(
        sum(referral.is_won for referral in own),
        len(own),
        UNDECIDED,
        referral_pieces(own),
    )


def conversion_by(
    referrals: list[ReferralRow], groups: Callable[[ReferralRow], set[str]]
) -> list[tuple[str, Figure]]:
    """Conversion of each group, by name; one referral may be in several."""
    names = sorted({name for referral in referrals for name in groups(referral)})
    return [
        (name, conversion(referrals, lambda r, name=name: name in groups(r)))  # type: ignore[misc]
        for name in names
    ]


def balances(
    referrals: list[ReferralRow], day: date, half_life: float
) -> list[MemberBalanceResult]:
    """By what a member gave less what it received, descending, then key.

    Decayed: each referral counts 2^(-age in days / half-life).
    """
    made: dict[str, list[float]] = defaultdict(list)
    received: dict[str, list[float]] = defaultdict(list)
    for referral in referrals:
        age = 0 if referral.on is None else max(0, (day - referral.on).days)
        weight = decay(age, half_life)
        made[referral.referrer].append(weight)
        received[referral.provider].append(weight)
    results = [
        MemberBalanceResult(
            key,
            len(made[key]),
            len(received[key]),
            sum(made[key]) - sum(received[key]),
        )
        for key in sorted({*made, *received})
    ]
    return sorted(results, key=lambda balance: (-balance.balance, balance.member))


def discount(referrals: list[ReferralRow]) -> Figure:
    own = [referral for referral in referrals if referral.discount is not None]
    values = [referral.discount or 0.0 for referral in own]
    return mean(values, "No referral states a discount.", referral_pieces(own))


def hours(referrals: list[ReferralRow]) -> Figure:
    own = [referral for referral in referrals if referral.hours is not None]
    if not own:
        return nothing("No referral states hours saved.")
    return Figure(
        sum(referral.hours or 0.0 for referral in own),
        len(own),
        None,
        referral_pieces(own),
    )


def chains(referrals: list[ReferralRow]) -> list[ReferralChainResult]:
    """By the keys of both; the customer's own referral is on a later day."""
    made: dict[str, list[ReferralRow]] = defaultdict(list)
    for referral in referrals:
        made[referral.referrer].append(referral)
    return [
        ReferralChainResult(referral.key, later.key, referral.customer)
        for referral in referrals
        for later in made[referral.customer]
        if referral.on is not None and later.on is not None and referral.on < later.on
    ]


def promoters(rows: ReferralRows) -> Figure:
    """Of those who scored an NPS of 9-10, who referred somebody to that provider."""
    scores = [
        answer
        for answer in rows.feedback
        if answer.kind == "NPS" and answer.score >= 9 and answer.is_giver_inside
    ]
    fans = {(answer.giver, answer.provider) for answer in scores}
    did = fans & {(r.referrer, r.provider) for r in rows.referrals}
    return share(
        len(did),
        len(fans),
        "No member gave an NPS score of 9 or 10.",
        pieces("Feedback", (answer.key for answer in scores)),
    )


def is_content(referral: ReferralRow, feedback: list[FeedbackRow]) -> bool | None:
    """Whether the customer's last word on another of the same ring was a good one.

    Satisfied: CSAT 4-5 or NPS 9-10; dissatisfied: CSAT 1-2 or NPS 0-6; else None.
    The last one before the referral counts, on one day the one with the last key.
    """
    rings = {key for key, _, _ in referral.rings}
    own = [
        answer
        for answer in feedback
        if answer.giver == referral.customer
        and answer.provider != referral.provider
        and rings & set(answer.rings)
        and answer.on is not None
        and referral.on is not None
        and answer.on <= referral.on
    ]
    if not own:
        return None
    last = max(own, key=lambda answer: (answer.on or date.min, answer.key))
    good, bad = (4, 2) if last.kind == "CSAT" else (9, 6)
    if last.score >= good:
        return True
    return False if last.score <= bad else None


def spillover(rows: ReferralRows, is_satisfied: bool) -> Figure:
    return conversion(
        rows.referrals,
        lambda referral: is_content(referral, rows.feedback) is is_satisfied,
    )
