"""A file or folder of tables is replaced as a whole, or stays as it is."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from service.errors import BadInput
from service.feeds.table_files import check_table_export, complete_output

WAITS = """
import sys, time
from pathlib import Path
from service.feeds.table_files import complete_output

with complete_output(Path(sys.argv[1])) as new:
    new.write_text("half")
    print("ready", flush=True)
    time.sleep(600)
"""


def writing(path):
    """A process that has begun to write."""
    command = [sys.executable, "-c", WAITS, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"ready\n"
    return process


def write(path, text):
    with complete_output(path) as new:
        new.write_text(text)


def test_nothing_half_written_is_left_by_a_killed_export(tmp_path):
    path = tmp_path / "net.sqlite"
    write(path, "old")
    with writing(path) as process:
        write(path, "new")
        assert len(list(tmp_path.iterdir())) == 2, "the other one goes on"
        process.send_signal(signal.SIGKILL)
    assert path.read_text() == "new"
    write(path, "newer")
    assert path.read_text() == "newer"
    assert list(tmp_path.iterdir()) == [path]


def test_an_exception_leaves_the_old_folder(tmp_path):
    path = tmp_path / "net"
    write_folder(path, "a.parquet")
    with pytest.raises(ValueError, match="no more"):
        write_folder(path, "b.parquet", ValueError("no more"))
    assert [file.name for file in path.iterdir()] == ["a.parquet"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_exchanged_under_the_eyes_of_its_reader(tmp_path):
    path = tmp_path / "net"
    write_folder(path, "a.parquet")
    with (path / "a.parquet").open() as reader:
        write_folder(path, "b.parquet")
        assert reader.read() == "a.parquet"
    assert [file.name for file in path.iterdir()] == ["b.parquet"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_replaced_where_no_exchange_is_possible(tmp_path, monkeypatch):
    path = tmp_path / "net"
    write_folder(path, "a.parquet")
    monkeypatch.setattr("service.feeds.table_files.exchange", lambda *paths: False)
    write_folder(path, "b.parquet")
    assert [file.name for file in path.iterdir()] == ["b.parquet"]
    assert list(tmp_path.iterdir()) == [path]


def write_folder(path: Path, name: str, error: Exception | None = None) -> None:
    with complete_output(path) as new:
        new.mkdir()
        (new / name).write_text(name)
        if error:
            raise error


def test_only_a_database_is_replaced_by_one(tmp_path):
    path = tmp_path / "net.sqlite"
    path.write_text("my thesis")
    with pytest.raises(BadInput, match="is no SQLite database; give another name"):
        check_table_export(path, "sqlite", True)
    path.write_bytes(b"SQLite format 3\0")
    check_table_export(path, "sqlite", True)
    (tmp_path / "net.sqlite-wal").touch()
    with pytest.raises(BadInput, match="another program writes to it"):
        check_table_export(path, "sqlite", True)


def test_only_an_export_is_replaced_by_a_folder(tmp_path):
    (tmp_path / "members.parquet").touch()
    with pytest.raises(BadInput, match=r"holds members.parquet, which is no file of"):
        check_table_export(tmp_path, "parquet", True)
    (tmp_path / "_tables.parquet").touch()
    check_table_export(tmp_path, "parquet", True)
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(BadInput, match=r"holds thesis.docx"):
        check_table_export(tmp_path, "parquet", True)
