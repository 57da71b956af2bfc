"""Customers and partners of a firm, and who reaches them, from the rows of a world."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from tests.oracles.graph import (
    Row,
    World,
    active,
    begin,
    day,
    end,
    inside,
    living,
    text,
    ties,
)


@dataclass
class Tied:
    """All that ties the firm to one customer or partner."""

    contracts: set[str] = field(default_factory=set)  # active ones
    is_sold_to: bool = False
    is_managed: bool = False
    follows: bool = False
    is_partner: bool = False
    sales: list[date | None] = field(default_factory=list)  # first day, or not known
    people: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def is_customer(self) -> bool:
        return self.is_sold_to or self.is_managed

    @property
    def is_current(self) -> bool:
        direct = bool(self.contracts) or self.follows
        return direct or self.is_managed or self.is_partner

    @property
    def channel(self) -> str:
        direct, staff = bool(self.contracts) or self.follows, bool(self.people)
        if direct and staff:
            return "BOTH"
        if staff:
            return "STAFF"
        return "DIRECT" if direct else "NEITHER"


def overlap(rows: list[Row]) -> tuple[date, date] | None:
    """From the last begin to the first end of these rows; None: never all at once."""
    first = max(begin(row) or date.min for row in rows)
    last = min(end(row) or date.max for row in rows)
    return (first, last) if first < last else None


def staff(world: World, member: str, on: date) -> set[str]:
    """The people of a member: of its teams and subsidiaries, too; not itself."""
    kinds = {r["key"]: r["kind"] for r in world["members"]}
    return {k for k in inside(world, member, on) - {member} if kinds[k] == "PERSON"}


def shared_contracts(
    world: World, ours: set[str], others: dict[str, Tied], on: date
) -> None:
    rows = {r["key"]: r for r in world["members"]}
    now = living(world, "contracts", on)
    for contract in world.get("contracts", []):
        held = [t for t in ties(world, "CONTRACT") if t["target"] == contract["key"]]
        for own, other in product(held, held):
            both = overlap([own, other, contract])
            who = other["source"]
            known = [own, other, contract, rows[who]]
            begun = all((begin(row) or date.min) <= on for row in known)
            if own["source"] not in ours or who in ours or not begun or both is None:
                continue
            if text(contract, "status") == "DRAFT":
                continue
            sale = (own["role"], other["role"]) == ("SUPPLIER", "CUSTOMER")
            lasts = all(active(row, on) for row in known) and contract["key"] in now
            tied = others.setdefault(who, Tied())
            if sale:
                tied.sales.append(None if both[0] == date.min else both[0])
                tied.is_sold_to |= lasts
            if lasts:
                tied.contracts.add(contract["key"])


def relations(world: World, firm: str, leaver: str | None, on: date) -> dict[str, Tied]:
    """Customer or partner -> what ties it to the firm and its people on that day."""
    alive = living(world, "members", on)
    ours = inside(world, firm, on)
    found: dict[str, Tied] = {}
    shared_contracts(world, ours, found, on)
    outside = {k for k in alive if k not in ours}
    for kind in ("EXCHANGE", "INVESTMENT", "ADVICE"):
        for tie in ties(world, kind, on):
            for one, two in product([tie["source"], tie["target"]], repeat=2):
                if one in ours and two in outside:
                    found.setdefault(two, Tied()).is_partner = True
    crew = ours | ({leaver} if leaver else set())
    people = {k for k in crew if k in alive or k == leaver}
    people = {
        k for k in people for r in world["members"] if r["key"] == k and is_person(r)
    }
    accounts = [
        t
        for t in ties(world, "ACCOUNT_MANAGEMENT", on)
        if t["source"] in people and t["target"] in outside - crew
    ]
    for tie in accounts:
        found.setdefault(tie["target"], Tied()).is_managed = True
    fans = [
        t
        for t in ties(world, "FOLLOWING", on)
        if t["target"] in ours and t["source"] in outside
    ]
    above = {
        k: {o for o in outside if k in staff(world, o, on)}
        for k in outside
        if is_person(alive[k])
    }
    for tie in fans:
        if not above.get(tie["source"]):
            found.setdefault(tie["source"], Tied()).follows = True
    known = set(found)
    for tie in fans:
        who = tie["source"]
        if above.get(who):
            for key in ({who} | above[who]) & known or {who}:
                found.setdefault(key, Tied()).follows = True
    add_people(found, accounts, acquaintances(world, people, outside - crew, on), above)
    return found


def is_person(row: Row) -> bool:
    return row["kind"] == "PERSON"


def acquaintances(
    world: World, people: set[str], outside: set[str], on: date
) -> list[tuple[str, str, Row]]:
    """(person inside, person outside, tie)."""
    found = []
    for tie in ties(world, "ACQUAINTANCE", on):
        ends = [tie["source"], tie["target"]]
        for one, two in (ends, ends[::-1]):
            if one in people and two in outside:
                found.append((one, two, tie))
    return found


def add_people(
    found: dict[str, Tied],
    accounts: list[Row],
    known: list[tuple[str, str, Row]],
    above: dict[str, set[str]],
) -> None:
    for tie in accounts:
        found[tie["target"]].people.setdefault(tie["source"], []).append(tie)
    for one, two, tie in known:
        for key in {two} | above.get(two, set()):
            if key in found:
                found[key].people.setdefault(one, []).append(tie)


def network_ownership(world: World, firm: str, as_of: Any) -> dict[str, Any]:
    """The GraphQL answer `NetworkOwnership`, every member in it."""
    found = relations(world, firm, None, day(as_of))
    current = {key: found[key] for key in sorted(found) if found[key].is_current}
    evidence = [{"key": key} for key in current]

    def share(count: int) -> dict[str, Any]:
        value = count / len(current) if current else None
        return {"value": value, "n": len(current), "evidence": evidence}

    channels = [tied.channel for tied in current.values()]
    return {
        "ownedShare": share(channels.count("DIRECT") + channels.count("BOTH")),
        "staffOnlyShare": share(channels.count("STAFF")),
        "followingShare": share(sum(tied.follows for tied in current.values())),
        "members": [
            {
                "member": {"key": key},
                "customer": tied.is_customer,
                "channel": tied.channel,
                "follows": tied.follows,
                "people": [{"key": k} for k in sorted(tied.people)],
                "contracts": [{"key": k} for k in sorted(tied.contracts)],
            }
            for key, tied in current.items()
        ],
    }


def customers(world: World, firm: str, person: str, as_of: Any) -> list[dict[str, Any]]:
    """`DepartureImpact.customers`, by key: since when, and which ties."""
    found = relations(world, firm, person, day(as_of))
    out = []
    for key in sorted(found):
        tied = found[key]
        own = tied.people.get(person, [])
        if not (tied.is_current and tied.is_customer and own):
            continue
        firsts = [first for first in tied.sales if first is not None]
        met = [first for row in own if (first := begin(row))]
        out.append(
            {
                "customer": {"key": key},
                "withFirmSince": str(min(firsts)) if firsts else None,
                "withPersonSince": str(min(met)) if met else None,
                "team": [{"key": k} for k in sorted(tied.people) if k != person],
                "directChannel": tied.follows,
                "accounts": keys_of(own, "ACCOUNT_MANAGEMENT"),
                "acquaintances": keys_of(own, "ACQUAINTANCE"),
                "contracts": [{"key": k} for k in sorted(tied.contracts)],
            }
        )
    return out


def keys_of(rows: list[Row], kind: str) -> list[dict[str, str]]:
    return [{"key": k} for k in sorted({r["key"] for r in rows if r["kind"] == kind})]
