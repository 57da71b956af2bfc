"""Parallel download of files whose sha256 is known, each put in place only whole."""

from __future__ import annotations

import hashlib
import os
import ssl
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import IO

import httpx

from service.database.disk import MOVE_CACHE, explain_disk_errors
from service.errors import Unavailable

CONNECTIONS = 16  # 176 MB in 2.6 s, measured; more brought nothing
ATTEMPTS = 3


class Download:
    """From one repository into one folder, which two processes may share."""

    def __init__(self, repository: str, folder: Path) -> None:
        self.repository = repository.rstrip("/")
        self.folder = folder
        self.client = http_client()

    def __enter__(self) -> Download:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.client.close()

    def total_bytes(self, paths: list[str]) -> int | None:
        """None if the repository does not say; failures show when fetching."""

        def size(path: str) -> int:
            answer = self.client.head(f"{self.repository}/{path}")
            return int(answer.raise_for_status().headers["content-length"])

        threads = ThreadPoolExecutor(CONNECTIONS)
        try:
            return sum(threads.map(size, paths))
        except (httpx.HTTPError, httpx.InvalidURL, KeyError, ValueError):
            return None
        finally:
            threads.shutdown(cancel_futures=True)

    def fetch_all(
        self, files: list[tuple[str, str]], advance: Callable[[int], None]
    ) -> None:
        """Fetches (path, sha256) pairs; the first failure ends the rest."""
        with explain_disk_errors("keep Neo4j's jars", self.folder, MOVE_CACHE):
            self.folder.mkdir(parents=True, exist_ok=True)
        threads = ThreadPoolExecutor(CONNECTIONS)
        try:
            list(
                threads.map(
                    lambda file: self.fetch_one(file[0], file[1], advance), files
                )
            )
        finally:
            threads.shutdown(cancel_futures=True)

    def fetch_one(self, path: str, sha256: str, advance: Callable[[int], None]) -> None:
        target = self.folder / path.rpartition("/")[2]
        with explain_disk_errors("keep Neo4j's jars", self.folder, MOVE_CACHE):
            # A name of its own, so that two processes at once never share a file.
            handle, part = tempfile.mkstemp(".part", f".{target.name}.", self.folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    digest = self._body(path, target, file, advance)
                if digest != sha256:
                    raise Unavailable(checksum_message(path, self.repository))
                os.chmod(part, 0o644)
                os.replace(part, target)
            finally:
                Path(part).unlink(missing_ok=True)

    def _body(
        self, path: str, target: Path, file: IO[bytes], advance: Callable[[int], None]
    ) -> str:
        """Writes the body and returns its sha256; retries after a lost connection."""
        for attempt in range(1, ATTEMPTS + 1):
            done = 0
            digest = hashlib.sha256()
            file.seek(0)
            file.truncate()
            try:
                with self.client.stream("GET", f"{self.repository}/{path}") as answer:
                    for block in answer.raise_for_status().iter_bytes(1 << 16):
                        file.write(block)
                        digest.update(block)
                        advance(len(block))
                        done += len(block)
                return digest.hexdigest()
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                advance(-done)
                if attempt == ATTEMPTS or not is_transient(error):
                    raise Unavailable(
                        unreachable_message(target, error, self)
                    ) from error
                time.sleep(0.3 * attempt)
        raise AssertionError("the last attempt returns or raises")


def is_transient(error: Exception) -> bool:
    """Whether a retry may succeed: a lost connection or a busy server."""
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code >= 500
    return isinstance(error, httpx.TransportError) and not isinstance(
        error, httpx.UnsupportedProtocol
    )


def http_client() -> httpx.Client:
    """Proxies and certificate authorities for a network with an inspecting proxy.

    httpx reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY by itself.
    """
    limits = httpx.Limits(max_connections=CONNECTIONS)
    try:
        return httpx.Client(
            verify=certificates(), timeout=30, follow_redirects=True, limits=limits
        )
    except (ValueError, ImportError) as error:
        raise Unavailable(
            f"cannot use the proxy that the environment names: {error}; correct or"
            f" unset HTTPS_PROXY, HTTP_PROXY and ALL_PROXY"
        ) from error


def certificates() -> ssl.SSLContext | bool:
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        if bundle := os.environ.get(name):
            try:
                if Path(bundle).is_dir():
                    return ssl.create_default_context(capath=bundle)
                return ssl.create_default_context(cafile=bundle)
            except OSError as error:
                raise Unavailable(
                    f"cannot read the certificates that {name} names ({bundle}):"
                    f" {error.strerror or error}; correct or unset {name}"
                ) from error
    return True  # SSL_CERT_DIR, else certifi's


def unreachable_message(target: Path, error: Exception, download: Download) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        reason = f"HTTP {error.response.status_code}"
    else:
        reason = (str(error) or type(error).__name__).splitlines()[0]
    return (
        f"cannot fetch {target.name} into {target.parent} from {download.repository}:"
        f" {reason}; connect to the network (or set HTTPS_PROXY, SSL_CERT_FILE, or"
        " VALUENET_MAVEN_REPOSITORY to a mirror) and try again"
    )


def checksum_message(path: str, repository: str) -> str:
    return (
        f"{repository}/{path} is not the expected file (its SHA-256 differs from the"
        f" lock): try again, or set VALUENET_MAVEN_REPOSITORY to another repository"
    )
