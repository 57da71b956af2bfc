"""Depends on one: members of a community that a single other member could sink."""

from __future__ import annotations

from starlette.responses import Response

from service.vocabulary.enums import DependenceKind
from service.vocabulary.names import counted
from service.web.community import community_choice
from service.web.panel import Answer, Cell, PageLink, Panel, member_link
from service.web.rendering import page
from service.web.visit import Visit
from service.web.words import plain_words

FIRST = 20
MOST = 1_000  # of one request for the CSV
WORDS = {
    "SOLE_CONTACT": ("only contact", "customer"),
    "TRUCK_FACTOR": ("key person", "customer or partner"),
    "CHOKE_POINT": ("only way in", "need"),
    "SOLE_PARTNER": ("only partner", "need"),
    "SOLE_SUPPLIER": ("supplier without substitute", "supplier"),
}
UNKNOWN = "Unknown: the table below says which data are missing."
PLURALS = {"customer or partner": "customers and partners"}


async def dependence(visit: Visit) -> Response:
    kind = visit.choice("kind", DependenceKind.__members__)
    choice = await community_choice(visit)
    values = {"choice": choice, "kind": kind, "kinds": WORDS, "after": None}
    title = "Depends on one"
    if choice.chosen is None:
        return page(visit, "dependence.html", title, [], **values)
    is_table = visit.parameter("csv") is not None
    variables = {
        "community": choice.chosen,
        "kinds": [kind] if kind else None,
        "day": visit.day,
        "first": MOST if is_table else FIRST,
        "after": None if is_table else visit.parameter("after"),
    }
    answer = (await visit.ask("dependence", **variables))["dependence"]
    rows = answer["rows"]
    while is_table and answer["rowsPageInfo"]["hasNextPage"]:
        variables["after"] = answer["rowsPageInfo"]["endCursor"]
        answer = (await visit.ask("dependence", **variables))["dependence"]
        rows += answer["rows"]
    end = answer["rowsPageInfo"]
    values["after"] = end["endCursor"] if end["hasNextPage"] else None
    panels = [
        rows_panel(visit, answer, rows, variables),
        counts_panel(visit, answer, variables),
    ]
    return page(visit, "dependence.html", title, panels, **values)


def rows_panel(
    visit: Visit, answer: Answer, rows: list[Answer], variables: Answer
) -> Panel:
    cells = [row_cells(visit, row) for row in rows]
    sentence = UNKNOWN
    if not answer["nullReason"]:
        count = counted(answer["totalCount"], "dependence")
        sentence = f"{len(rows):,} of {count} on this page, the largest share first."
    columns = ("who", "depends on", "as", "for", "share", "which", "next step")
    return Panel(
        id="dependence",
        title="Who depends on one",
        sentence=sentence,
        columns=columns,
        rows=cells,
        document="dependence",
        variables=variables,
    )


def row_cells(visit: Visit, row: Answer) -> tuple[Cell, ...]:
    words, noun = WORDS[row["kind"]]
    if row["together"] > 1:
        words += f", one of {row['together']}"
    return (
        member_link(row["dependent"]),
        member_link(row["on"]),
        words,
        f"{row['count']:,} of {counted(row['total'], noun, PLURALS.get(noun))}",
        f"{row['share']:.0%}",
        items_text(row),
        next_step(visit, row),
    )


def items_text(row: Answer) -> str:
    """What depends on the member, by name; of many the first, and how many more."""
    items = row["needs"] or row["members"]
    text = ", ".join(item["name"] or item["key"] for item in items)
    more = row["count"] - len(items)
    return f"{text} and {more:,} more" if more else text


def next_step(visit: Visit, row: Answer) -> PageLink:
    """Where the row leads on."""
    key = row["on"]["key"]
    if row["kind"] in ("SOLE_CONTACT", "TRUCK_FACTOR"):
        return PageLink("If they leave", visit.address("/departures", person=key))
    if row["kind"] == "SOLE_SUPPLIER":
        return PageLink("If it stops", visit.address("/what-if", member=key))
    startup = row["dependent"]["key"]
    return PageLink("Other ways in", visit.address("/introductions", startup=startup))


def counts_panel(visit: Visit, answer: Answer, variables: Answer) -> Panel:
    """How many rows each kind has, and what is not known."""
    counts = answer["counts"]
    rows: list[tuple[Cell, ...]] = [
        (
            PageLink(
                WORDS[each["kind"]][0].capitalize(),
                visit.address("/dependence", kind=each["kind"]),
            ),
            "unknown" if each["count"] is None else f"{each['count']:,}",
            plain_words(each["nullReason"] or "-"),
        )
        for each in counts
    ]
    known = [each["count"] for each in counts if each["count"] is not None]
    sentence = f"{sum(known):,} in all; {len(known)} of {len(counts)} kinds are known."
    columns = ("kind", "rows", "what is missing")
    reasons = [each["nullReason"] for each in counts if each["nullReason"]]
    notes = [
        note
        for note in answer["about"]["warnings"]
        if not any(note.endswith(reason) for reason in reasons)  # it is in the table
    ]
    return Panel(
        id="kinds",
        title="How they depend",
        sentence=sentence,
        columns=columns,
        rows=rows,
        notes=notes,
        document="dependence",
        variables=variables,
    )
