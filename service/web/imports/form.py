"""What the form of an import says, stored in its folder: answers, mappings, pairs."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

from service.errors import BadInput
from service.web.forms import Form
from service.web.imports.answers import ImportAnswers, read_answers, write_answers
from service.web.imports.folder import Document, ImportFolder
from service.web.imports.recognise import check_mapping_text

TEXTS = ("our_firm", "kind", "currency", "encoding", "decimal", "date", "source")
OPTIONS = ("keeps_personal_data", "skips_faulty", "is_complete", "takes_new_keys")
UNKNOWN = "?"  # what a word means, as long as nobody has said it


def store_form(folder: ImportFolder, form: Form) -> None:
    """Keep what a form says; what it does not have stays as it was."""
    answers = read_answers(folder)
    changes: dict[str, Any] = {n: form.text(n) for n in TEXTS if n in form.fields}
    boxes = form.texts("boxes")  # the options that this form has
    changes |= {name: name in form.fields for name in OPTIONS if name in boxes}
    answers = replace(answers, **changes)
    for option, prefix, answer in questions_of(form):
        answers = answers.with_answer(option, prefix, answer)
    for name in form.fields:
        if name.startswith("subject:"):
            answers = answers.with_subject(name.partition(":")[2], form.text(name))
    answers = with_meanings(folder, form, with_words(folder, form, answers))
    answers.check()
    write_answers(folder, answers)
    store_pairs(folder, form)


def questions_of(form: Form) -> list[tuple[str, str, str]]:
    """The option, the prefix and the answer of each question that is answered."""
    questions = []
    for name in form.fields:
        word, _, rest = name.partition(":")
        option, _, prefix = rest.partition(":")
        if word == "question" and form.text(name):
            questions.append((option, prefix, form.text(name)))
    return questions


def form_columns(folder: ImportFolder) -> Iterator[tuple[str, str, Document, Document]]:
    """The columns of all files: the number of the file, the field of the form, the
    sheet and the column.
    """
    for number, document in enumerate(folder.document("recognised").get("files", [])):
        for position, sheet in enumerate(document.get("sheets", [])):
            for index, column in enumerate(sheet["columns"]):
                yield str(number), f"{number}:{position}:{index}", sheet, column


def with_meanings(
    folder: ImportFolder, form: Form, answers: ImportAnswers
) -> ImportAnswers:
    """The answers with the columns that mean something else than is proposed."""
    meanings = deepcopy(answers.meanings)
    for number, field, sheet, column in form_columns(folder):
        code = form.text(f"column:{field}")
        chosen = meanings.setdefault(number, {}).setdefault(sheet["name"], {})
        if code and code != column["proposed"]:
            chosen[column["name"]] = code
        elif code:
            chosen.pop(column["name"], None)
    stated = {
        number: {sheet: columns for sheet, columns in sheets.items() if columns}
        for number, sheets in meanings.items()
    }
    stated = {number: sheets for number, sheets in stated.items() if sheets}
    return replace(answers, meanings=stated)


def with_words(
    folder: ImportFolder, form: Form, answers: ImportAnswers
) -> ImportAnswers:
    """The answers with the words that mean something else than is proposed.

    The words of a column that gets another meaning are forgotten.
    """
    words = deepcopy(answers.words)
    for number, field, sheet, column in form_columns(folder):
        columns = words.setdefault(number, {}).setdefault(sheet["name"], {})
        code = form.text(f"column:{field}")
        if code and code != meaning_of(answers, number, sheet["name"], column):
            columns.pop(column["name"], None)
            continue
        chosen = columns.setdefault(column["name"], {})
        texts = sheet["words"].get(column["name"], {}).get("texts", [])
        for index, (text, proposed, _) in enumerate(texts):
            value = form.text(f"word:{field}:{index}")
            if value in (proposed, UNKNOWN):
                chosen.pop(text, None)
            elif value:
                chosen[text] = value
    return replace(answers, words=words)


def store_pairs(folder: ImportFolder, form: Form) -> None:
    """Keep what a person says of members of one name."""
    decided = decided_pairs(folder)
    for number, pair in enumerate(folder.document("checked").get("pairs", [])):
        if (answer := form.text(f"pair:{number}")) in ("same", "different"):
            decided[frozenset(pair["references"])] = answer
        elif f"pair:{number}" in form.fields:
            decided.pop(frozenset(pair["references"]), None)
    rows = [[*sorted(pair), answer] for pair, answer in decided.items()]
    folder.write("decisions", {"pairs": rows})


def write_mapping(folder: ImportFolder, form: Form) -> None:
    """Use the mapping that a person has written instead of the proposed one."""
    number, text = form.text("number"), form.text("mapping")
    if number not in map(str, mapping_text(folder)):
        raise BadInput("This import has no such mapping.")
    check_mapping_text(text)
    folder.mapping(int(number)).write_text(text, encoding="utf-8")
    folder.write("written", {**folder.document("written"), number: True})


def decided_pairs(folder: ImportFolder) -> dict[frozenset[str], str]:
    """What a person has said of two members, which the next check may list reversed."""
    pairs = folder.document("decisions").get("pairs", [])
    return {frozenset((left, right)): answer for left, right, answer in pairs}


def meaning_of(
    answers: ImportAnswers, number: int | str, sheet: str, column: Document
) -> str:
    """The meaning of a column: what a person chose, else what is proposed."""
    chosen = answers.meanings.get(str(number), {}).get(sheet, {})
    return chosen.get(column["name"]) or column["proposed"]


def mapping_text(folder: ImportFolder) -> dict[int, str]:
    return {
        number: folder.mapping(number).read_text(encoding="utf-8")
        for number, _ in enumerate(folder.document("recognised").get("files", []))
        if folder.mapping(number).exists()
    }
