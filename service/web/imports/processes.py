"""The steps of imports, each in a process of its own: one works, a few wait.

A process neither slows the answers of the server nor keeps memory when it has ended. It
can be stopped at any time: a transaction that it leaves is rolled back.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import asdict

from service.change_log.append import Author
from service.computation.admission import Admission
from service.database import Address
from service.errors import Unavailable
from service.settings import Settings
from service.web.imports.folder import Document, ImportFolder, ImportFolders

log = logging.getLogger("valuenet.import")

AT_ONCE, QUEUE = 1, 20
CLEANING_SECONDS = 600
STOP_SECONDS = 5
BUSY = "Too many imports wait; repeat this step in some minutes."
WORKER = "service.web.imports.worker"
FAILED = "This step failed; the log of the server says why. Nothing was written by it."


class ImportProcesses:
    """The steps that run now, by the id of their import."""

    def __init__(self, address: Address, settings: Settings) -> None:
        self.folders = ImportFolders(settings)
        self._address, self._settings = address, settings
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._admission = Admission(AT_ONCE, QUEUE)
        self._is_closing = False

    def is_running(self, folder: ImportFolder) -> bool:
        return folder.id in self._tasks

    async def run(
        self, folder: ImportFolder, step: str, author: Author, seconds: float
    ) -> None:
        """Begin a step, and wait a little: a small file is done at once."""
        if self.is_running(folder):
            return
        folder.forget("result", "progress")
        folder.write("step", {"step": step, "author": asdict(author)})
        task = asyncio.create_task(self._step(folder, step, author))
        self._tasks[folder.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(folder.id, None))
        await asyncio.wait([task], timeout=seconds)

    async def _step(self, folder: ImportFolder, step: str, author: Author) -> None:
        try:
            folder.write("progress", {"waits": True})
            async with self._admission.slot():
                folder.forget("progress")
                await self._process(folder, step, author)
        except asyncio.CancelledError:
            if folder.root.is_dir():
                tell(folder, stopped_message(step, author))
            raise
        except Unavailable:
            tell(folder, BUSY)
        except Exception:
            log.exception("a step of an import failed")
            tell(folder, FAILED)
        finally:
            if folder.root.is_dir() and not self._is_closing:
                with suppress(OSError):
                    finish(folder, step)

    async def _process(self, folder: ImportFolder, step: str, author: Author) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", WORKER),
            stdin=PIPE,
            stdout=DEVNULL,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(folder.temporary)},
        )
        try:
            assert process.stdin is not None
            job = {
                "folder": str(folder.root),
                "step": step,
                "author": asdict(author),
                "address": asdict(self._address),
                "settings": self._settings.model_dump(mode="json"),
            }
            process.stdin.write(json.dumps(job).encode() + b"\n")
            with suppress(ConnectionError):  # it has ended, and its code says so
                await process.stdin.drain()
            if await process.wait():
                folder.write("result", {"messages": [FAILED]})
        finally:
            await end(process)

    async def stop(self, folder: ImportFolder) -> None:
        """Stop the step of an import; what it has not committed is not written."""
        if task := self._tasks.get(folder.id):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def close(self) -> None:
        """End all steps; their imports say later that they were interrupted."""
        self._is_closing = True
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def remove_old(self) -> None:
        """Remove abandoned imports, as long as the server runs."""
        while True:
            with suppress(OSError):
                self.folders.remove_old()
            await asyncio.sleep(CLEANING_SECONDS)


async def end(process: Process) -> None:
    """Stop the process, and what it started, unless it has ended."""
    if process.returncode is not None:
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
            return


def tell(folder: ImportFolder, message: str) -> None:
    """The outcome of a step; on a full disk the page says that it was interrupted."""
    with suppress(OSError):
        folder.write("result", {"messages": [message]})


def finish(folder: ImportFolder, step: str) -> None:
    """Store what came out under the name of the step."""
    result: Document = folder.document("result")
    folder.forget("step", "progress", "result", "message")
    if step == "load" and "counts" in result:
        folder.write("loaded", result)
        folder.forget("checked")
        folder.remove_files()
    elif step == "undo" and "undone" in result:
        folder.write("undone", result)
    elif "remarks" in result:  # of a check, or of a load that was refused
        folder.write("checked", result)
    else:
        folder.write("message", result)
        if step in ("recognise", "check"):
            folder.forget("checked")


def stopped_message(step: str, author: Author) -> str:
    if step != "load":
        return "You stopped this step."
    return (
        "You stopped the load. If it was a large one, a part of it is written: load"
        f" again to complete it, or take it back with `valuenet undo {author.run}`."
    )
