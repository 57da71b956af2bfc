"""The facts of the report for funders: what a cohort did between two days."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from service.errors import BadInput
from service.report.section import Answer

PAGE = 20  # start-ups of one request, with all that is related to them
MOST_PAGES = 50
INTRODUCTIONS = 200
KEYS = 500  # of one filter
YEAR = timedelta(days=365)  # the period where none is given
Ask = Callable[[str, Answer], Awaitable[Answer]]  # the data of a named document


@dataclass(frozen=True)
class FunderPeriod:
    """From the first to the last day, both included."""

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise BadInput(
                f"from: {self.first_day} is after the last day, {self.last_day}; give"
                " an earlier date."
            )

    def has(self, day: str | None) -> bool:
        return day is not None and self.first_day <= date.fromisoformat(day) <= (
            self.last_day
        )


@dataclass(frozen=True)
class FunderFacts:
    """What the API answered about one cohort."""

    community: Answer
    period: FunderPeriod
    startups: list[Answer]
    startup_count: int  # more than `startups` where there are very many
    introductions: list[Answer]
    network: Answer  # of ecosystemReport
    variables: dict[str, Answer]  # of the first page of each document

    @property
    def living(self) -> list[Answer]:
        """The start-ups that exist on the last day."""
        last = self.period.last_day.isoformat()
        return [
            startup
            for startup in self.startups
            if (startup["since"] or last) <= last
            and (startup["until"] is None or startup["until"] > last)
        ]


async def funder_facts(
    ask: Ask, community: str, first_day: date, last_day: date
) -> FunderFacts:
    period = FunderPeriod(first_day, last_day)
    days = {"from": first_day.isoformat(), "to": last_day.isoformat()}
    of_network = {"community": community, **days}
    network = (await ask("funder_network", of_network))["ecosystemReport"]
    cohort = {"some": {"target": {"key": {"eq": community}}}}
    of_startups = {
        "filter": {"roles": {"has": "STARTUP"}, "memberships": cohort},
        "to": days["to"],
        "first": PAGE,
    }
    startups, count = await all_nodes(ask, "funder_startups", "members", of_startups)
    keys = sorted({key for startup in startups for key in requesters(startup)})
    introductions: list[Answer] = []
    for begins in range(0, len(keys), KEYS):
        among = {"requesters": keys[begins : begins + KEYS], "first": INTRODUCTIONS}
        name = "funder_introductions"
        introductions += (await all_nodes(ask, name, "introductions", among))[0]
    variables: dict[str, Answer] = {
        "funder_startups": of_startups,
        "funder_introductions": {"requesters": keys[:KEYS], "first": INTRODUCTIONS},
        "funder_network": of_network,
    }
    subject = network["community"]
    return FunderFacts(
        subject, period, startups, count, introductions, network, variables
    )


def requesters(startup: Answer) -> list[str]:
    """The start-up, and the people and teams inside it."""
    inside: list[Any] = startup.get("members", {}).get("nodes", [])
    return [startup["key"], *(member["key"] for member in inside)]


async def all_nodes(
    ask: Ask, document: str, field: str, variables: Answer
) -> tuple[list[Answer], int]:
    """The records of all pages, up to a limit, and how many there are."""
    nodes: list[Answer] = []
    count, after = 0, None
    for _ in range(MOST_PAGES):
        answer = (await ask(document, {**variables, "after": after}))[field]
        nodes += answer["nodes"]
        count, end = answer["totalCount"], answer["pageInfo"]
        if not end["hasNextPage"]:
            break
        after = end["endCursor"]
    return nodes, count
