"""The EU's programmes for research: each has a community of its members."""

from __future__ import annotations

import re
from typing import NamedTuple

NAMES = re.compile(
    r"(?<![a-z])(fp\d|h2020|horizon[ _-]?(?:2020|europe)?|he(?=[_ .-]))", re.IGNORECASE
)
SIGNS = re.compile(r"[\W_]+")
HORIZON_2020 = ("h2020", "horizon2020")
HORIZON_EUROPE = ("horizon", "horizoneurope", "he")


class Programme(NamedTuple):
    """The community that the members of a programme are in."""

    key: str
    name: str


UNKNOWN = Programme("cordis-research", "EU research participations (CORDIS)")
H2020 = Programme("cordis", "Horizon 2020 participations (CORDIS)")
HORIZON = Programme("cordis-horizon", "Horizon Europe participations (CORDIS)")


def programme_of(*texts: str | None) -> Programme:
    """The programme that the first of these texts names.

    >>> programme_of(None, "h2020_organizations.csv").key, programme_of("FP7").key
    ('cordis', 'cordis-fp7')
    >>> programme_of("HORIZON").key, programme_of("organization.csv").key
    ('cordis-horizon', 'cordis-research')
    >>> programme_of("the_organizations.csv", "cordis-h2020projects-csv.zip").key
    'cordis'
    """
    for text in texts:
        if match := NAMES.search(text or ""):
            name = SIGNS.sub("", match[0]).casefold()
            if name in HORIZON_2020:
                return H2020
            if name in HORIZON_EUROPE:
                return HORIZON
            title = f"{name.upper()} participations (CORDIS)"
            return Programme(f"cordis-{name}", title)
    return UNKNOWN
