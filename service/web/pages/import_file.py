"""One import: what was recognised, what would change, what was loaded."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.responses import RedirectResponse, Response

from service.errors import BadInput, RecordNotFound
from service.formats.identities.entity import MERGED
from service.formats.proposals import parts_of_subject
from service.formats.records import TABLES
from service.vocabulary.enums import MemberKind, MemberRole, TieKind
from service.vocabulary.folding import fold
from service.vocabulary.names import counted, noun_of
from service.web.forms import Form
from service.web.imports.answers import ImportAnswers, read_answers, write_answers
from service.web.imports.folder import Document, ImportFolder
from service.web.imports.recognise import check_mapping_text
from service.web.pages.imports import (
    PATIENCE_SECONDS,
    author_of,
    owner_of,
    processes_of,
)
from service.web.panel import Panel
from service.web.rendering import page
from service.web.visit import Visit

STEPS = ("recognise", "check", "load")
DOING = {
    "recognise": "Looking at the files",
    "check": "Comparing the files with the database",
    "load": "Loading",
    "undo": "Undoing the import",
}
SUBJECTS = [
    "members ORGANISATION",
    *(f"members ORGANISATION {role}" for role in MemberRole.__members__),
    "members TEAM",
    "members PERSON",
    "members PERSON INVESTOR",
    "members PERSON MENTOR",
    *TABLES,
    *(f"ties {kind}" for kind in TieKind.__members__),
    "skip",
]
TEXTS = ("our_firm", "kind", "currency", "encoding", "decimal", "date", "source")
OPTIONS = ("keeps_personal_data", "skips_faulty", "is_complete", "takes_new_keys")
UNKNOWN = "?"  # what a word means, as long as nobody has said it
DOCUMENTS = {"report.csv": "text/csv", "faulty.csv": "text/csv"}


def subject_text(subject: str) -> str:
    """What a line may be, in words.

    >>> subject_text("members ORGANISATION STARTUP"), subject_text("ties WORK")
    ('organisation (startup)', 'tie (work)')
    >>> subject_text("communities"), subject_text("skip")
    ('community', 'left out')
    """
    table, kind, role = parts_of_subject(subject)
    if table == "skip":
        return "left out"
    noun = kind if table == "members" else noun_of(TABLES.get(table) or "Tie")
    detail = role or (kind if table == "ties" else "")
    text = f"{noun} ({detail})" if detail else noun
    return text.lower().replace("_", " ")


def folder_of(visit: Visit) -> ImportFolder:
    visit.require_write()
    id = visit.request.path_params["id"]
    return processes_of(visit).folders.of(id, owner_of(visit))


async def import_file(visit: Visit) -> Response:
    """The page of the step that comes next."""
    folder = folder_of(visit)
    title = f"Import {folder.title}"
    if processes_of(visit).is_running(folder):
        step = folder.document("step").get("step", "recognise")
        progress = folder.document("progress")
        values = {"folder": folder, "doing": DOING[step], "progress": progress}
        return page(visit, "import_running.html", title, [], **values)
    if loaded := folder.document("loaded"):
        return loaded_page(visit, folder, loaded, title)
    checked = folder.document("checked")
    shows_meaning = visit.parameter("part") == "meaning" or not checked
    template = "import_meaning.html" if shows_meaning else "import_check.html"
    answers = read_answers(folder)
    values = {
        "folder": folder,
        "files": folder.document("recognised").get("files", []),
        "checked": checked,
        "messages": messages_of_import(folder),
        "answers": answers,
        "subjects": {subject: subject_text(subject) for subject in SUBJECTS},
        "subject_of": lambda sheet: answers.subjects.get(fold(sheet), ""),
        "meaning_of": partial(meaning_of, answers),
        "kinds": list(MemberKind.__members__),
        "unknown_word": UNKNOWN,
        "mapping_text": mapping_text(folder),
        "pairs": pairs_of(folder, checked),
        "load_text": load_text(checked),
    }
    panels = [changes_panel(checked)] if checked.get("changes") else []
    return page(visit, template, title, panels, **values)


def loaded_page(
    visit: Visit, folder: ImportFolder, loaded: Document, title: str
) -> Response:
    values = {
        "folder": folder,
        "loaded": loaded,
        "undone": folder.document("undone"),
        "messages": messages_of_import(folder),
    }
    return page(visit, "import_loaded.html", title, [counts_panel(loaded)], **values)


def messages_of_import(folder: ImportFolder) -> list[str]:
    """Why the last step did not succeed; one that a restart ended says so."""
    if (step := folder.document("step")) and not folder.document("result"):
        doing = DOING[step["step"]].lower()
        return [
            f"The server was restarted while it was {doing}. Repeat the step: what was"
            " written stays, and the rest follows."
        ]
    return list(folder.document("message").get("messages", []))


def changes_panel(checked: Document) -> Panel:
    rows = [
        (
            kind_text(row["kind"]),
            *(f"{row['counts'][c]:,}" for c in ("created", "changed", "unchanged")),
            "; ".join(
                f"{text}: {', '.join(row['names'][change])}"
                for change, text in (("created", "new"), ("changed", "changed"))
                if row["names"][change]
            ),
        )
        for row in checked["changes"]
        if any(row["counts"].values())
    ]
    totals = {
        change: sum(row["counts"][change] for row in checked["changes"])
        for change in ("created", "changed", "unchanged")
    }
    sentence = (
        f"{totals['created']:,} new, {totals['changed']:,} changed and"
        f" {totals['unchanged']:,} unchanged records. Nothing is written yet."
    )
    columns = ("kind", "new", "changed", "unchanged", "for example")
    return Panel(
        id="changes",
        title="What would change",
        sentence=sentence,
        columns=columns,
        rows=rows,
    )


def kind_text(kind: str) -> str:
    """A kind of records for people; those of ties are in capitals.

    >>> kind_text("CONTRACT"), kind_text("Contract")
    ('Contract (tie)', 'Contract')
    """
    text = kind.replace("_", " ").capitalize()
    return f"{text} (tie)" if kind.isupper() else text


def load_text(checked: Document) -> str:
    """What the button says: how many records it writes."""
    rows = checked.get("changes", ())
    count = sum(row["counts"][c] for row in rows for c in ("created", "changed"))
    return f"Load {counted(count, 'record')}" if count else "Load (nothing changes)"


def counts_panel(loaded: Document) -> Panel:
    rows = [(kind_text(kind), f"{count:,}") for kind, count in loaded["counts"].items()]
    sentence = f"{sum(loaded['counts'].values()):,} records are in the database."
    if loaded["left_out"]:
        sentence += f" {loaded['left_out']:,} faulty lines were left out."
    return Panel(
        id="loaded",
        title="Loaded",
        sentence=sentence,
        columns=("kind", "records"),
        rows=rows,
    )


def pairs_of(folder: ImportFolder, checked: Document) -> list[Document]:
    """The members of one name, each pair with what a person has said of it."""
    answers = {(left, right): a for left, right, a in decided_pairs(folder)}
    return [
        {
            **pair,
            "is_merged": pair["decision"] == MERGED,
            "answer": answers.get(tuple(pair["references"]), ""),
        }
        for pair in checked.get("pairs", [])
    ]


def decided_pairs(folder: ImportFolder) -> list[tuple[str, str, str]]:
    return [
        (left, right, a)
        for left, right, a in folder.document("decisions").get("pairs", [])
    ]


def meaning_of(
    answers: ImportAnswers, number: int, sheet: str, column: Document
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


async def import_document(visit: Visit) -> Response:
    """A file of an import: the report, the faulty lines, or a mapping."""
    folder, name = folder_of(visit), visit.request.path_params["name"]
    mappings = {folder.mapping(number).name for number in mapping_text(folder)}
    path = folder.root / name
    if name not in {*DOCUMENTS, *mappings} or not path.is_file():
        raise RecordNotFound("This import has no such file.")
    media_type = DOCUMENTS.get(name, "application/toml")
    content = await asyncio.to_thread(path.read_bytes)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


async def import_form(visit: Visit, form: Form) -> Response:
    """What a visitor says of an import, and the step that comes next."""
    folder, processes = folder_of(visit), processes_of(visit)
    action = form.text("action")
    if action == "stop":
        await processes.stop(folder)
    elif processes.is_running(folder):
        raise BadInput("This import works; wait for it, or stop it.")
    elif action == "remove":
        folder.remove()
        return RedirectResponse("/import", 303)
    elif action in ACTIONS:
        require_possible(folder, action)
        step, author = ACTIONS[action], author_of(visit)
        if action == "write":
            write_mapping(folder, form)
        elif action == "propose":
            folder.forget("written")
        elif step != "undo":
            store_form(folder, form)
        await processes.run(folder, step, author, PATIENCE_SECONDS)
    else:
        raise BadInput(f"action: expected one of {', '.join(ACTIONS)}.")
    return RedirectResponse(f"/import/{folder.id}", 303)


def require_possible(folder: ImportFolder, action: str) -> None:
    is_loaded = bool(folder.document("loaded"))
    if is_loaded and (action != "undo" or folder.document("undone")):
        raise BadInput("This import is loaded; choose the file again to load it again.")
    if action == "undo" and not is_loaded:
        raise BadInput("This import is not loaded.")


ACTIONS = {
    "recognise": "recognise",
    "write": "recognise",
    "propose": "recognise",
    "check": "check",
    "load": "load",
    "undo": "undo",
}


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
    names = [name for name in form.fields if name.startswith("question:")]
    parts = [name.split(":", 2) for name in names]
    return [
        (option, prefix, form.text(name))
        for name, (_, option, prefix) in zip(names, parts, strict=True)
        if form.text(name)
    ]


def with_meanings(
    folder: ImportFolder, form: Form, answers: ImportAnswers
) -> ImportAnswers:
    """The answers with the columns that mean something else than is proposed."""
    meanings = deepcopy(answers.meanings)
    for number, document in enumerate(folder.document("recognised").get("files", [])):
        for place, sheet in enumerate(document.get("sheets", [])):
            for index, column in enumerate(sheet["columns"]):
                code = form.text(f"column:{number}:{place}:{index}")
                sheets = meanings.setdefault(str(number), {})
                chosen = sheets.setdefault(sheet["name"], {})
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
    for number, document in enumerate(folder.document("recognised").get("files", [])):
        sheets = words.setdefault(str(number), {})
        for place, sheet in enumerate(document.get("sheets", [])):
            columns = sheets.setdefault(sheet["name"], {})
            for index, column in enumerate(sheet["columns"]):
                field = f"{number}:{place}:{index}"
                code = form.text(f"column:{field}")
                if code and code != meaning_of(answers, number, sheet["name"], column):
                    columns.pop(column["name"], None)
                    continue
                chosen = columns.setdefault(column["name"], {})
                texts = sheet["words"].get(column["name"], {}).get("texts", [])
                for each, (text, proposed, _) in enumerate(texts):
                    value = form.text(f"word:{field}:{each}")
                    if value in (proposed, UNKNOWN):
                        chosen.pop(text, None)
                    elif value:
                        chosen[text] = value
    return replace(answers, words=words)


def store_pairs(folder: ImportFolder, form: Form) -> None:
    """Keep what a person says of members of one name."""
    decided = {(left, right): answer for left, right, answer in decided_pairs(folder)}
    for number, pair in enumerate(folder.document("checked").get("pairs", [])):
        if (answer := form.text(f"pair:{number}")) in ("same", "different"):
            decided[tuple(pair["references"])] = answer
        elif f"pair:{number}" in form.fields:
            decided.pop(tuple(pair["references"]), None)
    folder.write("decisions", {"pairs": [[*pair, a] for pair, a in decided.items()]})


def write_mapping(folder: ImportFolder, form: Form) -> None:
    """Use the mapping that a person has written instead of the proposed one."""
    number, text = form.text("number"), form.text("mapping")
    if number not in map(str, mapping_text(folder)):
        raise BadInput("This import has no such mapping.")
    check_mapping_text(text)
    folder.mapping(int(number)).write_text(text, encoding="utf-8")
    folder.write("written", {**folder.document("written"), number: True})
