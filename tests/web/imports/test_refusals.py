"""Faulty files, bounds, rights, and imports that end in the middle."""

from __future__ import annotations

import csv
import errno
import io
import os
import time

import pytest

from service.errors import BadInput
from service.server.tokens import TokenScope, create_token
from service.settings import Settings
from service.web.imports import folder
from service.web.imports.folder import ImportFolder, ImportFolders, safe_name
from service.web.imports.processes import FAILED
from tests.web.imports.importing import (
    CUSTOMERS,
    NAMESAKES,
    Importer,
    zipped,
)

pytestmark = pytest.mark.database


def test_one_cause_is_one_message_and_good_lines_load_alone(visitor):
    lines = "".join(f"m{n},ORGANISATION,M {n},{n}\n" for n in range(3))
    faults = "".join(f"x{n},FIRM,X {n},{n}\n" for n in range(50))
    text = f"key,kind,name,recovery_days\n{lines}{faults}"

    async def work(importer):
        await importer.upload(("members.csv", text))
        await importer.send("check")
        assert "Nothing was loaded, because:" in importer.text
        assert "(50 rows: line 5:" in importer.text
        assert 'value="load"' not in importer.text
        report = (await importer.client.get(f"{importer.address}/report.csv")).text
        rows = list(csv.DictReader(io.StringIO(report)))
        assert sum(row["decision"] == "fault" for row in rows) == 50
        none = await importer.names()
        await importer.send("check", skips_faulty="yes")
        await importer.send("load")
        assert "Left out: 50 faulty lines" in importer.text
        assert "20 of 50 lines" in importer.text
        assert "members.csv line 5: kind: must be" in importer.text
        faulty = (await importer.client.get(f"{importer.address}/faulty.csv")).text
        return none, await importer.names(), list(csv.DictReader(io.StringIO(faulty)))

    none, names, faulty = visitor(work, world={})
    assert (none, names) == ([], ["M 0", "M 1", "M 2"])
    assert [row["key"] for row in faulty] == [f"x{n}" for n in range(50)]


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("empty.csv", "", "no table in it"),
        ("rows.csv", "Company,Country\n", "no table in it"),
        ("members.csv", "key,kind,name\n", "no table in it"),
        ("x.pdf", "%PDF-1.7\n", "this is PDF, which is not read"),
        ("g.graphml", "<graphml><graph>", ""),
        ("a.zip", zipped({"b.zip": zipped({"c.csv": "a,b\n1,2\n"})}), "archive"),
        ("bomb.zip", zipped({"x.csv": "a,b\n" + "1,2\n" * 30_000_000}), "unpacks to"),
    ],
)
def test_bad_files_are_refused_in_a_sentence(name, content, text, visitor):
    async def work(importer):
        await importer.upload((name, content))
        if 'role="alert"' not in importer.text:
            await importer.send("check")
        return importer.text, await importer.names()

    page, found = visitor(work, world={})
    assert 'role="alert"' in page
    assert text in page
    assert FAILED not in page
    assert found == []


def test_a_load_of_files_that_cannot_be_read_says_so(visitor):
    async def work(importer):
        await importer.upload(("x.pdf", "%PDF-1.7\n"))
        data = {"csrf_token": importer.csrf_token, "action": "load"}
        await importer.client.post(importer.address, data=data)
        return await importer.wait()

    assert visitor(work, world={}).alerts == [
        "x.pdf: not read; correct it and choose it again"
    ]


def test_lines_are_no_ties_that_are_computed(visitor):
    ties = "Company A,Company B\nOld Mill,Grain\n"

    async def work(importer):
        await importer.upload(("pairs.csv", ties))
        [name] = [n for n in importer.form.options if n.startswith("subject:")]
        subjects = importer.form.options[name]
        token = importer.csrf_token
        data = {"csrf_token": token, "action": "check", name: "ties CO_CONTRACT"}
        answer = await importer.client.post(importer.address, data=data)
        for subject in subjects[1:]:
            await importer.send("recognise", part="meaning", **{name: subject})
            assert FAILED not in importer.text, subject
        return subjects, answer

    subjects, answer = visitor(work, world={})
    assert "ties EXCHANGE" in subjects
    assert "ties CO_CONTRACT" not in subjects
    assert answer.status_code == 400
    assert "its lines cannot be" in answer.text


