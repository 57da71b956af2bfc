"""A made business network as tables: the contender's own graph, for our importer.

n organisations, people, teams and contracts; 3n investments and dependencies, 2n
employments and parties, n affiliations. One n and seed give one graph.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

COUNTRIES = ["AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IE"]
COUNTRIES += ["IT", "NL", "NO", "PL", "PT", "SE", "US", "CA", "JP", "KR"]
ROUNDS = ["PRE_SEED", "SEED", "A", "B", "C", "D"]
TEAMS = ["RESEARCH_AND_DEVELOPMENT", "PRODUCTION", "SALES", "MARKETING", "SUPPORT"]
TITLES = ["Engineer", "Director", "Researcher", "Founder", "Analyst"]
ROLES = ["SUPPLIER", "CUSTOMER", "FUNDER", "PARTNER"]
CURRENCIES = ["EUR", "USD", "GBP", "CHF", "JPY"]
AT_ONCE = 40_000  # rows of one import
Row = dict[str, object]


def parts(folder: Path, n: int, seed: int = 7) -> Iterator[Path]:
    """Folders to load one after another: an import is one transaction each."""
    rng = random.Random(seed)
    everybody = list(members(rng, n))
    rows = {"members": everybody, "contracts": list(contracts(rng, n))}
    for stem, found in rows.items():
        for part in batched(found):
            yield one_part(folder, {"members": everybody[:1], stem: part})
    for part in batched(list(ties(rng, n))):
        yield one_part(folder, {"members": everybody[:1], "ties": part})


def batched(rows: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


def one_part(folder: Path, files: dict[str, list[Row]]) -> Path:
    made = folder / str(len(list(folder.iterdir())))
    made.mkdir()
    for stem, rows in files.items():
        table(made / f"{stem}.csv", rows)
    return made


def table(path: Path, rows: list[Row]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def day(rng: random.Random, first: int, last: int) -> str:
    return f"{rng.randint(first, last)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def members(rng: random.Random, n: int) -> Iterator[Row]:
    for i in range(n):
        place = {"country": rng.choice(COUNTRIES), "founded_on": day(rng, 1950, 2025)}
        yield named("org", "ORGANISATION", "Organisation", i) | place
    for i in range(n):
        yield named("person", "PERSON", "Person", i)
    for i in range(n):
        yield named("team", "TEAM", "Team", i) | {"team_kind": rng.choice(TEAMS)}


def named(prefix: str, kind: str, name: str, number: int) -> Row:
    return {"key": f"{prefix}-{number}", "kind": kind, "name": f"{name} {number}"}


def contracts(rng: random.Random, n: int) -> Iterator[Row]:
    for i in range(n):
        yield {
            "key": f"contract-{i}",
            "title": f"Contract {i}",
            "value": float(rng.randint(10_000, 5_000_000)),
            "currency": rng.choice(CURRENCIES),
            "since": day(rng, 2010, 2022),
            "until": day(rng, 2023, 2030),
        }


def ties(rng: random.Random, n: int) -> Iterator[Row]:
    for i in range(n):
        yield tie("AFFILIATION", f"team-{i}", f"org-{rng.randrange(n)}")
    for a, b in pairs(rng, 3 * n // 2, n, loops=False):
        yield tie("INVESTMENT", f"org-{a}", f"org-{b}") | money(rng)
    for a, b in pairs(rng, 3 * n - 3 * n // 2, n):
        yield tie("INVESTMENT", f"person-{a}", f"org-{b}") | money(rng)
    for a, b in pairs(rng, 2 * n, n):
        title = {"title": rng.choice(TITLES)}
        yield tie("EMPLOYMENT", f"person-{a}", f"org-{b}") | title
    for a, b in pairs(rng, 2 * n, n):
        yield tie("CONTRACT", f"org-{a}", f"contract-{b}") | {"role": rng.choice(ROLES)}
    for a, b in pairs(rng, 3 * n, n, loops=False):
        strength = {"strength": round(rng.random(), 4)}
        yield tie("DEPENDENCY", f"org-{a}", f"org-{b}") | strength


def tie(kind: str, source: str, target: str) -> Row:
    return {"kind": kind, "source": source, "target": target}


def money(rng: random.Random) -> Row:
    amount = float(rng.randint(50_000, 20_000_000))
    return {"round": rng.choice(ROUNDS), "amount": amount, "on": day(rng, 2000, 2025)}


def pairs(
    rng: random.Random, count: int, n: int, loops: bool = True
) -> Iterable[tuple[int, int]]:
    found: dict[tuple[int, int], None] = {}
    while len(found) < count:
        pair = rng.randrange(n), rng.randrange(n)
        if loops or pair[0] != pair[1]:
            found[pair] = None
    return found
