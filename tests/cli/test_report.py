"""The report on a community, in the API and as a file."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from seeds import SEEDS
from service.cli import app
from service.report import QUESTION, WRITERS
from service.report.page import html_page, markdown_page
from service.report.sections import sections
from tests.questions.test_ecosystem_report import PARTS, friends
from tests.support.worlds import AS_OF, member, tie

TEXT = QUESTION.read_text(encoding="utf-8")


class FetchedTags(HTMLParser):
    """Lists the tags that a browser would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        named = [name for name, _ in attrs]
        if tag in ("script", "link", "img", "iframe") or {"src", "href"} & {*named}:
            self.found.append(tag)


def test_the_page_fetches_nothing_and_escapes_the_data(draw, ask):
    world = friends()
    world["communities"][0]["name"] = "<script>alert(1)</script>"
    world["members"][0]["name"] = "A | <b>bold</b> *name*"
    world["ties"].append(tie("EXCHANGE", "a", "b", exchange_kind="TANGIBLE"))
    draw(world)
    report = ask(TEXT, community="club", asOf=AS_OF)["ecosystemReport"]
    page = html_page(report, sections(report))
    parser = FetchedTags()
    parser.feed(page)
    assert parser.found == []
    assert "<b>bold" not in page
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert pictures
    for picture in pictures:
        ElementTree.fromstring(picture)
    text = markdown_page(report, sections(report))
    assert r"A \| \<b\>bold\</b\> \*name\*" in text
    assert "<svg" not in text


@pytest.mark.parametrize("ending", list(WRITERS))
def test_the_command_writes_each_kind_of_file(
    draw, tmp_path, monkeypatch, address, ending
):
    draw(SEEDS[0].folder)
    for name in ("uri", "username", "password", "database"):
        monkeypatch.setenv(f"NEO4J_{name.upper()}", getattr(address, name))
    out = tmp_path / f"report{ending}"
    words = ["report", "demo", "--out", str(out), "--as-of", AS_OF]
    started = time.perf_counter()
    result = CliRunner().invoke(app, [*words, "--since", "2026-01-01"])
    assert result.exit_code == 0, result.output
    assert time.perf_counter() - started < 30
    text = out.read_text(encoding="utf-8")
    assert "Bergslund Ventures" in text
    assert ("<svg" in text) is (ending == ".html")
    files = {path.name for path in tmp_path.iterdir()}
    pictures = {f"report-{name}.svg" for name in ("network", "brokers", "losses")}
    assert files == {out.name} | (pictures if ending == ".md" else set())


def test_the_command_takes_how_many_to_list(draw, tmp_path, monkeypatch, address):
    draw(SEEDS[0].folder)
    for name in ("uri", "username", "password", "database"):
        monkeypatch.setenv(f"NEO4J_{name.upper()}", getattr(address, name))
    out = tmp_path / "report.md"
    words = ["report", "demo", "--out", str(out), "--as-of", AS_OF, "--first", "2"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    text = out.read_text(encoding="utf-8")
    assert "The table has 2 of 49 fading acquaintances." in text
    assert re.search(r"\b2 of \d+ start-ups, those with needs first", text)
    assert re.search(r"The table has 2 of \d+ brokers\.", text)


def test_bad_input_is_reported_and_nothing_is_written(draw, ask, tmp_path):
    draw(friends())
    late = ask(PARTS, errors=True, community="club", since="2027-01-01", asOf=AS_OF)
    assert (
        "since: 2027-01-01 is after the day of the report" in late["errors"][0].message
    )
    away = ask(PARTS, errors=True, community="nowhere")
    assert away["errors"][0].message == "No Community has the key 'nowhere'."
    for words, said in (
        (["--out", str(tmp_path / "a.pdf")], "expected .html, .md, .json"),
        (
            ["--out", str(tmp_path / "a.md"), "--since", "May"],
            "--since: expected a date",
        ),
    ):
        result = CliRunner().invoke(app, ["report", "club", *words])
        assert result.exception is not None
        assert said in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_community_without_members_has_a_page(draw, ask):
    draw({"members": [member("a")], "communities": [{"key": "club", "name": "Club"}]})
    report = ask(TEXT, community="club", asOf=AS_OF)["ecosystemReport"]
    page = html_page(report, sections(report))
    assert "The community has no member" in page
    assert "Add MEMBERSHIP ties" in page
    assert "<table" in page  # what changed: members 0 and 0, the rest undefined
    assert "<td>-</td>" in page


def test_the_sentences_use_the_singular_for_one(draw, ask):
    world = friends()
    world["ties"].append(
        tie("EXCHANGE", "a", "b", exchange_kind="TANGIBLE", since="2026-10-01")
    )
    draw(world)
    report = ask(TEXT, community="club", asOf=AS_OF)["ecosystemReport"]
    page = html_page(report, sections(report))
    assert "2 members exchange something with each other;" in page
    assert "Among 2 members with 1 arc" in page
    assert "2 acquaintances have not been renewed" in page
    assert "1 new tie, 0 ended ties, 0 unchanged ties" in page
    assert "New ties: " in page
