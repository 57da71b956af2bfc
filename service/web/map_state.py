"""What the map shows, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from service.errors import BadInput
from service.networks.selection import SHARED_TIES, STORED_TIES
from service.vocabulary.enums import GroupKey, TieKind
from service.web.visit import Visit

# The ties that join two members; those in the first part count unless others are named.
USUAL_TIES = tuple(t.value for t in (*STORED_TIES, TieKind.CONTRACT, TieKind.REFERRAL))
TIES = (*USUAL_TIES, *(kind.value for kind in SHARED_TIES))
COLOURS = tuple(GroupKey.__members__)
ATTRIBUTE = "x:"  # before the name of an extra attribute that colours
SIZES = ("degree", "brokerage", "betweenness", "constraint")
# What the map marks around the member that is chosen.
MODES = {
    "": "nothing",
    "brokerage": "the pairs that it brokers",
    "cascade": "who is hit if it stops",
    "introductions": "its introductions",
}
STEPS = (2, 1, 3, 4, 5)


@dataclass(frozen=True, kw_only=True)
class MapState:
    """The selections of a visitor; each has its place in the address."""

    community: str | None
    day: str | None
    ties: tuple[str, ...]
    colour: str
    size: str
    organisation: str | None  # only it, its internal members, and those tied to them
    isolates: bool
    focus: str | None  # only this member and those within so many steps
    steps: int
    selected: str | None
    mode: str
    works: float  # of the cascade: how much the member still works, %
    days: float | None  # of the cascade: for how long
    need: str | None  # of the introductions: the key of a capability

    @property
    def network(self) -> dict[str, Any]:
        """The network of all its questions: a NetworkInput."""
        network = {
            "ties": self.ties,
            "community": self.community,
            "organisation": self.organisation,
            "isolates": self.isolates,
            "asOf": self.day,
        }
        return {name: value for name, value in network.items() if value is not None}

    @property
    def grouping(self) -> dict[str, str | None]:
        """What puts members into groups: a key of the API or an extra attribute."""
        if self.colour.startswith(ATTRIBUTE):
            name = self.colour.removeprefix(ATTRIBUTE)
            return {"colour": None, "attribute": name}
        return {"colour": self.colour, "attribute": None}

    @property
    def colour_text(self) -> str:
        """What the colours stand for."""
        return colour_text(self.colour)

    @property
    def scores(self) -> dict[str, bool]:
        """Which scores its questions need, as their variables say it."""
        return {name: name == self.size for name in SIZES[1:]}

    @property
    def obstacle(self) -> str | None:
        """Why there is nothing to ask."""
        if self.colour == GroupKey.SIDE.value and self.organisation is None:
            return (
                "Colours by side are inside and outside of an organisation. Give its"
                " key under “Ties and members”."
            )
        return None

    def address(self, path: str = "/map", **changes: Any) -> str:
        """A link to this state with some changes; what is usual is left out."""
        state = replace(self, **changes)
        given = {**vars(state), "ties": ",".join(state.ties)}
        given["isolates"] = "yes" if state.isolates else None
        pairs = [
            (name, f"{value:g}" if name in NUMBERS else str(value))
            for name, value in given.items()
            if value is not None and value != USUAL.get(name)
        ]
        return f"{path}?{urlencode(pairs)}" if pairs else path


def colour_text(colour: str) -> str:
    """What the colours stand for, in words.

    >>> colour_text("SECTOR"), colour_text("x:Size of team")
    ('sector', 'Size of team')
    """
    if colour.startswith(ATTRIBUTE):
        return colour.removeprefix(ATTRIBUTE)
    return colour.lower()


NUMBERS = ("steps", "works", "days")
USUAL: dict[str, Any] = {
    "colour": "KIND",
    "size": "degree",
    "isolates": False,
    "steps": STEPS[0],
}
USUAL |= {"mode": "", "works": 0.0, "ties": ",".join(USUAL_TIES)}


def map_state(visit: Visit) -> MapState:
    """The state in an address; BadInput where it has no such state."""
    return MapState(
        community=visit.parameter("community"),
        day=visit.day,
        ties=tie_kinds(",".join(visit.request.query_params.getlist("ties"))),
        colour=colour_of(visit),
        size=visit.choice("size", SIZES) or "degree",
        organisation=visit.parameter("organisation"),
        isolates=visit.parameter("isolates") is not None,
        focus=visit.parameter("focus"),
        steps=int(visit.number("steps", 1, max(STEPS)) or STEPS[0]),
        selected=visit.parameter("selected"),
        mode=visit.choice("mode", MODES) or "",
        works=visit.number("works", 0, 100) or 0.0,
        days=visit.number("days", 0, 3650),
        need=visit.parameter("need"),
    )


def colour_of(visit: Visit) -> str:
    """A group of the API, or an extra attribute: `x:` before its name."""
    text = visit.parameter("colour") or ""
    if text.startswith(ATTRIBUTE) and text != ATTRIBUTE:
        return text
    return visit.choice("colour", COLOURS) or "KIND"


def tie_kinds(text: str) -> tuple[str, ...]:
    """The kinds in the order of TIES, so that equal choices are equal questions."""
    names = [name for name in text.split(",") if name]
    for name in names:
        if name not in TIES:
            expected = ", ".join(TIES)
            raise BadInput(f"ties: expected one of {expected}; got {name[:50]!r}")
    return tuple(kind for kind in TIES if kind in names) or USUAL_TIES
