"""What the stored data lack for a panel: never a zero that means unknown."""

from __future__ import annotations

from service.web.panel import Answer


def gap_notes(report: Answer, part: str) -> list[str]:
    """What is missing for a part of the report, and how to add it."""
    gaps = [gap for gap in report["gaps"] if gap["part"] == part]
    return [f"{gap['missing']} {gap['remedy']}" for gap in gaps]


def is_unknown(report: Answer, part: str) -> bool:
    return any(gap["part"] == part and gap["blocks"] for gap in report["gaps"])
