"""Import: choose files, and the imports that are not finished."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.change_log.append import Author
from service.database.disk import explain_disk_errors, require_space
from service.errors import ValuenetError
from service.formats.load import new_author
from service.web.forms import check_csrf_token, check_origin
from service.web.imports.folder import ImportFolder
from service.web.imports.processes import ImportProcesses
from service.web.imports.upload import receive_files
from service.web.rendering import page
from service.web.visit import Visit

MOVE_HOME = "set VALUENET_HOME to another folder"
PATIENCE_SECONDS = 5  # a step is waited for so long before its progress is shown


async def imports(visit: Visit) -> Response:
    """The form for files, and the imports of this visitor."""
    visit.require_write()
    folders = [
        folder
        for folder in processes_of(visit).folders.every()
        if folder.owner == owner_of(visit) and folder.file_names
    ]
    values = {
        "imports": [(folder, state_of_import(visit, folder)) for folder in folders],
        "megabytes": visit.state.settings.import_megabytes,
    }
    return page(visit, "imports.html", "Import", [], **values)


async def upload(visit: Visit) -> Response:
    """Store the files that a visitor sends, and recognise them."""
    request, processes = visit.request, processes_of(visit)
    check_origin(request)
    visit.require_write()
    max_bytes = visit.state.settings.import_megabytes * 1_000_000
    root, body = processes.folders.root, request.stream()
    with explain_disk_errors("store the files", root, MOVE_HOME):
        folder = processes.folders.new(owner_of(visit))
    try:
        with explain_disk_errors("store the files", folder.root, MOVE_HOME):
            require_space("store the files", folder.root, MOVE_HOME, size_of(request))
            check_token = partial(check_csrf_token, request)
            await receive_files(request, body, folder, max_bytes, check_token)
    except BaseException as error:
        folder.remove()
        if isinstance(error, ValuenetError):
            async for _ in body:  # else a browser would not show the answer
                pass
        raise
    await processes.run(folder, "recognise", author_of(visit), PATIENCE_SECONDS)
    return RedirectResponse(f"/import/{folder.id}", 303)


def size_of(request: Request) -> int:
    text = request.headers.get("content-length", "")
    return int(text) if text.isdecimal() else 0


def processes_of(visit: Visit) -> ImportProcesses:
    processes: ImportProcesses = visit.request.app.state.imports
    return processes


def owner_of(visit: Visit) -> str:
    return visit.token.name if visit.token else ""


def author_of(visit: Visit) -> Author:
    """Whom the change log names, with a new run."""
    return new_author(owner_of(visit) or "import")


def state_of_import(visit: Visit, folder: ImportFolder) -> str:
    """What became of an import, in a few words."""
    if processes_of(visit).is_running(folder):
        return "working"
    for name, text in STATES.items():
        if folder.document(name):
            return text
    return "recognised"


STATES = {
    "step": "interrupted",
    "undone": "loaded and undone",
    "loaded": "loaded",
    "checked": "checked",
}
