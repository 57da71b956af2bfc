"""The rows of a cascade: who is hit, how hard, in what order, and why."""

from __future__ import annotations

from service.web.panel import Answer, Cell, member_link

IMPACT_COLUMNS = ("member", "loss", "step", "waits", "because")


def impact_rows(answer: Answer) -> list[tuple[Cell, ...]]:
    """Without the member that is weak itself, which is at step 0."""
    return [
        (
            member_link(impact["member"]),
            f"{impact['loss']:.0%}",
            f"{impact['order']}",
            days_text(impact["waitDays"]),
            path_text(impact),
        )
        for impact in answer["impacts"]
        if impact["loss"] and impact["order"]
    ]


def days_text(days: float | None) -> str:
    return "-" if days is None else f"{days:g} days"


def path_text(record: Answer) -> str:
    return " → ".join(member["name"] for member in record["decidingPath"])
