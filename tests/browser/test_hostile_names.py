"""Names that attack a page, or that are too long for it, are texts everywhere."""

from __future__ import annotations

import pytest

from service.web.routes import PAGES
from tests.browser.addresses import FRAGMENTS, PARAMETERS
from tests.browser.conftest import TELEPHONE, page_width
from tests.support.worlds import member, tie

SCRIPT = "<script>document.title = 'broken'</script>"
QUOTES = """"><img src=x onerror="document.title = 'broken'"> 'it''s' "so" `&amp;`"""
LONG = "A" * 600
RIGHT_TO_LEFT = (
    "\u202e\u05e9\u05dc\u05d5\u05dd \u0627\u0644\u0639\u0631\u0628\u064a\u0629"
)
NAMES = [SCRIPT, QUOTES, LONG, RIGHT_TO_LEFT]


@pytest.fixture(scope="module")
def hostile(draw):
    """A community of start-up, helper and supplier, whatever they are called."""
    members = [
        member(f"m{i}", name=name, sector=name, region=name, description=name)
        for i, name in enumerate(NAMES)
    ]
    members[0]["roles"] = "STARTUP"
    members[2]["roles"] = "INVESTOR"
    backer = member("p", "PERSON", name=LONG)
    helper = member("q", "PERSON", name=QUOTES)
    ties = [tie("MEMBERSHIP", f"m{i}", "c") for i in range(4)]
    ties += [
        tie("EXCHANGE", "m0", "m1", deliverable=QUOTES),
        tie("EXCHANGE", "m1", "m2", deliverable=LONG),
        tie("DEPENDENCY", "m0", "m3", strength="0.9"),
        tie("DEPENDENCY", "m2", "m3", strength="0.9"),
        tie("INVESTMENT", "m2", "m0"),
        tie("EMPLOYMENT", "p", "m2", title=SCRIPT),
        tie("EMPLOYMENT", "q", "m3", title=LONG),
        tie("ACQUAINTANCE", "p", "q", score="3", score_at="2026-10-01"),
        tie("NEED", "m0", "make", stage=""),
        tie("CAPABILITY", "m3", "make"),
    ]
    communities = [{"key": "c", "kind": "OTHER", "name": LONG}]
    capabilities = [{"key": "make", "name": LONG}]
    draw(
        {
            "members": [*members, backer, helper],
            "ties": ties,
            "communities": communities,
            "capabilities": capabilities,
        }
    )


def addresses():
    for path in sorted(PAGES.keys() - FRAGMENTS - PARAMETERS.keys()):
        yield path.replace("{key:path}", "m0")
    yield from [f"/members/m{i}" for i in range(1, 4)]
    yield from ["/introductions", "/introductions?startup=m0", "/what-if?member=m3"]
    yield from ["/edit?kind=Organisation&key=m1", "/add?kind=Exchange&member=m2"]
    for text in ("script", "%22%3E%3Cimg", "A" * 90, "%3Cscript%3E"):
        yield f"/search?text={text}"


def test_names_run_no_script_and_stretch_no_page(open_page, hostile):
    page = open_page("/", viewport=TELEPHONE)
    wide = []
    for address in addresses():
        page.goto(address)
        assert page.title() != "broken"
        assert page.locator("main :is(img, script)").count() == 0, address
        if page_width(page) > TELEPHONE["width"]:
            wide.append((address, page_width(page)))
    assert wide == []
