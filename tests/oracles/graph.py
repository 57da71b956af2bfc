"""A world of `tables` rows as plain dicts: what is active, which arcs, which groups."""

from datetime import UTC, date, datetime
from typing import Any

World = dict[str, list[dict[str, str]]]
Row = dict[str, str]

AS_STORED = {"EXCHANGE", "INVESTMENT", "EMPLOYMENT", "AFFILIATION"} | {
    "ACCOUNT_MANAGEMENT",
    "FOLLOWING",
    "ADVICE",
}
BOTH_WAYS = {"ACQUAINTANCE", "COMPETITION"}
THROUGH = {"CONTRACT", "REFERRAL", "CO_INVESTMENT", "CO_CONTRACT", "CO_MEMBERSHIP"}
UNDERIVED = AS_STORED | BOTH_WAYS | {"DEPENDENCY", "CONTRACT", "REFERRAL"}
OTHER_NAMES = {"HAS_CAPABILITY": "CAPABILITY", "NEEDS": "NEED", "OFFERS": "OFFER"} | {
    "COVERS": "COVERAGE",
    "WORKS_ON": "WORK",
}


def text(row: Row, column: str) -> str | None:
    return row.get(column) or None


def number(row: Row, column: str, default: float | None = None) -> float | None:
    return float(row[column]) if row.get(column) else default


def listed(row: Row, column: str) -> list[str]:
    return [item.strip() for item in (row.get(column) or "").split(";") if item.strip()]


def day(value: Any) -> date:
    """None is today (UTC); a date stays; an ISO date or time is cut to its date."""
    if value is None:
        return datetime.now(UTC).date()
    return value if isinstance(value, date) else date.fromisoformat(value[:10])


def begin(row: Row) -> date | None:
    """since, or where blank the date of the event that the row records."""
    for column in ("since", "on", "asked_on", "opened_at"):
        if row.get(column):
            return day(row[column])
    return None


def end(row: Row) -> date | None:
    return day(row["until"]) if row.get("until") else None


def active(row: Row, on: date, contract: bool = False) -> bool:
    """since <= on < until, blanks open; a contract's status besides."""
    first, last = begin(row), end(row)
    if contract and text(row, "status") == "DRAFT":
        return False
    if contract and text(row, "status") in {"COMPLETED", "TERMINATED"} and not last:
        return False
    return (first is None or first <= on) and (last is None or on < last)


def living(world: World, file: str, on: date) -> dict[str, Row]:
    """key -> row of the nodes of one file that are active on that day."""
    contract = file == "contracts"
    return {r["key"]: r for r in world.get(file, []) if active(r, on, contract)}


def ties(world: World, kind: str, on: date | None = None) -> list[Row]:
    """The stored ties of a kind; with a day, only those active on it."""
    rows = world.get("ties", [])
    rows = [r for r in rows if OTHER_NAMES.get(r["kind"], r["kind"]) == kind]
    return [r for r in rows if on is None or active(r, on)]


def size(world: World, community: str, on: date) -> int:
    held = [t for t in ties(world, "MEMBERSHIP", on) if t["target"] == community]
    return len({t["source"] for t in held} & set(living(world, "members", on)))


def contract_arcs(parties: list[Row]) -> set[tuple[str, str]]:
    """Each party tie with each other: SUPPLIER to CUSTOMER, else both ways or none."""
    found = set()
    for one in parties:
        for two in parties:
            roles = (text(one, "role"), text(two, "role"))
            backwards = roles == ("CUSTOMER", "SUPPLIER")
            alike = roles in {("SUPPLIER", "SUPPLIER"), ("CUSTOMER", "CUSTOMER")}
            if one is not two and not backwards and not alike:
                found.add((one["source"], two["source"]))
    return found


def arcs_through(world: World, kind: str, on: date, most: int) -> set[tuple[str, str]]:
    if kind == "REFERRAL":
        rows = living(world, "referrals", on).values()
        return {(r["referrer"], r["provider"]) for r in rows}
    tie, file = {
        "CONTRACT": ("CONTRACT", "contracts"),
        "CO_CONTRACT": ("CONTRACT", "contracts"),
        "CO_INVESTMENT": ("INVESTMENT", "members"),
        "CO_MEMBERSHIP": ("MEMBERSHIP", "communities"),
    }[kind]
    found = set()
    for key, node in living(world, file, on).items():
        held = [t for t in ties(world, tie, on) if t["target"] == key]
        dataset = text(node, "kind") == "DATASET"
        if file == "communities" and (dataset or size(world, key, on) > most):
            continue
        if kind == "CONTRACT":
            found |= contract_arcs(held)
        else:
            found |= {(a["source"], b["source"]) for a in held for b in held}
    return found


def arcs_of(
    world: World, kind: str, on: date, exchange: str | None = None, most: int = 200
) -> set[tuple[str, str]]:
    """The arcs of one kind along the flow of value, whatever their ends are."""
    if kind in THROUGH:
        return arcs_through(world, kind, on, most)
    if kind not in UNDERIVED:
        raise ValueError(f"{kind} is not an arc between members")
    found = set()
    for tie in ties(world, kind, on):
        pair = (tie["source"], tie["target"])
        if kind == "EXCHANGE" and exchange and text(tie, "exchange_kind") != exchange:
            continue
        if kind in AS_STORED or kind in BOTH_WAYS:
            found.add(pair)
        if kind == "DEPENDENCY" or kind in BOTH_WAYS:
            found.add(pair[::-1])
    return found


def inside(world: World, organisation: str, on: date) -> set[str]:
    """The organisation and what is PART_OF it or WORKS_FOR it, transitively."""
    alive, found = living(world, "members", on), {organisation}
    stored = ties(world, "EMPLOYMENT", on) + ties(world, "AFFILIATION", on)
    while (
        more := {
            t["source"] for t in stored if t["target"] in found and t["source"] in alive
        }
        - found
    ):
        found |= more
    return found
