"""The demo's tour: its figures, and tables that fit a terminal."""

import io
import re

from rich.console import Console

import seeds
from service.cli.ask import answer_of
from service.cli.demo_tour import print_tour
from service.settings import Settings


def test_the_tour_answers_its_questions_from_the_seeds(run, draw, graph, runner):
    """Story B's figures; the widths are those of a terminal and of a pipe."""
    draw(seeds.FOLDER / "demo")
    assert run("load", "--format", "yc", seeds.FOLDER / "yc")[0] == 0
    # Or plans that were made for the small worlds before are used.
    runner.run(graph._driver.execute_query("CALL db.clearQueryCaches()"))

    async def ask(text):
        return await answer_of(graph, Settings(), text, limits=False)  # as the demo

    told = {}
    for width in (80, 120, 100_000):
        console = Console(file=io.StringIO(), width=width, markup=False)
        runner.run(print_tour(ask, console))
        told[width] = console.file.getvalue()
    for text in told.values():
        assert "…" not in text
        assert text.count("```graphql\n") == 4
        for name in ("brokers_of_the_demo", "weak_team", "partner_paths"):
            assert seeds.question(name).strip() in text
    for width in (80, 120):
        assert max(map(len, told[width].splitlines())) <= width
    piped = told[100_000]
    for row in (
        r"Åsvik Pump Production +46\.0 % +54\.0 % +13 ",
        r"Björkliden Dairy +67\.6 % +32\.4 % +10 ",
        r"Björkliden Dairy +10 +3,200,000 SEK ",
        r"Stenarp Brewery does not wait: Kvarnholm Pumps",
        r"Prototype making: Bergslund Ventures opens the way",
        r"Mass manufacturing: Bergslund Ventures opens the way",
        r"Distribution: Bergslund Ventures opens the way",
        r"766 members, 18,930 arcs",
    ):
        assert re.search(row, piped), row
