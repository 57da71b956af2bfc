"""The columns of Crunchbase's lists of investments, in the layouts of its exports.

The lists of 2013 and 2014 (company_name, investor_name, funded_at, raised_amount_usd),
the daily export (funding_round_uuid, org_name, announced_on, investor_names) and the
lists of its website (Organization Name, Announced Date, Money Raised) differ in names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from service.formats.rows import TableRow

SIGNS = re.compile(r"[\W_]+")
USD = re.compile(r"(^|_)usd$")
COLUMN_NAMES = """
company: company company_name org_name organization_name startup
company_id: company_permalink company_uuid org_uuid org_permalink organization_name_url
 organization_permalink company_id
investor: investor investor_name
investors: investor_names investors
investor_id: investor_permalink investor_uuid investor_id
investor_kind: investor_type investor_kind
investor_count: investor_count number_of_investors
round_id: funding_round_uuid funding_round_permalink funding_round_id
 transaction_name_url round_id
on: date funded_when funded_at announced_on announced_date
total: amount_usd raised_amount_usd money_raised_currency_in_usd money_raised_in_usd
 amount raised_amount money_raised
currency: currency raised_amount_currency_code raised_currency_code
 money_raised_currency amount_currency
part: investor_amount_usd investor_amount amount_invested_usd amount_invested
 invested_amount investment_amount
round: round funding_round_type investment_type funding_type funding_round round_type
"""
PLACE_NAMES = """
country: country country_code
region: region city state state_code
sector: market sector industry category category_code category_list industries
"""


def names_by_meaning(text: str) -> dict[str, list[str]]:
    """
    >>> names_by_meaning("on: date\\nround: round round_type")["round"]
    ['round', 'round_type']
    """
    lines = text.strip().replace("\n ", " ").splitlines()
    return {
        meaning: names.split() for meaning, names in (line.split(":") for line in lines)
    }


COLUMNS = names_by_meaning(COLUMN_NAMES)  # by what they mean, the preferred name first
PLACES = names_by_meaning(PLACE_NAMES)  # of a company or an investor, after its prefix
DEFAULT_CURRENCY, UNKNOWN_CURRENCY = "USD", ""
SIGN = "currency sign of the amount"  # of a cell that InvestmentValues adds
PREFIXES = {"company": ("company", "org", "organization"), "investor": ("investor",)}
# Of a file that has one line for each round, these are the company's.
UNPREFIXED = "company"


def normalised_column(name: str) -> str:
    """
    >>> normalised_column("Money Raised Currency (in USD)"), normalised_column(" City ")
    ('money_raised_currency_in_usd', 'city')
    """
    return SIGNS.sub("_", name.casefold()).strip("_")


@dataclass
class InvestmentColumns:
    """The columns of one file: by meaning, and the others by whom they describe."""

    names: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)  # company, investor or tie

    def cell(self, row: TableRow, meaning: str) -> str | None:
        name = self.names.get(meaning)
        return row.cells.get(name) if name is not None else None

    def is_usd(self, meaning: str) -> bool:
        """Whether the name of the column says so."""
        return bool(USD.search(normalised_column(self.names.get(meaning, ""))))

    def attributes(self, row: TableRow, owner: str) -> dict[str, str | None]:
        """The cells of other columns that describe the company, investor or tie."""
        return {
            f"x:{name}": row.cells.get(name)
            for name, of in self.others.items()
            if of == owner
        }


def columns_of(header: Iterable[str]) -> InvestmentColumns:
    by_name = {normalised_column(name): name for name in header}
    columns = InvestmentColumns()
    for meaning, names in meanings():
        for name in names:
            if name in by_name:
                columns.names.setdefault(meaning, by_name[name])
    taken = set(columns.names.values())
    columns.others = {
        name: owner_of(normal) for normal, name in by_name.items() if name not in taken
    }
    return columns


def meanings() -> Iterable[tuple[str, list[str]]]:
    yield from COLUMNS.items()
    for end, prefixes in PREFIXES.items():
        for place, names in PLACES.items():
            full = [f"{prefix}_{name}" for prefix in prefixes for name in names]
            yield f"{end}_{place}", [*full, *(names if end == UNPREFIXED else ())]


def owner_of(name: str) -> str:
    """Whom a column without a meaning of its own describes.

    >>> owner_of("company_city"), owner_of("city"), owner_of("funded_month")
    ('company', 'company', 'tie')
    """
    for end, prefixes in PREFIXES.items():
        if name.startswith(tuple(f"{prefix}_" for prefix in prefixes)):
            return end
    places = {name for names in PLACES.values() for name in names}
    return UNPREFIXED if name in places else "tie"


def missing_columns(header: Iterable[str]) -> list[str]:
    """What a table of investments needs and this one has not, by its usual names."""
    names = columns_of(header).names
    missing = [] if "company" in names else ["company"]
    if not names.keys() & {"investor", "investors"}:
        missing.append("investor")
    return [" or ".join(COLUMNS[end][:2]) for end in missing]
