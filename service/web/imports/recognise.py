"""The first step of an import: what the files are, and what their columns mean."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from service.errors import BadInput
from service.formats.input_file import InputFile, with_source
from service.formats.proposals import Proposal, mapping_toml
from service.formats.proposals.column_words import (
    ColumnWords,
    column_words,
    with_words,
)
from service.formats.proposals.corrections import (
    codes_of,
    corrected_mapping,
    meaning_groups,
)
from service.formats.readers import mapped_format
from service.formats.readers.mapping_file import TableMapping, mapping_of, read_toml
from service.formats.recognition import (
    FileContent,
    about_mapping,
    file_contents,
    named_format,
)
from service.formats.sheets import Sheet
from service.inputs.packed import is_collection
from service.vocabulary.folding import fold
from service.web.imports.answers import ImportAnswers, read_answers
from service.web.imports.folder import Document, ImportFolder
from service.web.imports.preview import preview

MAPPING = "the mapping of this page"
MOST_COLUMNS = 200  # of a sheet that the form has; a mapping file has them all
EXAMPLES = 3
MOST_WORDS = 100  # of a column that the form asks about


def recognise(folder: ImportFolder) -> Document:
    """What was recognised; the mapping of each table is written beside it."""
    answers = read_answers(folder)
    contents = file_contents(input_paths(folder), answers.for_sheets())
    return {
        "files": [
            recognised_file(folder, number, content, answers)
            for number, content in enumerate(contents)
        ]
    }


def input_paths(folder: ImportFolder) -> list[Path]:
    """The paths of the load, relative to the folder of the files."""
    paths = [Path(name) for name in folder.file_names]
    if len(paths) == 1 or any(map(is_collection, paths)):
        return paths
    return [Path()]  # several files may be one data set


def recognised_file(
    folder: ImportFolder, number: int, content: FileContent, answers: ImportAnswers
) -> Document:
    name = str(content.path) if content.path.name else ", ".join(folder.file_names)
    document: Document = {
        "path": str(content.path),
        "name": name,
        "format": content.format,
        "about": content.about,
    }
    if content.format:
        format = named_format(content.format, answers.for_sheets())
        return {**document, "is_sure": True, "records": preview(content.path, format)}
    own = own_mapping(folder, number)
    proposal = content.proposal(answers.for_proposals())
    meant = own or corrections(content, proposal, number, answers)
    own_words = {} if own else answers.words.get(str(number), {})
    corrected = with_words(meant, content.sheets, own_words) if own_words else meant
    if own is None:
        spellings = proposal.spellings | spellings_of(own_words)
        text = mapping_toml(corrected, spellings, proposal.unused)
        folder.mapping(number).write_text(text, encoding="utf-8")
    is_own = own is not None or bool(answers.meanings.get(str(number)))
    sheets = [
        {
            **sheet_form(sheet, proposal, corrected),
            **word_forms(sheet, meant, corrected),
        }
        for sheet in content.sheets
    ]
    unknown = [] if own else unknown_words(sheets)
    is_known = bool(corrected.sections) and (is_own or not proposal.questions)
    is_sure = is_known and not unknown
    format = mapped_format(corrected, MAPPING)
    return {
        **document,
        "is_sure": is_sure,
        "is_written": own is not None,
        "reads_as": about_mapping(corrected),
        "questions": [
            {
                "text": question.text,
                "option": question.option,
                "alternatives": question.alternatives,
                "prefix": question.prefix,
            }
            for question in ([] if is_own else proposal.questions)
        ],
        "unknown": unknown,
        "sheets": sheets,
        "records": preview(content.path, format) if corrected.sections else [],
    }


def own_mapping(folder: ImportFolder, number: int) -> TableMapping | None:
    """The mapping that a person has written for a file instead of the proposed one."""
    if str(number) not in folder.document("written"):
        return None
    return mapping_of(read_toml(folder.mapping(number)), MAPPING)


def check_mapping_text(text: str) -> None:
    """BadInput if it is no mapping."""
    try:
        mapping_of(tomllib.loads(text), "Your mapping")
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise BadInput(f"Your mapping is not TOML: {error}") from error


def corrections(
    content: FileContent, proposal: Proposal, number: int, answers: ImportAnswers
) -> TableMapping:
    mapping = replace(proposal.mapping, options=answers.for_sheets())
    meanings = answers.meanings.get(str(number), {})
    currency = answers.currency or None
    return corrected_mapping(mapping, content.sheets, meanings, currency)


def sheet_form(sheet: Sheet, proposal: Proposal, corrected: TableMapping) -> Document:
    """What the columns of a sheet are taken for, and what else they may mean."""
    remarks = [*proposal.reasons, *proposal.unused]
    own = [remark for remark in remarks if remark.sheet == sheet.name]
    proposed, chosen = codes_of(proposal.mapping, sheet), codes_of(corrected, sheet)
    examples = column_examples(sheet)
    return {
        "name": sheet.name,
        "title": "; ".join(remark.text for remark in own if not remark.column),
        "columns": [
            {
                "name": name,
                "examples": examples[name],
                "proposed": proposed[name],
                "why": "; ".join(r.text for r in own if r.column == name),
                "is_changed": proposed[name] != chosen[name],
            }
            for name in sheet.header[:MOST_COLUMNS]
        ],
        "more_columns": max(len(sheet.header) - MOST_COLUMNS, 0),
        "groups": [
            {
                "title": group.title,
                "meanings": [
                    (meaning.code, meaning.text) for meaning in group.meanings
                ],
            }
            for group in meaning_groups(proposal.mapping, sheet)
        ],
    }


def word_forms(sheet: Sheet, meant: TableMapping, corrected: TableMapping) -> Document:
    """The words of the columns with values of ours: as proposed, and as chosen."""
    proposed, chosen = column_words(meant, sheet), column_words(corrected, sheet)
    return {
        "words": {
            name: {
                "values": column.values,
                "unknown": chosen[name].unknown[:MOST_WORDS],
                "texts": [
                    (text, column.words[text], chosen[name].words[text])
                    for text in first_words(column)
                ],
            }
            for name, column in proposed.items()
        }
    }


def first_words(column: ColumnWords) -> list[str]:
    """The words that the form has, the unknown ones first."""
    return list(dict.fromkeys([*column.unknown, *column.words]))[:MOST_WORDS]


def unknown_words(sheets: Sequence[Document]) -> list[str]:
    """The columns of which a person has to say what their words mean."""
    return [
        name
        for sheet in sheets
        for name, column in sheet["words"].items()
        if column["unknown"]
    ]


def spellings_of(own_words: dict[str, dict[str, dict[str, str]]]) -> dict[str, str]:
    return {
        fold(text): text
        for columns in own_words.values()
        for words in columns.values()
        for text in words
    }


def column_examples(sheet: Sheet) -> dict[str, list[str]]:
    """The first different values of each column."""
    examples: dict[str, dict[str, None]] = {name: {} for name in sheet.header}
    for row in sheet.sample():
        for name, cell in row.cells.items():
            if cell and len(examples[name]) < EXAMPLES:
                examples[name][cell[:60]] = None
    return {name: list(values) for name, values in examples.items()}


def input_files(folder: ImportFolder) -> list[InputFile]:
    """The files of the load, each with its format; BadInput if one is not sure."""
    answers = read_answers(folder)
    documents = folder.document("recognised").get("files")
    if documents is None:
        raise BadInput(f"{folder.title}: not read; correct it and choose it again")
    files = []
    for number, document in enumerate(documents):
        path = Path(document["path"])
        if not document["is_sure"]:
            text = "say first what its columns mean"
            raise BadInput(f"{document['name']}: {text}")
        if document["format"]:
            format = named_format(document["format"], answers.for_sheets())
        else:
            mapping = mapping_of(read_toml(folder.mapping(number)), MAPPING)
            format = mapped_format(mapping, MAPPING)
        files.append(with_source(path, format, answers.source or None))
    return files
