"""Tables of any kind of file: CSV, workbooks and JSON as sheets with named columns."""

from service.formats.sheets.sheet import Sheet, SheetOptions
from service.formats.sheets.sheets import sheets_of

__all__ = ["Sheet", "SheetOptions", "sheets_of"]
