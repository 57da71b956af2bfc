"""How a command fails: one line on stderr, and an exit code that scripts can use."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from service.errors import ImportRefusal, ValuenetError

ENDED = 128 + signal.SIGTERM


def ended(number: int, frame: FrameType | None) -> None:
    """A polite kill unwinds as an exit does, so that a database begun is ended."""
    raise SystemExit(ENDED)


def guarded(run: Callable[[], object], debug: Callable[[], bool]) -> int:
    """The exit code of a command that failed, told on stderr; `run` itself exits."""
    signal.signal(signal.SIGTERM, ended)
    try:
        run()
    except ImportRefusal as error:
        return told("cannot load:", *error.faults, code=error.exit_code)
    except ValuenetError as error:
        return told(str(error), code=error.exit_code)
    except Exception as error:
        if debug():
            raise
        text = f"unexpected {type(error).__name__}: {error}"
        return told(f"{text}; VALUENET_DEBUG=1 shows where", code=1)
    finally:
        flushed()
    return 0


def told(first: str, *lines: str, code: int) -> int:
    one_line = " ".join(first.split())
    sys.stderr.write("\n".join([f"valuenet: {one_line}", *lines]) + "\n")
    return code


def flushed() -> None:
    """Who read our answers (`head`, say) may have gone; that is no failure."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
