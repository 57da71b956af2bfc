"""Keeps the embedded Neo4j of `serve` running: notices its end and starts it again.

A server that is busy is left alone: Bolt's handshake is answered by threads that run
no queries. So a server that answers no handshake for half a minute is stopped or hung.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import time
from collections import deque
from contextlib import suppress

from service.database import bolt, server
from service.database.address import Address
from service.database.bolt import Condition
from service.database.disk import disk_full_message, own_folder
from service.database.home import MOVE_HOME, WRITABLE_BYTES, Home
from service.database.java import Compiler
from service.database.notice import ProgressNotice
from service.errors import Unavailable
from service.settings import Settings

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
CLOSED_SECONDS = 3.0  # with a closed port, although Java lives
SILENT_SECONDS = 30.0  # without an answer to any handshake
MOST_ENDINGS = 3
ENDINGS_SECONDS = 60.0
DATABASE_SECONDS = 10.0  # between two looks at the database, and two of its errors
FULL_BYTES = 16_000_000  # free: below it each look matters
TROUBLES = {
    Condition.READ_ONLY: "Neo4j is read-only because its disk was full",
    Condition.FAILED: "Neo4j failed within itself",
}


class Supervisor:
    """`outage` is the reason why the database cannot answer now, or None."""

    def __init__(
        self, settings: Settings, address: Address, notice: ProgressNotice
    ) -> None:
        self.settings = settings
        self.address = address  # of the connections of this process
        self.notice = notice
        self.home = Home(own_folder(settings.home, "VALUENET_HOME"))
        self.outage: str | None = None
        self._endings: deque[float] = deque()
        self._unanswered_since: float | None = None
        self._checked = time.monotonic()

    async def run(self) -> None:
        """Watch until cancelled; Unavailable if the server does not stay up."""
        while True:
            await asyncio.sleep(POLL_SECONDS)
            if reason := await asyncio.to_thread(self._trouble):
                await self._recover(reason)

    def _trouble(self) -> str | None:
        """Why the server must be started again; None while it is well."""
        facts = server.server_facts(self.home)
        if facts is None or not server.liveness_of(self.home)():
            return f"Neo4j ended ({server.how_it_ended(self.home)})"
        try:
            bolt.shake_hands(facts["port"])
        except OSError as error:
            is_closed = isinstance(error, ConnectionRefusedError)
            return self._patience_ended(is_closed)
        self._unanswered_since = None
        return self._database_trouble()

    def _database_trouble(self) -> str | None:
        """A database that a full disk made read-only stores again after a restart.

        Until there is space it goes on to answer reads, unless it has failed.
        """
        now = time.monotonic()
        free = shutil.disk_usage(self.home.root).free
        if free > FULL_BYTES and now < self._checked + DATABASE_SECONDS:
            return None
        condition = bolt.condition_of(self.address)
        if condition is not Condition.WELL and free < WRITABLE_BYTES:
            text = disk_full_message(
                "store changes", self.home.root, MOVE_HOME, WRITABLE_BYTES
            )
            if condition is Condition.FAILED:
                self.outage = text
            if now >= self._checked + DATABASE_SECONDS:
                self._checked = now
                log.error("%s", text)
            return None
        self._checked, self.outage = now, None
        return TROUBLES.get(condition)

    def _patience_ended(self, is_closed: bool) -> str | None:
        now = time.monotonic()
        if self._unanswered_since is None:
            self._unanswered_since = now
        patience = CLOSED_SECONDS if is_closed else SILENT_SECONDS
        if now - self._unanswered_since < patience:
            return None
        what = "closed its port" if is_closed else "has not answered"
        return f"Neo4j {what} for {patience:.0f} s"

    async def _recover(self, reason: str) -> None:
        """Start the server again, as often as it takes; Unavailable if that is vain."""
        while True:
            self._count_ending(reason)
            self.outage = f"{reason}; starting it again"
            log.error("%s", self.outage)
            started = time.monotonic()
            try:
                await asyncio.to_thread(self._start_again)
            except Unavailable as error:
                reason = f"Neo4j could not start ({error})"
                continue
            log.warning("Neo4j answers again after %.0f s", time.monotonic() - started)
            self.outage, self._unanswered_since = None, None
            return

    def _count_ending(self, reason: str) -> None:
        now = time.monotonic()
        self._endings.append(now)
        while self._endings[0] < now - ENDINGS_SECONDS:
            self._endings.popleft()
        if len(self._endings) >= MOST_ENDINGS:
            raise Unavailable(
                f"{reason}; it is the failure number {len(self._endings)} within"
                f" {ENDINGS_SECONDS:.0f} s, so valuenet ends; read {self.home.console}"
            )

    def _start_again(self) -> None:
        with server.transition(self.home, self.notice):
            stays = self.home.stays_file.exists()
            self._end_now()
            address = server.join_server(self.home) or server.start_server(
                self.home, self.settings, self.notice, Compiler.FULL
            )
            if stays:
                self.home.stays_file.touch(mode=0o600)
        if address != self.address:
            raise Unavailable(f"the port of {self.address.uri} has another user now")

    def _end_now(self) -> None:
        """End a Java that is hung or stopped: it would not react to a polite signal."""
        facts = server.server_facts(self.home)
        if facts is None:
            return
        if self._unanswered_since is not None and server.is_java_of(
            self.home, facts["java"]
        ):
            with suppress(ProcessLookupError):
                os.kill(facts["java"], signal.SIGKILL)
        server.stop_server(self.home)
