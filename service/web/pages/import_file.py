"""One import: what was recognised, what would change, what was loaded."""

from __future__ import annotations

import asyncio
from functools import partial

from starlette.responses import RedirectResponse, Response

from service.database.disk import explain_disk_errors
from service.database.home import MOVE_HOME
from service.errors import BadInput, RecordNotFound
from service.formats.identities.entity import MERGED
from service.formats.proposals import parts_of_subject
from service.formats.records import TABLES
from service.vocabulary import TIES
from service.vocabulary.enums import MemberKind, MemberRole
from service.vocabulary.folding import fold
from service.vocabulary.names import counted, noun_of
from service.web.forms import Form
from service.web.imports.answers import read_answers
from service.web.imports.folder import Document, ImportFolder
from service.web.imports.form import (
    UNKNOWN,
    decided_pairs,
    mapping_text,
    meaning_of,
    store_form,
    write_mapping,
)
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
    *(f"ties {kind.value}" for kind in TIES),
    "skip",
]
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
        "later": folder.document("message").get("later", ""),
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
        sentence += f" Left out: {counted(loaded['left_out'], 'faulty line')}."
    return Panel(
        id="loaded",
        title="Loaded",
        sentence=sentence,
        columns=("kind", "records"),
        rows=rows,
    )


def pairs_of(folder: ImportFolder, checked: Document) -> list[Document]:
    """The members of one name, each pair with what a person has said of it."""
    answers = decided_pairs(folder)
    return [
        {
            **pair,
            "is_merged": pair["decision"] == MERGED,
            "answer": answers.get(frozenset(pair["references"]), ""),
        }
        for pair in checked.get("pairs", [])
    ]


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
        with explain_disk_errors("store this step", folder.root, MOVE_HOME):
            store_answers(folder, form, action)
            author = author_of(visit)
            await processes.run(folder, ACTIONS[action], author, PATIENCE_SECONDS)
    else:
        raise BadInput(f"action: expected one of {', '.join(ACTIONS)}.")
    return RedirectResponse(f"/import/{folder.id}", 303)


def store_answers(folder: ImportFolder, form: Form, action: str) -> None:
    if action == "write":
        write_mapping(folder, form)
    elif action == "propose":
        folder.forget("written")
    elif action == "undo":
        folder.write("agreed", {"later": form.text("later")})
    else:
        store_form(folder, form)


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
