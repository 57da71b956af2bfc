"""File formats: one reader each, all giving the rows of the `tables` format."""

from service.formats import cordis, tables, yc
from service.formats.rows import Reader

FORMATS: dict[str, Reader] = {
    "tables": tables.read,
    "yc": yc.read,
    "cordis": cordis.read,
}
