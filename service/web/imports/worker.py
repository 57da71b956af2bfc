"""Runs one step of an import: `python -m service.web.imports.worker`.

The job comes as a line of JSON on stdin, which stays open: this process ends with the
server that waits for it. The files are named from their own folder, so that messages
have their names alone.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import threading
from pathlib import Path
from typing import Any

from service import logs
from service.change_log.append import Author
from service.database import Address
from service.errors import ValuenetError
from service.graph import open_graph
from service.settings import Settings
from service.web.imports.folder import Document, ImportFolder
from service.web.imports.loading import check, load, messages_of, undo_load
from service.web.imports.recognise import recognise

NICE = 5  # the server comes first


def end_with_server() -> None:
    """Nobody would learn what comes out; an open transaction is rolled back."""
    sys.stdin.read()
    os._exit(1)


async def database_step(
    folder: ImportFolder, job: dict[str, Any], settings: Settings
) -> Document:
    step, author = job["step"], Author(**job["author"])
    async with open_graph(Address(**job["address"]), settings.timeout_seconds) as graph:
        if step == "check":
            return await check(folder, settings, graph)
        if step == "load":
            return await load(folder, settings, graph, author)
        return await undo_load(folder, graph, author.by)


def result_of(folder: ImportFolder, job: dict[str, Any]) -> Document:
    settings = Settings(**job["settings"])
    if job["step"] in ("recognise", "check"):
        folder.write("recognised", recognise(folder))
        if not all(f["is_sure"] for f in folder.document("recognised")["files"]):
            return {}
    if job["step"] == "recognise":
        return {}
    return asyncio.run(database_step(folder, job, settings))


def main() -> int:
    logs.configure("WARNING")
    job = json.loads(sys.stdin.readline())
    threading.Thread(target=end_with_server, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(NICE)
    folder = ImportFolder(Path(job["folder"]))
    os.chdir(folder.files if folder.files.is_dir() else folder.root)
    try:
        result = result_of(folder, job)
    except ValuenetError as error:
        result = {"messages": messages_of(error)}
    except Exception:
        logging.getLogger("valuenet.import").exception("a step of an import failed")
        return 1
    folder.write("result", result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
