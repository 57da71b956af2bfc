"""The steps of imports in threads of this process, which takes a tenth of the time."""

from __future__ import annotations

import asyncio
from contextlib import chdir
from dataclasses import asdict
from typing import Any

from service.change_log.append import Author
from service.errors import ValuenetError
from service.web.imports.folder import ImportFolder
from service.web.imports.loading import messages_of
from service.web.imports.processes import ImportProcesses
from service.web.imports.worker import result_of


class ImportThreads(ImportProcesses):
    """Runs what the worker runs, without a process for each step."""

    async def _process(self, folder: ImportFolder, step: str, author: Author) -> None:
        job = {
            "step": step,
            "author": asdict(author),
            "address": asdict(self._address),
            "settings": self._settings.model_dump(mode="json"),
        }
        await asyncio.to_thread(run_step, folder, job)


def run_step(folder: ImportFolder, job: dict[str, Any]) -> None:
    with chdir(folder.files if folder.files.is_dir() else folder.root):
        try:
            result = result_of(folder, job)
        except ValuenetError as error:
            result = {"messages": messages_of(error)}
    folder.write("result", result)
