"""Companies and investors: who a line names, and what it says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from service.formats.names import comparable_name
from service.formats.readers.crunchbase.columns import InvestmentColumns
from service.formats.readers.name_lists import names_in_list
from service.formats.readers.published_values import attribute_cells
from service.formats.rows import Faults, TableRow
from service.vocabulary.provenance import REGISTER_ID

HOST = "crunchbase.com/"
ORGANISATION = "ORGANISATION"
SCHEME = "CRUNCHBASE"  # of the identifiers of its register
PERSONS = ("person", "people", "individual", "angel")
Cells = dict[str, str | None]


class NamedEnd(NamedTuple):
    """A company or an investor as a line names it."""

    id: str
    name: str
    kind: str
    register: str | None
    cells: Cells

    @property
    def same_as(self) -> str:
        """What the lines of one member have in common."""
        return self.register or f"{self.kind} {comparable_name(self.name)}"


def companies_in(row: TableRow, columns: InvestmentColumns) -> list[NamedEnd]:
    return named_ends(row, columns, "company", [columns.cell(row, "company")])


def investors_in(row: TableRow, columns: InvestmentColumns) -> list[NamedEnd]:
    names = [columns.cell(row, "investor")]
    if not names[0]:
        names = [*names_in_list(columns.cell(row, "investors"))]
    return named_ends(row, columns, "investor", names)


def named_ends(
    row: TableRow, columns: InvestmentColumns, end: str, names: list[str | None]
) -> list[NamedEnd]:
    """The members that a line has at this end; what it says is of a single one."""
    ends = []
    is_single = len(names) == 1
    for name in names:
        if not name:
            continue
        register = register_of(columns.cell(row, f"{end}_id")) if is_single else None
        kind = columns.cell(row, f"{end}_kind") if is_single else None
        country = columns.cell(row, f"{end}_country") if is_single else None
        cells = described(row, columns, end) if is_single else {}
        member_kind = kind_of(kind, register) if end == "investor" else ORGANISATION
        person = member_kind if member_kind != ORGANISATION else None
        id = register or " / ".join(filter(None, (name, country, person)))
        ends.append(NamedEnd(id, name, member_kind, register, cells))
    return ends


def register_of(text: str | None) -> str | None:
    """
    >>> register_of("/organization/lumina")
    'CRUNCHBASE:organization/lumina'
    >>> register_of("https://www.crunchbase.com/organization/lumina")
    'CRUNCHBASE:organization/lumina'
    """
    if not text:
        return None
    return f"{SCHEME}:{text.rpartition(HOST)[2].strip('/')}"


def kind_of(text: str | None, register: str | None) -> str:
    """PERSON where the file says so, in a column or in its identifier.

    >>> kind_of("Angel", None), kind_of(None, "CRUNCHBASE:person/ada-berg")
    ('PERSON', 'PERSON')
    >>> kind_of("venture_capital", None), kind_of(None, None)
    ('ORGANISATION', 'ORGANISATION')
    """
    is_person = (text or "").strip().casefold() in PERSONS
    is_person = is_person or (register or "").startswith(f"{SCHEME}:person/")
    return "PERSON" if is_person else ORGANISATION


def described(row: TableRow, columns: InvestmentColumns, end: str) -> Cells:
    """What the line says of one end."""
    sector = columns.cell(row, f"{end}_sector")
    sectors = names_in_list(sector)
    cells: Cells = {
        "sector": sectors[0] if sectors else None,
        "region": columns.cell(row, f"{end}_region"),
        "country": columns.cell(row, f"{end}_country"),
        **columns.attributes(row, end),
    }
    if len(sectors) > 1:
        cells[f"x:{columns.names[f'{end}_sector']}"] = sector
    return cells


@dataclass
class MemberRows:
    """The members of a file, each once, in the order of their first line."""

    faults: Faults

    def __post_init__(self) -> None:
        self.rows: dict[str, TableRow] = {}

    def add(self, row: TableRow, end: NamedEnd, role: str) -> None:
        """Add a member, or what a further line says of it."""
        known = self.rows.get(end.id)
        if known is None:
            cells: Cells = {"kind": end.kind, "name": end.name, "roles": role}
            cells |= {
                REGISTER_ID: end.register,
                **attribute_cells(end.cells, self.faults),
            }
            self.rows[end.id] = TableRow(row.file, row.line, cells, end.id)
            return
        roles = (known.cells["roles"] or "").split(";")
        known.cells["roles"] = ";".join(dict.fromkeys([*roles, role]))
        for column, value in end.cells.items():
            before = known.cells.get(column)
            if before and value and before != value:
                text = f"{column.removeprefix('x:')}: lines of one member differ, the"
                self.faults.note(f"{text} first is kept", f"{end.name}: {value}")
            known.cells[column] = before or value