@pytest.mark.parametrize("name", ["question:x", "question:--x:", "question::a:b"])
def test_an_answer_to_no_question_is_refused(visitor, name):
    async def work(importer):
        await importer.upload(("customers.csv", CUSTOMERS))
        data = {"csrf_token": importer.csrf_token, "action": "check", name: "y"}
        return await importer.client.post(importer.address, data=data)

    answer = visitor(work, world={})
    assert answer.status_code == 400
    assert "this page has no such question" in answer.text


def test_uploads_are_bounded_and_leave_nothing(visitor, tmp_path):
    async def work(importer):
        answers = [await importer.upload(("big.csv", b"x" * 1_000_001))]
        pages = [importer.text]
        for files in ([], [("a.csv", "x"), ("A.csv", "y")]):
            await importer.upload(*files)
            pages.append(importer.text)
        await importer.get("/import")
        for csrf_token in (
            importer.csrf_token,
            "",
        ):  # a browser whose user chose no file
            form = [("csrf_token", (None, csrf_token)), ("files", ("", b""))]
            importer.page = await importer.client.post("/import", files=form)
            pages.append(importer.text)
            await importer.get("/import")
        body = {"csrf_token": importer.csrf_token, "files": "no file"}
        plain = await importer.client.post("/import", data=body)
        return pages, plain, answers

    pages, plain, _ = visitor(work, world={}, import_megabytes=1)
    assert "larger than 1 MB" in pages[0]
    assert "multipart/form-data" in pages[1]  # a client without files
    assert "Two files have the name A.csv" in pages[2]
    assert "Choose a file first" in pages[3]
    assert 'role="alert"' in pages[4]
    assert plain.status_code == 400
    assert list((tmp_path / "imports").iterdir()) == []


def test_a_form_of_very_many_parts_is_refused(visitor, tmp_path):
    async def work(importer):
        body = b"--B\r\n\r\n\r\n" * 1_000 + b"--B--\r\n"
        headers = {"content-type": "multipart/form-data; boundary=B"}
        importer.page = await importer.client.post(
            "/import", content=body, headers=headers
        )
        return importer.page.status_code, importer.text

    status, text = visitor(work, world={})
    assert status == 400
    assert "more than 110 parts" in text
    assert list((tmp_path / "imports").iterdir()) == []


def test_an_upload_to_a_full_disk_is_refused_and_leaves_nothing(
    visitor, tmp_path, monkeypatch
):
    def full(folder, name, document):
        raise OSError(errno.ENOSPC, "No space left on device")

    async def work(importer):
        await importer.get("/import")
        with monkeypatch.context() as patch:
            patch.setattr(ImportFolder, "write", full)
            await importer.upload(("a.csv", "x"))
        return importer.page.status_code, importer.text

    status, text = visitor(work, world={})
    assert status == 503
    assert "the disk is full" in text
    assert list((tmp_path / "imports").iterdir()) == []


def test_a_step_on_a_full_disk_says_so(visitor, monkeypatch):
    def full(folder, name, document):
        raise OSError(errno.ENOSPC, "No space left on device")

    async def work(importer):
        await importer.upload(("c.csv", CUSTOMERS))
        with monkeypatch.context() as patch:
            patch.setattr(ImportFolder, "write", full)
            data = {"csrf_token": importer.csrf_token, "action": "check"}
            answer = await importer.client.post(importer.address, data=data)
        await importer.get(importer.address)
        return answer.status_code, answer.text, importer.page.status_code

    status, text, later = visitor(work, world={})
    assert (status, later) == (503, 200)
    assert "the disk is full" in text


def test_imports_of_one_owner_leave_places_to_others(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "MOST_IMPORTS", 2)
    folders = ImportFolders(Settings(home=tmp_path))
    for _ in range(2):
        folders.new("ada")
    with pytest.raises(BadInput, match="2 imports wait already"):
        folders.new("ada")
    assert folders.new("bo").owner == "bo"


def test_a_name_of_a_file_is_never_a_path_or_markup(visitor, tmp_path):
    hostile = "../../<script>alert(1)</script>\u202e\u0000.csv"

    async def work(importer):
        await importer.upload((hostile, CUSTOMERS))
        assert "<script>alert" not in importer.text
        await importer.send("check")
        assert "What would change" in importer.text
        return importer.address.rpartition("/")[2]

    folder = ImportFolder(tmp_path / "imports" / visitor(work, world={}))
    [name] = folder.file_names
    assert "/" not in name
    assert "\u202e" not in name
    assert (folder.files / name).stat().st_mode & 0o777 == 0o600
    assert folder.root.stat().st_mode & 0o777 == 0o700


