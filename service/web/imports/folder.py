"""One import: a folder with its files, what a person says of them, and what came out.

Everything lies on the disk: an import outlives a restart of the server. It has personal
data, so nobody else may read it; the files go as soon as they are loaded.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.database.disk import own_folder
from service.errors import BadInput, RecordNotFound
from service.settings import Settings

ID = re.compile(r"[0-9a-f]{32}")
MOST_SECONDS = 24 * 3600  # an import is removed so long after its last step
MOST_IMPORTS = 50  # of one owner that wait
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
MAX_NAME = 200  # bytes of the name of a file; systems allow 255
MAX_ENDING = 12  # characters of its ending, such as .graphml
Document = dict[str, Any]


@dataclass(frozen=True)
class ImportFolder:
    """The folder of one import."""

    root: Path

    @property
    def id(self) -> str:
        return self.root.name

    @property
    def files(self) -> Path:
        """The uploaded files, under their own names."""
        return self.root / "files"

    @property
    def temporary(self) -> Path:
        """What the process of a step writes on the way."""
        return self.root / "temporary"

    @property
    def report(self) -> Path:
        return self.root / "report.csv"

    @property
    def faulty(self) -> Path:
        """The lines that a load left out."""
        return self.root / "faulty.csv"

    def mapping(self, number: int) -> Path:
        """The mapping of a file, by its number."""
        return self.root / f"mapping-{number}.toml"

    def document(self, name: str) -> Document:
        """A document of the import; nothing where there is none yet."""
        try:
            text = (self.root / f"{name}.json").read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        document: Document = json.loads(text)
        return document

    def write(self, name: str, document: Document) -> None:
        """Store a document; whoever reads it meanwhile sees it whole."""
        target = self.root / f"{name}.json"
        part = target.with_suffix(".part")
        part.write_text(json.dumps(document), encoding="utf-8")
        part.replace(target)

    def forget(self, *names: str) -> None:
        for name in names:
            (self.root / f"{name}.json").unlink(missing_ok=True)

    @property
    def file_names(self) -> list[str]:
        return list(self.document("upload").get("names", []))

    @property
    def title(self) -> str:
        names = self.file_names
        return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"

    @property
    def owner(self) -> str:
        """The name of the token that brought the files; blank without tokens."""
        return str(self.document("upload").get("owner", ""))

    @property
    def age_seconds(self) -> float:
        return time.time() - self.root.stat().st_mtime

    def remove_files(self) -> None:
        """Remove the data that was loaded."""
        for path in (self.files, self.temporary):
            shutil.rmtree(path, ignore_errors=True)

    def remove(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)


class ImportFolders:
    """All imports of a home."""

    def __init__(self, settings: Settings) -> None:
        self.root = own_folder(settings.home, "VALUENET_HOME") / "imports"

    def new(self, owner: str) -> ImportFolder:
        if sum(folder.owner == owner for folder in self.every()) >= MOST_IMPORTS:
            raise BadInput(
                f"{MOST_IMPORTS} imports wait already; finish or remove some of them."
            )
        self.root.mkdir(parents=True, mode=0o700, exist_ok=True)
        folder = ImportFolder(self.root / secrets.token_hex(16))
        try:
            for path in (folder.root, folder.files, folder.temporary):
                path.mkdir(mode=0o700)
            folder.write("upload", {"owner": owner, "names": []})
        except OSError:
            folder.remove()
            raise
        return folder

    def every(self) -> Iterator[ImportFolder]:
        """The newest first."""
        with suppress(FileNotFoundError):
            paths = [path for path in self.root.iterdir() if ID.fullmatch(path.name)]
            folders = [ImportFolder(path) for path in paths]
            yield from sorted(folders, key=lambda folder: folder.age_seconds)

    def of(self, id: str, owner: str) -> ImportFolder:
        """The import with this id, which its owner alone may see."""
        folder = ImportFolder(self.root / id)
        if ID.fullmatch(id) and folder.root.is_dir() and folder.owner == owner:
            return folder
        raise RecordNotFound(
            "There is no such import: it was removed, or is more than a day old."
        )

    def remove_old(self) -> None:
        for folder in list(self.every()):
            with suppress(FileNotFoundError):
                if folder.age_seconds > MOST_SECONDS:
                    folder.remove()


def safe_name(text: str) -> str:
    r"""The name of an uploaded file without its folders and what could mislead.

    >>> safe_name("C:\\x\\Kunder 2026.xlsx"), safe_name("../../.bashrc"), safe_name("/")
    ('Kunder 2026.xlsx', 'bashrc', 'file')
    """
    name = CONTROLS.sub("", re.split(r"[/\\]", text)[-1]).strip(" .")
    stem, ending = os.path.splitext(name)
    ending = ending[:MAX_ENDING]
    most = MAX_NAME - len(ending.encode())
    return stem.encode()[:most].decode(errors="ignore") + ending or "file"
