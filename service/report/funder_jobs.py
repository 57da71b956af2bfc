"""The jobs of a cohort: from people, teams and extra attributes, whichever is most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from service.formats.proposals.header_words import header_meaning
from service.report.funder_money import has_more, no_startups
from service.report.funders import FunderFacts
from service.report.section import Answer, MemberName, ReportSection, number
from service.vocabulary.names import counted

ADD_JOBS = (
    "Add EMPLOYMENT ties of the people who work there, or the headcount of its teams"
    " and AFFILIATION ties to them, or a number as an extra attribute such as"
    " “employees”, “headcount” or “FTE”."
)
JOB_SLOTS = {"headcount", "people"}  # of headers that say how many people work there
COLUMNS = ["start-up", "people", "headcount of teams", "attribute", "jobs"]


@dataclass(frozen=True)
class JobCount:
    """How many work for a start-up by each source; None: the source says nothing."""

    people: float | None
    headcount: float | None  # of its teams
    attribute: tuple[float, str] | None = None  # the largest, and its name

    @property
    def jobs(self) -> float | None:
        stated = self.attribute[0] if self.attribute else None
        known = [n for n in (self.people, self.headcount, stated) if n is not None]
        return max(known, default=None)

    @property
    def is_by_attribute(self) -> bool:
        """Whether an attribute says more than the records."""
        return self.jobs is not None and self.jobs not in (self.people, self.headcount)


def job_count(startup: Answer) -> JobCount:
    """
    >>> inside = [{"__typename": "Person"}, {"__typename": "Team", "headcount": 4}]
    >>> job_count({"members": {"totalCount": 2, "nodes": inside}})
    JobCount(people=1, headcount=4, attribute=None)
    >>> job_count({"attributes": [{"name": "Antal anställda", "number": 9.0}]}).jobs
    9.0
    >>> job_count({"members": {"totalCount": 0, "nodes": []}}).jobs is None
    True
    """
    nodes = startup.get("members", {}).get("nodes", [])
    people = sum(member["__typename"] == "Person" for member in nodes)
    teams = [member.get("headcount") for member in nodes]
    known = [headcount for headcount in teams if headcount is not None]
    stated = [
        (each["number"], each["name"])
        for each in job_attributes(startup)
        if is_headcount(each["number"])
    ]
    return JobCount(
        people or None, sum(known) if known else None, max(stated, default=None)
    )


def job_attributes(startup: Answer) -> list[Answer]:
    """The extra attributes whose name says how many people work there."""
    return [
        each
        for each in startup.get("attributes", [])
        if JOB_SLOTS & set(header_meaning(each["name"]).slots)
    ]


def is_headcount(value: float | None) -> bool:
    return value is not None and value >= 0


def jobs_section(facts: FunderFacts) -> ReportSection:
    title, last = "Jobs", facts.period.last_day
    if not facts.startups:
        return no_startups(title)
    counts = [(startup, job_count(startup)) for startup in facts.living]
    known = [count.jobs for _, count in counts if count.jobs is not None]
    without = len(counts) - len(known)
    sentence = (
        f"{number(sum(known), 1)} jobs on {last} in {counted(len(known), 'start-up')}:"
        " of each the largest of the people who work for it or its teams, the headcount"
        " of its teams, and its extra attribute for the number of employees."
    )
    notes = attribute_notes([count for _, count in counts])
    if not known:
        sentence = f"Unknown on {last}. {ADD_JOBS}"
    elif without:
        notes.append(
            f"Unknown for {without:,} of {counted(len(counts), 'start-up')}. {ADD_JOBS}"
        )
    notes += unread_notes(facts.living)
    cut = [
        startup["name"] or startup["key"]
        for startup, _ in counts
        if has_more(startup.get("members"))
    ]
    if cut:
        notes.append(f"Only the first members inside are counted for {', '.join(cut)}.")
    rows = [
        [
            MemberName.of(startup),
            count_text(count.people),
            count_text(count.headcount),
            attribute_text(count),
            count_text(count.jobs),
        ]
        for startup, count in counts
    ]
    return ReportSection(title, sentence, COLUMNS, rows, notes=notes)


def attribute_notes(counts: list[JobCount]) -> list[str]:
    """How much of the figure has an attribute as its source, and no day."""
    stated = [count for count in counts if count.is_by_attribute]
    if not stated:
        return []
    jobs = number(sum(count.jobs or 0 for count in stated), 1)
    names = Counter(count.attribute[1] for count in stated if count.attribute)
    listed = ", ".join(f"“{name}”" for name, _ in names.most_common(5))
    return [
        f"{jobs} of these jobs, in {counted(len(stated), 'start-up')}, come from an"
        f" extra attribute ({listed}). It has no day: its value is that of now."
    ]


def unread_notes(startups: list[Answer]) -> list[str]:
    """Attributes that say how many work there, but not as a number."""
    unread = [
        each
        for startup in startups
        for each in job_attributes(startup)
        if not is_headcount(each["number"])
    ]
    if not unread:
        return []
    count, first = counted(len(unread), "extra attribute"), unread[0]
    value = f": “{first['text']}”" if first["text"] else ""
    return [
        f"Not counted: {count} without a plain number, such as"
        f" “{first['name']}”{value}. Write one number of people there."
    ]


def attribute_text(count: JobCount) -> str:
    if count.attribute is None:
        return "unknown"
    value, name = count.attribute
    return f"{number(value, 1)} ({name})"


def count_text(count: float | None) -> str:
    return "unknown" if count is None else number(count, 1)
