"""How a command fails: one line on stderr, and an exit code for scripts."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from service.cli.console import printable
from service.errors import ImportRefusal, ValuenetError

TERMINATED = 128 + signal.SIGTERM


def exit_on_sigterm(number: int, frame: FrameType | None) -> None:
    """Unwind as for any exit, so that a database that we started is stopped."""
    raise SystemExit(TERMINATED)


def exit_code_of(run: Callable[[], object], debug: Callable[[], bool]) -> int:
    """Run a command; print its failure, if any, to stderr."""
    signal.signal(signal.SIGTERM, exit_on_sigterm)
    try:
        run()
    except ImportRefusal as error:
        print_failure("cannot load:", *error.messages)
        return error.exit_code
    except ValuenetError as error:
        print_failure(str(error))
        return error.exit_code
    except Exception as error:
        if debug():
            raise
        text = f"unexpected {type(error).__name__}: {error}"
        print_failure(f"{text}; set VALUENET_DEBUG=1 to see the traceback")
        return 1
    finally:
        flush_stdout()
    return 0


def print_failure(first: str, *lines: str) -> None:
    one_line = " ".join(first.split())
    text = "\n".join([f"valuenet: {one_line}", *lines])
    sys.stderr.write(printable(text) + "\n")


def flush_stdout() -> None:
    """A reader (such as `head`) that has closed the pipe is not a failure."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
