"""The three models of a cascade: what each computes, and where it comes from."""

from __future__ import annotations

from schema.records.node import register_enum
from service.algorithms.cascade import MOST_WORK
from service.algorithms.cascade_arrays import MOST_ROUNDS, SMALL
from service.errors import BadInput
from service.vocabulary.enums import CascadeModel

register_enum(
    CascadeModel,
    "How a loss spreads from a provider to its dependents. a is the strength of a"
    " dependency, b its criticality; providers of one substitute group replace each"
    " other.",
    DEPENDENCY="FDNA: how well each member still works. The mean over what it depends"
    " on, but never more than its most critical dependency allows.",
    INOPERABILITY="Input-output inoperability: losses add up, substitutes do not help,"
    " and the weak member is also hit by what comes back to it.",
    FAILURE="Noisy-OR: the probability of failing if the causes are independent; of a"
    " substitute group all must fail.",
)
FIXED_POINT = (
    " All members at once, from no loss, until the largest change is below 1e-9, at"
    f" most {MOST_ROUNDS:,} rounds; loss = 1 - operability."
)
FORMULAS = {
    CascadeModel.DEPENDENCY: "O_j = min(mean over classes of max_i[a_ij O_i +"
    " (1 - a_ij) 100], min over classes of max_i[O_i + b_ij]), at most 100;"
    " a = strength, b = criticality; a class is a substitute group or one provider;"
    " the seed is held." + FIXED_POINT,
    CascadeModel.INOPERABILITY: "q = A q + c, A_ji = a_ij = strength, parallel"
    " dependencies summed; c = 1 - operability at the seed, 0 elsewhere; q is clamped"
    " to 0..1 in every round; loss = q; the seed takes part in the feedback."
    + FIXED_POINT,
    CascadeModel.FAILURE: "P_j = 1 - product over classes of (1 - w product_i P_i),"
    " w = largest strength of the class; a class is a substitute group or one provider;"
    " the seed is held at 1 - operability; loss = P. Independence of the causes is"
    " assumed, so common causes make it an approximation." + FIXED_POINT,
}
SOURCES = {
    CascadeModel.DEPENDENCY: "FDNA: Garvey & Pinto 2009; Guariniello & DeLaurentis"
    " 2013, Procedia CS 16:265-274",
    CascadeModel.INOPERABILITY: "IIM: Haimes & Jiang 2001, J. Infrastruct. Syst."
    " 7(1):1-12; Santos & Haimes 2004, Risk Analysis 24:1437-1451",
    CascadeModel.FAILURE: "Noisy-OR: Pearl 1988, Probabilistic Reasoning in"
    " Intelligent Systems; the classes of substitutes are our own addition",
}
DAYS = (
    " Days: delay_j = max over classes of min_i max(0, delay_i - buffer_ij), the seed"
    " losing %s (1 - operability); over a contract without a dependency there is no"
    " buffer."
)
DAYS_SOURCE = (
    "; days: buffers after Simchi-Levi's time to survive, the closed form is our own"
)
NOBODY_ELSE = "No other member has a dependency."
LIMITS = {"tolerance": SMALL, "mostRounds": MOST_ROUNDS, "mostEntriesASeed": MOST_WORK}


def within(name: str, value: float, most: float = 36_500) -> float:
    """The value of an argument, refused outside 0 to `most`."""
    if not 0 <= value <= most:
        raise BadInput(f"{name}: expected 0 to {most:g}, got {value:g}.")
    return value
