"""One member's own network: how diverse, mutual, regular, fresh and close it is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

from service.analyses.figure import Figure, pieces, unknown_warnings
from service.analyses.introductions.network import (
    IntroductionNetwork,
    introduction_network,
)
from service.analyses.introductions.ways import IntroductionWays
from service.analyses.networking import encounters, figures
from service.analyses.networking.encounters import CommunityEntryResult, MatchResult
from service.analyses.networking.figures import TieCountResult, UpkeepResult
from service.analyses.networking.rows import OwnNetworkRows, read_own_network
from service.computation.pool import in_thread
from service.networks.network import Networks
from service.settings import Settings


@dataclass(frozen=True)
class EncounterResults:
    """Whom the member could meet, and how far away the holders of its needs are."""

    need_distance: Figure
    matches: list[MatchResult]
    communities: list[CommunityEntryResult]


@dataclass(frozen=True)
class NetworkingAnalysis:
    """One member's own network, and whom it could meet from there."""

    key: str
    rows: OwnNetworkRows
    ties: list[UpkeepResult]
    day: date
    half_life: float
    encounters: EncounterResults

    @property
    def degree(self) -> int:
        return len({tie.other for tie in self.rows.ties})

    @property
    def kinds(self) -> list[TieCountResult]:
        return figures.kind_counts(self.rows)

    @property
    def contexts(self) -> list[TieCountResult]:
        return figures.context_counts(self.rows)

    @property
    def sector_diversity(self) -> Figure:
        return self._diversity("sector")

    @property
    def region_diversity(self) -> Figure:
        return self._diversity("region")

    @property
    def function_diversity(self) -> Figure:
        return self._diversity("function")

    def _diversity(self, column: str) -> Figure:
        contacts = figures.contacts(self.rows)
        values = {
            tie.other: value
            for tie in contacts
            if (value := getattr(tie, column)) is not None
        }
        evidence = pieces("Member", sorted(values))
        return figures.diversity_figure(column, values.values(), evidence)

    @property
    def capability_diversity(self) -> Figure:
        contacts = figures.contacts(self.rows)
        holdings = [holding for tie in contacts for holding in tie.holdings]
        ties = sorted({tie for _, tie in holdings})
        evidence = pieces("CapabilityHolding", ties)
        keys = (key for key, _ in holdings)
        return figures.diversity_figure("capability", keys, evidence)

    @property
    def warnings(self) -> list[str]:
        last = [tie.last_contact for tie in self.ties]
        text = "Acquaintances without any day of contact, the first of upkeepDue"
        return unknown_warnings({**figures.stated_values(self.rows), text: last})

    @property
    def lacked_share(self) -> Figure:
        return figures.lacked_share(self.rows)

    @property
    def balance(self) -> Figure:
        return figures.balance(self.rows.favours, self.day, self.half_life)

    @property
    def strong_share(self) -> Figure:
        return figures.strong_share(self.ties)

    @property
    def mean_strength(self) -> Figure:
        return figures.mean_strength(self.ties)

    @property
    def regularity(self) -> Figure:
        return figures.regularity(self.ties, self.day)

    @property
    def upkeep_due(self) -> list[UpkeepResult]:
        return figures.upkeep_due(self.ties, self.day, self.half_life)


async def networking_analysis(
    networks: Networks,
    settings: Settings,
    member: str,
    day: date,
) -> NetworkingAnalysis:
    network, rows = await asyncio.gather(
        introduction_network(networks, settings, day),
        read_own_network(networks.snapshots.graph, member, day),
    )
    half_life, friend = settings.half_life_days, settings.friend_factor
    results = await in_thread(search_encounters, network, member, rows)
    ties = figures.upkeep(rows, day, half_life, friend)
    return NetworkingAnalysis(member, rows, ties, day, half_life, results)


def search_encounters(
    network: IntroductionNetwork, member: str, rows: OwnNetworkRows
) -> EncounterResults:
    ways = IntroductionWays(network, member)
    return EncounterResults(
        encounters.mean_distance(ways, rows.capabilities),
        encounters.matches(ways, rows.capabilities),
        encounters.entries(ways, rows.communities),
    )
