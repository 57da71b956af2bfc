"""All sections of the report, in their order."""

from __future__ import annotations

from service.report.network_sections import (
    broker_section,
    change_section,
    network_section,
    weak_member_section,
)
from service.report.partner_sections import (
    choke_point_section,
    cooling_section,
    partner_section,
)
from service.report.section import Answer, ReportSection

SECTIONS = (
    network_section,
    broker_section,
    weak_member_section,
    cooling_section,
    choke_point_section,
    partner_section,
    change_section,
)


def sections(report: Answer) -> list[ReportSection]:
    """The sections of one answer of `ecosystemReport`."""
    return [section(report) for section in SECTIONS]
