"""Who refers whom, how often it comes to business, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.analyses.currency_sums import CurrencySums, currency_sums
from service.analyses.figure import Figure, unknown_warnings
from service.analyses.referral_network import figures
from service.analyses.referral_network.figures import (
    MemberBalanceResult,
    ReferralChainResult,
    RegionResult,
)
from service.analyses.referral_network.rows import (
    ReferralRow,
    ReferralRows,
    read_referrals,
)
from service.graph import Graph


@dataclass(frozen=True)
class ReferralNetworkAnalysis:
    """The referrals of a community or region up to a day, and every figure of them."""

    rows: ReferralRows
    day: date
    half_life: float

    @property
    def referrals(self) -> list[ReferralRow]:
        return self.rows.referrals

    @property
    def referral_count(self) -> int:
        return len(self.referrals)

    @property
    def warnings(self) -> list[str]:
        undated = sum(referral.on is None for referral in self.referrals)
        warnings = []
        if undated:
            warnings.append(
                "Referrals without a day, counted as fresh, and in no chain:"
                f" {undated}."
            )
        regionless = [row for row in self.rows.regions if row.key is None]
        if count := sum(len(row.businesses) for row in regionless):
            warnings.append(
                f"Businesses without a region, in no row of `regions`: {count}. Add"
                " their region."
            )
        revenues = [referral.revenue for referral in self.won]
        text = "Referrals won without a revenue, left out of its sum"
        return warnings + unknown_warnings({text: revenues})

    @property
    def won(self) -> list[ReferralRow]:
        return [referral for referral in self.referrals if referral.is_won]

    @property
    def won_count(self) -> int:
        return len(self.won)

    @property
    def regions(self) -> list[RegionResult]:
        rows = (row for row in self.rows.regions if row.key is not None)
        return [figures.region_result(region, self.referrals) for region in rows]

    @property
    def reciprocity(self) -> Figure:
        return figures.reciprocity(self.referrals)

    @property
    def conversion(self) -> Figure:
        return figures.conversion(self.referrals)

    @property
    def conversion_after_satisfaction(self) -> Figure:
        return figures.spillover(self.rows, is_satisfied=True)

    @property
    def conversion_after_dissatisfaction(self) -> Figure:
        return figures.spillover(self.rows, is_satisfied=False)

    @property
    def conversion_by_community(self) -> list[tuple[str, Figure]]:
        return figures.conversion_by(self.referrals, lambda referral: referral.kinds)

    @property
    def conversion_by_context(self) -> list[tuple[str, Figure]]:
        return figures.conversion_by(self.referrals, lambda referral: referral.contexts)

    @property
    def balances(self) -> list[MemberBalanceResult]:
        return figures.balances(self.referrals, self.day, self.half_life)

    @property
    def average_discount(self) -> Figure:
        return figures.discount(self.referrals)

    @property
    def hours_saved(self) -> Figure:
        return figures.hours(self.referrals)

    @property
    def revenue(self) -> CurrencySums:
        return currency_sums(
            (referral.currency, referral.revenue) for referral in self.won
        )

    @property
    def marketing_saved(self) -> CurrencySums:
        return currency_sums(
            (referral.currency, referral.saved) for referral in self.referrals
        )

    @property
    def chains(self) -> list[ReferralChainResult]:
        return figures.chains(self.referrals)

    @property
    def orphans(self) -> list[ReferralRow]:
        return [referral for referral in self.won if referral.orphan_reason]

    @property
    def promoters(self) -> Figure:
        return figures.promoters(self.rows)


async def referral_network_analysis(
    graph: Graph, community: str | None, region: str | None, half_life: float, day: date
) -> ReferralNetworkAnalysis:
    rows = await read_referrals(graph, community, region, day)
    return ReferralNetworkAnalysis(rows, day, half_life)
