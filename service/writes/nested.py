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
        problems = RequestProblems()
        for records in [records_of_parts(parts, problems) for parts in steps]:
            entries += await write_records(writer, records, Mode.UPSERT, problems)
        last = {(entry.kind, entry.key): entry for entry in entries}
        outcome = await outcome_of(writer, main[0], [main[1]], list(last.values()))
        outcome.warnings = problems.warnings
        return entries, outcome

    return await run_once(graph, request, work)


def records_of_parts(parts: list[Part], problems: RequestProblems) -> Records:
    records = Records()
    for part in parts:
        add_record(records, part.kind, part.input, problems)
    return records


def organisation(input: Values) -> list[Part]:
    """An organisation, its teams (PART_OF) and its people and theirs (WORKS_FOR)."""
    own = input["organisation"]
    parts = [Part("Organisation", own, "input/organisation")]
    parts += staff(input.get("people"), own["key"], "input/people")
    for index, team in enumerate(input.get("teams") or ()):
        path = f"input/teams/{index}"
        parts.append(Part("Team", team["team"], f"{path}/team"))
        ends = {"source": team["team"]["key"], "target": own["key"]}
        parts.append(Part("Affiliation", ends, path))
        parts += staff(team.get("people"), team["team"]["key"], f"{path}/people")
    return parts


def staff(people: list[Values] | None, employer: str, at: str) -> Iterable[Part]:
    for index, row in enumerate(people or ()):
        path, person = f"{at}/{index}", row["person"]
        yield Part("Person", person, f"{path}/person")
        work = {n: v for n, v in row.items() if n != "person"}
        ends = {"source": person["key"], "target": employer}
        yield Part("Employment", {**work, **ends}, path)


def contract(input: Values) -> list[Part]:
    """A contract, its parties (PARTY_TO) and what it covers (COVERS)."""
    own = input["contract"]
    parts = [Part("Contract", own, "input/contract")]
    for index, row in enumerate(input.get("parties") or ()):
        rest = {n: v for n, v in row.items() if n != "member"}
        ends = {"source": row["member"], "target": own["key"]}
        parts.append(Part("ContractParty", {**rest, **ends}, f"input/parties/{index}"))
    for index, offering in enumerate(input.get("offerings") or ()):
        path = f"input/offerings/{index}"
        parts.append(Part("Offering", offering, path))
        ends = {"source": own["key"], "target": offering["key"]}
        parts.append(Part("Coverage", ends, path))
    return parts


def introduction(input: Values) -> list[list[Part]]:
    """An introduction and the states that it went through, each after the last."""
    own = input["introduction"]
    steps = [[Part("Introduction", own, "input/introduction")]]
    for index, step in enumerate(input.get("states") or ()):
        values = {"key": own["key"], **step}
        steps.append([Part("Introduction", values, f"input/states/{index}")])
    return steps


def investment(input: Values) -> list[Part]:
    """An investment with the organisation that it goes to, and its investor."""
    parts = []
    ends = {}
    for name, kind, end in PARTIES:
        if row := input.get(name):
            parts.append(Part(kind, row, f"input/{name}"))
            ends[end] = row["key"]
    return [*parts, Part("Investment", {**input["investment"], **ends}, "input")]


PARTIES = (
    ("organisation", "Organisation", "target"),
    ("investing_organisation", "Organisation", "source"),
    ("investing_person", "Person", "source"),
)


def key_of(part: Part) -> str:
    """The key that a tie has or will be built."""
    records = records_of_parts([part], RequestProblems())
    [group] = records.ties.values()
    return next(iter(group), "")
