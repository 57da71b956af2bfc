"""Files and folders that get their name only when they are complete."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

from service.errors import BadInput


async def save_file(path: Path, chunks: AsyncIterator[bytes]) -> None:
    """Write the chunks to a temporary file beside `path`, then rename it."""
    refuse_existing(path)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as out:
            async for chunk in chunks:
                out.write(chunk)
        part.rename(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A temporary folder that becomes `path` in the end; `path` may be empty before."""
    if not (path.is_dir() and not any(path.iterdir())):
        refuse_existing(path)
    part = path.with_name(f".{path.name}.part")
    try:
        part.mkdir(parents=True)
        yield part
        if path.exists():
            path.rmdir()
        part.rename(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        if part.exists():
            for file in part.iterdir():
                file.unlink()
            part.rmdir()


def refuse_existing(path: Path) -> None:
    if path.exists():
        raise BadInput(f"{path}: already exists; give another name or remove it")
