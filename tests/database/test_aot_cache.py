"""The start-up cache of the JVM: made once, never in the way, never a failure."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from service import database
from service.cli.training import workload
from service.database import Address, Compiler, aot_cache, jars, java, locks
from service.errors import Unavailable
from service.settings import Settings
from tests.support.worlds import member


def own_settings(folder: Path) -> Settings:
    """A cache folder of our own, with the jars of this machine in it."""
    jar_folder = jars.ensure_jars(Settings())[0].parent
    (folder / "cache").mkdir()
    (folder / "cache" / jar_folder.name).symlink_to(jar_folder)
    paths = {"cache": folder / "cache", "home": folder / "home"}
    return Settings(neo4j_uri=None, heap="512m", **paths)


@pytest.fixture(scope="module")
def original(neo4j, tmp_path_factory) -> Path:
    """A cache of a server that answered one statement: what it gains is not tested."""
    settings = own_settings(tmp_path_factory.mktemp("original"))
    assert aot_cache.make_cache(settings, one_statement)
    return aot_cache.cache_file(settings, jars.jar_paths(settings))


def one_statement(address: Address) -> None:
    auth = (address.username, address.password)
    with GraphDatabase.driver(address.uri, auth=auth) as driver:
        assert driver.execute_query("RETURN 1 AS number").records[0]["number"] == 1


@pytest.fixture
def settings(neo4j, tmp_path) -> Settings:
    return own_settings(tmp_path)


def own_cache(settings) -> Path:
    path = aot_cache.cache_file(settings, jars.jar_paths(settings))
    path.parent.mkdir(exist_ok=True)
    return path


def damaged(content: bytes) -> bytes:
    return content[:1_000] + os.urandom(8_000) + content[9_000:]


def java_version(cache, *flags, class_path=None) -> subprocess.CompletedProcess[str]:
    paths = class_path or jars.jar_paths(Settings())
    return subprocess.run(
        [
            java.EXECUTABLE,
            *java.FLAGS,
            *aot_cache.cache_flags(cache),
            *flags,
            "-version",
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "CLASSPATH": os.pathsep.join(map(str, paths))},
    )


@pytest.mark.parametrize(
    "flags", [[], Compiler.QUICK.value, ["-Xmx2g"]], ids=["full", "quick", "heap"]
)
def test_one_cache_serves_both_compilers_and_every_heap(original, flags):
    result = java_version(original, "-XX:AOTMode=on", *flags)
    assert (result.returncode, "sharing" in result.stderr) == (0, True)


def test_a_cache_that_does_not_fit_is_passed_over_in_silence(original, tmp_path):
    content = original.read_bytes()
    texts = {"empty": b"", "garbage": b"x" * 1_000, "half": content[: 90 << 20]}
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text)
    results = [java_version(tmp_path / name) for name in texts]
    results += [java_version(original, "-XX:-UseG1GC", "-XX:+UseSerialGC")]
    results += [java_version(original, class_path=jars.jar_paths(Settings())[1:])]
    for result in results:
        assert result.returncode == 0
        assert result.stdout == ""
        assert len(result.stderr.splitlines()) == 3  # the version alone


def test_a_server_whose_cache_was_damaged_starts_without_it(original, settings):
    cache = own_cache(settings)
    cache.write_bytes(damaged(original.read_bytes()))
    assert java_version(cache).returncode != 0
    with database.connect(settings, compiler=Compiler.QUICK) as address:
        assert address.uri
    assert not cache.exists()


def test_a_training_run_that_fails_leaves_nothing(neo4j, settings, monkeypatch):
    monkeypatch.setattr(aot_cache, "TRAINING_HEAP", "1m")
    with pytest.raises(Unavailable):
        aot_cache.make_cache(settings, workload)
    assert [path.name for path in own_cache(settings).parent.iterdir()] == [
        aot_cache.LOCK
    ]


def test_the_training_asks_the_questions_of_the_demo(draw, address, graph, runner):
    draw({"members": [member("alone")]})
    workload(address)
    rows = runner.run(graph._driver.execute_query("MATCH (o:Organisation) RETURN o"))
    assert len(rows.records) > 50


def test_what_a_killed_training_run_left_is_removed(tmp_path):
    (tmp_path / f"{aot_cache.PART}1").mkdir()
    (tmp_path / f"{aot_cache.PART}1" / "neo4j-1.aot").write_text("half")
    aot_cache.remove_remains(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_caches_that_were_used_last_stay(tmp_path):
    for age, name in enumerate(["neo4j-c.aot", "neo4j-a.aot", "neo4j-b.aot"]):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    (tmp_path / "training.log").touch()
    aot_cache.remove_old_caches(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"neo4j-c.aot", "neo4j-a.aot", "training.log"}


def training_runs(settings, tmp_path, seconds=1.0, **changes) -> bool:
    """Whether start_training runs its command; it returns before that ends."""
    (tmp_path / "train.py").write_text(
        "import os, pathlib, sys, time; time.sleep(0.2); assert os.nice(0) == 19;"
        "pathlib.Path(sys.argv[1]).touch()"
    )
    proof = tmp_path / "ran"
    started = time.monotonic()
    aot_cache.start_training(
        settings.model_copy(update=changes), str(tmp_path / "train.py"), str(proof)
    )
    while time.monotonic() < started + seconds and not proof.exists():
        time.sleep(0.02)
    ran = proof.exists()
    proof.unlink(missing_ok=True)
    return ran


def test_training_starts_in_the_background_unless_there_is_nothing_to_do(
    neo4j, settings, tmp_path, monkeypatch, caplog
):
    cache = own_cache(settings)
    assert training_runs(settings, tmp_path, seconds=30)
    assert not training_runs(settings, tmp_path, neo4j_uri="bolt://127.0.0.1:1")
    assert not training_runs(settings, tmp_path, cache=tmp_path / "no jars")
    with locks.hold(cache.parent / aot_cache.LOCK):
        assert not training_runs(settings, tmp_path)
    monkeypatch.setattr(aot_cache, "NEEDED_BYTES", 1 << 60)
    assert not training_runs(settings, tmp_path)
    assert "VALUENET_CACHE" in caplog.text
    cache.touch()
    assert not training_runs(settings, tmp_path)
    assert not aot_cache.make_cache(settings, workload)