def test_names_of_files_that_a_system_cannot_have():
    assert safe_name("é" * 300 + ".xlsx").endswith(".xlsx")
    assert len(safe_name("é" * 300 + ".xlsx").encode()) <= 255
    assert safe_name("...") == "file"
    assert safe_name("json.py") == "json.py"  # the process does not import from there


def test_a_form_without_its_csrf_token_stores_nothing(visitor, tmp_path):
    async def work(importer):
        await importer.upload(("customers.csv", CUSTOMERS), csrf_token="")
        foreign = importer.page
        await importer.upload(("customers.csv", CUSTOMERS))
        answers = [foreign]
        for csrf_token in ("", "x" * 22):
            data = {"action": "load", "csrf_token": csrf_token}
            answers.append(await importer.client.post(importer.address, data=data))
        origin = {"origin": "https://evil.example"}
        answers.append(await importer.client.post("/import", headers=origin))
        return [answer.status_code for answer in answers], await importer.names()

    assert visitor(work, world={}) == ([403] * 4, [])
    assert len(list((tmp_path / "imports").iterdir())) == 1


def test_only_a_token_that_may_write_imports_and_only_its_own(visitor, tmp_path):
    file = tmp_path / "tokens"
    cookies = {
        name: {"valuenet_token": create_token(file, name, scope)}
        for name, scope in (
            ("ada", TokenScope.WRITE),
            ("bo", TokenScope.WRITE),
            ("eve", TokenScope.READ),
        )
    }

    async def own(importer):
        await importer.upload(("customers.csv", CUSTOMERS))
        return importer.address

    address = visitor(own, world={}, cookies=cookies["ada"], tokens=file)

    async def look(importer):
        pages = [await importer.client.get(path) for path in ("/import", address)]
        return [(page.status_code, page.text) for page in pages]

    reads = visitor(look, cookies=cookies["eve"], tokens=file)
    assert [status for status, _ in reads] == [403, 403]
    assert "Your token may read only" in reads[0][1]
    listing, other = visitor(look, cookies=cookies["bo"], tokens=file)
    assert "customers.csv" not in listing[1]
    assert other[0] == 404
    assert visitor(look, cookies=cookies["ada"], tokens=file)[1][0] == 200


def test_a_step_survives_nothing_but_says_so(visitor, tmp_path):
    async def begin(importer):
        await importer.upload(("customers.csv", CUSTOMERS))
        return importer.address

    address = visitor(begin, world={})
    folder = ImportFolder(tmp_path / "imports" / address.rpartition("/")[2])
    folder.write("step", {"step": "load"})  # as a server that was killed leaves it

    async def return_later(importer):
        importer.address = address
        await importer.wait()
        text = importer.text
        await importer.send("check")
        await importer.send("load")
        return text, await importer.names()

    text, found = visitor(return_later)
    assert "The server was restarted while it was loading" in text
    assert found == ["Hill Bakery", "Old Mill"]


def test_two_imports_at_once_and_one_that_is_stopped(visitor, monkeypatch):
    from service.web.pages import import_file, imports

    monkeypatch.setattr(imports, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(import_file, "PATIENCE_SECONDS", 0)

    async def work(importer):
        other = Importer(importer.client)
        for one, text in ((importer, CUSTOMERS), (other, NAMESAKES)):
            await one.get("/import")
            files = [("files", ("companies.csv", text))]
            sent = await one.client.post(
                "/import", data={"csrf_token": one.csrf_token}, files=files
            )
            one.address = sent.headers["location"]
        await other.get(other.address)
        assert "Another import is working; this one follows." in other.text
        data = {"csrf_token": other.csrf_token, "action": "stop"}
        await other.client.post(other.address, data=data)
        await other.wait()
        assert "You stopped this step." in other.text
        await importer.wait()
        await importer.send("check")
        await importer.send("load")
        await importer.get("/import")
        return importer.text, await importer.names()

    page, found = visitor(work, world={})
    assert found == ["Hill Bakery", "Old Mill"]
    assert page.count("companies.csv") == 2


def test_abandoned_imports_are_removed_after_a_day(tmp_path):

    folders = ImportFolders(Settings(home=tmp_path))
    old, new = folders.new(""), folders.new("")
    past = time.time() - 25 * 3600
    os.utime(old.root, (past, past))
    folders.remove_old()
    assert [folder.id for folder in folders.every()] == [new.id]
