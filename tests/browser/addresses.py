"""The addresses of every page, with the demo."""

from __future__ import annotations

from service.web.routes import PAGES

DAY = "day=2026-11-01"
DEMO = f"community=demo&{DAY}"
# What a page needs to show its answer; a page that is not here needs nothing.
PARAMETERS = {
    "/map": [f"?{DEMO}", f"?{DEMO}&colour=REGION&selected=asvik-pump&mode=cascade"],
    "/introductions": [
        f"?{DEMO}",
        f"?startup=fuktlys&{DAY}",
        f"?startup=fuktlys&target=lars-ekdahl&{DAY}",
    ],
    "/ask": [f"?requester=fuktlys&introducer=ture-falk&target=lars-ekdahl&{DAY}"],
    "/what-if": [f"?{DAY}", f"?member=asvik-pump&works=40&{DAY}"],
    "/departures": [f"?{DAY}", f"?person=magnus-wiberg&to=vagnet-telecom&{DAY}"],
    "/dependence": [f"?{DEMO}"],
    "/report/funders": ["?community=demo&from=2025-11-01&to=2026-11-01"],
    "/search": [f"?text=prototype&{DAY}"],
    "/add": [f"?member=fuktlys&{DAY}", f"?kind=Exchange&member=fuktlys&{DAY}"],
    "/edit": [f"?kind=Organisation&key=fuktlys&{DAY}"],
}
# Parts of a page, and pages of an import that somebody has begun.
FRAGMENTS = {path for path in PAGES if path == "/choices" or "{id}" in path}


def demo_addresses() -> list[str]:
    """Every page with the demo; a new page is one of them without a word here."""
    return [
        path.replace("{key:path}", "fuktlys") + query
        for path in sorted(PAGES.keys() - FRAGMENTS)
        for query in PARAMETERS.get(path, [f"?{DEMO}"])
    ]
