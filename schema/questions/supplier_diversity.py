"""`supplierDiversity`: the sectors, regions and countries of suppliers."""

from __future__ import annotations

from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import member_of
from schema.types.about import About, begin
from schema.types.descriptions import ABOUT, NULL_REASON
from schema.types.network_input import NetworkInput
from schema.types.ranking import ranking, window_of, with_page_infos
from service.analyses import supplier_diversity as analysis
from service.analyses.supplier_diversity import MemberSuppliers, Supplier
from service.computation.pool import in_thread

FORMULA = (
    "suppliers of m = distinct members that give to m by EXCHANGE; w_s = 1, or the sum"
    " of the values of s's exchanges where network.weight is VALUE; share of s = w_s /"
    " sum w; diversity = 1 - sum over groups k of p_k^2, p_k = the share of group k of"
    " the suppliers whose group is known"
)
SOURCE = "Blau 1977, Inequality and Heterogeneity; concentration as the largest share"


async def member(root: SupplierShare | SupplierBase, info: Info) -> Any:
    return await member_of(info.context, root.key)


@strawberry.type(description="One supplier of a member.")
class SupplierShare:
    key: strawberry.Private[str]
    supplier: MemberRef = strawberry.field(
        resolver=member, description="The member that supplies."
    )
    share: float = strawberry.field(
        description="Its share of all suppliers, or of the value supplied, 0 to 1."
    )


def suppliers(
    root: SupplierBase, info: Info, rows: list[Supplier]
) -> list[SupplierShare]:
    return [SupplierShare(key=supplier.key, share=supplier.share) for supplier in rows]


@strawberry.type(description="The suppliers of one member, and how diverse they are.")
@with_page_infos
class SupplierBase:
    key: strawberry.Private[str]
    all_suppliers: strawberry.Private[list[Supplier]]
    member: MemberRef = strawberry.field(
        resolver=member, description="The member that is supplied."
    )
    supplier_count: int = strawberry.field(description="How many members supply it.")
    sector_diversity: float | None = strawberry.field(
        description="Blau's index of the suppliers' sectors: 0 one sector, towards 1"
        " many of equal size."
    )
    region_diversity: float | None = strawberry.field(
        description="Blau's index of the suppliers' regions."
    )
    country_diversity: float | None = strawberry.field(
        description="Blau's index of the suppliers' countries."
    )
    unknown_sector_count: int = strawberry.field(
        description="Suppliers left out of `sectorDiversity`: their sector is unknown."
    )
    unknown_region_count: int = strawberry.field(
        description="Suppliers left out of `regionDiversity`: their region is unknown."
    )
    unknown_country_count: int = strawberry.field(
        description="Suppliers left out of `countryDiversity`: their country is"
        " unknown."
    )
    largest_share: float | None = strawberry.field(
        description="The share of the largest supplier, 0 to 1."
    )
    suppliers: list[SupplierShare] = ranking(
        lambda root, most: root.all_suppliers,
        suppliers,
        "The suppliers, the largest share first, then by key.",
        first=5,
    )
    null_reason: str | None = strawberry.field(description=NULL_REASON)


async def bases(root: SupplierDiversity, info: Info, rows: Any) -> list[SupplierBase]:
    bases = await in_thread(root.result.bases, rows.tolist())
    return [supplier_base(base) for base in bases]


@strawberry.type(description="How diverse the suppliers of each member are.")
@with_page_infos
class SupplierDiversity:
    result: strawberry.Private[analysis.SupplierDiversityAnalysis]
    window: strawberry.Private[RankingWindow]
    members: list[SupplierBase] = ranking(
        lambda root, most: root.result.order,
        bases,
        "By the share of the largest supplier, the largest first and members without"
        " suppliers last; then by key.",
    )
    member_count: int = strawberry.field(
        description="How many members are in the network."
    )
    null_reason: str | None = strawberry.field(
        description="Why `members` is empty; null if it is not."
    )
    about: About = strawberry.field(description=ABOUT)


async def supplier_diversity(
    info: Info,
    network: NetworkInput,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> SupplierDiversity:
    """How diverse are each member's suppliers, and how much depends on the largest?

    network: The network to analyse; its ties must be [EXCHANGE]. Suppliers count once,
        or by value if `weight` is VALUE.
    """
    selection = network.selection(info.context.settings)
    window = window_of(info, first, 20, after)
    question = begin(selection, first=window.limit)
    diversity = await analysis.supplier_diversity(info.context.networks, selection)
    own = diversity.network
    return SupplierDiversity(
        result=diversity,
        window=window,
        member_count=len(own.keys),
        null_reason=None if own.keys else "No member exchanges in this network.",
        about=question.about(FORMULA, SOURCE, own.warnings, own.read_at),
    )


def supplier_base(base: MemberSuppliers) -> SupplierBase:
    sector, region, country = (base.spreads[by] for by in analysis.GROUPS)
    return SupplierBase(
        key=base.key,
        all_suppliers=base.suppliers,
        supplier_count=len(base.suppliers),
        sector_diversity=sector.index,
        region_diversity=region.index,
        country_diversity=country.index,
        unknown_sector_count=sector.unknown_count,
        unknown_region_count=region.unknown_count,
        unknown_country_count=country.unknown_count,
        largest_share=base.largest_share,
        null_reason=base.null_reason,
    )
