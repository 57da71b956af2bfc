"""Map: the network as a picture that answers clicks, and the same as tables."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, timedelta

from starlette.responses import Response

from schema.context import today
from service.computation.pool import in_thread
from service.web.community import member_filter
from service.web.map_files import gexf, loss_text, svg
from service.web.map_member import LOSSES, ChosenMember, chosen_member, score_text
from service.web.map_state import (
    ATTRIBUTE,
    COLOURS,
    MODES,
    SIZES,
    STEPS,
    TIES,
    USUAL_TIES,
    MapState,
    colour_text,
    map_state,
)
from service.web.map_view import map_view
from service.web.panel import Answer, Panel
from service.web.rendering import csv_of, html, page
from service.web.visit import Visit
from service.web.words import value_words

FIRST_MEMBERS, MOST_ATTRIBUTES = 200, 30  # that the list of colours is made from
LONGEST = timedelta(days=3_653)  # of the slider; the field for the day takes all
# The variables of the document of days; each filters ties by the member at one end.
TIE_FILTERS = ["exchanges", "dependencies", "investments", "acquaintances"]
TIE_FILTERS += ["employments", "affiliations", "advices", "parties"]


async def map_page(visit: Visit) -> Response:
    state = map_state(visit)
    view, communities, attributes, days, chosen = await asyncio.gather(
        map_view(visit, state),
        visit.ask("communities"),
        attribute_names(visit, state),
        slider_days(visit, state),
        chosen_member(visit, state),
    )
    if (id := visit.parameter("csv")) is not None:
        return csv_of(id, [*view.panels(None), *chosen.marks.panels])
    return page(
        visit,
        "map.html",
        "Map",
        view.panels(),
        view=view,
        days=days,
        ties=[(kind, value_words(kind), kind in USUAL_TIES) for kind in TIES],
        choices=choices(communities["communities"]["nodes"], attributes),
        **aside(state, chosen),
    )


async def attribute_names(visit: Visit, state: MapState) -> list[str]:
    """The extra attributes of the members, the most frequent first."""
    variables = {"filter": member_filter(state.community, None), "first": FIRST_MEMBERS}
    answer = await visit.ask("map_attributes", **variables)
    counts = Counter(
        attribute["name"]
        for member in answer["members"]["nodes"]
        for attribute in member["attributes"]
    )
    names = [name for name, _ in counts.most_common(MOST_ATTRIBUTES)]
    chosen = state.grouping["attribute"]
    return [*names, chosen] if chosen and chosen not in names else names


def choices(
    communities: list[Answer], attributes: list[str]
) -> dict[str, list[tuple[str, str]]]:
    """The values of each list of the form, the usual one first, and their texts."""
    colours = [*COLOURS, *(ATTRIBUTE + name for name in attributes)]
    named = [(each["key"], each["name"] or each["key"]) for each in communities]
    return {
        "community": [("", "All members"), *named],
        "colour": [(each, colour_text(each)) for each in colours],
        "size": [(score, score) for score in SIZES],
        "mode": list(MODES.items()),
        "steps": [(str(step), str(step)) for step in STEPS],
    }


def aside(state: MapState, chosen: ChosenMember) -> Answer:
    """What the part beside the map shows."""

    def own_csv_address(panel: Panel) -> str:
        address = state.address()
        return f"{address}{'&' if '?' in address else '?'}csv={panel.id}"

    return {
        "state": state,
        "chosen": chosen,
        "score_text": score_text,
        "own_csv_address": own_csv_address,
        "losses": [(step, loss_text(step)) for step in range(1, LOSSES + 1)],
    }


async def map_member(visit: Visit) -> Response:
    """The part beside the map alone, for a script that puts it there."""
    state = map_state(visit)
    chosen = await chosen_member(visit, state)
    return html("map_member.html", visit=visit, **aside(state, chosen))


async def map_picture(visit: Visit) -> Response:
    state = map_state(visit)
    view, chosen = await asyncio.gather(
        map_view(visit, state), chosen_member(visit, state)
    )
    text = await in_thread(svg, view, chosen.marks, view.sentence)
    return file(text, "image/svg+xml", "map.svg")


async def map_gexf(visit: Visit) -> Response:
    view = await map_view(visit, map_state(visit), kinds=True)
    return file(await in_thread(gexf, view), "application/gexf+xml", "map.gexf")


def file(text: str, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'inline; filename="{name}"'}
    return Response(text, media_type=media_type, headers=headers)


async def slider_days(visit: Visit, state: MapState) -> list[date] | None:
    """From when the first tie began to when the last did; None if none has a day."""
    filters: Answer = {}
    if state.community:
        community = {"target": {"key": {"eq": state.community}}}
        within = {"source": {"memberships": {"some": community}}}
        filters = dict.fromkeys(TIE_FILTERS, within)
    answer = await visit.ask("map_days", **filters)
    periods = [each["since"] for each in answer.values() if each["since"]["min"]]
    if not periods:
        return None
    first, last = (
        edge(date.fromisoformat(each[edge.__name__]) for each in periods)
        for edge in (min, max)
    )
    last = max(last, today())
    return [max(first, last - LONGEST), last]
