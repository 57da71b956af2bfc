"""Jars: fetched whole, verified at every start, mended, and explained when not."""

import hashlib
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from service.database import jars
from service.database.notice import Silent
from service.errors import Unavailable
from service.settings import Settings

CONTENT = {"neo4j": b"main" * 50_000, "bolt": b"bolt" * 7, "epoll": b"native"}


class Told(Silent):
    def __init__(self):
        self.lines = []

    def say(self, text):
        self.lines.append(text)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def lock(tmp_path):
    """Three jars, one of them with a classifier, in jgo's own format."""
    rows = [
        f'[[dependencies]]\ngroupId = "org.neo4j"\nartifactId = "{name}"\n'
        f'version = "1.0"\nsha256 = "{hashlib.sha256(body).hexdigest()}"\n'
        + ('classifier = "linux"\n' if name == "epoll" else "")
        for name, body in CONTENT.items()
    ]
    path = tmp_path / "jgo.lock.toml"
    path.write_text("\n".join(rows))
    return jars.read_lock(path)


@pytest.fixture
def repository(tmp_path, lock):
    """A Maven repository on loopback; gives its folder and its address."""
    root = tmp_path / "repository"
    for jar, body in zip(lock, CONTENT.values(), strict=True):
        (root / jar.path).parent.mkdir(parents=True)
        (root / jar.path).write_bytes(body)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root))
    threading.Thread(target=server.serve_forever, args=(0.01,)).start()
    yield root, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings(tmp_path, repository):
    return Settings(cache=tmp_path / "cache", maven_repository=repository[1])


def without_network(settings):
    return settings.model_copy(update={"maven_repository": "http://127.0.0.1:1"})


def refusal(settings, lock):
    with pytest.raises(Unavailable) as caught:
        jars.ensure_jars(settings, jars=lock)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_committed_lock_names_237_jars_with_their_hashes():
    lock = jars.read_lock()
    assert len({jar.path for jar in lock}) == len({jar.name for jar in lock}) == 237
    assert all(len(jar.sha256) == 64 for jar in lock)
    assert jars.neo4j_version(lock) == "2026.08.1"


def test_all_jars_are_fetched_once_and_then_need_no_network(settings, lock):
    told = Told()
    paths = jars.ensure_jars(settings, told, lock)
    assert [path.read_bytes() for path in paths] == list(CONTENT.values())
    assert paths[2].name == "epoll-1.0-linux.jar"
    assert len(told.lines) == 1
    assert "3 jars, 0 MB" in told.lines[0]
    assert jars.ensure_jars(without_network(settings), told, lock) == paths
    assert len(told.lines) == 1
    assert sorted(paths[0].parent.iterdir()) == sorted(paths)


@pytest.mark.parametrize("body", [b"", b"altered", CONTENT["neo4j"][:-1]])
def test_an_altered_or_half_written_jar_is_named_and_mended(settings, lock, body):
    paths = jars.ensure_jars(settings, jars=lock)
    paths[0].write_bytes(body)
    told = Told()
    jars.ensure_jars(settings, told, lock)
    assert paths[0].read_bytes() == CONTENT["neo4j"]
    assert str(paths[0]) in told.lines[0]
    assert "1 jars" in told.lines[1]


def test_an_altered_jar_without_network_says_which_and_what_to_do(settings, lock):
    paths = jars.ensure_jars(settings, jars=lock)
    paths[1].write_bytes(b"altered")
    said = refusal(without_network(settings), lock)
    assert "bolt-1.0.jar" in said
    assert str(paths[1].parent) in said
    assert "VALUENET_MAVEN_REPOSITORY" in said


def test_a_first_start_without_network_says_so(settings, lock):
    assert "network" in refusal(without_network(settings), lock)


def test_a_download_with_a_wrong_hash_is_refused_and_not_kept(
    settings, lock, repository
):
    (repository[0] / lock[1].path).write_bytes(b"evil")
    assert "SHA-256 differs" in refusal(settings, lock)
    assert not list(settings.cache.rglob("bolt*"))
    assert not list(settings.cache.rglob("*.part"))


def test_a_repository_without_the_jar_is_named(settings, lock, repository):
    (repository[0] / lock[0].path).unlink()
    said = refusal(settings, lock)
    assert "HTTP 404" in said
    assert repository[1] in said


def test_two_fetches_at_once_both_succeed(settings, lock):
    found = []
    threads = [
        threading.Thread(
            target=lambda: found.append(jars.ensure_jars(settings, jars=lock))
        )
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1]
    assert [path.read_bytes() for path in found[0]] == list(CONTENT.values())


def test_progress_adds_up_to_the_size_of_what_is_fetched(settings, lock):
    seen = []

    class Counting(Silent):
        def progress(self, description, total_bytes):
            seen.append(total_bytes)
            return super().progress(description, total_bytes)

    jars.ensure_jars(settings, Counting(), lock)
    assert seen == [sum(map(len, CONTENT.values()))]


def test_a_cache_that_is_a_file_is_explained(settings, lock):
    settings.cache.write_text("mine")
    assert "VALUENET_CACHE" in refusal(settings, lock)
    assert settings.cache.read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "value"),
    [("SSL_CERT_FILE", "/no/such/file.pem"), ("HTTPS_PROXY", "ftp://proxy")],
)
def test_a_bad_proxy_or_certificate_variable_is_named(
    settings, lock, monkeypatch, name, value
):
    monkeypatch.setenv(name, value)
    assert name in refusal(settings, lock)
