"""The demo's tour: questions, each with its answer and its GraphQL document."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from seeds import question
from service.cli.demo_tables import Answer, brokers, partner_paths, weak_team
from service.errors import ValuenetError

Ask = Callable[[str], Awaitable[dict[str, Any]]]

# The document in seeds/demo/questions, the question, and how its answer is printed.
TOUR: tuple[tuple[str, str, Callable[[Answer, int], Iterator[Any]]], ...] = (
    (
        "brokers_of_the_demo",
        "1. Who brokers between the regions of the demo ecosystem?",
        brokers,
    ),
    (
        "brokers_of_yc",
        "   And between the sectors among Y Combinator's co-investors?",
        brokers,
    ),
    (
        "weak_team",
        "2. The R&D team of a pump maker works at 40 % for 30 days: who waits?",
        weak_team,
    ),
    (
        "partner_paths",
        "3. Who can introduce the start-up Fuktlys to the partners that it needs?",
        partner_paths,
    ),
)


async def print_tour(ask: Ask, console: Console) -> None:
    """Ask the questions and print each with its answer."""
    documents = [question(name) for name, _, _ in TOUR]
    # Concurrently: a server that has just started plans them on all processors.
    bodies = await asyncio.gather(*map(ask, documents))
    for (name, title, parts), document, body in zip(
        TOUR, documents, bodies, strict=True
    ):
        if errors := body.get("errors"):
            raise ValuenetError(f"the demo's {name}: {errors[0]['message']}")
        console.print(Text(f"\n{title}\n", style="bold"))
        for part in [*parts(body["data"], console.width), *warnings(body["data"])]:
            console.print(part)
        code_block = Text(f"```graphql\n{document.rstrip()}\n```", style="dim")
        console.print(code_block, soft_wrap=True)


def warnings(data: Answer) -> Iterator[str]:
    for value in data.values():
        for warning in value.get("about", {}).get("warnings", []):
            yield f"Note: {warning}\n"
