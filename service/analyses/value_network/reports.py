"""The reports of a value network: counts, flow, impact, perceived value, areas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.algorithms.exchange_balance import INTANGIBLE, TANGIBLE
from service.analyses.currency_sums import CurrencySums
from service.analyses.value_network import ValueNetworkAnalysis
from service.networks.members import Groups


@dataclass(frozen=True)
class ChainResult:
    """A chain of exchanges by index, and the members that it passes by key."""

    members: list[str]
    exchanges: list[int]


@dataclass(frozen=True)
class AreaResult:
    """The exchanges of one area; None for those without one."""

    area: str | None
    exchange_count: int
    tangible_count: int
    intangible_count: int
    value: CurrencySums


@dataclass(frozen=True)
class ValueNetworkReports:
    """A value network, for one member (by index) or for all of its members."""

    network: ValueNetworkAnalysis
    sides: Groups | None = None  # of each member, if an organisation is selected
    member: int | None = None
    is_absent: bool = False  # a member was asked for that is not in the network

    def counts(self) -> dict[str, int]:
        view, rows = self.network.participants, self.network.exchanges
        balance, pairs = view.balance, view.pairs
        net = balance.net_value
        received, sent = balance.received.sum(axis=1), balance.given.sum(axis=1)
        flags = {
            "gaining_count": net > 0,
            "losing_count": net < 0,
            "even_count": net == 0,
            "unvalued_count": np.isnan(net),
            "overloaded_count": balance.is_overloaded,
            "dead_end_count": (received > 0) & (sent == 0),
            "source_count": (sent > 0) & (received == 0),
            "work_around_count": pairs.work_around,
            "reciprocal_pair_count": pairs.reciprocal,
            "negative_count": rows.receiver_value < 0,
            "impact_count": self._own(rows.target),
            "value_creation_count": self._own(rows.source),
            "perceived_value_count": self._own_both() & ~np.isnan(self.network.gap),
            "negative_deliverable_count": self._own_both() & (rows.receiver_value < 0),
        }
        counts = {name: int(np.count_nonzero(flag)) for name, flag in flags.items()}
        counts |= {"participant_count": len(view.names)}
        return counts | {"role_count": len(self.network.roles.names)}

    def warnings(self) -> list[str]:
        """What is blank."""
        exchanges, warnings = self.network.exchanges, []
        no_role = int((~self.network.roles.has_both_ends).sum())
        if no_role:
            warnings.append(
                f"Exchanges without both roles, left out of the view by role:"
                f" {no_role}."
            )
        unstated = int((exchanges.kind > INTANGIBLE).sum())
        if unstated:
            warnings.append(
                f"Exchanges that are neither tangible nor intangible: {unstated}."
            )
        money = exchanges.value[exchanges.is_money]
        if unknown := int(np.isnan(money).sum()):
            warnings.append(
                f"Exchanges of money without a value, left out of sums of money:"
                f" {unknown} of {len(money)}."
            )
        blank = int(np.isnan(self.network.gap).sum())
        if blank:
            warnings.append(f"Exchanges without senderValue or receiverValue: {blank}.")
        return warnings

    def dead_ends(self) -> list[str]:
        """Members that receive something but give nothing, by key."""
        return self._one_way(1)

    def sources(self) -> list[str]:
        """Members that give something but receive nothing, by key."""
        return self._one_way(-1)

    def _one_way(self, sign: int) -> list[str]:
        view = self.network.participants
        received, given = view.balance.received, view.balance.given
        way = np.sign(received.sum(axis=1)) - np.sign(given.sum(axis=1))
        indices = np.flatnonzero(way == sign).tolist()
        return [view.names[index] for index in indices]

    def longest_chains(self, limit: int) -> list[ChainResult]:
        rows, chains = self.network.exchanges, []
        for start in self.network.chain_starts[:limit].tolist():
            steps = self.network.chain(start)
            members = [int(rows.source[start]), *rows.target[steps].tolist()]
            chains.append(ChainResult([rows.members[i] for i in members], steps))
        return chains

    def has_sequences(self) -> bool:
        sequences = self.network.exchanges.floats["sequences"]
        return bool((~np.isnan(sequences)).any())

    def flow_stops(self, limit: int) -> list[int]:
        """Exchanges with a sequence that no later one follows."""
        rows = self.network.exchanges
        return rows.lowest(rows.floats["sequences"], self._stops(), limit)

    def flow_stop_count(self) -> int:
        return int(self._stops().sum())

    def longest_chain_count(self) -> int:
        return len(self.network.chain_starts)

    def _stops(self) -> NDArray[np.bool_]:
        length, following = self.network.chains
        stops: NDArray[np.bool_] = (length > 0) & (following < 0)
        return stops

    def inputs(self, limit: int) -> list[int]:
        """By the value that the receiver perceives, the lowest first."""
        rows = self.network.exchanges
        return rows.lowest(rows.receiver_value, self._own(rows.target), limit)

    def outputs(self, limit: int) -> list[int]:
        """By the value that the receiver perceives, the lowest first."""
        rows = self.network.exchanges
        return rows.lowest(rows.receiver_value, self._own(rows.source), limit)

    def widest_gaps(self, limit: int) -> list[int]:
        """Exchanges that both sides valued, by the size of the gap descending."""
        gap, rows = self.network.gap, self.network.exchanges
        return rows.lowest(-abs(gap), self._own_both() & ~np.isnan(gap), limit)

    def negative(self, limit: int) -> list[int]:
        """Exchanges with a negative value for the receiver, the lowest first."""
        rows = self.network.exchanges
        chosen = self._own_both() & (rows.receiver_value < 0)
        return rows.lowest(rows.receiver_value, chosen, limit)

    def _own(self, end: NDArray[np.int32]) -> NDArray[np.bool_]:
        if self.member is None:
            return np.full(len(end), not self.is_absent)
        own: NDArray[np.bool_] = end == self.member
        return own

    def _own_both(self) -> NDArray[np.bool_]:
        rows = self.network.exchanges
        return self._own(rows.source) | self._own(rows.target)

    def areas(self) -> list[AreaResult]:
        """By area, those without one last."""
        rows = self.network.exchanges
        names, ids = rows.names("area")
        results = []
        for i, name in [*enumerate(names), (-1, None)]:
            indices = np.flatnonzero(ids == i)
            if len(indices):
                kind = rows.kind[indices]
                results.append(
                    AreaResult(
                        name,
                        len(indices),
                        int((kind == TANGIBLE).sum()),
                        int((kind == INTANGIBLE).sum()),
                        rows.value_sums(indices),
                    )
                )
        return results
