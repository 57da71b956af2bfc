"""The descriptions of fields that many types have."""

from __future__ import annotations

ABOUT = "How the answer was computed: formula, source, parameters, age, warnings."
NULL_REASON = "Why fields of this object are null; null if no field is."
MEMBER = "The member that this is about."
CURRENCY = "ISO 4217 code as stored; null if none is stored."
PAIR_SOURCE = "The member of the pair whose key comes first."
PAIR_TARGET = "The member of the pair whose key comes second."
PATH_SUCCESS = "The chance that the path carries an introduction, 0 to 1."
CONVERGED = "Whether the cascade converged; if not, the losses are lower bounds."
