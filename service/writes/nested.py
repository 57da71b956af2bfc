"""Writes of several related records of several kinds, all or none of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from service.change_log.entries import Entry
from service.graph import Graph
from service.graph.transactions import Writer
from service.writes.apply import write_records
from service.writes.checks import Mode
from service.writes.idempotency import WriteRequest, WriteResult, run_once
from service.writes.outcome import WriteOutcome, outcome_of
from service.writes.problems import RequestProblems
from service.writes.record_inputs import add_record
from service.writes.records import RecordInput, Records, Values


class Part(NamedTuple):
    """One record of a nested write, with its path in the input."""

    kind: str
    values: Values
    path: str

    @property
    def input(self) -> RecordInput:
        return RecordInput(self.path, 0, self.values)


async def save_parts(
    graph: Graph, request: WriteRequest, steps: list[list[Part]], main: tuple[str, str]
) -> WriteOutcome:
    """Upsert all parts, step by step, in one transaction; the answer is `main`."""

    async def work(writer: Writer) -> WriteResult:
        entries: list[Entry] = []
        for parts in steps:
            problems, records = RequestProblems(), Records()
            for part in parts:
                add_record(records, part.kind, part.input, problems)
            problems.refuse()
            entries += await write_records(writer, records, Mode.UPSERT, problems)
        last = {(entry.kind, entry.key): entry for entry in entries}
        return entries, await outcome_of(
            writer, main[0], [main[1]], list(last.values())
        )

    return await run_once(graph, request, work)


def organisation(given: Values) -> list[Part]:
    """An organisation, its teams (PART_OF) and its people and theirs (WORKS_FOR)."""
    own = given["organisation"]
    parts = [Part("Organisation", own, "input/organisation")]
    parts += staff(given.get("people"), own["key"], "input/people")
    for place, team in enumerate(given.get("teams") or ()):
        path = f"input/teams/{place}"
        parts.append(Part("Team", team["team"], f"{path}/team"))
        ends = {"source": team["team"]["key"], "target": own["key"]}
        parts.append(Part("Affiliation", ends, path))
        parts += staff(team.get("people"), team["team"]["key"], f"{path}/people")
    return parts


def staff(people: list[Values] | None, employer: str, at: str) -> Iterable[Part]:
    for place, one in enumerate(people or ()):
        path, person = f"{at}/{place}", one["person"]
        yield Part("Person", person, f"{path}/person")
        work = {n: v for n, v in one.items() if n != "person"}
        ends = {"source": person["key"], "target": employer}
        yield Part("Employment", {**work, **ends}, path)


def contract(given: Values) -> list[Part]:
    """A contract, its parties (PARTY_TO) and what it covers (COVERS)."""
    own = given["contract"]
    parts = [Part("Contract", own, "input/contract")]
    for place, one in enumerate(given.get("parties") or ()):
        rest = {n: v for n, v in one.items() if n != "member"}
        ends = {"source": one["member"], "target": own["key"]}
        parts.append(Part("ContractParty", {**rest, **ends}, f"input/parties/{place}"))
    for place, offering in enumerate(given.get("offerings") or ()):
        path = f"input/offerings/{place}"
        parts.append(Part("Offering", offering, path))
        ends = {"source": own["key"], "target": offering["key"]}
        parts.append(Part("Coverage", ends, path))
    return parts


def introduction(given: Values) -> list[list[Part]]:
    """An introduction and the states that it went through, each after the last."""
    own = given["introduction"]
    steps = [[Part("Introduction", own, "input/introduction")]]
    for place, step in enumerate(given.get("states") or ()):
        moved = {"key": own["key"], **step}
        steps.append([Part("Introduction", moved, f"input/states/{place}")])
    return steps


def investment(given: Values) -> list[Part]:
    """An investment with the organisation that it goes to, and its investor."""
    parts = []
    ends = {}
    for name, kind, end in PARTIES:
        if one := given.get(name):
            parts.append(Part(kind, one, f"input/{name}"))
            ends[end] = one["key"]
    return [*parts, Part("Investment", {**given["investment"], **ends}, "input")]


PARTIES = (
    ("organisation", "Organisation", "target"),
    ("investing_organisation", "Organisation", "source"),
    ("investing_person", "Person", "source"),
)


def key_of(part: Part) -> str:
    """The key that a tie has or will be built."""
    records = Records()
    add_record(records, part.kind, part.input, RequestProblems())
    [group] = records.ties.values()
    return next(iter(group), "")
