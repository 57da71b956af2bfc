"""Search: members, contracts, capabilities and communities by their words."""

from __future__ import annotations

from starlette.responses import Response

from service.vocabulary.names import counted
from service.web.panel import Answer, Cell, PageLink, Panel, member_link
from service.web.rendering import page
from service.web.visit import Visit
from service.web.words import value_words

FIRST = 50


async def search(visit: Visit) -> Response:
    text = visit.parameter("text") or ""
    panels = []
    if text:
        variables = {"text": text, "first": FIRST, "day": visit.day}
        answer = (await visit.ask("search", **variables))["search"]
        sentence = f"{counted(answer['totalCount'], 'record')} with {text!r}."
        if answer["totalCount"] > FIRST:
            sentence += f" The first {FIRST} are listed."
        rows = [row_of(node) for node in answer["nodes"]]
        columns = ("name", "what", "roles", "place")
        panel = Panel(
            id="results",
            title="Results",
            sentence=sentence,
            columns=columns,
            rows=rows,
            document="search",
            variables=variables,
        )
        panels.append(panel)
    return page(visit, "search.html", "Search", panels, text=text)


def row_of(node: Answer) -> tuple[Cell, ...]:
    place = ", ".join(filter(None, (node.get("region"), node.get("country"))))
    roles = ", ".join(map(value_words, node.get("roles", ())))
    return name_of(node), node["__typename"].lower(), roles or "-", place or "-"


def name_of(node: Answer) -> Cell:
    if "memberName" in node:
        return member_link({"key": node["key"], "name": node["memberName"]})
    text = node.get("title") or node.get("name") or node.get("key") or "-"
    if node["__typename"] == "Community":
        return PageLink(text, f"/?community={node['key']}")
    return str(text)
