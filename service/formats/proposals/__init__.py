"""Mappings that are proposed from the headers and the values of tables.

A `slot` is what a column may stand for in a line: a property, or who is named there.

propose.py        the way: profiles, subjects, sections; all sheets of a file together
profiles.py       what is known of the columns of a sheet before anything is decided;
                  header_words.py and sheet_names.py have what their words mean
subjects.py       what the lines of a sheet are about: found by list_subjects.py, or by
                  tie_subjects.py and tie_rules.py, from what sheet_signs.py notices
known_names.py    the names that lists of the file have, so that ties can mean them;
                  id_columns.py does the same for ids, name_lists.py splits cells
sections.py       the sections of one sheet while they are put together:
                  list_sections.py and tie_sections.py lead, others add their part
fields.py         which property a column is; words.py and currencies.py its values
proposal.py       the result: a mapping, reasons, open questions, and their answers
corrections.py    the mapping with what a person says of columns; column_words.py the
                  same for words
preview.py        the first records that a mapping gives; toml_text.py its file

A new header or word of people goes into header_words.toml or value_words.toml.
"""

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
