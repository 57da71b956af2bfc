"""File formats: one reader each, all giving the rows of the `tables` format."""

from service.formats import (
    cordis,
    crunchbase,
    gexf,
    graphml,
    kumu,
    ocds,
    tables,
    yc,
)
from service.formats.rows import Reader

FORMATS: dict[str, Reader] = {
    "tables": tables.read,
    "yc": yc.read,
    "cordis": cordis.read,
    "graphml": graphml.read,
    "gexf": gexf.read,
    "kumu": kumu.read,
    "ocds": ocds.read,
    "crunchbase": crunchbase.read,
}
# Their members have keys that say nothing outside the file; see matching.py.
FOREIGN = frozenset(("graphml", "gexf", "kumu", "ocds", "crunchbase", "mapping"))
