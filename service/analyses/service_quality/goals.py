"""Goals: which figure, whether more or less is better, and whether it is met."""

from __future__ import annotations

from enum import Enum

from service.algorithms.net import net
from service.analyses.figure import Figure, nothing
from service.analyses.service_quality.customers import CustomerBaseResult
from service.analyses.service_quality.figures import PeriodFigures


class ServiceFigure(Enum):
    CSAT = "CSAT"
    NPS = "NPS"
    CES = "CES"
    SATISFACTION_INDEX = "SATISFACTION_INDEX"
    CHURN = "CHURN"
    RETENTION = "RETENTION"
    FIRST_RESPONSE_HOURS = "FIRST_RESPONSE_HOURS"
    FIRST_RESPONSE_CHANGE = "FIRST_RESPONSE_CHANGE"
    RESOLUTION_HOURS = "RESOLUTION_HOURS"
    FIRST_CONTACT_RATE = "FIRST_CONTACT_RATE"
    PROACTIVE_SHARE = "PROACTIVE_SHARE"


LESS_IS_BETTER = (
    ServiceFigure.CHURN,
    ServiceFigure.FIRST_RESPONSE_HOURS,
    ServiceFigure.FIRST_RESPONSE_CHANGE,
    ServiceFigure.RESOLUTION_HOURS,
)
SLACK = 1e-12  # a mean that is the target but for rounding meets it


def change_of(before: Figure, now: Figure) -> Figure:
    """Of a mean, as a share of the mean before."""
    n, evidence = before.n + now.n, before.evidence + now.evidence
    if before.value is None or now.value is None:
        side = "before" if before.value is None else "in"
        why = f"There is no figure {side} the period, so there is nothing to compare."
        return nothing(why, n, evidence)
    if not before.value:
        return nothing("The figure before the period is 0.", n, evidence)
    value = net(now.value, before.value) / before.value
    return Figure(value, n, None, evidence)


def figure_of(
    name: ServiceFigure,
    figures: PeriodFigures,
    base: CustomerBaseResult,
    change: Figure,
) -> Figure:
    return {
        ServiceFigure.CSAT: figures.csat,
        ServiceFigure.NPS: figures.nps,
        ServiceFigure.CES: figures.ces,
        ServiceFigure.SATISFACTION_INDEX: figures.satisfaction_index,
        ServiceFigure.CHURN: base.churn,
        ServiceFigure.RETENTION: base.retention,
        ServiceFigure.FIRST_RESPONSE_HOURS: figures.first_response.mean,
        ServiceFigure.FIRST_RESPONSE_CHANGE: change,
        ServiceFigure.RESOLUTION_HOURS: figures.resolution.mean,
        ServiceFigure.FIRST_CONTACT_RATE: figures.first_contact_rate,
        ServiceFigure.PROACTIVE_SHARE: figures.proactive_share,
    }[name]


def is_met(name: ServiceFigure, target: float, figure: Figure) -> bool | None:
    """Null where there is no figure."""
    if figure.value is None:
        return None
    better = target - figure.value if name in LESS_IS_BETTER else figure.value - target
    return better >= -SLACK * max(1.0, abs(target))
