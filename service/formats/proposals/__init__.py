"""Mappings that are proposed from the headers and the values of tables."""

from service.formats.proposals.proposal import (
    NO_ANSWERS,
    WHOLE,
    Answers,
    Proposal,
    Question,
    Remark,
)
from service.formats.proposals.propose import proposed_mapping
from service.formats.proposals.subjects import is_subject, parts_of_subject
from service.formats.proposals.toml_text import mapping_toml

__all__ = [
    "NO_ANSWERS",
    "WHOLE",
    "Answers",
    "Proposal",
    "Question",
    "Remark",
    "is_subject",
    "mapping_toml",
    "parts_of_subject",
    "proposed_mapping",
]
